"""Indicators as HTML: what counts the same side by side with its charts, then all of them as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fiscal_year import era_label, format_fiscal_year
from corpus.indicator import IndicatorRole
from corpus.listing import ListedIndicator
from qa.indicator_groups import IndicatorGroup
from qa.indicator_series import Series
from qa.searched import Searched
from ui.cited_view import keep_button, spans
from ui.indicator_charts import charts_html
from ui.indicator_form import DIRECTIONS, ROLES
from ui.library_view import coverage_html
from ui.markup import button, disclosure, esc
from ui.result_view import SIDEWAYS, notices_html, status_html

GROUPS, MORE_GROUPS, ROWS = 6, 12, 200
NOTHING = (
    "条件に合う指標は見つかりませんでした。"
    "言葉を短くするか、条件（年度・区分・単位）を減らしてお試しください。"
)
AIMS = {"up": "増やす", "down": "減らす", "keep": "保つ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSeries:
    """What is to be shown: the words, the series in order, those that count the same, what was searched."""

    text: str
    series: Sequence[Series]
    groups: Sequence[IndicatorGroup]
    searched: Searched


def indicators_html(found: FoundSeries, exports: Sequence[tuple[str, str]]) -> str:
    """The groups that can be compared or drawn, then the list."""
    if not found.series:
        told = status_html("探しました。指標は見つかりませんでした。")
        return (
            f"{told}{notices_html(found.searched.year_notices() or [NOTHING])}{coverage_html(found.searched)}"
        )
    towns = len({one.municipality_code for one in found.series})
    told = f"{len(found.series)}件の指標（{towns}自治体）が見つかりました。"
    files = "".join(button(label, "download", place) for label, place in exports)
    title = f"「{esc(found.text)}」の指標" if found.text else "指標の一覧"
    return (
        f'{status_html(told)}<div class="table-head"><h2>{title}</h2><div class="actions">{files}</div></div>'
        f'<p class="hint">値を押すと原文が開きます。単位の違う値と、累計・1年ごとの値は分けています。</p>'
        f"{SIDEWAYS}{_groups(found)}{_list(found.series)}{coverage_html(found.searched)}"
    )


def _groups(found: FoundSeries) -> str:
    worth = [one for one in found.groups if _worth_showing(one, asked=bool(found.text))]
    worth.sort(key=lambda one: -min(2, len(one.towns)))
    shown = "".join(map(_group, worth[:GROUPS]))
    rest = worth[GROUPS : GROUPS + MORE_GROUPS]
    more = disclosure(f"ほか{len(rest)}件を並べて見る", "".join(map(_group, rest))) if rest else ""
    return shown + more


def _worth_showing(group: IndicatorGroup, *, asked: bool) -> bool:
    """Whether a group tells more than its lines in the list: several towns, or years that were asked for."""
    drawn = [one for one in group.series if one.numbers]
    return len({one.municipality_code for one in drawn}) > 1 or (
        asked and any(len(one.years) > 1 for one in drawn)
    )


def _group(group: IndicatorGroup) -> str:
    series = [one for one in group.series if one.numbers]
    kind = "累計（年度を重ねた値）" if group.cumulative else "1年ごとの値"
    units = "・".join(dict.fromkeys(one.unit for one in series if one.unit))
    facts = spans((f"単位: {units}" if units else "", kind, f"{len(group.towns)}自治体"))
    cautions = "".join(f"<li>{esc(one)}</li>" for one in group.cautions)
    minded = f'<ul class="cautions" aria-label="比べるときの注意">{cautions}</ul>' if cautions else ""
    return (
        f'<section class="measure indicator"><h3>{esc(group.name)}</h3><p class="meta">{facts}</p>{minded}'
        f"{_side_by_side(group.name, series)}{charts_html(group, series)}</section>"
    )


def _side_by_side(name: str, series: Sequence[Series]) -> str:
    """A row a town, a column a year."""
    years = sorted({year for one in series for year in one.years})
    heads = "".join(f'<th scope="col">{esc(format_fiscal_year(year))}</th>' for year in years)
    undated = any(year is None for one in series for year, _ in one.values)
    heads += '<th scope="col">年度の記載なし</th>' if undated else ""
    columns: list[int | None] = [*years, *([None] if undated else [])]
    rows = "".join(_series_row(one, columns) for one in series)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{esc(name)}の表"><table><thead><tr>'
        f'<th scope="col">自治体・施策</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _series_row(one: Series, years: Sequence[int | None]) -> str:
    measure = f'<span class="meta">{esc(one.measure)}</span>' if one.measure else ""
    cells = "".join(f'<td class="number">{"".join(_values(one, year)) or NONE}</td>' for year in years)
    return f'<tr><th scope="row">{esc(one.municipality)}{measure}</th>{cells}</tr>'


NONE = '<span class="none">—</span>'


def _values(one: Series, year: int | None) -> Iterator[str]:
    for role in ROLES:
        listed = one.values.get((year, role))
        if listed is not None:
            yield f'<span class="valued"><span class="role">{ROLES[role]}</span>{value_button(listed)}</span>'


def value_button(listed: ListedIndicator) -> str:
    """A value as printed; it opens its source."""
    indicator = listed.indicator
    printed = printed_value(listed)
    year = era_label(indicator.fiscal_year) if indicator.fiscal_year is not None else "年度の記載なし"
    role = ROLES[indicator.role]
    said = f"{printed}（{listed.municipality} {listed.labels.name} {year} {role}）の出典を開く"
    return button(printed, "open", value_place(listed), css="btn value", said=said)


def printed_value(listed: ListedIndicator) -> str:
    """A value as printed, with its unit."""
    indicator = listed.indicator
    printed = " ".join(indicator.value_text.split())
    has_unit = indicator.value is None or not indicator.unit or printed.endswith(indicator.unit)
    return printed if has_unit else f"{printed}{indicator.unit}"


def value_place(listed: ListedIndicator) -> str:
    """What a button carries that opens a value."""
    span = listed.indicator.span
    return f"{listed.indicator.passage_id}|{span.start}|{span.end}"


def _list(series: Sequence[Series]) -> str:
    valued = [one for one in series if any(_columns(one))]
    rows = "".join(map(_list_row, valued[:ROWS]))
    over, empty = len(valued) - ROWS, len(series) - len(valued)
    told = []
    if over > 0:
        told.append(
            f"先頭の{ROWS}件を示しています。ほか{over:,}件は、条件で絞り込むか、Excel・CSV でご覧ください。"
        )
    if empty:
        told.append(f"値が数値でない{empty:,}件は省いています。Excel・CSV には入ります。")
    rest = "".join(f'<p class="hint">{one}</p>' for one in told)
    heads = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("自治体", "指標・施策", "単位", "基準値", "最新の値", "目標値", "向き", "かご")
    )
    return (
        '<section><h2>一覧</h2><div class="scroll" tabindex="0" role="region" aria-label="指標の一覧">'
        f'<table class="indicators"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{rest}</section>"
    )


def _list_row(one: Series) -> str:
    newest = one.newest
    shown = newest if newest is not None else next(iter(one.values.values()))
    measure = f'<span class="meta">{esc(one.measure)}</span>' if one.measure else ""
    kind = "（累計）" if one.cumulative else ""
    aim = f"{DIRECTIONS[one.direction]}（{AIMS[one.direction.value]}）" if one.direction else "—"
    cells = "".join(map(_one, _columns(one)))
    return (
        f'<tr><th scope="row">{esc(one.municipality)}</th><td>{esc(one.name)}{measure}</td>'
        f"<td>{esc((one.unit or '—') + kind)}</td>{cells}<td>{esc(aim)}</td>"
        f"<td>{keep_button(value_place(shown), f'{one.municipality}の{one.name}')}</td></tr>"
    )


def _columns(one: Series) -> tuple[ListedIndicator | None, ...]:
    """The baseline, the newest value beside it, the target."""
    newest = one.newest
    latest = newest if newest is None or newest.indicator.role is not IndicatorRole.BASELINE else None
    return one.last_of(IndicatorRole.BASELINE), latest, one.last_of(IndicatorRole.TARGET)


def _one(listed: ListedIndicator | None) -> str:
    if listed is None:
        return f'<td class="number">{NONE}</td>'
    year = listed.indicator.fiscal_year
    when = f'<span class="role">{esc(era_label(year))}</span>' if year is not None else ""
    return f'<td class="number">{when}{value_button(listed)}</td>'
