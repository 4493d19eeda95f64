"""Pages set in two columns: parted at the gutter before anything is taken for a table.

Columns of text have one width, and the white between them runs down the page; what stands across it, a title
or a wide table, parts the page into bands. Lines side by side are no rows of a table there, even where they
stand at one height. In a table of long cells the white between rows runs through both columns at once; in
text each column has its own headings and paragraphs. Of short columns little white tells that, but where
their paragraphs begin: in a table side by side, in text at heights of their own. A line that is full, its
last comma hanging over the margin, runs into the line beside it: it is cut where that column begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TypeVar, cast

from ingest.pdf_columns import Element
from ingest.pdf_lines import PrintedLine
from ingest.pdf_paragraphs import begins_item
from ingest.pdf_parted import cut

E = TypeVar("E", bound=Element)

_NARROWEST = 9.0  # points: white between two columns
_FEWEST = 6  # full lines in each column
_FEWEST_OF_SHORT = 3  # full lines in each of two short columns
_FEWEST_OF_BOTH = 8  # full lines of two columns together
_FEWEST_BESIDE_SHORT = 12  # full lines beside a column that ends sooner
_FEWEST_BEGUN = 2  # paragraphs in each of two short columns, below the first
_BEGUN_LEVEL = 0.5  # of the paragraphs: so many that begin side by side are a table's rows
_LEVEL = 0.2  # of the type: lines at one height, as those of a row are
_SHORTER = 1.5  # of the type: a line that ends so far before its margin ends a paragraph
_MARGIN = 1.5  # of the type: bullets and indents
_EDGE = 0.3  # of the type: from where a column begins to a line's cut
_CHARACTERS = 9  # of a line of running text
_FILLED = 0.55  # of a column's width: a line of running text
_MOSTLY = 0.35  # of a column's lines are full, cells of a table in it aside
_SAME_WIDTH = 0.15  # of the width: by how much columns may differ
_WIDE = 0.35  # of the type: more white than usual between two lines
_SHARED = 0.7  # of the white between a column's lines that runs through the other
_ASIDE = 0.25  # of the gutter
_SAME_HEIGHT = 0.45  # of the type: running heads side by side
_SMALL = 0.95  # of the type
_APART = 0.8  # of the type: white below running heads
_BLANK = 2.0  # of a line's height: white that parts what follows both columns
_DEEPEST = 4  # bands one below the other


def banded(elements: Sequence[E], depth: int = 0) -> list[list[E]]:
    """Elements by the bands of a page and their columns, in reading order; one part where it has none."""
    band = _band(elements) if depth < _DEEPEST else None
    if band is None:
        return [list(elements)]
    above, left, right, below = band
    return [*banded(above, depth + 1), left, right, *banded(below, depth + 1)]


def _band(elements: Sequence[E]) -> tuple[list[E], list[E], list[E], list[E]] | None:
    """What stands above the longest band of two columns, in its columns, and below; None without one."""
    full = [e for e in elements if not e.is_whole and len(e.text) >= _CHARACTERS]
    if len(full) < _FEWEST_OF_BOTH:
        return None
    middle = (min(e.x0 for e in full) + max(e.x1 for e in full)) / 2
    beside = [e for e in full if e.x0 > middle]
    if min(sum(e.x1 < middle for e in full), len(beside)) < _FEWEST_OF_SHORT:
        return None
    edges = min(e.x0 for e in full), min(e.x0 for e in beside)
    elements = [part for element in elements for part in _cut_at(element, *edges)]
    full = [e for e in elements if not e.is_whole and len(e.text) >= _CHARACTERS]
    strip = _core(max(e.x1 for e in full if e.x1 < middle), edges[1])
    runs: list[list[E]] = [[]]
    for element in sorted(elements, key=_height):
        if _lies_across(element, strip):
            runs.append([])
        else:
            runs[-1].append(element)
    inside = _without_heads(max(runs, key=len))
    end = max(map(_height, inside), default=0.0)
    titled = any(_height(e) > end and (e.is_whole or len(e.text) >= _CHARACTERS) for e in elements)
    left = [e for e in inside if e.x1 < middle]
    right = [e for e in inside if e.x0 > middle]
    left, right = _without_rest(left, right, titled=titled), _without_rest(right, left, titled=titled)
    inside = [*left, *right]
    if not _are_columns(left, right):
        return None
    kept = set(map(id, inside))
    top = min(map(_height, inside), default=0.0)
    above = [e for e in elements if id(e) not in kept and _height(e) < top]
    below = [e for e in elements if id(e) not in kept and _height(e) >= top]
    return above, left, right, below


def _lies_across(element: Element, strip: tuple[float, float]) -> bool:
    """Whether an element stands in both columns; the border of a table lies outside of its text's margin."""
    if element.is_whole:
        return element.x0 <= strip[0] and element.x1 >= strip[1]
    return element.x0 < strip[1] and element.x1 > strip[0]


