"""Line charts of several towns' figures over fiscal years, as SVG: from zero, each line with its own marks.

No line is told by colour: each has its own shape at its points and its town's name at its end. A target is
hollow and reached by a dashed line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fiscal_year import era_label
from qa.track_changes import shown
from ui.chart_scale import Axis, axis_of
from ui.markup import esc

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 84, 168, 40, 44
INSET = 20
MOST = 5
LINE = 20
LABEL = 56
"""The height of a line of text, and the width of a year's label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A town's figures: what was reached by year, and what is to be reached."""

    label: str
    done: tuple[tuple[int, float], ...]
    targets: tuple[tuple[int, float], ...] = ()

    @property
    def points(self) -> tuple[tuple[int, float], ...]:
        """All of them by year."""
        return tuple(sorted((*self.done, *self.targets)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where years and values stand."""

    axis: Axis
    first: int
    last: int

    def x(self, year: int) -> float:
        begin, span = LEFT + INSET, WIDTH - LEFT - RIGHT - 2 * INSET
        return begin + span * (
            (year - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        )

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - self.axis.share(value))


def lines_html(name: str, unit: str, lines: Sequence[Line]) -> str:
    """The chart; empty where fewer than two years have a value. At most ``MOST`` lines are drawn.

    Args:
        name: what is counted.
        unit: of all values.
        lines: one a town, the first ones drawn.
    """
    drawn = [one for one in lines if one.points][:MOST]
    years = sorted({year for one in drawn for year, _ in one.points})
    if len(years) < 2:
        return ""
    axis = axis_of(value for one in drawn for _, value in one.points)
    frame = _Frame(axis=axis, first=years[0], last=years[-1])
    inside = "".join([*_axis(frame, unit, years), *_lines(frame, drawn), *_names(frame, drawn)])
    return (
        f'<svg class="chart lines" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{esc(told(name, unit, drawn))}">{inside}</svg>'
    )


def told(name: str, unit: str, lines: Sequence[Line]) -> str:
    """The chart in words."""
    said = []
    for one in lines:
        values = [f"{era_label(year)} {shown(value, unit)}" for year, value in one.done]
        values += [f"{era_label(year)} 目標値 {shown(value, unit)}" for year, value in one.targets]
        said.append(f"{one.label}: {'、'.join(values)}")
    return f"{name}の折れ線グラフ。{'。'.join(said)}"


def _axis(frame: _Frame, unit: str, years: Sequence[int]) -> Iterator[str]:
    for value in frame.axis.ticks:
        y, css = frame.y(value), "zero" if frame.axis.is_zero(value) else "grid"
        yield f'<line class="{css}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 5:.1f}" text-anchor="end">{esc(_number(value))}</text>'
    if unit:
        yield f'<text x="{LEFT - 8}" y="{TOP - 20}" text-anchor="end">（{esc(unit)}）</text>'
    last = float("-inf")
    for year in years:
        if frame.x(year) - last >= LABEL:
            last = frame.x(year)
            label = era_label(year).removesuffix("年度")
            yield f'<text x="{last:.1f}" y="{HEIGHT - 16}" text-anchor="middle">{esc(label)}</text>'
    yield f'<text x="{WIDTH - RIGHT + 20}" y="{HEIGHT - 16}">（年度）</text>'


def _lines(frame: _Frame, lines: Sequence[Line]) -> Iterator[str]:
    for number, one in enumerate(lines):
        done = [(frame.x(year), frame.y(value)) for year, value in one.done]
        aims = [(frame.x(year), frame.y(value)) for year, value in one.targets]
        yield _polyline("done", done)
        yield _polyline("target", [*done[-1:], *aims])
        yield from (_mark(number, x, y, "dot full") for x, y in done)
        yield from (_mark(number, x, y, "dot") for x, y in aims)
        if len(lines) == 1:
            for (year, value), css in [
                *((at, "") for at in one.done),
                *((at, "目標値 ") for at in one.targets),
            ]:
                yield (
                    f'<text class="value" x="{frame.x(year):.1f}" y="{frame.y(value) - 11:.1f}" '
                    f'text-anchor="middle">{css}{esc(_number(value))}</text>'
                )


def _polyline(css: str, points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return ""
    return f'<polyline class="{css}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'


def _mark(number: int, x: float, y: float, css: str) -> str:
    """A point: circle, square, triangle, diamond or its half, by the number of the line."""
    if number == 0:
        return f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    shapes = (
        ((-5, -5), (5, -5), (5, 5), (-5, 5)),
        ((0, -6), (6, 5), (-6, 5)),
        ((0, -7), (7, 0), (0, 7), (-7, 0)),
        ((-6, -5), (6, -5), (0, 6)),
    )
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in shapes[(number - 1) % len(shapes)])
    return f'<polygon class="{css}" points="{points}"/>'


def _names(frame: _Frame, lines: Sequence[Line]) -> Iterator[str]:
    """The names at the ends of the lines, none over another, each behind its own shape."""
    ends = sorted((frame.y(one.points[-1][1]), number) for number, one in enumerate(lines))
    at = float("-inf")
    places: list[tuple[int, float]] = []
    for y, number in ends:
        at = max(y, at + LINE)
        places.append((number, at))
    over = max(0.0, places[-1][1] - (HEIGHT - BOTTOM)) if places else 0.0
    for number, y in places:
        x = WIDTH - RIGHT + 14
        yield _mark(number, x, y - over, "dot full")
        label = lines[number].label
        cut = label if len(label) <= 9 else f"{label[:8]}…"
        yield f'<text x="{x + 12}" y="{y - over + 5:.1f}">{esc(cut)}<title>{esc(label)}</title></text>'


def _number(value: float) -> str:
    return shown(round(value, 6) + 0.0, "")
