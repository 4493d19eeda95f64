"""From words seen in a picture to letters on a line, as the layout of a page takes them.

Boxes of words waver: a comma fills the left of its square, words that follow one another overlap, others end
before their last letter does. On a line all letters get its height, and letters without clear white between
them in the picture touch, so that spaces are only where the picture has them. White space that the program
itself puts between Japanese letters tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from corpus.locator import Box
from ingest.ocr import SeenWord
from ingest.ocr_image import Mask
from ingest.pdf_lines import is_wide
from ingest.pdf_pdfium import RawCharacter

_APART = 0.8  # of a line's height: white between letters that do not touch
_APART_LATIN = 0.22  # of a line's height: white between words in Latin letters
_HALF_SQUARE = 0.5  # of a line's height: the white that belongs to a comma or bracket
_CLOSES = "、。，．,.）」』】〉》)"
_OPENS = "（「『【〈《("
_SURE = 45.0  # of 100: a line that is read so surely is writing
_SURE_ALONE = 60.0  # of 100, for a line of a letter or two
_SURE_CELL = 15.0  # of 100, for what stands in a cell
_LONE = 2  # letters
# An era's letter with a letter for its figure: R5 read as RS, before what follows a year.
_YEAR = re.compile(r"(?<![A-Za-z])[RHS][SGOIlZB](?=年|実績|目標|末|予算|決算|見込|計画|当初)")
_FIGURES = str.maketrans("SGOIlZB", "5601128")
# A number grouped by thousands, its commas read as full stops.
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![\d.,%％])")


def letters_of(
    words: Iterable[SeenWord], ink: Mask, x: float, y: float, scale: float, *, is_cell: bool = False
) -> Iterator[RawCharacter]:
    """The letters of a picture's lines, left to right; lines that are no writing are left out.

    Args:
        words: of one picture.
        ink: where that picture is dark.
        x: where the picture's left edge stands on the page's picture, in pixels.
        y: its upper edge.
        scale: points in a pixel.
        is_cell: whether the picture is a cell, whose ink is writing however hard it is to read.
    """
    for _, group in groupby(words, key=lambda word: word.line):
        line = [word for word in group if word.box[2] > word.box[0]]
        if line and _is_writing(line, is_cell=is_cell):
            for text, (x0, y0, x1, y1) in _spread(line, ink):
                box = ((x + x0) * scale, (y + y0) * scale, (x + x1) * scale, (y + y1) * scale)
                yield from (RawCharacter(unit, box) for unit in _units(text))


def _is_writing(line: Sequence[SeenWord], *, is_cell: bool) -> bool:
    """Whether a line is sure enough to be more than grain or a piece of a drawing."""
    letters = sum(len(word.text) for word in line)
    sure = sum(word.confidence * len(word.text) for word in line) / letters
    if is_cell:
        return sure >= _SURE_CELL
    return sure >= (_SURE if letters > _LONE else _SURE_ALONE)


def _spread(line: Sequence[SeenWord], ink: Mask) -> Iterator[tuple[str, Box]]:
    """Each letter of a line with its part of the line's box, and a space for each gap that is one."""
    top, bottom = line[0].line_box[1], line[0].line_box[3]
    size = bottom - top
    texts = _mended([word.text for word in line])
    starts = [word.box[0] for word in line]
    for before, after in pairwise(range(len(line))):
        starts[after] = max(starts[after], starts[before] + 0.1)
    ends = [max(word.box[2], start + 0.1) for word, start in zip(line, starts, strict=True)]
    spaced = [False] * len(line)
    for before, after in pairwise(range(len(line))):
        gap = _white(ink, (ends[before], top, starts[after], bottom))
        is_latin = not (is_wide(texts[before][-1]) or is_wide(texts[after][0]))
        spaced[after] = is_latin and gap > _APART_LATIN * size
        if gap < _room(texts[before][-1], texts[after][0]) * size:
            ends[before] = starts[after]
    for index, text in enumerate(texts):
        if spaced[index]:
            yield " ", (starts[index], top, starts[index], bottom)
        edges = _edges(text, starts[index], ends[index])
        yield from ((letter, (a, top, b, bottom)) for letter, (a, b) in zip(text, edges, strict=True))


def _white(ink: Mask, box: Box) -> float:
    """The widest stretch without ink in a part of a line."""
    left, top, right, bottom = (int(edge) for edge in box)
    if right <= left:
        return 0.0
    dark = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    return float(np.diff(np.concatenate(([-1], dark, [right - left]))).max() - 1)


def _room(before: str, after: str) -> float:
    """How wide a gap between two letters must be, in their size, to be more than their own white."""
    return _APART + _HALF_SQUARE * (before in _CLOSES) + _HALF_SQUARE * (after in _OPENS)


def _edges(text: str, start: float, end: float) -> list[tuple[float, float]]:
    """A word's width shared among its letters: a wide letter takes two parts, another one."""
    parts = [2 if is_wide(letter) else 1 for letter in text]
    unit = (end - start) / sum(parts)
    places = [start + unit * sum(parts[:index]) for index in range(len(parts) + 1)]
    return list(pairwise(places))


def _mended(texts: Sequence[str]) -> list[str]:
    """Words with what the program takes for something else put right, letter for letter.

    In a number grouped by thousands it often sees a full stop: plans write 1,284, hardly ever three decimals.
    In the short form of a year it sees a letter (RS実績): behind an era's letter stands a figure.
    """
    whole = "".join(texts)
    mended = _GROUPED.sub(lambda found: found.group().replace(".", ","), whole)
    mended = _YEAR.sub(lambda found: found.group()[0] + found.group()[1].translate(_FIGURES), mended)
    found, start = [], 0
    for text in texts:
        found.append(mended[start : start + len(text)])
        start += len(text)
    return found


def _units(text: str) -> Iterator[int]:
    """UTF-16 units, as the characters of a page are counted."""
    data = text.encode("utf-16-le", "surrogatepass")
    return (int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2))
