"""A scanned page as a page like any other: its letters and ruling lines where the picture has them.

Cells of a ruled table are read one by one, for a whole page with rules and columns of figures confuses the
program; the rest is read at once. What is read stands in the straightened page (``RawPage.slant``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from corpus.locator import Box
from ingest.ocr import PictureKind, Recogniser, SeenWord
from ingest.ocr_image import Grey, ink_of, rules_of, straightened, without
from ingest.ocr_letters import letters_of
from ingest.ocr_marks import mark_of
from ingest.ocr_tesseract import DOTS_AN_INCH
from ingest.pdf_grid import RuledGrid, grids_of
from ingest.pdf_pdfium import RawCharacter, RawPage

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_POINTS_AN_INCH = 72
_MOST_PIXELS = 4_200  # of a picture's longer side
_MARGIN = 12  # pixels of white around a cell
_RULE_HALF = 2  # pixels around a rule that are painted over
_LEAST_INK = 14  # pixels of ink of a letter
_LEAST_SIDE = 10  # pixels of a cell's inside
_MOST_CELLS = 1_500
_MARK_HALF = 5.0  # points: half the side of a letter put into a cell's middle
_FAINT = 0.8  # as ``ink_of`` takes it: marks are drawn in thin strokes
_LONE = {"X": "×", "x": "×", "O": "○", "o": "○"}  # a letter alone in a cell is a mark
# What a cell holds that is a figure: it is read again as one.
_FIGURE = re.compile(r"(?=.*\d)[\d.,%％+\-−△▲()（）:/'’‘\"]+")

Field = tuple[int, int, int, int]


def longest_side(page: RawPage) -> int:
    """How many pixels the longer side of a page's picture is to have."""
    inches = max(page.width, page.height) / _POINTS_AN_INCH
    return max(1, min(_MOST_PIXELS, round(inches * DOTS_AN_INCH)))


def recognised(page: RawPage, picture: Picture, recogniser: Recogniser) -> RawPage:
    """A page with what is read from its picture; what it has as text stays and is not read twice.

    The page is turned upright first; one in whose picture nothing is read is given back as it stands then.

    Raises:
        OcrError: the picture could not be read.
    """
    turn = recogniser.turn(picture)
    page = page.upright(turn)
    straight = straightened(picture.rotate(-turn, expand=True) if turn else picture)
    scale = page.width / straight.grey.shape[1]
    drawn = rules_of(
        ink_of(straight.grey), longest_side(page) / max(page.width, page.height) * _POINTS_AN_INCH
    )
    rules = [_thin(box, scale) for box in drawn]
    bare = without(straight.grey, drawn, _RULE_HALF)
    fields = [field for grid in grids_of(rules) for field in _fields(grid, bare, scale)]
    rest = without(bare, fields, 0)
    letters = [*_page_letters(rest, scale, recogniser), *_cell_letters(bare, fields, scale, recogniser)]
    kept = [one for one in letters if not _is_there(one, page.characters)]
    if not kept:
        return page
    return page._replace(
        characters=[*page.characters, *kept], rules=[*page.rules, *rules], is_ocr=True, slant=straight.slant
    )


def _page_letters(rest: Grey, scale: float, recogniser: Recogniser) -> list[RawCharacter]:
    """What stands outside of tables."""
    ink = ink_of(rest)
    if np.count_nonzero(ink) < _LEAST_INK:
        return []
    (words,) = recogniser.words([Image.fromarray(rest)], PictureKind.PAGE)
    return list(letters_of(words, ink, 0, 0, scale))


def _cell_letters(
    bare: Grey, fields: Sequence[Field], scale: float, recogniser: Recogniser
) -> list[RawCharacter]:
    """What stands in cells; figures are read a second time as such."""
    crops = [_cropped(bare, field) for field in fields]
    marks = [mark_of(ink_of(crop, _FAINT)) for crop in crops]
    words: list[list[SeenWord]] = [[] for _ in crops]
    unread = [index for index, mark in enumerate(marks) if not mark]
    _read_into(words, unread, crops, PictureKind.CELL, recogniser)
    figures = [index for index in unread if _FIGURE.fullmatch("".join(word.text for word in words[index]))]
    _read_into(words, figures, crops, PictureKind.FIGURE, recogniser)
    letters: list[RawCharacter] = []
    for crop, shape, seen, (left, top, right, bottom) in zip(crops, marks, words, fields, strict=True):
        mark = shape or _LONE.get("".join(word.text for word in seen), "")
        if mark:
            box = (left * scale, top * scale, right * scale, bottom * scale)
            letters.append(RawCharacter(ord(mark), _middle(box)))
        else:
            x, y = left - _MARGIN, top - _MARGIN
            letters.extend(letters_of(seen, ink_of(crop), x, y, scale, is_cell=True))
    return letters


def _read_into(
    words: list[list[SeenWord]],
    wanted: Sequence[int],
    crops: Sequence[Grey],
    kind: PictureKind,
    recogniser: Recogniser,
) -> None:
    """Read some of the cells; where nothing is seen, what was seen before stays."""
    read = recogniser.words([Image.fromarray(crops[index]) for index in wanted], kind)
    for index, found in zip(wanted, read, strict=True):
        words[index] = found or words[index]


def _middle(box: Box) -> Box:
    """A letter's place in the middle of a cell that holds nothing else."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    half = min(_MARK_HALF, (box[3] - box[1]) / 2, (box[2] - box[0]) / 2)
    return (x - half, y - half, x + half, y + half)


def _thin(box: Box, scale: float) -> Box:
    """A rule in points, without thickness."""
    x0, y0, x1, y1 = (edge * scale for edge in box)
    if x1 - x0 >= y1 - y0:
        return (x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    return ((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)


def _fields(grid: RuledGrid, bare: Grey, scale: float) -> Iterator[Field]:
    """The insides of a grid's cells that hold ink, in pixels; none for a mere frame."""
    places: dict[int, list[int]] = {}
    for field, cell in enumerate(grid.cells):
        places.setdefault(cell, []).append(field)
    if not 1 < len(places) <= _MOST_CELLS:
        return
    for fields in places.values():
        rows, columns = zip(*(divmod(field, grid.width) for field in fields), strict=True)
        left, right = (round(grid.xs[at] / scale) for at in (min(columns), max(columns) + 1))
        top, bottom = (round(grid.ys[at] / scale) for at in (min(rows), max(rows) + 1))
        inside = bare[top:bottom, left:right]
        if min(inside.shape) >= _LEAST_SIDE and np.count_nonzero(ink_of(inside)) >= _LEAST_INK:
            yield (left, top, right, bottom)


def _cropped(bare: Grey, field: Field) -> Grey:
    """A cell with white around it."""
    left, top, right, bottom = field
    return np.pad(bare[top:bottom, left:right], _MARGIN, constant_values=255)


def _is_there(letter: RawCharacter, characters: Sequence[RawCharacter]) -> bool:
    """Whether the page has a character of its own where a letter was seen."""
    x, y = (letter.box[0] + letter.box[2]) / 2, (letter.box[1] + letter.box[3]) / 2
    return any(one.box[0] <= x <= one.box[2] and one.box[1] <= y <= one.box[3] for one in characters)
