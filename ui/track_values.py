"""The figures of a measure by fiscal year: a table whose values open their source, and a chart."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.fiscal_year import format_fiscal_year
from corpus.folding import match_key
from corpus.indicator import IndicatorRole
from qa.track_changes import shown
from qa.track_points import CitedValue, Measure
from ui.cited_view import keep_button, place_value
from ui.indicator_form import DIRECTIONS, ROLES
from ui.markup import button, esc
from ui.track_chart import Dot, chart_html

_ORDER = (
    *(IndicatorRole.BASELINE, IndicatorRole.TARGET, IndicatorRole.ACTUAL, IndicatorRole.BUDGET),
    *(IndicatorRole.SETTLEMENT, IndicatorRole.EFFECT),
)
_AIMS = {"up": "増やす", "down": "減らす", "keep": "保つ"}


def values_html(one: Measure) -> str:
    """The rows of figures, each with its chart; empty without figures."""
    return "".join(_row_html(one, name, values) for name, values in rows_of(one))


def rows_of(one: Measure) -> Iterator[tuple[str, list[CitedValue]]]:
    """The figures by what they count and their unit, each by year."""
    found: dict[tuple[str, str], list[CitedValue]] = {}
    for point in one.points:
        for value in point.values:
            indicator = value.listed.indicator
            found.setdefault((match_key(indicator.name), indicator.unit), []).append(value)
    for values in found.values():
        yield values[-1].listed.indicator.name, values


def _row_html(one: Measure, name: str, values: list[CitedValue]) -> str:
    newest = values[-1].listed
    unit, direction = newest.indicator.unit, newest.indicator.direction
    facts = [f"単位: {unit}"] if unit else []
    if direction:
        facts.append(f"目標の向き: {DIRECTIONS[direction]}（{_AIMS[direction.value]}）")
    chart = chart_html(name, unit, list(_dots(values)))
    source = "、".join(
        dict.fromkeys(f"「{value.listed.title}」{value.citation.locator.label()}" for value in values)
    )
    said = f"出典: {esc(one.municipality)}{esc(source)}"
    kept = keep_button(place_value(values[-1].citation), f"{one.municipality}の{name}の最新の値")
    drawn = f'<p class="meta">{said}</p>'
    if chart:
        drawn = (
            f'<figure><div class="scroll" tabindex="0" role="region" aria-label="グラフ">{chart}</div>'
            f'<figcaption class="meta">{said}</figcaption></figure>'
        )
    meta = "".join(f"<span>{esc(fact)}</span>" for fact in facts)
    table = f'<div>{_table(name, values)}<div class="actions">{kept}</div></div>'
    return (
        f'<div class="figures"><h3>{esc(name)}</h3><p class="meta">{meta}</p>'
        f'<div class="beside">{table}{drawn}</div></div>'
    )


def _table(name: str, values: list[CitedValue]) -> str:
    held: dict[int, dict[IndicatorRole, CitedValue]] = {}
    for value in values:
        year = value.listed.indicator.fiscal_year
        if year is not None:
            held.setdefault(year, {})[value.listed.indicator.role] = value
    roles = [role for role in _ORDER if any(role in row for row in held.values())]
    heads = "".join(f'<th scope="col">{ROLES[role]}</th>' for role in roles)
    rows = "".join(_year_row(name, year, roles, held[year]) for year in sorted(held))
    return (
        f'<div class="scroll"><table><thead><tr><th scope="col">年度</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _year_row(name: str, year: int, roles: list[IndicatorRole], row: dict[IndicatorRole, CitedValue]) -> str:
    label = format_fiscal_year(year)
    cells = "".join(f'<td class="number">{_cell(name, label, row.get(role))}</td>' for role in roles)
    return f'<tr><th scope="row">{esc(label)}</th>{cells}</tr>'


def _cell(name: str, year: str, value: CitedValue | None) -> str:
    if value is None:
        return '<span class="none">—</span>'
    printed = value_words(value)
    role = ROLES[value.listed.indicator.role]
    return button(
        printed,
        "open",
        place_value(value.citation),
        css="btn value",
        said=f"{printed}（{name} {year} {role}）の出典を開く",
    )


def value_words(value: CitedValue) -> str:
    """A value as printed, with its unit."""
    one = value.listed.indicator
    printed = " ".join(one.value_text.split())
    return printed if one.value is None or printed.endswith(one.unit) else f"{printed}{one.unit}"


def _dots(values: list[CitedValue]) -> Iterator[Dot]:
    for value in values:
        one = value.listed.indicator
        if one.value is not None and one.fiscal_year is not None:
            yield Dot(
                fiscal_year=one.fiscal_year,
                role=one.role,
                value=one.value,
                label=shown(one.value, one.unit),
            )
