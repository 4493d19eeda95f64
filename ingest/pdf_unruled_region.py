"""Where tables without rules may be: rows that keep the same strips of white, and the columns between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.pdf_lines import Lines, PrintedLine

Extent = tuple[float, float]

_NARROWEST = 0.3  # of the type: white between two columns
_FARTHEST = 2.2  # of the type: white between two rows
_JUMP = 0.25  # of the type: by how much more white parts rows than lines
_SAME_EDGE = 0.6  # of the type
_SAME_SIZE = 0.25  # of the type: by how much it may differ
# A title in brackets.
_TITLE = re.compile(r"[【〔《〈][^【】〔〕《》〈〉]{1,20}[】〕》〉]")


def is_of_one_size(row: Lines) -> bool:
    """Whether a row is set in one type: a note at the side of the text is smaller."""
    sizes = [line.size for line in row]
    return max(sizes) - min(sizes) <= _SAME_SIZE * max(sizes)


def region_of(rows: Sequence[Lines], seed: int, reached: int) -> tuple[int, int]:
    """The rows around one that keep its columns; a title in brackets at their end is of what follows."""
    end, columns = _down(rows, seed)
    end = _trimmed(rows, seed, end)
    while end - seed > 1 and len(rows[end - 1]) == 1 and _TITLE.fullmatch(rows[end - 1][0].text):
        end -= 1
    return _up(rows, seed, reached, end, columns), end


def size_of(rows: Sequence[Lines]) -> float:
    """The usual size of the type in rows."""
    return median(line.size for row in rows for line in row)


def extents_of(lines: Lines, size: float) -> list[Extent]:
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
    size = size_of(rows[seed : seed + 1])
    lines = list(rows[seed])
    columns = extents_of(lines, size)
    end = seed + 1
    while end < len(rows) and is_next(rows[end - 1], rows[end], size):
        more = extents_of([*lines, *rows[end]], size)
        if len(more) < 2 or (len(rows[end]) == 1 and len(more) < len(columns)):
            break
        if len(more) < len(columns) - 1:
            break
        lines.extend(rows[end])
        columns = more
        end += 1
    return end, columns


def is_next(above: Lines, below: Lines, size: float) -> bool:
    """Whether a row stands below another as rows of a table of this size do."""
    if not below or any(abs(line.size - size) > _SAME_SIZE * size for line in below):
        return False
    return white_between(above, below) <= _FARTHEST * size


def white_between(above: Lines, below: Lines) -> float:
    """How much white is between two rows, in points."""
    return min(line.y0 for line in below) - max(line.y1 for line in above)


def _trimmed(rows: Sequence[Lines], start: int, end: int) -> int:
    """The end without what stands further below than the rows of the table from one another."""
    last = max((i for i in range(start, end) if len(rows[i]) > 1), default=start)
    widest = max((white_between(rows[i], rows[i + 1]) for i in range(start, last)), default=0.0)
    for index in range(last + 1, end):
        if white_between(rows[index - 1], rows[index]) > widest + _JUMP * size_of(rows[start:end]):
            return index
    return end


def _up(rows: Sequence[Lines], seed: int, reached: int, end: int, columns: Sequence[Extent]) -> int:
    """The first row: above the seed one cell may stand alone, as near as the rows below stand."""
    size = size_of(rows[seed:end])
    widest = max((white_between(a, b) for a, b in pairwise(rows[seed:end])), default=-1.0)
    start = seed
    while start > reached and len(rows[start - 1]) == 1:
        above = rows[start - 1]
        if not is_next(above, rows[start], size):
            break
        if (
            abs(above[0].size - size) > _SAME_SIZE * size
            or white_between(above, rows[start]) > widest + _JUMP * size
        ):
            break
        within = [one for one in columns if abs(above[0].x0 - one[0]) <= _SAME_EDGE * size]
        if not within or len(extents_of([*above, *flat(rows[seed:end])], size)) < len(columns):
            break
        start -= 1
    return start


def flat(rows: Sequence[Lines]) -> list[PrintedLine]:
    """The lines of rows, one after the other."""
    return [line for row in rows for line in row]
