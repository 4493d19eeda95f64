"""The scanned pages of one document: which they are, read within limits, and what is said of the others.

A page whose letters are text is left as it is. One that is a picture, or nearly, is read from that picture,
and so is one whose text means nothing because its fonts do not say what their shapes stand for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.document import Document
from corpus.errors import InputError
from corpus.unread import NO_OCR, awaits_ocr, named_pages, pages_warning
from ingest.ocr import OcrError, OcrLimits, Recogniser
from ingest.ocr_page import longest_side, recognised
from ingest.ocr_tesseract import installed
from ingest.pdf_page import is_unreadable
from ingest.pdf_pdfium import RawPage, drawn_page

_FEW_LETTERS = 30  # beside a picture, as a running header has
_MOSTLY_PICTURE = 0.5  # of the page
_NO_LETTERS = "画像に文字を見つけられませんでした。内容のあるページなら、原本を見てください。"


@dataclass(slots=True)
class DocumentOcr:
    """Reads the scanned pages of a document.

    Attributes:
        data: its bytes.
        recogniser: None where none is installed.
        limits: see ``OcrLimits``.
        told: hears of every page that is begun, for it takes seconds.
    """

    data: bytes
    recogniser: Recogniser | None
    limits: OcrLimits
    told: Callable[[], None] | None = None
    _read: list[int] = field(default_factory=list)
    _made_elsewhere: list[int] = field(default_factory=list)
    _unread: dict[str, list[int]] = field(default_factory=dict)
    _spent: float = 0.0

    def page(self, page: RawPage) -> RawPage:
        """A page with what is read from its picture, where it is one that has to be read so."""
        is_garbled = is_unreadable(page)
        if not (is_garbled or is_scanned(page)):
            if page.is_ocr:
                self._made_elsewhere.append(page.number)
            return page
        if self.recogniser is None:
            if not is_garbled:
                self._leave(page.number, NO_OCR)
            return page
        reason = self._beyond_limits()
        if reason:
            self._leave(page.number, reason)
            return page
        begun = time.monotonic()
        try:
            return self._recognised(page._replace(characters=[]) if is_garbled else page, self.recogniser)
        except (OcrError, InputError) as exc:
            self._leave(page.number, f"{exc}。原本を見てください。")
            return page
        finally:
            self._spent += time.monotonic() - begun

    def warnings(self) -> Iterator[str]:
        """What a reader should know: pages that may have wrong letters, pages that were not read."""
        if self._read:
            yield (
                f"{named_pages(self._read)}は画像なので、OCRで読み取りました（未確認）。"
                "文字や数値は原本と照らしてください。"
            )
        if self._made_elsewhere:
            yield (
                f"{named_pages(self._made_elsewhere)}の文字は、スキャンのときにOCRで付けられたものです（未確認）。"
                "文字や数値は原本と照らしてください。"
            )
        for reason, pages in self._unread.items():
            yield pages_warning(pages, reason)

    def _recognised(self, page: RawPage, recogniser: Recogniser) -> RawPage:
        if self.told is not None:
            self.told()
        picture = drawn_page(self.data, page.number, longest_side(page))
        found = recognised(page, picture, recogniser)
        if found.is_ocr:
            self._read.append(page.number)
        elif not page.characters:
            self._leave(page.number, _NO_LETTERS)
        return found

    def _beyond_limits(self) -> str:
        if len(self._read) >= self.limits.pages:
            return (
                f"1つの資料でOCRで読み取るのは{self.limits.pages}ページまでです。"
                "ファイルを章ごとに分けてから取り込み直してください。"
            )
        if self._spent >= self.limits.seconds:
            return (
                f"OCRに時間がかかりすぎるため、途中で止めました（上限{self.limits.seconds / 60:.0f}分）。"
                "ファイルを章ごとに分けてから取り込み直してください。"
            )
        return ""

    def _leave(self, number: int, reason: str) -> None:
        self._unread.setdefault(reason, []).append(number)


def is_scanned(page: RawPage) -> bool:
    """Whether what a page says is in its picture: it has no letters of its own, or hardly any."""
    if not page.has_picture:
        return False
    letters = sum(not chr(one.code).isspace() for one in page.characters)
    return not letters or (letters <= _FEW_LETTERS and page.pictured >= _MOSTLY_PICTURE)


def lacks_ocr(document: Document) -> bool:
    """Whether a document has unread pages that can be read now."""
    return awaits_ocr(document.warnings) and installed() is not None
