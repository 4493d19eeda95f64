"""Tables of a page that are drawn with rules, from their grids.

A merged cell's text stands in its first field, the other fields are empty, as in the text form of a table.
A grid is cut where its columns change, for a form is often one grid of several tables; a row of one cell
as wide as the table is text, unless the same columns go on below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.pdf_glyphs import Glyph, is_downwards
from ingest.pdf_grid import RuledGrid
from ingest.pdf_lines import glyph_rows, segments_of, stacked
from ingest.pdf_paragraphs import Row, cell_right

_FEWEST_ROWS = 3  # of a table within a cell
_FEWEST_COLUMNS = 3  # of a table within a cell
_SPARSE = 0.15  # of a grid's cells that hold anything: fewer are a drawing
_FEW_CELLS = 6  # a grid of so few is never too sparse
_MOST_BARS = 2  # bars of a chart that touch one another look like rows
_SHARE_OF_BARS = 0.4  # of a grid's cells: fewer, of figures alone, are bars
_FEWEST_OF_CHART = 5  # rows of pieces within a frame
_MOSTLY = 0.4  # of what stands in a grid
# Figures alone, as bars of a chart hold them.
_FIGURES = re.compile(r"[0-9０-９.,，．%％()（）\s]+")

CellRows = list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table on a page, or text in a box where it has one column.

    Attributes:
        page: number from 1.
        xs: borders of its columns.
        ys: borders of its rows.
        rows: its cells, each with its printed rows.
        is_ruled: whether rules are its borders; without any, ``xs`` are where what is written begins, and the
            last one where it ends.
        is_chart: whether it is read from a chart, which ends on its page.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rows: tuple[tuple[CellRows, ...], ...]
    is_ruled: bool = True
    is_chart: bool = False

    @property
    def x0(self) -> float:
        """Left border."""
        return self.xs[0]

    @property
    def x1(self) -> float:
        """Right border."""
        return self.xs[-1]

    @property
    def y0(self) -> float:
        """Upper border."""
        return self.ys[0]

    @property
    def y1(self) -> float:
        """Lower border."""
        return self.ys[-1]

    @property
    def is_whole(self) -> bool:
        """Always (see ``ingest.pdf_columns``)."""
        return True

    @property
    def is_box(self) -> bool:
        """Whether it is text in a box."""
        return len(self.xs) == 2

    @property
    def text(self) -> str:
        """What is written in it."""
        return "\n".join("\t".join(texts) for texts in texts_of(self.rows))

    @property
    def written(self) -> list[tuple[CellRows, ...]]:
        """Its rows without the columns in which nothing is written."""
        kept = [index for index in range(len(self.xs) - 1) if any(row[index] for row in self.rows)]
        return [tuple(row[index] for index in kept) for row in self.rows]


def texts_of(rows: Iterable[Sequence[CellRows]]) -> list[tuple[str, ...]]:
    """What is written in the cells of rows, without white space."""
    return [tuple("".join(row.text for row in cell).replace(" ", "") for cell in cells) for cells in rows]


def ruled_tables(grid: RuledGrid, cells: Mapping[int, list[Glyph]], page: int) -> list[PageTable] | None:
    """The tables of a grid from the glyphs in its cells, None where it is no table but a drawing."""
    total = len(set(grid.cells))
    if total > _FEW_CELLS and len(cells) < _SPARSE * total:
        return None
    if len(cells) < 2 and not (
        total == grid.width and grid.cell_at(grid.xs[-1] - 1, grid.ys[0] + 1) in cells
    ):
        return None
    written = {cell: _cell_rows(grid, cell, glyphs, page) for cell, glyphs in cells.items()}
    if any(_is_page(rows) or _is_whole_chart(rows, cells) for rows in written.values()):
        return None
    if (grid.height <= _MOST_BARS or len(cells) < _SHARE_OF_BARS * total) and all(
        _FIGURES.fullmatch(row.text) for r in written.values() for row in r
    ):
        return None
    tables = []
    for start, end in _bands(grid):
        borders = sorted(set().union(*(grid.borders(row) for row in range(start, end))))
        rows = tuple(
            tuple(_from_field(grid, row, a, b, written) for a, b in pairwise(borders))
            for row in range(start, end)
        )
        xs = tuple(grid.xs[border] for border in borders)
        tables.append(PageTable(page=page, xs=xs, ys=grid.ys[start : end + 1], rows=rows))
    return [table for table in tables if table.text.strip()]


def _cell_rows(grid: RuledGrid, cell: int, glyphs: list[Glyph], page: int) -> CellRows:
    if is_downwards(glyphs):
        return [Row(lines=[stacked(glyphs, page)], right=grid.right_of(cell))]
    rows = [Row(lines=segments_of(row, page), right=grid.right_of(cell)) for row in glyph_rows(glyphs)]
    right = cell_right(rows, grid.left_of(cell), grid.right_of(cell))
    for row in rows:
        row.right = right
    return rows


def _is_page(rows: CellRows) -> bool:
    """Whether a cell is a frame around a table of its own rather than the cell of one."""
    lined_up = sum(len(row.lines) >= _FEWEST_COLUMNS for row in rows)
    return lined_up >= _FEWEST_ROWS and lined_up * 2 > len(rows)


def _is_whole_chart(rows: CellRows, cells: Mapping[int, list[Glyph]]) -> bool:
    """Whether a cell holds nearly all that stands in a grid, in rows of pieces: the frame around a chart."""
    pieces = [row for row in rows if len(row.lines) >= _FEWEST_COLUMNS]
    held = sum(len(row.text.replace(" ", "")) for row in rows)
    return len(pieces) >= _FEWEST_OF_CHART and held >= _MOSTLY * sum(map(len, cells.values()))


def _bands(grid: RuledGrid) -> list[tuple[int, int]]:
    """Rows that share their columns, as (first, one past the last)."""
    whole = frozenset({0, grid.width})
    if grid.width == 1:
        return [(0, grid.height)]
    bands: list[tuple[int, int]] = []
    start = 0
    columns: frozenset[int] = whole
    for row in range(grid.height):
        borders = grid.borders(row)
        if row > start and not grid.is_crossed(row):
            ends_title = columns == whole != borders
            if ends_title or (borders == whole and not _goes_on_below(grid, row, columns)):
                bands.append((start, row))
                start, columns = row, borders
                continue
            if not (borders <= columns or columns <= borders):
                bands.append((start, row))
                start, columns = row, borders
                continue
        columns |= borders
    bands.append((start, grid.height))
    return bands


def _goes_on_below(grid: RuledGrid, row: int, columns: frozenset[int]) -> bool:
    """Whether the columns above a full-width row are those below it too."""
    whole = frozenset({0, grid.width})
    below = next((b for r in range(row + 1, grid.height) if (b := grid.borders(r)) != whole), None)
    return below is not None and below == columns


def _from_field(
    grid: RuledGrid, row: int, left: int, right: int, written: Mapping[int, CellRows]
) -> CellRows:
    """What stands in the cells that begin in a row between two borders."""
    found: CellRows = []
    for column in range(left, right):
        field = row * grid.width + column
        if grid.cells[field] == field:
            found.extend(written.get(field, []))
    return found
