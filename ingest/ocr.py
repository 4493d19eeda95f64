"""Reading letters from a picture (OCR): what is asked of the program that does it, and what it gives.

Which program that is, ``ingest.ocr_tesseract`` decides; ``ingest.ocr_page`` makes of a scanned page one like
others. Everything that was read so is unverified: letters are taken for others (R5 for RS),
so its places say so (``corpus.locator.PageLocator.ocr``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from corpus.errors import ShirubeError
from corpus.locator import Box

if TYPE_CHECKING:
    from PIL.Image import Image


class OcrError(ShirubeError):
    """A picture could not be read; the message is a Japanese clause that says why."""


class SeenWord(NamedTuple):
    """Letters seen beside one another, in pixels of the picture.

    Attributes:
        text: without white space.
        box: around its ink.
        line: number of its line; lines and the words in them come in reading order.
        line_box: around the ink of the whole line.
        confidence: 0 to 100, as the program says.
    """

    text: str
    box: Box
    line: int
    line_box: Box
    confidence: float


class PictureKind(StrEnum):
    """What a picture is: a page with parts to be found, a cell with a block of text, a cell with a figure."""

    PAGE = "page"
    CELL = "cell"
    FIGURE = "figure"


class Recogniser(Protocol):
    """Reads the letters of pictures."""

    def words(self, pictures: Sequence[Image], kind: PictureKind) -> list[list[SeenWord]]:
        """The words of each picture.

        Args:
            pictures: grey, dark letters on white.
            kind: what the pictures are.

        Raises:
            OcrError: the program fails or takes too long.
        """
        ...

    def turn(self, picture: Image) -> int:
        """By how many degrees a page is to be turned clockwise to stand upright: 0, 90, 180 or 270.

        0 also where that cannot be told.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrLimits:
    """What reading the scanned pages of one document may take.

    Attributes:
        pages: how many are read; those after them are named as unread.
        seconds: for all of them together.
        seconds_a_page: for one of them.
    """

    pages: int = 300
    seconds: float = 1_800.0
    seconds_a_page: float = 60.0
