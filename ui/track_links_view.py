"""How the documents of a measure hang together, and the buttons by which a person corrects it, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.track_match import Certainty
from qa.track_points import Measure, Seen
from ui.markup import disclosure, esc
from ui.year_words import years_label

MOST_OTHERS = 30


def links_html(one: Measure, measures: Sequence[Measure], number: int) -> str:
    """Which documents were joined how surely, and with which measures it could be joined instead.

    Args:
        one: the measure.
        measures: all that are shown.
        number: tells the measure from the others of the page.
    """
    joined = "".join(_link(before, after) for before, after in zip(one.seen, one.seen[1:], strict=False))
    choice = _choice(one, _others(one, measures), number)
    if not joined and not choice:
        return ""
    listed = f"<ul>{joined}</ul>" if joined else ""
    hint = "直したつながりはライブラリに残り、次からも使われます。"
    inside = f'<p class="hint">{hint}</p>{listed}{choice}'
    return disclosure("年度をまたぐつながりを確かめる・直す", inside, "more links")


def _link(before: Seen, after: Seen) -> str:
    decided = after.certainty is Certainty.CONFIRMED
    told = f"{_name(before)} → {_name(after)}（つながり: {after.certainty.value}）"
    buttons = _button("この2つを分ける", before, after, "0")
    buttons += (
        _button("自動の判断に戻す", before, after, "")
        if decided
        else _button("同じと確認", before, after, "1")
    )
    return f'<li><p>{esc(told)}</p><div class="actions">{buttons}</div></li>'


def _others(one: Measure, measures: Iterable[Measure]) -> list[tuple[str, str, str]]:
    """What it could be joined with: a measure of the town that ends before it begins, or begins after it."""
    found = []
    for other in measures:
        if other is one or other.municipality_code != one.municipality_code or not other.seen or not one.seen:
            continue
        first, last = one.seen[0], one.seen[-1]
        if _year(other.seen[-1]) < _year(first):
            found.append((_name(other.seen[-1]), other.seen[-1].key, first.key))
        elif _year(other.seen[0]) > _year(last):
            found.append((_name(other.seen[0]), last.key, other.seen[0].key))
    return found[:MOST_OTHERS]


def _choice(one: Measure, others: Sequence[tuple[str, str, str]], number: int) -> str:
    if not others:
        return ""
    options = "".join(
        f'<option value="{at}" data-earlier="{esc(earlier)}" data-later="{esc(later)}">{esc(name)}</option>'
        for at, (name, earlier, later) in enumerate(others)
    )
    place = f"join-{number}"
    return (
        f'<div class="join"><label for="{place}">同じ取組としてつなぐ相手</label>'
        f'<select id="{place}">{options}</select>'
        f'<button type="button" class="btn" data-join="choice" aria-label="{esc(one.title)}とつなぐ">'
        "つなぐ</button></div>"
    )


def _button(label: str, before: Seen, after: Seen, same: str) -> str:
    said = f"{label}（{_name(before)} と {_name(after)}）"
    return (
        f'<button type="button" class="btn" data-join="{same}" data-earlier="{esc(before.key)}" '
        f'data-later="{esc(after.key)}" aria-label="{esc(said)}">{label}</button>'
    )


def _name(seen: Seen) -> str:
    year = f" {years_label((seen.fiscal_year,))}" if seen.fiscal_year is not None else ""
    return f"「{seen.title}」（{seen.document}{year}）"


def _year(seen: Seen) -> int:
    return seen.fiscal_year or 0
