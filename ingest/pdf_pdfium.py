"""What PDFium tells of a file: characters with their boxes, ruling lines, whether a page holds pictures.

PDFium is not thread-safe: without a lock, threads crash or silently get wrong text. Every call is made under
``PDFIUM_LOCK``, and whoever else draws or reads pages takes the same lock. A page is closed before the next
one is opened. All coordinates are points of the page as it is shown (crop box, rotation), origin top left.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import degrees
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import InputError
from corpus.locator import Box
from ingest.pdf_drawn import Drawn, drawn_on
from ingest.pdf_hidden import covered_letters, hidden_letters, is_tiny
from ingest.pdf_shown import Shown
from ingest.pdf_turned import turn_of, turned_box

if TYPE_CHECKING:
    from PIL.Image import Image

PDFIUM_LOCK = threading.Lock()

_WHOLE_PAGE = 0.5
_ANGLES = 60
_LAST_GENERATED = 0x20  # PDFium makes up spaces and line ends only


class RawCharacter(NamedTuple):
    """A UTF-16 unit as PDFium counts them, with the box of its glyph."""

    code: int
    box: Box


class RawPage(NamedTuple):
    """A page before anything is made of it.

    Attributes:
        number: from 1.
        width: in points, as shown.
        height: in points, as shown.
        characters: in the order of PDFium, without those that PDFium made up (spaces, line ends).
        rules: lines drawn along the axes, as boxes without or almost without thickness.
        has_picture: whether an image stands on the page.
        has_lost: whether PDFium leaves letters out that stand alone, as their font is not there.
        pictured: how much of the page its images cover, 0 to 1; those one over another count twice.
        is_ocr: whether the characters were read from a picture, here or by the machine that made the file.
        slant: by how many degrees the page was turned clockwise, about its middle, to lie straight; the boxes
            are those of the straight page.
        hidden: how many letters were left out because nobody sees them.
        turned: by how many degrees the page was turned clockwise for its letters to stand upright; size,
            boxes and rules are those of the upright page.
    """

    number: int
    width: float
    height: float
    characters: list[RawCharacter]
    rules: list[Box]
    has_picture: bool
    has_lost: bool = False
    pictured: float = 0.0
    is_ocr: bool = False
    slant: float = 0.0
    hidden: int = 0
    turned: int = 0

    def upright(self, turned: int) -> RawPage:
        """The page turned clockwise by so many degrees more."""
        if not turned:
            return self
        size = (self.width, self.height)
        return self._replace(
            width=size[turned % 180 != 0],
            height=size[turned % 180 == 0],
            characters=[
                RawCharacter(one.code, turned_box(one.box, turned, *size)) for one in self.characters
            ],
            rules=[turned_box(rule, turned, *size) for rule in self.rules],
            turned=(self.turned + turned) % 360,
        )


def page_count(data: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    with _opened(data) as document:
        return len(document)


def opening_text(data: bytes, pages: int) -> str:
    """The characters of the first pages as PDFium has them: enough to tell what a file is, no more.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    texts = []
    with _opened(data) as document:
        try:
            for index in range(min(pages, len(document))):
                text_page = document[index].get_textpage()
                texts.append(text_page.get_text_range())
                text_page.close()
        except pypdfium2.PdfiumError:
            return "\n".join(texts)  # reading the file says which page is damaged
    return "\n".join(texts).replace("\r\n", "\n")


def title_entry(data: bytes) -> str:
    """The title among a PDF's properties, empty without one.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    with _opened(data) as document:
        title: str = document.get_metadata_value("Title")
        return title


def raw_pages(data: bytes) -> Iterator[RawPage]:
    """The pages of a PDF, one at a time; the lock is free between two of them.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    with PDFIUM_LOCK:
        document = _open(data)
    try:
        for index in range(len(document)):
            with PDFIUM_LOCK:
                page = _read_page(document, index)
            yield page
    finally:
        with PDFIUM_LOCK:
            document.close()


def one_page(data: bytes, number: int) -> tuple[RawPage, int]:
    """One page of a PDF, counted from 1, and how many there are.

    Raises:
        InputError: the file is damaged, asks for a password or has no such page.
    """
    with _opened(data) as document:
        _check_page(document, number)
        return _read_page(document, number - 1), len(document)


def drawn_page(data: bytes, number: int, longest: int) -> Image:
    """A page as it is shown, its longer side ``longest`` pixels.

    Raises:
        InputError: the file is damaged, asks for a password or has no such page.
    """
    with _opened(data) as document:
        _check_page(document, number)
        try:
            page = document[number - 1]
            try:
                picture: Image = page.render(scale=longest / max(1.0, *page.get_size())).to_pil()
                return picture
            finally:
                page.close()
        except pypdfium2.PdfiumError as exc:
            raise InputError(
                f"{number}ページを表示できません。PDFが壊れています。元の資料からPDFを作り直してください。"
            ) from exc


