"""PDF files: text in reading order, tables as rows, every character with its box on the page.

What is no text of the document is left out of the stored text: page numbers and what is repeated in the
margins of the pages (``ingest.pdf_furniture``), readings printed over characters (ruby), and pictures.
Scanned pages are read from their pictures where a program for that is installed (``ingest.ocr_document``);
else they are named as unread, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from corpus.errors import EmptyFileError, InputError
from corpus.unread import named_pages
from ingest.ocr import OcrLimits, Recogniser
from ingest.ocr_document import DocumentOcr, is_scanned
from ingest.ocr_tesseract import installed
from ingest.pdf_furniture import Furniture, furniture_of, without_furniture
from ingest.pdf_lost import completed
from ingest.pdf_page import PageLayout, page_layout
from ingest.pdf_pdfium import raw_pages
from ingest.pdf_text import PdfText
from ingest.reader import ReadFile


class PdfReader:
    """Reads PDF files."""

    def __init__(
        self,
        recogniser: Callable[[], Recogniser | None] = installed,
        limits: OcrLimits | None = None,
        told: Callable[[], None] | None = None,
    ) -> None:
        """Read scanned pages with what ``recogniser`` gives; ``told`` hears of each that is begun."""
        self._recogniser = recogniser
        self._limits = limits or OcrLimits()
        self._told = told

    def read(self, data: bytes) -> ReadFile:
        """Read the pages one at a time, then put their text together.

        Raises:
            EmptyFileError: no bytes, or nothing on any page.
            InputError: damaged, locked by a password, or scanned and not to be read here.
        """
        if not data:
            raise EmptyFileError("ファイルが空です（0バイト）。元の資料を確かめてください。")
        ocr = DocumentOcr(data, self._recogniser(), self._limits, self._told)
        pages = []
        has_scans = False
        hidden: dict[int, int] = {}
        for raw in completed(raw_pages(data), data):
            if raw.hidden:
                hidden[raw.number] = raw.hidden
            has_scans = has_scans or is_scanned(raw)
            pages.append(page_layout(ocr.page(raw)))
        _check(pages, ocr, has_scans=has_scans)
        furniture = furniture_of(pages)
        text = PdfText(ocr_pages=frozenset(page.number for page in pages if page.is_ocr))
        for page in pages:
            for column in without_furniture(page, furniture):
                text.column(column, page.height)
        text.finish()
        return ReadFile(
            text=text.builder.text,
            blocks=text.builder.blocks(),
            encoding="pdf",
            locate=text.locate,
            warnings=(*ocr.warnings(), *_hidden_warning(hidden), *_warnings(pages, furniture)),
        )


def _check(pages: Sequence[PageLayout], ocr: DocumentOcr, *, has_scans: bool) -> None:
    if any(page.columns for page in pages):
        return
    if not has_scans:
        raise EmptyFileError("どのページにも文字がありません。元の資料を確かめてください。")
    if ocr.recogniser is None:
        raise InputError(
            "文字のない（スキャンした）PDFです。文字認識（OCR）のプログラムを入れて取り込み直すか、"
            "OCRで文字を付けたPDFを取り込んでください（複合機の「検索可能なPDF」の設定や、"
            "Acrobatの「テキスト認識」で付けられます）。"
        )
    reasons = " ".join(ocr.warnings())
    raise InputError(f"文字のない（スキャンした）PDFで、文字を読み取れませんでした。{reasons}")


def _hidden_warning(hidden: dict[int, int]) -> Iterator[str]:
    if hidden:
        yield (
            f"{named_pages(list(hidden))}に、見えない文字（地と同じ色、透明、図形の下、ごく小さいなど）が"
            f"{sum(hidden.values())}字あり、読み取りから除きました。"
        )


def _warnings(pages: Sequence[PageLayout], furniture: Furniture) -> Iterator[str]:
    unreadable = [page.number for page in pages if page.is_unreadable]
    if unreadable:
        yield (
            f"{named_pages(unreadable)}は、文字の情報が壊れていて正しく読み取れません。"
            "元の資料からPDFを作り直してください。"
        )
    if furniture.told:
        words = "」「".join(furniture.told[:3])
        more = "など" if len(furniture.told) > 3 else ""
        yield f"各ページの余白に繰り返される「{words}」{more}は、本文から除きました。"
