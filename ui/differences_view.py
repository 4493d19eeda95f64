"""What municipalities have in common and what only some or one of them write, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from qa.compare_cells import CitedHit
from qa.compare_differences import Differences, Group
from ui.cited_view import quote_html
from ui.compare_form import GROUPS
from ui.markup import disclosure, esc

SHOWN = 5


def differences_html(differences: Differences) -> str:
    """The groups of each kind; empty where there is nothing to tell apart."""
    kinds = [(title, getattr(differences, kind)) for kind, title in GROUPS]
    inside = "".join(_kind(title, groups) for title, groups in kinds if groups)
    if not inside:
        return ""
    return (
        '<section class="differences" aria-labelledby="differences-title">'
        '<h2 id="differences-title">共通点と違い</h2>'
        '<p class="hint">取組と方針の文を、言葉と意味の近さでまとめました。'
        "検索した範囲だけを見ています。判断は原文でお確かめください。</p>"
        f"{inside}</section>"
    )


def _kind(title: str, groups: Sequence[Group]) -> str:
    shown = "".join(map(_group, groups[:SHOWN]))
    more = "".join(map(_group, groups[SHOWN:]))
    rest = disclosure(f"ほか{len(groups) - SHOWN}件", more) if more else ""
    return f'<section><h3>{esc(title)}<span class="count">{len(groups)}件</span></h3>{shown}{rest}</section>'


def _group(group: Group) -> str:
    towns, words = "、".join(group.municipalities), "・".join(group.words)
    head = f"{towns}（{words}）" if words else towns
    if len(group.members) == 1:
        return f'<div class="group"><h4>{esc(head)}</h4>{_members(group)}</div>'
    return disclosure(f"{head}　{len(group.members)}件", _members(group), "more group")


def _members(group: Group) -> str:
    """The quotations, each with its town where they are of several."""
    several = len(group.municipalities) > 1
    return "".join(
        f'<div class="member">{_who(one) if several else ""}'
        f"{quote_html(one, f'{one.hit.document.municipality} {number}件目')}</div>"
        for number, one in enumerate(group.members, start=1)
    )


def _who(one: CitedHit) -> str:
    return f'<span class="who">{esc(one.hit.document.municipality)}</span>'
