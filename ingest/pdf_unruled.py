"""Tables without rules whose cells wrap: rows told by white across the page, columns by white down it.

In a table without rules a cell may take several printed lines, and what parts two rows is more white than
between two lines of a cell. That white runs through all columns at once, and all cells of a row begin at one
height or are centred at one: so a table is told from running text in columns, whose paragraphs end where they
end. Tables within a column of a page, a line a row, are found in ``ingest.pdf_aligned``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.cells import is_figure
from ingest.pdf_lines import Lines, PrintedLine, stand_alike
from ingest.pdf_listing import is_listing
from ingest.pdf_parted import parted, parted_at
from ingest.pdf_tables import PageTable
from ingest.pdf_unruled_cells import blocks_of, cells_of, table_of
from ingest.pdf_unruled_region import (
    Extent,
    extents_of,
    flat,
    is_of_one_size,
    region_of,
    size_of,
    white_between,
)
from ingest.tables import column_year

_SAME_EDGE = 0.6  # of the type
_SAME_HEIGHT = 0.45  # of the type: cells that begin or are centred at one height
_SENTENCE = 9  # characters of a line of text
_FILLED = 0.55  # of a column's width: a line of running text
_LOOSE = 0.85  # of the type: more white than running text has between its lines
_FEWEST_OF_TEXT = 5  # lines of running text
_JUMP = 0.25  # of the type: by how much more white parts tables than rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Unruled:
    """A table found in the rows of a page: its first row, one past its last, and the table."""

    start: int
    end: int
    table: PageTable


def unruled_tables(rows: Sequence[Lines], page: int) -> Iterator[Unruled]:
    """Tables in the printed rows of a page, from the top; an empty row is where a drawn table stands."""
    index = reached = 0
    while index < len(rows):
        if len(rows[index]) < 2 or not is_of_one_size(rows[index]):
            index += 1
            continue
        start, end = region_of(rows, index, reached)
        columns = extents_of(flat(parted(rows[start:end])), size_of(rows[start:end]))
        region = parted_at(rows[start:end], [x0 for x0, _ in columns])
        blocks = blocks_of(region, columns)
        if len(columns) < 2 or _is_columns_of_text(blocks, columns) or _runs_into_text(rows, end, columns):
            index = end
        elif (height := _first_of_stack(rows[start:end])) > 1:
            end = start + height
            columns = extents_of(flat(rows[start:end]), size_of(rows[start:end]))
            yield Unruled(start=start, end=end, table=table_of(_by_rows(rows[start:end]), columns, page))
            index = reached = end
        elif _is_table(blocks, columns):
            yield Unruled(start=start, end=end, table=table_of(blocks, columns, page))
            index = reached = end
        else:
            index += 1


def _first_of_stack(region: Sequence[Lines]) -> int:
    """How many rows the first of several tables of figures has, stacked with more white than their rows have.

    Each of their rows is one line; 0 where the region is no such stack.
    """
    whites = [white_between(a, b) for a, b in pairwise(region)]
    usual = min(whites, default=0.0)
    height = next((at for at, white in enumerate(whites, 1) if white > usual + _JUMP * size_of(region)), 0)
    first = region[:height]
    if height < 2 or any(len(row) < 2 for row in first):
        return 0
    values = [line.text for row in first[1:] for line in row[1:]]
    if 2 * sum(map(is_figure, values)) < len(values) or any(map(_is_value, (*first[0], *region[height]))):
        return 0
    columns = extents_of(flat(first), size_of(first))
    fits = len(first[0]) in (len(columns), len(columns) - 1) and len(columns) > 2
    return height if fits and _is_table(_by_rows(first), columns) else 0


def _is_value(line: PrintedLine) -> bool:
    return is_figure(line.text) and column_year(line.text) is None


def _by_rows(rows: Sequence[Lines]) -> list[list[Lines]]:
    """Blocks of which each is one printed row."""
    return [[row] for row in rows]


def _is_columns_of_text(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent]) -> bool:
    """Whether lines stand beside one another, close below one another, in columns of text."""
    whites = [white_between(above[-1], below[0]) for above, below in pairwise(blocks)]
    if (
        any(len(block) > 1 for block in blocks)
        or not whites
        or median(whites) > _LOOSE * blocks[0][0][0].size
    ):
        return False
    cells = [cells_of(block, columns) for block in blocks]
    return sum(_is_text(cells, at) for at in range(len(columns))) > 1


def _runs_into_text(rows: Sequence[Lines], end: int, columns: Sequence[Extent]) -> bool:
    """Whether the last cell is the first line of a sentence that goes on below, across all columns.

    So an item is printed with its title and white between: 「（2）船の手配　船員と船を」, 「借り上げます。」.
    """
    last = rows[end - 1][-1]
    if end >= len(rows) or len(rows[end]) != 1 or len(last.text) < _SENTENCE or last.text.endswith("。"):
        return False
    below, size = rows[end][0], last.size
    if not below.text.endswith("。") or white_between(rows[end - 1], rows[end]) > _LOOSE * size:
        return False
    return abs(below.x0 - columns[0][0]) <= 2 * size and below.x1 > last.x0 + size


def _is_table(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent]) -> bool:
    """Whether the blocks hold cells that begin together, under one another, and are no list or contents."""
    cells = [cells_of(block, columns) for block in blocks]
    several = [row for row in cells if sum(map(bool, row)) > 1]
    if len(several) < 2 or not all(map(_is_level, several)):
        return False
    if not all(_is_aligned([row[at] for row in cells if row[at]]) for at in range(len(columns))):
        return False
    return not is_listing([[cell[0].text if cell else "" for cell in row] for row in several])


def _is_text(cells: Sequence[Sequence[Lines]], at: int) -> bool:
    """Whether the lines of a column are those of running text."""
    lines = [line for row in cells for line in row[at]]
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    long = [line for line in lines if len(line.text) >= _SENTENCE and line.x1 - line.x0 >= _FILLED * width]
    return len(lines) >= _FEWEST_OF_TEXT and len(long) * 2 >= len(lines)


def _is_level(cells: Sequence[Lines]) -> bool:
    """Whether the cells of a row begin at one height, or are centred at one."""
    held = [cell for cell in cells if cell]
    size = held[0][0].size
    tops = [cell[0].middle for cell in held]
    centres = [(cell[0].middle + cell[-1].middle) / 2 for cell in held]
    return any(max(heights) - min(heights) <= _SAME_HEIGHT * size for heights in (tops, centres))


def _is_aligned(cells: Sequence[Lines]) -> bool:
    """Whether most cells of a column begin, end or are centred at the same place."""
    return stand_alike([cell[0] for cell in cells], _SAME_EDGE * cells[0][0].size)
