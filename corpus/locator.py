"""Where a passage stands in its original: 「所在」.

Three kinds exist because three kinds of originals do: text has lines, PDF has pages with boxes, and a
workbook has worksheets with cells. A locator is what a person needs to find the place by eye; the exact
characters are found by spans (see ``corpus.span``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLocator:
    """Lines of a text, both counted from 1 and both included."""

    start_line: int
    end_line: int

    def to_json(self) -> dict[str, Any]:
        """The form that the command line's JSON gives."""
        return {"kind": "line", "start_line": self.start_line, "end_line": self.end_line}

    def label(self) -> str:
        """The place in words, for a citation line."""
        if self.start_line == self.end_line:
            return f"{self.start_line}行目"
        return f"{self.start_line}〜{self.end_line}行目"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLocator:
    """Boxes on a page counted from 1; points with the origin at the top left, as (x0, y0, x1, y1).

    Attributes:
        page: its number.
        boxes: one a printed line.
        ocr: whether the text was read from a picture, so that letters and figures may be wrong.
    """

    page: int
    boxes: tuple[Box, ...] = ()
    ocr: bool = False

    def to_json(self) -> dict[str, Any]:
        """The form that the command line's JSON gives; ``ocr`` only where it is true."""
        found = {"kind": "page", "page": self.page, "boxes": [list(box) for box in self.boxes]}
        return {**found, "ocr": True} if self.ocr else found

    def label(self) -> str:
        """The place in words, for a citation line."""
        return f"p.{self.page}（OCR、未確認）" if self.ocr else f"p.{self.page}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLocator:
    """A range such as ``C12:F12`` of a named worksheet."""

    worksheet: str
    range: str

    def to_json(self) -> dict[str, Any]:
        """The form that the command line's JSON gives."""
        return {"kind": "cell", "worksheet": self.worksheet, "range": self.range}

    def label(self) -> str:
        """The place in words, for a citation line."""
        return f"「{self.worksheet}」{self.range}"


Locator = LineLocator | PageLocator | CellLocator

OCR_NOTE = "OCRで読み取った箇所です。原本と照らしてください。"
"""What is said beside text that was read from a picture."""


def is_ocr(locators: Iterable[Locator]) -> bool:
    """Whether any of the places was read from a picture."""
    return any(isinstance(locator, PageLocator) and locator.ocr for locator in locators)


def locator_from_json(data: dict[str, Any]) -> Locator:
    """The locator that ``to_json`` wrote.

    Raises:
        ValueError: for a kind that does not exist.
    """
    match data["kind"]:
        case "line":
            return LineLocator(start_line=data["start_line"], end_line=data["end_line"])
        case "page":
            boxes = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in data["boxes"])
            return PageLocator(page=data["page"], boxes=boxes, ocr=data.get("ocr", False))
        case "cell":
            return CellLocator(worksheet=data["worksheet"], range=data["range"])
    raise ValueError(f"unknown locator kind: {data['kind']}")
