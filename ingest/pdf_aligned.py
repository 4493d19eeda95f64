"""Tables without rules: rows of text that line up in three columns or more.

White strips down through several rows are not enough, for the labels of a chart have them too: what stands in
a column begins, ends or is centred at the same place in most rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.pdf_columns import Strip, common, gaps_of
from ingest.pdf_lines import PrintedLine, stand_alike
from ingest.pdf_listing import is_listing
from ingest.pdf_paragraphs import Row
from ingest.pdf_tables import CellRows, PageTable

_FEWEST_ROWS = 3
_FEWEST_STRIPS = 2
_NARROWEST = 7.0  # points: white between two columns
_OFF = 0.8  # of the type: how far a line may stand from where its column does
_MOST = 0.7  # of a column's lines stand one in a row


def aligned_tables(rows: Sequence[list[PrintedLine]], page: int) -> list[tuple[int, int, PageTable]]:
    """Tables without rules: (first row, one past the last, table) for rows that line up in three columns."""
    found = []
    index = 0
    while index < len(rows):
        end, strips = _lined_up(rows, index)
        table = _aligned(rows[index:end], strips, page) if end - index >= _FEWEST_ROWS else None
        if table is None or not _is_aligned(rows[index:end], table.xs) or _is_listing(table):
            index += 1
            continue
        found.append((index, end, table))
        index = end
    return found


def _lined_up(rows: Sequence[Sequence[PrintedLine]], start: int) -> tuple[int, list[Strip]]:
    """How far rows line up in the same columns, and the strips of white between these."""
    if len(rows[start]) <= _FEWEST_STRIPS or rows[start][0].is_loose:
        return start, []
    strips = gaps_of(rows[start])[1:-1]
    strips = [strip for strip in strips if strip[1] - strip[0] >= _NARROWEST]
    end = start + 1
    while end < len(rows) and len(rows[end]) > 1 and not (rows[end][0].is_whole or rows[end][0].is_loose):
        above, row = rows[end - 1][0], rows[end][0]
        shared = common(strips, gaps_of(rows[end]), _NARROWEST)
        if len(shared) < _FEWEST_STRIPS or row.y0 - above.y1 > 2.5 * row.size:
            break
        strips = shared
        end += 1
    return end, strips if len(strips) >= _FEWEST_STRIPS else []


def _aligned(rows: Sequence[list[PrintedLine]], strips: Sequence[Strip], page: int) -> PageTable:
    left = min(line.x0 for row in rows for line in row)
    right = max(line.x1 for row in rows for line in row)
    xs = (left, *((a + b) / 2 for a, b in sorted(strips)), right)
    cells = []
    for row in rows:
        laid: list[CellRows] = [[] for _ in xs[1:]]
        for line in row:
            column = _column(line, xs)
            if laid[column]:
                laid[column][0].lines.append(line)
            else:
                laid[column].append(Row(lines=[line], right=xs[column + 1]))
        cells.append(tuple(laid))
    ys = (*(min(line.y0 for line in row) for row in rows), max(line.y1 for line in rows[-1]))
    return PageTable(page=page, xs=xs, ys=ys, rows=tuple(cells))


def _column(line: PrintedLine, xs: Sequence[float]) -> int:
    middle = (line.x0 + line.x1) / 2
    return sum(middle > x for x in xs[1:-1])


def _is_aligned(rows: Sequence[Sequence[PrintedLine]], xs: Sequence[float]) -> bool:
    """Whether the columns hold one thing a row, at the same place in most rows."""
    for column in range(len(xs) - 1):
        lines = [line for row in rows for line in row if _column(line, xs) == column]
        held = sum(any(_column(line, xs) == column for line in row) for row in rows)
        if not lines or held < _MOST * len(lines):
            return False
        if not stand_alike(lines, _OFF * lines[0].size):
            return False
    return True


def _is_listing(table: PageTable) -> bool:
    return is_listing([[cell[0].first.text if cell else "" for cell in row] for row in table.rows])
