"""The charts of a group of series: lines over years, bars across towns, each with its source below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.fiscal_year import era_label
from corpus.indicator import YEN, IndicatorRole
from corpus.listing import ListedIndicator
from qa.indicator_groups import IndicatorGroup
from qa.indicator_series import DONE, Series
from ui.bar_chart import Bar, bars_html
from ui.indicator_form import ROLES
from ui.markup import esc
from ui.series_chart import MOST, Line, lines_html

REACHED = (*DONE, IndicatorRole.BASELINE)


def charts_html(group: IndicatorGroup, series: Sequence[Series]) -> str:
    """Both charts as far as there is something to draw; amounts of money in the first series' unit."""
    unit = next((one.unit for one in series if one.unit), "")
    lines = [
        _line(one, unit, several=len({s.municipality_code for s in series}) < len(series)) for one in series
    ]
    drawn = [
        (lines_html(group.name, unit, lines), series[:MOST]),
        (bars_html(group.name, unit, _bars(series, unit)), _newest_a_town(series)),
    ]
    converted = unit in YEN and len({one.unit for one in series}) > 1
    told = [(chart, _caption(shown, unit if converted else "")) for chart, shown in drawn if chart]
    captions = [caption for _, caption in told]
    return "".join(
        _figure(chart, "" if caption in captions[at + 1 :] else caption)
        for at, (chart, caption) in enumerate(told)
    )


def _figure(chart: str, caption: str) -> str:
    drawn = f'<div class="scroll" tabindex="0" role="region" aria-label="グラフ">{chart}</div>'
    said = f'<figcaption class="meta">{esc(caption)}</figcaption>' if caption else ""
    return f"<figure>{drawn}{said}</figure>"


def _caption(series: Iterable[Series], converted: str) -> str:
    """Where the figures of a chart stand; two charts of the same ones tell it once."""
    sources = "、".join(
        dict.fromkeys(
            f"{listed.municipality}「{listed.title}」{listed.locators[0].label()}"
            for one in series
            for listed in one.values.values()
        )
    )
    note = f"金額は{converted}に換算しています。" if converted else ""
    return f"{note}出典: {sources}"


def _line(one: Series, unit: str, *, several: bool) -> Line:
    """A town's figures; of a year with several roles the most telling one."""
    done: dict[int, tuple[int, float]] = {}
    targets: dict[int, float] = {}
    for (year, role), listed in one.values.items():
        value = in_unit(listed, unit)
        if year is None or value is None:
            continue
        if role is IndicatorRole.TARGET:
            targets[year] = value
        elif year not in done or REACHED.index(role) < done[year][0]:
            done[year] = (REACHED.index(role), value)
    return Line(
        label=f"{one.municipality} {one.measure}" if several else one.municipality,
        done=tuple((year, done[year][1]) for year in sorted(done)),
        targets=tuple(sorted(targets.items())),
    )


def _newest_a_town(series: Sequence[Series]) -> list[Series]:
    """The series of each town with the newest number, the towns in the order given."""
    found: dict[str, Series] = {}
    for one in series:
        held = found.get(one.municipality_code)
        if one.newest is not None and (held is None or _year(one) > _year(held)):
            found[one.municipality_code] = one
    return list(found.values())


def _year(one: Series) -> int:
    return (one.newest.indicator.fiscal_year or 0) if one.newest else 0


def _bars(series: Sequence[Series], unit: str) -> list[Bar]:
    bars = []
    for one in _newest_a_town(series):
        newest, target = one.newest, one.last_of(IndicatorRole.TARGET)
        value = in_unit(newest, unit) if newest is not None else None
        if newest is None or value is None:
            continue
        year = newest.indicator.fiscal_year
        when = f"{era_label(year)} " if year is not None else ""
        bars.append(
            Bar(
                label=one.municipality,
                when=f"{when}{ROLES[newest.indicator.role]}",
                value=value,
                target=in_unit(target, unit) if target is not None else None,
            )
        )
    return bars


def in_unit(listed: ListedIndicator, unit: str) -> float | None:
    """A value as a number of the chart's unit; None for one that is none or cannot be converted."""
    indicator = listed.indicator
    if indicator.value is None:
        return None
    if indicator.unit in YEN and unit in YEN and indicator.yen is not None:
        return indicator.yen / YEN[unit]
    return indicator.value
