"""A line chart of a row of figures over fiscal years, drawn as SVG: from zero, with its target and its unit.

Colour tells nothing alone: the target is a dashed line with its name and each value stands at its point.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fiscal_year import era_label
from corpus.indicator import IndicatorRole
from qa.track_changes import shown
from ui.chart_scale import STEPS, axis_of
from ui.indicator_form import ROLES
from ui.markup import esc

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 76, 84, 40, 44
INSET = 24
_DONE = (IndicatorRole.ACTUAL, IndicatorRole.SETTLEMENT, IndicatorRole.EFFECT, IndicatorRole.BUDGET)
_DRAWN = (*_DONE, IndicatorRole.BASELINE, IndicatorRole.TARGET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A value of a year."""

    fiscal_year: int
    role: IndicatorRole
    value: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where a value and a year stand in the picture."""

    first: int
    last: int
    low: float
    step: float

    @property
    def high(self) -> float:
        """The value at the upper end of the axis."""
        return self.low + STEPS * self.step

    def x(self, year: int) -> float:
        """From the left edge."""
        begin, span = LEFT + INSET, WIDTH - LEFT - RIGHT - 2 * INSET
        share = (year - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return begin + span * share

    def y(self, value: float) -> float:
        """From the upper edge."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low)


def chart_html(name: str, unit: str, dots: Sequence[Dot]) -> str:
    """The chart; empty where fewer than two years have a value.

    Args:
        name: what is counted.
        unit: of all values; empty where the source does not settle it.
        dots: of the years, in any order.
    """
    drawn = sorted((one for one in dots if one.role in _DRAWN), key=lambda one: one.fiscal_year)
    years = sorted({one.fiscal_year for one in drawn})
    if len(years) < 2:
        return ""
    scale = scale_of(drawn)
    inside = "".join([*_axis(scale, unit, years), *_lines(scale, drawn), *_points(scale, drawn)])
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{esc(told(name, drawn))}">'
        f"{inside}</svg>"
    )


def told(name: str, dots: Sequence[Dot]) -> str:
    """The chart in words."""
    values = "、".join(f"{era_label(one.fiscal_year)} {ROLES[one.role]} {one.label}" for one in dots)
    return f"{name}の折れ線グラフ。{values}"


def scale_of(dots: Sequence[Dot]) -> Scale:
    """The years and an axis from zero."""
    axis = axis_of(one.value for one in dots)
    return Scale(
        first=min(one.fiscal_year for one in dots),
        last=max(one.fiscal_year for one in dots),
        low=axis.low,
        step=axis.step,
    )


def _axis(scale: Scale, unit: str, years: Sequence[int]) -> Iterator[str]:
    for number in range(STEPS + 1):
        value = scale.low + number * scale.step
        y = scale.y(value)
        css = "zero" if abs(value) < scale.step / 1000 else "grid"
        yield f'<line class="{css}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{esc(_tick(value))}</text>'
    if unit:
        yield f'<text x="{LEFT - 8}" y="{TOP - 20}" text-anchor="end">（{esc(unit)}）</text>'
    for year in _apart(scale, years):
        label = era_label(year).removesuffix("年度")
        yield f'<text x="{scale.x(year):.1f}" y="{HEIGHT - 16}" text-anchor="middle">{esc(label)}</text>'
    yield f'<text x="{WIDTH}" y="{HEIGHT - 16}" text-anchor="end">（年度）</text>'


def _apart(scale: Scale, years: Sequence[int]) -> Iterator[int]:
    """The years whose labels have room beside the one before."""
    last = -math.inf
    for year in years:
        if scale.x(year) - last >= 54:
            last = scale.x(year)
            yield year


def _lines(scale: Scale, dots: Sequence[Dot]) -> Iterator[str]:
    for role in _DONE:
        own = [one for one in dots if one.role is role]
        points = " ".join(f"{scale.x(one.fiscal_year):.1f},{scale.y(one.value):.1f}" for one in own)
        if len(own) > 1:
            yield f'<polyline class="done" points="{points}"/>'
    yield from _target(scale, [one for one in dots if one.role is IndicatorRole.TARGET])


def _target(scale: Scale, targets: Sequence[Dot]) -> Iterator[str]:
    """A level to reach as a line across; targets of several years as a line from one to the next."""
    if not targets:
        return
    last = targets[-1]
    points = [(scale.x(one.fiscal_year), scale.y(one.value)) for one in targets]
    if len(targets) == 1:
        points = [(float(LEFT), points[0][1]), (float(WIDTH - RIGHT), points[0][1])]
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline class="target" points="{written}"/>'
    for one, (x, y) in zip(targets[:-1], points, strict=False) if len(targets) > 1 else ():
        yield _value(x, y - 9, _tick(one.value))
    x, y = WIDTH - RIGHT + 6, points[-1][1]
    for line, said in enumerate(("目標値", last.label, era_label(last.fiscal_year))):
        yield f'<text x="{x}" y="{y - 6 + 18 * line:.1f}">{esc(said)}</text>'


def _points(scale: Scale, dots: Sequence[Dot]) -> Iterator[str]:
    for one in dots:
        if one.role is IndicatorRole.TARGET:
            continue
        x, y = scale.x(one.fiscal_year), scale.y(one.value)
        said, anchor = _tick(one.value), "middle"
        if one.role is IndicatorRole.BASELINE:
            said, anchor = f"基準値 {said}", "start" if x < WIDTH / 2 else "end"
        if one.role is IndicatorRole.BASELINE:
            yield f'<rect class="base" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
        else:
            yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
        yield _value(x, y - 11, said, anchor)


def _value(x: float, y: float, said: str, anchor: str = "middle") -> str:
    return f'<text class="value" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{esc(said)}</text>'


def _tick(value: float) -> str:
    return shown(round(value, 6) + 0.0, "")
