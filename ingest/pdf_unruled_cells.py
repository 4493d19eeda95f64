"""The cells of a table without rules: printed rows by the rows of the table, lines by its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.pdf_lines import Lines, PrintedLine
from ingest.pdf_paragraphs import Row
from ingest.pdf_tables import CellRows, PageTable
from ingest.pdf_unruled_region import Extent, flat, size_of, white_between

_JUMP = 0.25  # of the type: by how much more white parts rows than lines
_NEAR = 0.8  # of the type: from a line of a cell to the next
_FEWEST_COLUMNS = 2
# Marks with which a row of its own begins, however short it is.
_OPENS = re.compile(r"[・●〇■◆◇□▼▽○◎※＊*【〈《〔［\[]|[①-⑳]|[(（]|[-‐－―]")
_SAME_HEIGHT = 0.45  # of the type: pieces of one printed row
_FULL = 2.5  # of the type: from the end of a line that is full to the next column
_PADDING = 1.0  # of the type: from a column's text to the next column
_UNKNOWN = 10.0  # of the type: a margin that no line shows


def blocks_of(region: Sequence[Lines], columns: Sequence[Extent]) -> list[list[Lines]]:
    """Printed rows by the rows of the table that they belong to."""
    size = size_of(region)
    whites = sorted(white_between(a, b) for a, b in pairwise(region))
    jumps = [(b - a, (a + b) / 2) for a, b in pairwise(whites) if b - a >= _JUMP * size]
    if not jumps and all(_runs_on(above, below, columns) for above, below in pairwise(region)):
        return [list(region)]
    border = max(jumps)[1] if jumps else float("-inf")
    blocks: list[list[Lines]] = [[region[0]]]
    for above, below in pairwise(region):
        if white_between(above, below) > border:
            blocks.append([])
        blocks[-1].append(below)
    return _with_rests(blocks, columns)


def _with_rests(blocks: Sequence[list[Lines]], columns: Sequence[Extent]) -> list[list[Lines]]:
    """Blocks with the rest of a label put to it: a line alone in its row, below one that fills its column."""
    joined: list[list[Lines]] = []
    for block in blocks:
        alone = len(block) == 1 and len(block[0]) == 1 and not _OPENS.match(block[0][0].text)
        if joined and alone and len(columns) > _FEWEST_COLUMNS and len(joined[-1][0]) > _FEWEST_COLUMNS:
            above = joined[-1][-1]
            near = white_between(above, block[0]) <= _NEAR * block[0][0].size
            if near and _runs_on(above, block[0], columns):
                joined[-1].extend(block)
                continue
        joined.append(block)
    return joined


def _runs_on(above: Lines, below: Lines, columns: Sequence[Extent]) -> bool:
    """Whether each line goes on from one above it that fills its column; of the last column none can tell."""
    upper, lower = (cells_of([row], columns) for row in (above, below))
    told = [(one, other, border) for one, other, (border, _) in zip(upper, lower, columns[1:], strict=False)]
    full = [bool(one) and border - one[-1].x1 < _FULL * one[-1].size for one, other, border in told if other]
    return bool(full) and all(full)


def cells_of(block: Sequence[Lines], columns: Sequence[Extent]) -> list[list[PrintedLine]]:
    """The lines of a block by the columns in which they stand."""
    cells: list[list[PrintedLine]] = [[] for _ in columns]
    for line in flat(block):
        middle = (line.x0 + line.x1) / 2
        cells[next(at for at, (x0, x1) in enumerate(columns) if x0 <= middle <= x1)].append(line)
    return cells


def _margins(columns: Sequence[Extent], blocks: Sequence[Sequence[Lines]]) -> list[float]:
    """The right margins of columns: a little before the next one begins; of the last where its lines wrap."""
    size = blocks[0][0][0].size
    last = [cells_of(block, columns)[-1] for block in blocks]
    ends = [line.x1 for lines in last for line in lines[:-1]]
    margin = max(ends, default=columns[-1][1] + _UNKNOWN * size)
    return [*(x0 - _PADDING * size for x0, _ in columns[1:]), margin]


def table_of(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent], page: int) -> PageTable:
    """A table from its blocks."""
    margins = _margins(columns, blocks)
    rows = [tuple(map(_printed_rows, cells_of(block, columns), margins)) for block in blocks]
    ys = [min(line.y0 for line in flat(block)) for block in blocks]
    return PageTable(
        page=page,
        xs=(*(x0 for x0, _ in columns), columns[-1][1]),
        ys=(*ys, max(line.y1 for line in flat(blocks[-1]))),
        rows=tuple(rows),
        is_ruled=False,
    )


def _printed_rows(lines: Lines, right: float) -> CellRows:
    """The lines of a cell by the heights at which they stand, with the cell's right margin."""
    printed: CellRows = []
    for line in lines:
        if printed and abs(line.middle - printed[-1].first.middle) <= _SAME_HEIGHT * line.size:
            printed[-1].lines.append(line)
        else:
            printed.append(Row(lines=[line], right=right))
    return printed
