"""Where the words of a quotation stand on the pages of a PDF.

A passage has a box for each of its printed lines; a quotation is often only a part of it, of a table row
some cells. The boxes of a part are found by reading the passage's lines again from the original, character by
character, and looking for the quotation in them. Where none is found letter for letter, the passage's own
boxes are given instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.folding import fold
from corpus.locator import Box, PageLocator
from corpus.passage import Passage
from corpus.span import Span
from ingest.pdf_pdfium import RawCharacter

Marked = dict[int, list[Box]]
"""Boxes by page, in reading order; points, origin top left."""


class _Placed(NamedTuple):
    """A character of a passage with the printed line that it belongs to."""

    text: str
    line: tuple[int, int]
    box: Box


def boxes_of(passage: Passage) -> Marked:
    """The boxes of a whole passage."""
    found: Marked = {}
    for locator in passage.locators:
        if isinstance(locator, PageLocator):
            found.setdefault(locator.page, []).extend(locator.boxes)
    return found


def cited_boxes(
    passage: Passage, marks: Sequence[Span], pages: Mapping[int, Sequence[RawCharacter]]
) -> list[Marked]:
    """The boxes of what is cited of a passage, one a printed line; the whole passage's where none is found.

    Args:
        passage: that holds it.
        marks: the places in the stored text; empty for the whole passage.
        pages: the characters of the passage's pages; one that is not there has none.

    Returns:
        For each place that is found its boxes, in the order of the places; at least one.
    """
    whole = boxes_of(passage)
    if not marks:
        return [whole]
    placed = [one for page, boxes in whole.items() for one in _placed(page, boxes, pages.get(page, ()))]
    text = "".join(one.text for one in placed)
    found = []
    for mark in marks:
        words = "".join(_words(passage, mark).split())
        start, end = _found(words, _before(passage, mark), text)
        if start < end:
            found.append(_lines(placed[start:end], whole))
    return found or [whole]


def _words(passage: Passage, quote: Span) -> str:
    """The quotation's characters, as far as they lie in the passage."""
    parts = (
        passage.at(Span(max(segment.start, quote.start), min(segment.end, quote.end)))
        for segment in passage.segments
        if quote.start < segment.end and segment.start < quote.end
    )
    return "".join(parts)


def _before(passage: Passage, quote: Span) -> int:
    """How many characters of the passage stand before the quotation, white space left out."""
    first = passage.segments[0].start
    return len("".join(_words(passage, Span(first, max(first, quote.start))).split()))


def _found(words: str, before: int, text: str) -> tuple[int, int]:
    """Where words stand in a text: of several places the one nearest to where they are expected."""
    folded, wanted = fold(text), fold(words).text
    places = []
    at = folded.text.find(wanted)
    while at >= 0:
        places.append(at)
        at = folded.text.find(wanted, at + 1)
    if not places or not wanted:
        return 0, 0
    nearest = min(places, key=lambda place: abs(place - before))
    return folded.source_span(nearest, nearest + len(wanted))


def _placed(page: int, boxes: Sequence[Box], characters: Sequence[RawCharacter]) -> Iterable[_Placed]:
    """The characters within boxes, in the boxes' order, each in one box only; white space is left out."""
    lines: list[list[_Placed]] = [[] for _ in boxes]
    for text, box in _whole(characters):
        around = [(_misfit(box, line), at) for at, line in enumerate(boxes) if _is_inside(box, line)]
        if around and text.strip():
            line = min(around)[1]
            lines[line].append(_Placed(text, (page, line), box))
    for (x0, y0, x1, y1), line_of in zip(boxes, lines, strict=True):
        axis = 0 if x1 - x0 >= y1 - y0 else 1
        yield from sorted(line_of, key=lambda one: one.box[axis])


def _is_inside(box: Box, line: Box) -> bool:
    """Whether the middle of a character stands in a line."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return line[0] <= x <= line[2] and line[1] <= y <= line[3]


def _misfit(box: Box, line: Box) -> float:
    """How far a character's edges lie from those of a line: text may be printed over other text, unseen."""
    axis = 1 if line[2] - line[0] >= line[3] - line[1] else 0
    return abs(box[axis] - line[axis]) + abs(box[axis + 2] - line[axis + 2])


def _whole(characters: Sequence[RawCharacter]) -> Iterable[tuple[str, Box]]:
    """Characters one by one: PDFium counts UTF-16 units, of which rare kanji take two."""
    high = 0
    for one in characters:
        if 0xD800 <= one.code < 0xDC00:
            high = one.code
        elif 0xDC00 <= one.code < 0xE000:
            if high:
                yield chr(0x10000 + ((high - 0xD800) << 10) + one.code - 0xDC00), one.box
            high = 0
        else:
            yield chr(one.code), one.box


def _lines(cited: Sequence[_Placed], whole: Marked) -> Marked:
    """A box for each printed line: as long as what is cited of it, as high as the line."""
    found: Marked = {}
    for (page, line), group in groupby(cited, key=lambda one: one.line):
        x0, y0, x1, y1 = whole[page][line]
        boxes = [one.box for one in group]
        if x1 - x0 >= y1 - y0:
            x0, x1 = max(x0, min(b[0] for b in boxes)), min(x1, max(b[2] for b in boxes))
        else:
            y0, y1 = max(y0, min(b[1] for b in boxes)), min(y1, max(b[3] for b in boxes))
        found.setdefault(page, []).append((x0, y0, x1, y1))
    return found
