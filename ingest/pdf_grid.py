"""From ruling lines to grids: which lines form a table, its columns and rows, which cells are merged.

A grid is a set of horizontal and vertical rules that cross. Between every two of its neighbouring fields a
rule is drawn or not; fields without one between them are one cell. An outer side that is not drawn counts as
drawn, for many tables are open to the left and right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.locator import Box

_SNAP = 2.5  # points: lines so near are one, and no thicker
_JOIN = 3.0  # points: pieces of a line so near are one
_SHORTEST = 8.0  # points: of a rule
_OPEN_SIDE = 6.0  # points: by how much an open side sticks out
_MOST_CROSSINGS = 4_000_000  # of lines, which are compared with one another
_MOST_FIELDS = 40_000

Run = tuple[float, float]
Line = tuple[float, float, float]
Lines = list[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledGrid:
    """A grid of fields.

    Attributes:
        xs: borders of the columns, ascending.
        ys: borders of the rows, downwards.
        cells: for each field, row by row, the field at the top left of its cell.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[int, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def box(self) -> Box:
        """Outer borders."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int:
        """The cell in which a point lies, -1 outside of the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < self.width and 0 <= row < self.height:
            return self.cells[row * self.width + column]
        return -1

    def right_of(self, cell: int) -> float:
        """Right border of a cell, by its first row."""
        row, column = divmod(cell, self.width)
        while column + 1 < self.width and self.cells[row * self.width + column + 1] == cell:
            column += 1
        return self.xs[column + 1]

    def left_of(self, cell: int) -> float:
        """Left border of a cell."""
        return self.xs[cell % self.width]

    def borders(self, row: int) -> frozenset[int]:
        """Which column borders part cells in a row; the outer ones always do."""
        fields = self.cells[row * self.width : (row + 1) * self.width]
        inner = {index for index in range(1, self.width) if fields[index - 1] != fields[index]}
        return frozenset({0, self.width} | inner)

    def is_crossed(self, row: int) -> bool:
        """Whether a cell reaches from above into a row."""
        above = self.cells[(row - 1) * self.width : row * self.width]
        return row > 0 and bool(set(above) & set(self.cells[row * self.width : (row + 1) * self.width]))


def grids_of(rules: Sequence[Box]) -> list[RuledGrid]:
    """The grids that rules form, from the top; those of one field are frames."""
    across = lines_across(rules)
    down = _merged(((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in rules if x1 - x0 <= _SNAP)
    if len(across) < 2 or len(down) < 2 or len(across) * len(down) > _MOST_CROSSINGS:
        return []
    found = [grid for a, d in _crossing(across, down) if (grid := _grid(a, d)) is not None]
    return sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0]))


def lines_across(rules: Sequence[Box]) -> list[Line]:
    """The rules that run across the page as (height, from, to), downwards, with their pieces put together."""
    return _merged(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in rules if y1 - y0 <= _SNAP)


def _merged(lines: Iterable[Line]) -> Lines:
    """Lines (at, from, to) with those almost on one another put together; short ones are no rules."""
    found: Lines = []
    group: Lines = []
    for line in [*sorted(lines), (float("inf"), 0.0, 0.0)]:
        if group and line[0] - group[0][0] > _SNAP:
            at = sum(one[0] for one in group) / len(group)
            found.extend((at, a, b) for a, b in _runs((one[1], one[2]) for one in group))
            group = []
        group.append(line)
    return [line for line in found if line[2] - line[1] >= _SHORTEST]


def _runs(parts: Iterable[Run]) -> list[Run]:
    runs: list[Run] = []
    for start, end in sorted(parts):
        if runs and start <= runs[-1][1] + _JOIN:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs


def _crossing(across: Lines, down: Lines) -> list[tuple[Lines, Lines]]:
    """Groups of lines that cross one another, directly or by way of others."""
    h, v = np.array(across), np.array(down)
    crosses = (
        (h[:, None, 1] - _JOIN <= v[None, :, 0]) & (v[None, :, 0] <= h[:, None, 2] + _JOIN)
        & (v[None, :, 1] - _JOIN <= h[:, None, 0]) & (h[:, None, 0] <= v[None, :, 2] + _JOIN)
    )  # fmt: skip
    left_h, groups = set(range(len(across))), []
    while left_h:
        some = {left_h.pop()}
        others: set[int] = set()
        waiting = list(some)
        while waiting:
            new = set(np.flatnonzero(crosses[waiting].any(axis=0)).tolist()) - others
            others |= new
            reached = (
                set(np.flatnonzero(crosses[:, sorted(new)].any(axis=1)).tolist()) - some if new else set()
            )
            some |= reached
            waiting = sorted(reached)
        left_h -= some
        if len(some) > 1 and len(others) > 1:
            groups.append(([across[i] for i in sorted(some)], [down[i] for i in sorted(others)]))
    return groups


def _grid(across: Lines, down: Lines) -> RuledGrid | None:
    xs = _positions([line[0] for line in down], min(a for _, a, _ in across), max(b for _, _, b in across))
    ys = _positions([line[0] for line in across], min(a for _, a, _ in down), max(b for _, _, b in down))
    width, height = len(xs) - 1, len(ys) - 1
    if width < 1 or height < 1 or width * height > _MOST_FIELDS:
        return None
    beside, below = _drawn(down, xs), _drawn(across, ys)
    cells = list(range(width * height))
    for row in range(height):
        y = (ys[row] + ys[row + 1]) / 2
        for column in range(width):
            field = row * width + column
            x = (xs[column] + xs[column + 1]) / 2
            if column and not _covers(beside[column], y):
                _unite(cells, field - 1, field)
            if row and not _covers(below[row], x):
                _unite(cells, field - width, field)
    return RuledGrid(
        xs=tuple(xs), ys=tuple(ys), cells=tuple(_root(cells, field) for field in range(len(cells)))
    )


def _positions(values: list[float], low: float, high: float) -> list[float]:
    """Borders without doubles; an open side that sticks out is a border too."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    if found[0] - low > _OPEN_SIDE:
        found.insert(0, low)
    if high - found[-1] > _OPEN_SIDE:
        found.append(high)
    return found


def _drawn(lines: Lines, positions: Sequence[float]) -> list[list[Run]]:
    """For each border the stretches on which it is drawn."""
    drawn: list[list[Run]] = [[] for _ in positions]
    for at, start, end in lines:
        nearest = min(range(len(positions)), key=lambda index: abs(positions[index] - at))
        drawn[nearest].append((start, end))
    return drawn


def _covers(runs: Iterable[Run], at: float) -> bool:
    return any(start <= at <= end for start, end in runs)


def _root(cells: list[int], field: int) -> int:
    while cells[field] != field:
        cells[field] = cells[cells[field]]
        field = cells[field]
    return field


def _unite(cells: list[int], one: int, other: int) -> None:
    """Put two fields in one cell, named by its first field."""
    a, b = _root(cells, one), _root(cells, other)
    cells[max(a, b)] = min(a, b)