def _check_page(document: pypdfium2.PdfDocument, number: int) -> None:
    if not 1 <= number <= len(document):
        raise InputError(f"{number}ページはありません（全{len(document)}ページ）。")


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A document, under the lock."""
    with PDFIUM_LOCK:
        document = _open(data)
        try:
            yield document
        finally:
            document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as exc:
        if exc.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise InputError(
                "パスワードのかかったPDFで、開けません。パスワードを外して保存し直してから取り込んでください。"
            ) from exc
        raise InputError(
            "PDFとして開けません。ファイルが壊れているか、途中で切れています。"
            "元の資料からPDFを作り直すか、ダウンロードし直してください。"
        ) from exc


def _read_page(document: pypdfium2.PdfDocument, index: int) -> RawPage:
    try:
        page = document[index]
    except pypdfium2.PdfiumError as exc:
        raise InputError(
            f"{index + 1}ページを開けません。PDFが壊れています。元の資料からPDFを作り直してください。"
        ) from exc
    try:
        return _raw_page(page, index + 1)
    finally:
        page.close()


def _raw_page(page: pypdfium2.PdfPage, number: int) -> RawPage:
    width, height = page.get_size()
    left, bottom, right, top = page.get_bbox()
    shown = Shown(left, bottom, right, top, page.get_rotation())
    seen = drawn_on(page.raw, shown)
    pictured = min(1.0, seen.images / max(1.0, width * height))
    is_ocr = seen.has_unseen and pictured >= _WHOLE_PAGE
    text_page = page.get_textpage()
    try:
        box_of = _boxes(text_page.raw, shown)
        hidden = frozenset() if is_ocr else _unseen(page, text_page.raw, box_of, seen)
        characters, lost = _characters(text_page.raw, box_of, (width, height), hidden)
        turn = turn_of(_angles(text_page.raw, shown.turned))
    finally:
        text_page.close()
    return RawPage(
        number=number,
        width=width,
        height=height,
        characters=characters,
        rules=seen.rules,
        has_picture=seen.images > 0,
        has_lost=seen.has_lost,
        pictured=pictured,
        is_ocr=is_ocr,
        hidden=lost,
    ).upright(turn)


def _unseen(
    page: pypdfium2.PdfPage, text_page: object, box_of: Callable[[int], Box | None], seen: Drawn
) -> frozenset[int]:
    """The numbers of the letters that nobody sees; the page is drawn only where there may be any."""
    hidden = hidden_letters(page, text_page, box_of) if seen.has_doubtful else frozenset()
    if seen.covered or seen.overlaid:
        hidden |= covered_letters(page, text_page, box_of, seen.covered, seen.overlaid)
    return hidden


def _angles(text_page: object, turned: int) -> list[float]:
    """In which direction some of a page's letters stand as it is shown, in degrees clockwise."""
    count = pdfium.FPDFText_CountChars(text_page)
    angles = (
        pdfium.FPDFText_GetCharAngle(text_page, number)
        for number in range(0, count, max(1, count // _ANGLES))
        if pdfium.FPDFText_GetUnicode(text_page, number) > _LAST_GENERATED
    )
    return [(degrees(angle) + turned) % 360 for angle in angles if angle >= 0]


def _boxes(text_page: object, shown: Shown) -> Callable[[int], Box | None]:
    """Where a letter is shown, by its number."""
    rect = pdfium.FS_RECTF()
    loose = pdfium.FPDFText_GetLooseCharBox

    def box_of(number: int) -> Box | None:
        if not loose(text_page, number, rect):
            return None
        return shown.box(rect.left, rect.bottom, rect.right, rect.top)

    return box_of


def _characters(
    text_page: object,
    box_of: Callable[[int], Box | None],
    size: tuple[float, float],
    hidden: frozenset[int],
) -> tuple[list[RawCharacter], int]:
    """Characters on the page; what the crop box hides is left out, and what nobody sees, with its number."""
    unicode, is_generated = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_IsGenerated
    width, height = size
    found = []
    unseen = 0
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = unicode(text_page, index)
        if code <= _LAST_GENERATED and is_generated(text_page, index) == 1:
            continue
        box = box_of(index)
        if box is None or not (box[2] > 0 and box[3] > 0 and box[0] < width and box[1] < height):
            continue
        if index in hidden or is_tiny(box, height):
            unseen += code > _LAST_GENERATED
        else:
            found.append(RawCharacter(code, box))
    return found, unseen
