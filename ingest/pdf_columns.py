"""In which order the parts of a page are read: columns one after the other, within a column from the top.

A page is in columns where a clear strip of white runs down between running text on both sides. Between the
cells of a table there are such strips too, but cells are short: text in columns fills its column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Protocol, TypeVar

_NARROWEST = 9.0  # points: white between two columns
_FEWEST = 5  # lines of a column
_FEWEST_OF_REST = 2  # lines that end a text, or are a note beside it
_MANY = 6  # lines of a column, for a short one beside it
_SAME_WIDTH = 0.15  # of the width: by how much columns may differ
_SMALLER = 0.85  # of the height of the text's lines: a note at its side
_CHARACTERS = 9  # letters of a line of running text
_FILLED = 0.55  # of a column's width: a line of running text
_DEEPEST = 4  # columns within columns
_BLANK = 2.0  # of a line's height: more white needs text beside it
_SAME_LINE = 0.5  # of the height: how far the middles of one row may be apart

Strip = tuple[float, float]


class Element(Protocol):
    """A printed line, or a table: its box in the layout and how much is written in it."""

    @property
    def x0(self) -> float:
        """Left."""
        ...

    @property
    def y0(self) -> float:
        """Top."""
        ...

    @property
    def x1(self) -> float:
        """Right."""
        ...

    @property
    def y1(self) -> float:
        """Bottom."""
        ...

    @property
    def text(self) -> str:
        """What is written."""
        ...

    @property
    def is_whole(self) -> bool:
        """Whether it stands alone at its height in its column, as a table does."""
        ...


E = TypeVar("E", bound=Element)


def columns_of(elements: Sequence[E], depth: int = 0) -> list[list[E]]:
    """Elements by columns in reading order; a page without columns is one."""
    if not elements:
        return []
    rows = rows_of(elements)
    found = _band(rows) if depth < _DEEPEST else None
    if found is None:
        return [[element for row in rows for element in row]]
    first, last, strip = found
    above = [e for row in rows[:first] for e in row]
    inside = [e for row in rows[first : last + 1] for e in row]
    below = [e for row in rows[last + 1 :] for e in row]
    middle = (strip[0] + strip[1]) / 2
    left = [e for e in inside if (e.x0 + e.x1) / 2 < middle]
    right = [e for e in inside if (e.x0 + e.x1) / 2 >= middle]
    return [
        *columns_of(above, depth + 1),
        *columns_of(left, depth + 1),
        *columns_of(right, depth + 1),
        *columns_of(below, depth + 1),
    ]


def rows_of(elements: Iterable[E]) -> list[list[E]]:
    """Elements by the heights at which they stand; a table is a row of its own."""
    rows: list[list[E]] = []
    anchor = height = 0.0
    for element in sorted(elements, key=lambda e: (e.y0 if e.is_whole else (e.y0 + e.y1) / 2, e.x0)):
        middle, size = (element.y0 + element.y1) / 2, element.y1 - element.y0
        alone = element.is_whole or (rows and rows[-1][-1].is_whole)
        if not rows or alone or middle - anchor > _SAME_LINE * max(size, height):
            rows.append([])
            anchor, height = middle, size
        rows[-1].append(element)
    return [sorted(row, key=lambda e: e.x0) for row in rows]


def gaps_of(row: Sequence[Element], beside: Sequence[Element] = ()) -> list[Strip]:
    """The strips between the elements of a row, and the endless ones at both its sides."""
    edges = sorted((e.x0, e.x1) for e in (*row, *beside))
    merged = [edges[0]]
    for x0, x1 in edges[1:]:
        if x0 <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    inner = [(a[1], b[0]) for a, b in pairwise(merged)]
    return [(float("-inf"), merged[0][0]), *inner, (merged[-1][1], float("inf"))]


def common(strips: Iterable[Strip], others: Sequence[Strip], narrowest: float) -> list[Strip]:
    """What strips have in common with others, where it is wide enough."""
    shared = ((max(a, c), min(b, d)) for a, b in strips for c, d in others)
    return [strip for strip in shared if strip[1] - strip[0] >= narrowest]


def _band(rows: Sequence[Sequence[Element]]) -> tuple[int, int, Strip] | None:
    """The longest run of rows that a strip of white parts into two columns of text."""
    tables = [row[0] for row in rows if row[0].is_whole]
    gaps = []
    for row in rows:
        y = (row[0].y0 + row[0].y1) / 2
        beside = [t for t in tables if not row[0].is_whole and t.y0 < y < t.y1]
        gaps.append(gaps_of(row, beside))
    best: tuple[int, int, Strip] | None = None
    index = 0
    while index < len(rows):
        reached = index
        for strip in gaps[index][1:-1]:
            last, found = _extended(rows, gaps, index, strip)
            reached = max(reached, last)
            longer = best is None or last - index > best[1] - best[0]
            if longer and last - index + 1 >= _FEWEST and _is_text(rows[index : last + 1], found):
                best = (index, last, found)
        index = reached + 1 if best is not None and reached == best[1] else index + 1
    return best


def _extended(
    rows: Sequence[Sequence[Element]], gaps: Sequence[Sequence[Strip]], start: int, strip: Strip
) -> tuple[int, Strip]:
    """How far down a strip goes on, and what is left of its width; below a blank it needs text beside it."""
    last = start
    for index in range(start + 1, len(gaps)):
        shared = common([strip], gaps[index], _NARROWEST)
        if not shared:
            break
        narrowed = max(shared, key=lambda one: one[1] - one[0])
        row, above = rows[index], rows[index - 1][0]
        is_beside = row[0].x1 <= narrowed[0] + 1 and row[-1].x0 >= narrowed[1] - 1
        if not is_beside and row[0].y0 - above.y1 > _BLANK * (above.y1 - above.y0):
            break
        last, strip = index, narrowed
    return last, strip


def _is_text(rows: Sequence[Sequence[Element]], strip: Strip) -> bool:
    """Whether running text stands on both sides of a strip."""
    every = [e for row in rows for e in row]
    left = [e for e in every if e.x1 <= strip[0] + 1]
    right = [e for e in every if e.x0 >= strip[1] - 1]
    sides = [*_side_by_side(left), *_side_by_side(right)]
    if not (left and right):
        return False
    longest = max((side for side in sides if _is_filled(side, _FEWEST)), key=len, default=())
    return all(
        _is_filled(side, _FEWEST)
        or (len(longest) >= _MANY and (_is_rest(side, _width(longest)) or _is_note(side, longest)))
        for side in sides
    )


def _is_rest(column: Sequence[Element], width: float) -> bool:
    """Whether a column is the last lines of a text that filled the column beside it."""
    return abs(_width(column) - width) <= _SAME_WIDTH * width and _is_filled(column, _FEWEST_OF_REST)


def _is_note(column: Sequence[Element], beside: Sequence[Element]) -> bool:
    """Whether a column is a note at the side of a text, in smaller type."""
    return _height(column) <= _SMALLER * _height(beside) and _is_filled(column, _FEWEST_OF_REST)


def _height(column: Sequence[Element]) -> float:
    return median(e.y1 - e.y0 for e in column)


def _width(column: Sequence[Element]) -> float:
    return max(e.x1 for e in column) - min(e.x0 for e in column)


def _side_by_side(elements: Sequence[E]) -> list[list[E]]:
    """Elements by the columns that they form: those of one column overlap from side to side."""
    found: list[list[E]] = []
    right = 0.0
    for element in sorted(elements, key=lambda e: e.x0):
        if not found or element.x0 >= right:
            found.append([])
            right = element.x1
        found[-1].append(element)
        right = max(right, element.x1)
    return found


def _is_filled(column: Sequence[Element], fewest: int) -> bool:
    """Whether lines of text fill a column."""
    lines = [e for e in column if not e.is_whole]
    if len(lines) < fewest:
        return False
    width = _width(column)
    long = [e for e in lines if _letters(e.text) >= _CHARACTERS and e.x1 - e.x0 >= _FILLED * width]
    return len(long) * 2 >= len(lines)


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
