"""Whether the places that citations show hold the words that they cite.

The places are read again by other means than ours: of a PDF the letters whose middle lies in the boxes, of a
workbook the values of the cells of the range, as openpyxl gives them. White space is no difference.
"""

import io
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]

from corpus.folding import match_key
from corpus.locator import CellLocator, PageLocator
from corpus.span import Span
from ingest.blocks import BlockDocument
from ingest.layout import choose_layout
from ingest.pdf_pdfium import raw_pages
from ingest.pdf_reader import PdfReader
from ingest.reader import ReadFile
from ingest.xlsx_reader import XlsxReader

MOST = 200
_MOST_LINES = 40
_NUMBER = re.compile(r"[△▲-]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A passage with what stands at its place.

    Attributes:
        cited: the passage's own characters.
        there: those at its place.
        is_same: whether they are the same, white space aside.
    """

    cited: str
    there: str
    is_same: bool


def chosen(passages: Sequence[Held], most: int = MOST, seed: int = 6) -> list[Held]:
    """As many passages at random, or all where there are fewer."""
    return random.Random(seed).sample(list(passages), min(most, len(passages)))


def share_held(passages: Sequence[Held], most: int = MOST) -> float:
    """Of random passages, how many have at their place just their text; those that have not are printed."""
    found = chosen(passages, most)
    for one in found:
        if not one.is_same:
            print(repr(one.cited), repr(one.there), sep="\n", end="\n\n")  # noqa: T201
    return sum(one.is_same for one in found) / len(found)


def pdf_passages(data: bytes) -> list[Held]:
    """The passages of a PDF, each with the letters in its boxes."""
    read = PdfReader().read(data)
    pages = [
        [(one.code, (one.box[0] + one.box[2]) / 2, (one.box[1] + one.box[3]) / 2) for one in page.characters]
        for page in raw_pages(data)
    ]
    held = []
    for segments in _segments(read):
        locators = [one for one in read.locate(segments) if isinstance(one, PageLocator)]
        if any(one.ocr for one in locators):
            continue  # its letters stand nowhere but in the picture
        cited = match_key("".join(segment.of(read.text) for segment in segments))
        there = match_key("".join(_within(pages, locators)).replace("\u0002", "").replace("\ufffe", ""))
        same = sorted(cited.replace("-", "")) == sorted(there.replace("-", ""))
        held.append(Held(cited=cited, there=there, is_same=same))
    return held


def xlsx_passages(data: bytes) -> list[Held]:
    """The passages of a workbook, each with the values of the cells in its ranges."""
    read = XlsxReader().read(data)
    book = load_workbook(io.BytesIO(data), data_only=True)
    held = []
    for segments in _segments(read):
        cited = "\t".join(segment.of(read.text) for segment in segments)
        cells = [
            cell
            for one in read.locate(segments)
            if isinstance(one, CellLocator)
            for cell in _cells(book[one.worksheet], one.range)
        ]
        there = "｜".join(str(cell.value) for cell in cells)
        held.append(Held(cited=cited, there=there, is_same=_is_all_of(cited, cells)))
    return held


def _segments(read: ReadFile) -> list[tuple[Span, ...]]:
    document = BlockDocument(text=read.text, blocks=read.blocks)
    return [passage.segments for passage in choose_layout(document).parse(document).passages]


def _within(
    pages: Sequence[Sequence[tuple[int, float, float]]], locators: Sequence[PageLocator]
) -> Iterator[str]:
    """What stands in boxes, letter by letter in the order of the file."""
    for locator in locators:
        for code, x, y in pages[locator.page - 1]:
            if any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in locator.boxes):
                yield chr(code)


def _cells(sheet: Any, place: str) -> Iterator[Any]:
    """The cells of a range that hold anything and are shown, row by row."""
    found = sheet[place]
    for row in found if isinstance(found, tuple) else ((found,),):
        for cell in row:
            if cell.value is None or not str(cell.value).strip() or sheet.row_dimensions[cell.row].hidden:
                continue
            if not sheet.column_dimensions[cell.column_letter].hidden:
                yield cell


def _is_all_of(cited: str, cells: Sequence[Any]) -> bool:
    """Whether the values of the cells, one after the other, are the text; a part of one long cell may be."""
    pieces = ["".join(piece.split()) for piece in re.split(r"[\t\n]+", cited) if piece.strip()]
    if len(cells) == 1 and isinstance(cells[0].value, str):
        return bool(pieces) and "".join(pieces) in "".join(cells[0].value.split())
    at = 0
    for cell in cells:
        before = at
        while at < len(pieces) and at - before < _MOST_LINES:
            at += 1
            if _is_value("".join(pieces[before:at]), cell):
                break
        else:
            return False
    return at == len(pieces)


def _is_value(shown: str, cell: Any) -> bool:
    """Whether a text is a cell's value as its format shows it; a dash of a list belongs to the list."""
    value = cell.value
    if isinstance(value, str):
        told = "".join(value.split())
        return shown in (told, told.removeprefix("-"))
    found = _NUMBER.match(shown)
    if found is None or isinstance(value, bool) or not isinstance(value, int | float):
        return False
    digits = found[0].translate(str.maketrans("△▲", "--", ","))
    scaled = value * 100 if "%" in cell.number_format else value
    unit = "".join(re.findall(r'"([^"]*)"', cell.number_format)) + ("%" if "%" in cell.number_format else "")
    near = abs(float(digits) - scaled) <= 0.5 * 10 ** -len(digits.partition(".")[2]) + 1e-9
    return near and shown[found.end() :] == "".join(unit.split())
