"""A bar chart across towns, as SVG: lying bars from zero, each with its town, its value and its target.

Nothing is told by colour: the value stands behind its bar, and a target is a dashed line with its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.track_changes import shown
from ui.chart_scale import Axis, axis_of
from ui.markup import esc

WIDTH = 640
LEFT, RIGHT, TOP, BOTTOM = 168, 96, 12, 52
ROW, BAR = 54, 22
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A town's value.

    Attributes:
        label: the town.
        when: the year and what sort of value it is.
        value: in the unit of the chart.
        target: what is to be reached, None without one.
    """

    label: str
    when: str
    value: float
    target: float | None = None


def bars_html(name: str, unit: str, bars: Sequence[Bar]) -> str:
    """The chart; empty for fewer than two bars. At most ``MOST`` are drawn, in the order given."""
    drawn = list(bars[:MOST])
    if len(drawn) < 2:
        return ""
    axis = axis_of(value for one in drawn for value in (one.value, one.target or 0.0))
    height = TOP + ROW * len(drawn) + BOTTOM
    inside = "".join([*_axis(axis, unit, height), *(_bar(axis, one, at) for at, one in enumerate(drawn))])
    return (
        f'<svg class="chart bars" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{esc(told(name, unit, drawn))}">{inside}</svg>'
    )


def told(name: str, unit: str, bars: Sequence[Bar]) -> str:
    """The chart in words."""
    said = [
        f"{one.label} {one.when} {shown(one.value, unit)}"
        + (f"（目標値 {shown(one.target, unit)}）" if one.target is not None else "")
        for one in bars
    ]
    return f"{name}の棒グラフ。{'、'.join(said)}"


def _x(axis: Axis, value: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * axis.share(value)


def _axis(axis: Axis, unit: str, height: int) -> Iterator[str]:
    for value in axis.ticks:
        x, css = _x(axis, value), "zero" if axis.is_zero(value) else "grid"
        yield f'<line class="{css}" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{height - BOTTOM}"/>'
        label = shown(round(value, 6) + 0.0, "")
        yield f'<text x="{x:.1f}" y="{height - BOTTOM + 20}" text-anchor="middle">{esc(label)}</text>'
    if unit:
        yield f'<text x="{WIDTH}" y="{height - BOTTOM + 42}" text-anchor="end">（{esc(unit)}）</text>'


def _bar(axis: Axis, one: Bar, at: int) -> str:
    y = TOP + ROW * at + 10
    zero, end = sorted((_x(axis, 0.0), _x(axis, one.value)))
    label = one.label if len(one.label) <= 9 else f"{one.label[:8]}…"
    named = f"{esc(label)}<title>{esc(one.label)}</title>"
    value = esc(shown(round(one.value, 6) + 0.0, ""))
    parts = [
        f'<text class="value" x="{LEFT - 10}" y="{y + 10}" text-anchor="end">{named}</text>',
        f'<text x="{LEFT - 10}" y="{y + 28}" text-anchor="end">{esc(one.when)}</text>',
        f'<rect class="bar" x="{zero:.1f}" y="{y}" width="{max(end - zero, 1.5):.1f}" height="{BAR}"/>',
        f'<text class="value" x="{end + 6:.1f}" y="{y + 17}">{value}</text>',
    ]
    if one.target is not None:
        x = _x(axis, one.target)
        parts.append(f'<line class="aim" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 6}" y2="{y + BAR + 4}"/>')
        said = f"目標 {shown(round(one.target, 6) + 0.0, '')}"
        half = 7 * len(said)
        anchor = "start" if x - half < LEFT else "end" if x + half > WIDTH else "middle"
        parts.append(f'<text x="{x:.1f}" y="{y + BAR + 18}" text-anchor="{anchor}">{esc(said)}</text>')
    return "".join(parts)
