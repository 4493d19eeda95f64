"""Cells as they lie on a sheet, before it is known which of them are tables: 「方眼紙」 included.

A worksheet of a plan is seldom a table. It is a page on which labels, prose and tables are laid out with
merged cells over many narrow columns. Here stands what a reader gives of it; ``ingest.grid_regions`` finds
what belongs together and ``ingest.grid_text`` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.locator import CellLocator


class GridCell(NamedTuple):
    """A cell with its text, or merged cells with the text of the first; rows and columns count from 1."""

    text: str
    row: int
    column: int
    last_row: int
    last_column: int
    worksheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet.

    Attributes:
        cells: those that hold anything, in the order of rows and columns.
        ruled: rows in which lines part cells: they belong to a table even where they hold nothing.
        drawn: cells with any line around them, by row and column, whether they hold anything or not.
        narrow: columns so narrow that text in them runs over into the next ones.
        hidden_rows: rows that are not shown; they part nothing.
        hidden_columns: columns likewise.
        is_table: whether it is one table as a whole, and no page on which tables stand.
    """

    cells: tuple[GridCell, ...]
    ruled: frozenset[int] = frozenset()
    drawn: frozenset[tuple[int, int]] = frozenset()
    narrow: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_table: bool = False


@dataclass(slots=True)
class GridBuilder:
    """Lays out a table whose cells are told row by row, each with how many columns and rows it takes."""

    _cells: list[GridCell] = field(default_factory=list)
    _taken: set[tuple[int, int]] = field(default_factory=set)
    _row: int = 0

    def row(self, cells: Iterable[tuple[str, int, int]]) -> None:
        """Add a row of cells: text, columns and rows taken.

        A cell that reaches down from above is not told again.
        """
        self._row += 1
        column = 1
        for text, columns, rows in cells:
            while (self._row, column) in self._taken:
                column += 1
            if text.strip():
                self._cells.append(
                    GridCell(text, self._row, column, self._row + rows - 1, column + columns - 1)
                )
            if rows > 1:
                down = range(self._row + 1, self._row + rows)
                self._taken.update((r, c) for r in down for c in range(column, column + columns))
            column += columns

    def grid(self) -> Grid:
        """The table: every row of it is ruled."""
        return Grid(cells=tuple(self._cells), ruled=frozenset(range(1, self._row + 1)), is_table=True)


def range_name(row: int, column: int, last_row: int, last_column: int) -> str:
    """A range as a workbook names it: C12, or C12:F14."""
    first = f"{_letters(column)}{row}"
    return first if (row, column) == (last_row, last_column) else f"{first}:{_letters(last_column)}{last_row}"


def locators_of(cells: Iterable[GridCell]) -> tuple[CellLocator, ...]:
    """For each worksheet, in order, the smallest range that holds its cells."""
    held: dict[str, list[GridCell]] = {}
    for cell in cells:
        held.setdefault(cell.worksheet, []).append(cell)
    return tuple(
        CellLocator(
            worksheet=worksheet,
            range=range_name(
                min(cell.row for cell in own),
                min(cell.column for cell in own),
                max(cell.last_row for cell in own),
                max(cell.last_column for cell in own),
            ),
        )
        for worksheet, own in held.items()
    )


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def covering(cells: Iterable[GridCell]) -> Mapping[int, list[GridCell]]:
    """For each row the cells that stand in it or reach into it, in order of columns."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.last_row + 1):
            rows.setdefault(row, []).append(cell)
    for found in rows.values():
        found.sort(key=lambda cell: cell.column)
    return rows
