"""Characters of a page as text: whole code points, each with its box and its place in the layout.

PDFium counts UTF-16 units (𠮷 is two) and puts variation selectors apart; both are put back together here.
Fonts of PDFs often map a character to the radical of its shape (⻑, ⼈). What people copy and read is the
character, so radicals are stored as the ideograph, one for one; any other character stays as in the source.

The layout is always computed for horizontal lines. Vertical text is turned by 90° for it (down becomes right,
leftwards becomes down) and keeps its true boxes beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from corpus.folding import fold
from corpus.locator import Box
from ingest.block_text import clean
from ingest.pdf_pdfium import RawCharacter

_SPACES = frozenset(" \u00a0\u3000\t\u2002\u2003\u2009\u202f")
_HYPHENS = {"\u0002": "\u00ad"}
_FEWEST_VERTICAL = 4  # letters one below the other
_SHARE_VERTICAL = 0.5  # of a page's letters, for it to be set downwards
_TIGHT = 0.4  # of the type: letters of a label downwards stand closer than lines do
_LEAST = 0.1  # points: a box without area gets so much
_LEAST_SHIFT = 0.8  # of the type: from one line downwards to the next


class Glyph(NamedTuple):
    """A character where it is printed.

    Attributes:
        text: one code point with the marks that belong to it.
        x0: left edge in the layout; the other edges likewise.
        box: on the page as shown.
        size: its height, which is nearly the size of the type.
        middle: the height at which it stands.
        is_spaced: whether the source has white space before it.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    middle: float
    box: Box
    is_spaced: bool = False


def glyph(text: str, box: Box, shown: Box, *, is_spaced: bool = False) -> Glyph:
    """A glyph at ``box`` in the layout; a box without area gets a little."""
    x0, y0, x1, y1 = box
    if y1 < y0 + _LEAST:
        y1 = y0 + _LEAST
    if x1 < x0 + _LEAST:
        x1 = x0 + _LEAST
    return Glyph(text, x0, y0, x1, y1, y1 - y0, (y0 + y1) / 2, shown, is_spaced)


def glyphs_of(characters: Sequence[RawCharacter]) -> list[Glyph]:
    """Characters put together from their units, white space kept only as a flag of what follows."""
    found: list[Glyph] = []
    high = 0
    is_spaced = False
    for code, box in characters:
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        text = _stored(code)
        if not text:
            continue
        if text in _SPACES:
            is_spaced = True
        elif _is_selector(code):
            if found:
                found[-1] = found[-1]._replace(text=found[-1].text + text)
        else:
            found.append(glyph(text, box, box, is_spaced=is_spaced))
            is_spaced = False
    return found


def parted_by_direction(glyphs: list[Glyph], width: float) -> tuple[list[Glyph], list[Glyph]]:
    """Horizontal glyphs, and vertical ones turned for the layout of a page of the given width."""
    centres: list[float | None] = [None] * len(glyphs)
    for start, end in _runs_down(glyphs):
        centre = median((one.x0 + one.x1) / 2 for one in glyphs[start:end])
        centres[start:end] = [centre] * (end - start)
    placed = list(zip(glyphs, centres, strict=True))
    vertical = [_turned(one, centre, width) for one, centre in placed if centre is not None]
    if len(vertical) < _SHARE_VERTICAL * len(glyphs) or not vertical:
        return glyphs, []
    return [one for one, centre in placed if centre is None], vertical


def stacks_of(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], list[list[Glyph]]]:
    """Glyphs of horizontal lines, and labels written downwards beside these, as charts and forms have them.

    A label is letters one below the other that follow one another in the file; marks in the cells of a column
    are none.
    """
    stacks = [
        (start, end)
        for start, end in _runs_down(glyphs)
        if all(one.text[0].isalpha() for one in glyphs[start:end])
        and all(after.y0 - before.y1 < _TIGHT * before.size for before, after in pairwise(glyphs[start:end]))
    ]
    inside = {index for start, end in stacks for index in range(start, end)}
    rest = [one for index, one in enumerate(glyphs) if index not in inside]
    return rest, [list(glyphs[start:end]) for start, end in stacks]


def is_downwards(glyphs: Sequence[Glyph]) -> bool:
    """Whether all of a cell is written downwards, in lines from right to left."""
    downs = 0
    for before, after in pairwise(glyphs):
        is_down = _goes_down(before, after)
        is_next_line = _LEAST_SHIFT * before.size < before.x0 - after.x0 and after.y0 < before.y0
        if not (is_down or is_next_line):
            return False
        downs += is_down
    return downs * 3 >= len(glyphs) > 2


def _runs_down(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, int]]:
    """Where glyphs that follow one another go down, as (first, one past the last)."""
    start = 0
    for index in range(1, len(glyphs) + 1):
        if index < len(glyphs) and _goes_down(glyphs[index - 1], glyphs[index]):
            continue
        if index - start >= _FEWEST_VERTICAL:
            yield start, index
        start = index


def _goes_down(before: Glyph, after: Glyph) -> bool:
    """Whether two characters follow one another down a vertical line."""
    size = before.size
    apart = abs((before.x0 + before.x1) - (after.x0 + after.x1)) / 2
    return (
        min(apart, abs(before.x0 - after.x0), abs(before.x1 - after.x1)) < 0.2 * size
        and 0.4 * size < after.middle - before.middle < 2.2 * size
        and abs(after.size - size) < 0.6 * size
    )


def _turned(one: Glyph, centre: float, width: float) -> Glyph:
    """A vertical glyph as if the page lay on its left side; fonts tell widths up to twice the size.

    Args:
        one: the glyph.
        centre: of its line, from side to side.
        width: of the page.
    """
    half = one.size / 2
    across = width - centre
    shown = (centre - half, one.y0, centre + half, one.y1)
    return glyph(one.text, (one.y0, across - half, one.y1, across + half), shown, is_spaced=one.is_spaced)


def _is_selector(code: int) -> bool:
    return (
        0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or 0x180B <= code <= 0x180D
        or 0x3099 <= code <= 0x309A
    )  # fmt: skip


@lru_cache(maxsize=1 << 14)
def _stored(code: int) -> str:
    """What a code point is stored as: radicals as ideographs, nothing for what is no character."""
    if code > 0x10FFFF:
        return ""
    text = chr(code)
    if text in _SPACES:
        return text
    if 0x2E80 <= code <= 0x2FD5:
        folded = fold(text).text
        return folded if len(folded) == 1 else text
    return clean(_HYPHENS.get(text, text))
