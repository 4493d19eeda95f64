"""Letters that PDFium leaves out: those that stand alone in a font neither in the file nor installed.

A mark in a cell (○, —) is such a letter in older files. pdfplumber needs no font to know where text stands;
it is slow, so only pages that lack letters are read with it, and only what is missing is taken.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from ingest.pdf_pdfium import RawCharacter, RawPage
from ingest.pdf_turned import turned_box

_PLACE = 4.0  # points: the side of the squares in which letters are looked for
# What pdfminer's table of Japanese fonts has for the dash.
_MISREAD = {"\u0336": "—"}


def completed(pages: Iterator[RawPage], data: bytes) -> Iterator[RawPage]:
    """The pages of a file, with the letters that PDFium left out at their end."""
    for page in pages:
        is_short = page.has_lost and not page.hidden  # what is hidden is to stay out
        yield page._replace(characters=[*page.characters, *_missing(page, data)]) if is_short else page


def _missing(page: RawPage, data: bytes) -> list[RawCharacter]:
    taken = {
        place for one in page.characters for place in _places(one.box[0], one.box[1], one.box[2], one.box[3])
    }
    try:
        with pdfplumber.open(io.BytesIO(data), pages=[page.number]) as document:
            letters = document.pages[0].chars
    except (PSException, PdfminerException):
        return []
    found = []
    size = (page.width, page.height)
    for letter in letters:
        text = _MISREAD.get(letter["text"], str(letter["text"]))
        box = (float(letter["x0"]), float(letter["top"]), float(letter["x1"]), float(letter["bottom"]))
        box = turned_box(box, page.turned, *(size[::-1] if page.turned % 180 else size))
        middle = (int((box[0] + box[2]) / 2 / _PLACE), int((box[1] + box[3]) / 2 / _PLACE))
        if len(text) == 1 and text.strip() and middle not in taken:
            found.append(RawCharacter(ord(text), box))
    return found


def _places(x0: float, y0: float, x1: float, y1: float) -> Iterator[tuple[int, int]]:
    """The squares of the page that a letter touches."""
    for column in range(int(x0 / _PLACE), int(x1 / _PLACE) + 1):
        for row in range(int(y0 / _PLACE), int(y1 / _PLACE) + 1):
            yield column, row
