"""Tables without rules whose cells wrap: rows told by white across the page, columns by white down it.

In a table without rules a cell may take several printed lines, and what parts two rows is more white than
between two lines of a cell. That white runs through all columns at once, and all cells of a row begin at one
height or are centred at one: so a table is told from running text in columns, whose paragraphs end where they
end. Tables within a column of a page, a line a row, are found in ``ingest.pdf_aligned``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.pdf_lines import PrintedLine
from ingest.pdf_listing import is_listing
from ingest.pdf_paragraphs import Row
from ingest.pdf_parted import parted, parted_at
from ingest.pdf_tables import CellRows, PageTable

Lines = Sequence[PrintedLine]
Extent = tuple[float, float]

_NARROWEST = 0.3  # of the type: white between two columns
_FARTHEST = 2.2  # of the type: white between two rows
_JUMP = 0.25  # of the type: by how much more white parts rows than lines
_SAME_EDGE = 0.6
_SAME_HEIGHT = 0.45
_SAME_SIZE = 0.25
_MOST = 0.7
_SENTENCE = 9  # characters of a line of text
_FILLED = 0.55
_FULL = 2.5  # of the type: from the end of a line that is full to the next column
_PADDING = 1.0
_UNKNOWN = 10.0  # of the type: a margin that no line shows
_LOOSE = 0.85  # of the type: more white than running text has between its lines
_FEWEST_OF_TEXT = 5
_EDGES: tuple[Callable[[PrintedLine], float], ...] = (
    lambda line: line.x0,
    lambda line: line.x1,
    lambda line: (line.x0 + line.x1) / 2,
)


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
        if len(rows[index]) < 2 or not _is_of_one_size(rows[index]):
            index += 1
            continue
        start, end = _region(rows, index, reached)
        columns = _extents(_flat(parted(rows[start:end])), _size(rows[start:end]))
        region = parted_at(rows[start:end], [x0 for x0, _ in columns])
        blocks = _blocks(region, columns)
        if len(columns) < 2 or _is_columns_of_text(blocks, columns):
            index = end
        elif _is_table(blocks, columns):
            yield Unruled(start=start, end=end, table=_table(blocks, columns, page))
            index = reached = end
        else:
            index += 1


def going_on(table: PageTable, rows: Sequence[Row]) -> int:
    """How many rows at the head of a page are laid as those of a table without rules before it."""
    edges = table.xs[:-1]
    size = next(cell[0].first.size for row in table.rows for cell in row if cell)
    taken = 0
    for index, row in enumerate(rows):
        if index and not _is_next(rows[index - 1].lines, row.lines, size):
            break
        lines = parted_at([row.lines], edges)[0]
        if not all(_fits(line, edges, size) for line in lines):
            break
        taken += 1
    return taken


def row_alone(row: Row) -> PageTable:
    """A printed row as a table without rules: the head of one may stand alone at the foot of a page."""
    columns = _extents(row.lines, row.first.size)
    return _table([[row.lines]], columns, row.first.page)


def united(upper: PageTable, lower: PageTable) -> tuple[PageTable, PageTable] | None:
    """Two tables without rules on the columns that both have, None where these are not the same columns.

    A column in which nothing stands in one of them is known from the other alone.
    """
    lines = _lines_of(upper) + _lines_of(lower)
    size = median(line.size for line in lines)
    columns = _extents(lines, size)
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
    return replace(_table(blocks, columns, table.page), ys=table.ys)


def laid_as(table: PageTable, rows: Sequence[Row]) -> PageTable:
    """Printed rows on the columns of a table without rules."""
    edges = table.xs[:-1]
    columns = [(x0, x1 - 1) for x0, x1 in pairwise((*edges, float("inf")))]
    region = parted_at([row.lines for row in rows], edges)
    made = _table(_blocks(region, columns), columns, rows[0].first.page)
    return replace(made, xs=table.xs)


def _fits(line: PrintedLine, edges: Sequence[float], size: float) -> bool:
    """Whether a line begins where a column does and ends before the next one."""
    if abs(line.size - size) > _SAME_SIZE * size:
        return False
    at = next((at for at, edge in enumerate(edges) if abs(line.x0 - edge) <= _SAME_EDGE * size), -1)
    return at >= 0 and (at + 1 == len(edges) or line.x1 <= edges[at + 1])


def _is_of_one_size(row: Lines) -> bool:
    """Whether a row is set in one type: a note at the side of the text is smaller."""
    sizes = [line.size for line in row]
    return max(sizes) - min(sizes) <= _SAME_SIZE * max(sizes)


def _region(rows: Sequence[Lines], seed: int, reached: int) -> tuple[int, int]:
    """The rows around one that keep its columns."""
    end, columns = _down(rows, seed)
    end = _trimmed(rows, seed, end)
    return _up(rows, seed, reached, end, columns), end


def _size(rows: Sequence[Lines]) -> float:
    return median(line.size for row in rows for line in row)


def _extents(lines: Lines, size: float) -> list[Extent]:
    """From where to where something stands, with white between."""
    found: list[Extent] = []
    for line in sorted(lines, key=lambda one: one.x0):
        if found and line.x0 - found[-1][1] < _NARROWEST * size:
            found[-1] = (found[-1][0], max(found[-1][1], line.x1))
        else:
            found.append((line.x0, line.x1))
    return found


def _down(rows: Sequence[Lines], seed: int) -> tuple[int, list[Extent]]:
    """How far down rows keep white strips that the first one has, and the columns between these."""
    size = _size(rows[seed : seed + 1])
    lines = list(rows[seed])
    columns = _extents(lines, size)
    end = seed + 1
    while end < len(rows) and _is_next(rows[end - 1], rows[end], size):
        more = _extents([*lines, *rows[end]], size)
        if len(more) < 2 or (len(rows[end]) == 1 and len(more) < len(columns)):
            break
        if len(more) < len(columns) - 1:
            break
        lines.extend(rows[end])
        columns = more
        end += 1
    return end, columns


def _is_next(above: Lines, below: Lines, size: float) -> bool:
    if not below or any(abs(line.size - size) > _SAME_SIZE * size for line in below):
        return False
    return _white(above, below) <= _FARTHEST * size


def _white(above: Lines, below: Lines) -> float:
    return min(line.y0 for line in below) - max(line.y1 for line in above)


def _trimmed(rows: Sequence[Lines], start: int, end: int) -> int:
    """The end without what stands further below than the rows of the table from one another."""
    last = max((i for i in range(start, end) if len(rows[i]) > 1), default=start)
    widest = max((_white(rows[i], rows[i + 1]) for i in range(start, last)), default=0.0)
    for index in range(last + 1, end):
        if _white(rows[index - 1], rows[index]) > widest + _JUMP * _size(rows[start:end]):
            return index
    return end


def _up(rows: Sequence[Lines], seed: int, reached: int, end: int, columns: Sequence[Extent]) -> int:
    """The first row: above the seed one cell may stand alone, as near as the rows below stand."""
    size = _size(rows[seed:end])
    widest = max((_white(a, b) for a, b in pairwise(rows[seed:end])), default=-1.0)
    start = seed
    while start > reached and len(rows[start - 1]) == 1:
        above = rows[start - 1]
        if not _is_next(above, rows[start], size):
            break
        if (
            abs(above[0].size - size) > _SAME_SIZE * size
            or _white(above, rows[start]) > widest + _JUMP * size
        ):
            break
        within = [one for one in columns if abs(above[0].x0 - one[0]) <= _SAME_EDGE * size]
        if not within or len(_extents([*above, *_flat(rows[seed:end])], size)) < len(columns):
            break
        start -= 1
    return start


def _flat(rows: Sequence[Lines]) -> list[PrintedLine]:
    return [line for row in rows for line in row]


def _blocks(region: Sequence[Lines], columns: Sequence[Extent]) -> list[list[Lines]]:
    """Printed rows by the rows of the table that they belong to."""
    size = _size(region)
    whites = sorted(_white(a, b) for a, b in pairwise(region))
    jumps = [(b - a, (a + b) / 2) for a, b in pairwise(whites) if b - a >= _JUMP * size]
    if not jumps and all(_runs_on(above, below, columns) for above, below in pairwise(region)):
        return [list(region)]
    border = max(jumps)[1] if jumps else float("-inf")
    blocks: list[list[Lines]] = [[region[0]]]
    for above, below in pairwise(region):
        if _white(above, below) > border:
            blocks.append([])
        blocks[-1].append(below)
    return blocks


def _runs_on(above: Lines, below: Lines, columns: Sequence[Extent]) -> bool:
    """Whether each line goes on from one above it that fills its column; of the last column none can tell."""
    upper, lower = (_cells([row], columns) for row in (above, below))
    told = [(one, other, border) for one, other, (border, _) in zip(upper, lower, columns[1:], strict=False)]
    full = [bool(one) and border - one[-1].x1 < _FULL * one[-1].size for one, other, border in told if other]
    return bool(full) and all(full)


def _is_columns_of_text(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent]) -> bool:
    """Whether lines stand beside one another, close below one another, in columns of text."""
    whites = [_white(above[-1], below[0]) for above, below in pairwise(blocks)]
    if (
        any(len(block) > 1 for block in blocks)
        or not whites
        or median(whites) > _LOOSE * blocks[0][0][0].size
    ):
        return False
    cells = [_cells(block, columns) for block in blocks]
    return sum(_is_text(cells, at) for at in range(len(columns))) > 1


def _is_table(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent]) -> bool:
    """Whether the blocks hold cells that begin together, under one another, and are no list or contents."""
    cells = [_cells(block, columns) for block in blocks]
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


def _cells(block: Sequence[Lines], columns: Sequence[Extent]) -> list[list[PrintedLine]]:
    cells: list[list[PrintedLine]] = [[] for _ in columns]
    for line in _flat(block):
        middle = (line.x0 + line.x1) / 2
        cells[next(at for at, (x0, x1) in enumerate(columns) if x0 <= middle <= x1)].append(line)
    return cells


def _is_level(cells: Sequence[Lines]) -> bool:
    """Whether the cells of a row begin at one height, or are centred at one."""
    held = [cell for cell in cells if cell]
    size = held[0][0].size
    tops = [cell[0].middle for cell in held]
    centres = [(cell[0].middle + cell[-1].middle) / 2 for cell in held]
    return any(max(heights) - min(heights) <= _SAME_HEIGHT * size for heights in (tops, centres))


def _is_aligned(cells: Sequence[Lines]) -> bool:
    """Whether most cells of a column begin, end or are centred at the same place."""
    size = cells[0][0].size
    for edge in _EDGES:
        places = [edge(cell[0]) for cell in cells]
        usual = median(places)
        if sum(abs(place - usual) <= _SAME_EDGE * size for place in places) >= _MOST * len(places):
            return True
    return False


def _margins(columns: Sequence[Extent], blocks: Sequence[Sequence[Lines]]) -> list[float]:
    """The right margins of columns: a little before the next one begins; of the last where its lines wrap."""
    size = blocks[0][0][0].size
    last = [_cells(block, columns)[-1] for block in blocks]
    ends = [line.x1 for lines in last for line in lines[:-1]]
    margin = max(ends, default=columns[-1][1] + _UNKNOWN * size)
    return [*(x0 - _PADDING * size for x0, _ in columns[1:]), margin]


def _table(blocks: Sequence[Sequence[Lines]], columns: Sequence[Extent], page: int) -> PageTable:
    rows = []
    for block in blocks:
        cells: list[CellRows] = []
        for lines, right in zip(_cells(block, columns), _margins(columns, blocks), strict=True):
            printed: CellRows = []
            for line in lines:
                if printed and abs(line.middle - printed[-1].first.middle) <= _SAME_HEIGHT * line.size:
                    printed[-1].lines.append(line)
                else:
                    printed.append(Row(lines=[line], right=right))
            cells.append(printed)
        rows.append(tuple(cells))
    ys = [min(line.y0 for line in _flat(block)) for block in blocks]
    return PageTable(
        page=page,
        xs=(*(x0 for x0, _ in columns), columns[-1][1]),
        ys=(*ys, max(line.y1 for line in _flat(blocks[-1]))),
        rows=tuple(rows),
        is_ruled=False,
    )
