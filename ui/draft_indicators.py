"""Indicators to consider in a draft: what other towns count, with their baselines and targets, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.fiscal_year import era_label
from corpus.indicator import Indicator, IndicatorRole
from qa.indicator_series import Series
from ui.cited_view import keep_button
from ui.draft_records import INDICATORS
from ui.indicator_form import ROLES
from ui.indicator_view import value_button, value_place
from ui.markup import disclosure, esc

SHOWN = 5
TOLD = (IndicatorRole.BASELINE, IndicatorRole.ACTUAL, IndicatorRole.TARGET)


def indicators_to_consider_html(series: Sequence[Series]) -> str:
    """The indicators, each with a check box; empty without any."""
    if not series:
        return ""
    items = [_indicator(one) for one in series]
    rest = disclosure(f"ほか{len(items) - SHOWN}件の指標", "".join(items[SHOWN:])) if items[SHOWN:] else ""
    return (
        '<section class="wordings"><h2>検討できる指標</h2>'
        '<p class="hint">ほかの資料の基準値と目標値です。下書きには指標の名前と単位が入り、'
        f"自分の値を書き込む欄（＿）ができます。</p>{''.join(items[:SHOWN])}{rest}</section>"
    )


def figures_told(values: Iterable[Indicator]) -> str:
    """「基準値 令和6年度 12回、目標値 令和11年度 10回」: of each role the last year's."""
    last: dict[IndicatorRole, Indicator] = {}
    for one in values:
        held = last.get(one.role)
        if one.role in TOLD and (held is None or (one.fiscal_year or 0) >= (held.fiscal_year or 0)):
            last[one.role] = one
    return "、".join(_told(last[role]) for role in TOLD if role in last)


def _told(one: Indicator) -> str:
    printed = " ".join(one.value_text.split())
    value = printed if one.value is None or printed.endswith(one.unit) else f"{printed}{one.unit}"
    year = era_label(one.fiscal_year) if one.fiscal_year is not None else ""
    return " ".join(part for part in (ROLES[one.role], year, value) if part)


def _indicator(one: Series) -> str:
    shown = [listed for role in TOLD if (listed := one.last_of(role)) is not None]
    first = (shown or list(one.values.values()))[0]
    values = "".join(
        f'<span class="valued"><span class="role">{ROLES[listed.indicator.role]} '
        f"{esc(era_label(listed.indicator.fiscal_year) if listed.indicator.fiscal_year else '')}</span>"
        f"{value_button(listed)}</span>"
        for listed in shown
    )
    whose = f"{one.municipality}の{one.name}"
    unit = f"（{one.unit}）" if one.unit else ""
    measure = f'<p class="meta">{esc(one.measure)}</p>' if one.measure else ""
    return (
        f'<div class="precedent"><label class="pick"><input type="checkbox" '
        f'value="{esc(value_place(first))}" data-heading="{INDICATORS}" aria-label="{esc(whose)}を選ぶ">'
        f"<span>選ぶ</span></label><div><strong>{esc(one.municipality)}</strong> {esc(one.name + unit)}"
        f'{measure}<div class="told">{values}</div>'
        f'<div class="actions">{keep_button(value_place(first), whose)}</div></div></div>'
    )