def _cut_at(element: E, left: float, right: float) -> list[E]:
    """A line that fills a column and runs into the line beside it as two; any other element as it is."""
    if not isinstance(element, PrintedLine) or not element.x0 < right < element.x1:
        return [element]
    size, boxes = element.size, element.boxes
    if abs(element.x0 - left) > _MARGIN * size or abs(boxes[0] - element.x0) > 1:
        return [element]
    for at in range(1, len(element.text)):
        if abs(boxes[4 * at] - right) <= _EDGE * size and element.text[at - 1] == " ":
            parts = [cut(element, 0, at), cut(element, at, len(element.text))]
            return cast("list[E]", parts)
    return [element]


def _without_heads(inside: list[E]) -> list[E]:
    """A band without the running heads of its page: small lines side by side, white below them."""
    if len(inside) <= 2 * _FEWEST:
        return inside
    size = median(e.y1 - e.y0 for e in inside)
    head = [e for e in inside if abs(_height(e) - _height(inside[0])) <= _SAME_HEIGHT * size]
    rest = inside[len(head) :]
    small = all(e.y1 - e.y0 <= _SMALL * size for e in head)
    white = min(e.y0 for e in rest) - max(e.y1 for e in head) if rest else 0.0
    return rest if len(head) == 2 and small and white >= _APART * size else inside


def _without_rest(column: list[E], beside: Sequence[E], *, titled: bool) -> list[E]:
    """A column without what stands far below it and the other one, or is a title of what follows both.

    Args:
        column: from the top.
        beside: the other column.
        titled: whether anything that may have a title follows both.
    """
    end = max((e.y1 for e in beside), default=0.0)
    gaps = {below for _, below in _gaps(column)}
    for index, (above, below) in enumerate(pairwise(column), start=1):
        if below.y0 <= end:
            continue
        far = below.y0 - above.y1 > _BLANK * (below.y1 - below.y0)
        is_last = index + 1 == len(column)
        if far or (titled and is_last and below.y0 in gaps and len(below.text) < _CHARACTERS):
            return column[:index]
    return column


def _core(left: float, right: float) -> tuple[float, float]:
    """The middle of a gutter: punctuation and labels set to the right may hang into it a little."""
    aside = _ASIDE * (right - left)
    return left + aside, right - aside


def _height(element: Element) -> float:
    return (element.y0 + element.y1) / 2


