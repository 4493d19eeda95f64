"""Where a passage stands in its original: 「所在」.

Three kinds exist because three kinds of originals do: text has lines, PDF has pages with boxes, and a
workbook has worksheets with cells. A locator is what a person needs to find the place by eye; the exact
characters are found by spans (see ``corpus.span``).
"""

from __future__ import annotations

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
    """Boxes on a page counted from 1; points with the origin at the top left, as (x0, y0, x1, y1)."""

    page: int
    boxes: tuple[Box, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The form that the command line's JSON gives."""
        return {"kind": "page", "page": self.page, "boxes": [list(box) for box in self.boxes]}

    def label(self) -> str:
        """The place in words, for a citation line."""
        return f"p.{self.page}"


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
            return PageLocator(page=data["page"], boxes=boxes)
        case "cell":
            return CellLocator(worksheet=data["worksheet"], range=data["range"])
    raise ValueError(f"unknown locator kind: {data['kind']}")
