"""Which rows and columns of a worksheet to show around cited cells.

What stands near the cells is shown, and the head of what they stand in: a figure without the headers of its
row and column says nothing. Columns between whose borders no cell begins or ends are one column here, for
forms are laid out over dozens of narrow ones. What is left out between, and what the workbook itself hides,
is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ingest.grid import Grid, GridCell

ROWS = 6
COLUMNS = 4
MOST_ROWS = 60
_HEAD_ROWS = 3
_HEAD_COLUMNS = 2
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


class Area(NamedTuple):
    """Cells from the first row and column to the last, both included, counted from 1."""

    row: int
    column: int
    last_row: int
    last_column: int

    def touches(self, other: Area | GridCell) -> bool:
        """Whether the two share a cell."""
        return (
            self.row <= other.last_row
            and other.row <= self.last_row
            and self.column <= other.last_column
            and other.column <= self.last_column
        )


class Band(NamedTuple):
    """Consecutive rows or columns that are shown as one, or, if ``left_out``, told of in their place."""

    first: int
    last: int
    left_out: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What to show: rows, each alone, and columns; in order, what is left out among them."""

    rows: tuple[Band, ...]
    columns: tuple[Band, ...]


def area_of(name: str) -> Area | None:
    """The cells that a range such as ``C12:F14`` names, None if it is none."""
    match = _RANGE.fullmatch(name)
    if match is None:
        return None
    first, row, last, last_row = match.groups()
    return Area(int(row), _number(first), int(last_row or row), _number(last or first))


def region_of(grid: Grid, areas: Sequence[Area], rows: int = ROWS, columns: int = COLUMNS) -> Region:
    """The rows and columns around cited cells.

    Args:
        grid: of the worksheet.
        areas: the cited cells, at least one.
        rows: how many of those that are shown to take on either side.
        columns: likewise.
    """
    cited = Area(
        min(one.row for one in areas),
        min(one.column for one in areas),
        max(one.last_row for one in areas),
        max(one.last_column for one in areas),
    )
    shown = _rows(grid, cited, rows)
    bands = _columns(grid, cited, shown, columns)
    return Region(
        rows=tuple(_with_gaps([Band(row, row) for row in shown], grid.hidden_rows)),
        columns=tuple(_with_gaps(bands, grid.hidden_columns)),
    )


def _rows(grid: Grid, cited: Area, around: int) -> list[int]:
    """The rows to show, ascending."""
    end = max([cell.last_row for cell in grid.cells] + [cited.last_row])
    own = [row for row in range(cited.row, cited.last_row + 1) if row not in grid.hidden_rows][:MOST_ROWS]
    last = own[-1] if own else cited.last_row
    before = _taken(range(cited.row - 1, 0, -1), grid.hidden_rows, around)
    after = _taken(range(last + 1, end + 1), grid.hidden_rows, around)
    filled = {row for cell in grid.cells for row in range(cell.row, cell.last_row + 1)} | grid.hidden_rows
    top = cited.row
    while top - 1 in filled:
        top -= 1
    head = _taken(range(top, cited.row), grid.hidden_rows, _HEAD_ROWS)
    return sorted({*head, *before, *own, *after})


def _columns(grid: Grid, cited: Area, rows: Sequence[int], around: int) -> list[Band]:
    """The columns to show, ascending: those cited, their neighbours, and the first ones of their rows."""
    shown = set(rows)
    cells = [cell for cell in grid.cells if shown.intersection(range(cell.row, cell.last_row + 1))]
    end = max([cell.last_column for cell in cells] + [cited.last_column])
    edges = {1, end + 1, cited.column, cited.last_column + 1}
    edges.update(edge for cell in cells for edge in (cell.column, cell.last_column + 1))
    for column in grid.hidden_columns:
        edges.update(edge for edge in (column, column + 1) if edge <= end)
    bands = [Band(first, after - 1) for first, after in pairwise(sorted(edges))]
    bands = [band for band in bands if band.first not in grid.hidden_columns]
    own = [
        at for at, band in enumerate(bands) if cited.column <= band.last and band.first <= cited.last_column
    ]
    if not own:
        return bands[: 2 * around]
    wanted = set(range(max(0, own[0] - around), own[-1] + around + 1))
    beside = [cell for cell in cells if cell.row <= cited.last_row and cited.row <= cell.last_row]
    filled = [at for at, band in enumerate(bands) if any(_holds(band, cell) for cell in beside)]
    wanted.update(filled[:_HEAD_COLUMNS])
    return [band for at, band in enumerate(bands) if at in wanted]


def _holds(band: Band, cell: GridCell) -> bool:
    return cell.column <= band.last and band.first <= cell.last_column


def _taken(numbers: Iterable[int], hidden: frozenset[int], most: int) -> list[int]:
    """The first of some rows that are not hidden."""
    found: list[int] = []
    for number in numbers:
        if len(found) >= most:
            break
        if number not in hidden:
            found.append(number)
    return found


def _with_gaps(bands: Sequence[Band], hidden: frozenset[int]) -> Iterator[Band]:
    """Bands with what lies between them: hidden by the workbook, or left out here."""
    before = None
    for band in bands:
        if before is not None and band.first > before.last + 1:
            between = range(before.last + 1, band.first)
            is_hidden = all(number in hidden for number in between)
            yield Band(between[0], between[-1], "非表示" if is_hidden else "省略")
        yield band
        before = band


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