def _are_columns(left: Sequence[Element], right: Sequence[Element]) -> bool:
    """Whether both sides of a strip hold running text of one width, each with its own paragraphs."""
    if not left or not right or min(e.x0 for e in right) - max(e.x1 for e in left) < _NARROWEST:
        return False
    sides = [[e for e in side if not e.is_whole] for side in (left, right)]
    if not all(sides):
        return False
    widths = [max(e.x1 for e in side) - min(e.x0 for e in side) for side in sides]
    if abs(widths[0] - widths[1]) > _SAME_WIDTH * max(widths):
        return False
    full = [_full(side, width) for side, width in zip(sides, widths, strict=True)]
    text = [count + _begin_items(side, width) for count, side, width in zip(full, sides, widths, strict=True)]
    if any(count < _MOSTLY * _alone(side) for count, side in zip(text, sides, strict=True)):
        return False
    if min(full) < _FEWEST and not (_is_beside_long(full) or _are_short_columns(sides, full)):
        return False
    return not _share_gaps(left, right)


def _full(lines: Sequence[Element], width: float) -> int:
    """How many lines fill a column."""
    return sum(_fills(e, width) for e in lines)


def _fills(line: Element, width: float) -> bool:
    return len(line.text) >= _CHARACTERS and line.x1 - line.x0 >= _FILLED * width


def _begin_items(lines: Sequence[Element], width: float) -> int:
    """How many lines that do not fill a column begin a heading or an item: no cells, however short."""
    return sum(begins_item(e.text) and not _fills(e, width) for e in lines)


def _alone(lines: Sequence[Element]) -> int:
    """How many lines of a column have nothing of it beside them, as the cells of a table within it have."""
    return sum(not any(_is_level(one, other) for other in lines if other is not one) for one in lines)


def _is_beside_long(full: Sequence[int]) -> bool:
    """Whether a column that ends soon stands beside a long one, by how many of their lines are full."""
    return min(full) >= _FEWEST_OF_SHORT and max(full) >= _FEWEST_BESIDE_SHORT


def _are_short_columns(sides: Sequence[Sequence[Element]], full: Sequence[int]) -> bool:
    """Whether two columns of few lines each begin their paragraphs at heights of their own."""
    if min(full) < _FEWEST_OF_SHORT or sum(full) < _FEWEST_OF_BOTH:
        return False
    begun = [_begun(side) for side in sides]
    if min(map(len, begun)) < _FEWEST_BEGUN:
        return False
    level = sum(any(_is_level(one, other) for other in begun[1]) for one in begun[0])
    return 2 * level < _BEGUN_LEVEL * (len(begun[0]) + len(begun[1]))


def _begun(column: Sequence[Element]) -> list[Element]:
    """The lines below the first at which a paragraph begins: the one above ends a sentence or is not full."""
    ordered = sorted(column, key=_height)
    margin = max(e.x1 for e in ordered)
    return [
        below
        for above, below in pairwise(ordered)
        if above.text.endswith("。") or margin - above.x1 > _SHORTER * (above.y1 - above.y0)
    ]


def _is_level(one: Element, other: Element) -> bool:
    return abs(_height(one) - _height(other)) <= _LEVEL * min(one.y1 - one.y0, other.y1 - other.y0)


def _share_gaps(left: Sequence[Element], right: Sequence[Element]) -> bool:
    """Whether what parts the lines of one column runs through the other too, as white between rows does."""
    gaps = [_gaps(left), _gaps(right)]
    if not gaps[0] or not gaps[1]:
        return False
    shared = [
        sum(not any(e.y0 < (a + b) / 2 < e.y1 for e in other) for a, b in own)
        for own, other in zip(gaps, (right, left), strict=True)
    ]
    return all(count >= _SHARED * len(own) for count, own in zip(shared, gaps, strict=True))


def _gaps(column: Sequence[Element]) -> list[tuple[float, float]]:
    """Where more white than usual stands between two lines of a column, or a line and a table."""
    ordered = sorted(column, key=_height)
    whites = [(above.y1, below.y0) for above, below in pairwise(ordered)]
    if not whites:
        return []
    usual = median(b - a for a, b in whites)
    size = median(e.y1 - e.y0 for e in ordered if not e.is_whole)
    return [(a, b) for a, b in whites if b - a > usual + _WIDE * size]
