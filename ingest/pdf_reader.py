"""PDF files: text in reading order, tables as rows, every character with its box on the page.

What is no text of the document is left out of the stored text: page numbers and what is repeated in the
margins of the pages (``ingest.pdf_furniture``), readings printed over characters (ruby), and pictures.
Scanned pages have no text to read and are named, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.errors import EmptyFileError, InputError
from ingest.pdf_furniture import Furniture, furniture_of, without_furniture
from ingest.pdf_lost import completed
from ingest.pdf_page import PageLayout, page_layout
from ingest.pdf_pdfium import raw_pages
from ingest.pdf_text import PdfText
from ingest.reader import ReadFile

_MOST_NAMED = 20


class PdfReader:
    """Reads PDF files that carry text."""

    extensions = frozenset({".pdf"})

    def read(self, data: bytes) -> ReadFile:
        """Read the pages one at a time, then put their text together.

        Raises:
            EmptyFileError: no bytes, or nothing on any page.
            InputError: damaged, locked by a password, or without text (scanned).
        """
        if not data:
            raise EmptyFileError("ファイルが空です（0バイト）。元の資料を確かめてください。")
        pages = [page_layout(raw) for raw in completed(raw_pages(data), data)]
        _check(pages)
        furniture = furniture_of(pages)
        text = PdfText()
        for page in pages:
            for column in without_furniture(page, furniture):
                text.column(column, page.height)
        text.finish()
        return ReadFile(
            text=text.builder.text,
            blocks=text.builder.blocks(),
            encoding="pdf",
            locate=text.locate,
            warnings=tuple(_warnings(pages, furniture)),
        )


def _check(pages: Sequence[PageLayout]) -> None:
    if any(page.columns for page in pages):
        return
    if any(page.is_picture for page in pages):
        raise InputError(
            "文字のない（スキャンした）PDFです。OCRで文字を付けてから取り込んでください"
            "（複合機の「検索可能なPDF」の設定や、Acrobatの「テキスト認識」で付けられます）。"
        )
    raise EmptyFileError("どのページにも文字がありません。元の資料を確かめてください。")


def _warnings(pages: Sequence[PageLayout], furniture: Furniture) -> Iterator[str]:
    pictures = [page.number for page in pages if page.is_picture]
    if pictures:
        yield f"{_named(pictures)}は文字のない画像で、読み取れません。OCRで文字を付けると読み取れます。"
    unreadable = [page.number for page in pages if page.is_unreadable]
    if unreadable:
        yield (
            f"{_named(unreadable)}は、文字の情報が壊れていて正しく読み取れません。"
            "元の資料からPDFを作り直してください。"
        )
    if furniture.told:
        words = "」「".join(furniture.told[:3])
        more = "など" if len(furniture.told) > 3 else ""
        yield f"各ページの余白に繰り返される「{words}」{more}は、本文から除きました。"


def _named(numbers: Sequence[int]) -> str:
    shown = "・".join(str(number) for number in numbers[:_MOST_NAMED])
    more = f"ほか{len(numbers) - _MOST_NAMED}ページ" if len(numbers) > _MOST_NAMED else ""
    return f"{shown}ページ{more}"
