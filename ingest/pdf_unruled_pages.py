"""Tables without rules that go on over the border of a page: which rows are theirs, on which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ingest.pdf_lines import PrintedLine
from ingest.pdf_paragraphs import Row
from ingest.pdf_parted import parted_at
from ingest.pdf_tables import PageTable
from ingest.pdf_unruled_cells import blocks_of, table_of
from ingest.pdf_unruled_region import Extent, extents_of, is_next

_SAME_EDGE = 0.6  # of the type
_SAME_SIZE = 0.25  # of the type: by how much it may differ


def going_on(table: PageTable, rows: Sequence[Row]) -> int:
    """How many rows at the head of a page are laid as those of a table without rules before it."""
    edges = table.xs[:-1]
    size = next(cell[0].first.size for row in table.rows for cell in row if cell)
    taken = 0
    for index, row in enumerate(rows):
        if index and not is_next(rows[index - 1].lines, row.lines, size):
            break
        lines = parted_at([row.lines], edges)[0]
        if not all(_fits(line, edges, size) for line in lines):
            break
        taken += 1
    return taken


def row_alone(row: Row) -> PageTable:
    """A printed row as a table without rules: the head of one may stand alone at the foot of a page."""
    columns = extents_of(row.lines, row.first.size)
    return table_of([[row.lines]], columns, row.first.page)


def united(upper: PageTable, lower: PageTable) -> tuple[PageTable, PageTable] | None:
    """Two tables without rules on the columns that both have, None where these are not the same columns.

    A column in which nothing stands in one of them is known from the other alone.
    """
    lines = _lines_of(upper) + _lines_of(lower)
    size = median(line.size for line in lines)
    columns = extents_of(lines, size)
    places = [[_place(columns, x0) for x0 in table.xs[:-1]] for table in (upper, lower)]
    if any(len(set(told)) < len(told) for told in places) or set(places[0]).isdisjoint(places[1]):
        return None
    if any(abs(line.size - size) > _SAME_SIZE * size for line in lines):
        return None
    return _relaid(upper, columns), _relaid(lower, columns)


def _place(columns: Sequence[Extent], x: float) -> int:
    return next(at for at, (x0, x1) in enumerate(columns) if x0 - 1 <= x <= x1 + 1)


def _lines_of(table: PageTable) -> list[PrintedLine]:
    return [line for row in table.rows for cell in row for one in cell for line in one.lines]


def _relaid(table: PageTable, columns: Sequence[Extent]) -> PageTable:
    blocks = [[[line for cell in row for one in cell for line in one.lines]] for row in table.rows]
    return replace(table_of(blocks, columns, table.page), ys=table.ys)


def laid_as(table: PageTable, rows: Sequence[Row]) -> PageTable:
    """Printed rows on the columns of a table without rules."""
    edges = table.xs[:-1]
    columns = [(x0, x1 - 1) for x0, x1 in pairwise((*edges, float("inf")))]
    region = parted_at([row.lines for row in rows], edges)
    made = table_of(blocks_of(region, columns), columns, rows[0].first.page)
    return replace(made, xs=table.xs)


def _fits(line: PrintedLine, edges: Sequence[float], size: float) -> bool:
    """Whether a line begins where a column does and ends before the next one."""
    if abs(line.size - size) > _SAME_SIZE * size:
        return False
    at = next((at for at, edge in enumerate(edges) if abs(line.x0 - edge) <= _SAME_EDGE * size), -1)
    return at >= 0 and (at + 1 == len(edges) or line.x1 <= edges[at + 1])
