"""Pages of stored PDFs as pictures: drawn when they are looked at, kept in memory within a bound."""

from __future__ import annotations

from io import BytesIO

from corpus.errors import InputError
from corpus.originals import Original
from ingest.pdf_pdfium import drawn_page
from ui.bounded_cache import BoundedCache

LONGEST = 2_000
"""Pixels of a page's longer side: A4 at 170 dots an inch, sharp at twice the width of the viewer."""

BOUND = 48 << 20
_FAST = 1  # a page is sent over the office network once; half the bytes would cost twice the time
UNREADABLE = (
    "原本のファイルを読めません。「読み取った文字」は表示できます。"
    "続くときは、このシステムの担当者に、資料を取り込み直すよう伝えてください。"
)


class PageImages:
    """Pictures of pages, as PNG files."""

    def __init__(self, bound: int = BOUND) -> None:
        self._held: BoundedCache[tuple[str, int], bytes] = BoundedCache(bound, len)

    def png(self, original: Original, number: int) -> bytes:
        """The picture of a page, counted from 1.

        Raises:
            InputError: the file cannot be read, is no PDF, or has no such page.
        """
        if original.extension != ".pdf":
            raise InputError("ページの画像があるのは、PDFの資料だけです。")
        return self._held.get((original.sha256, number), lambda: _drawn(original, number))


def original_bytes(original: Original) -> bytes:
    """The bytes of an original.

    Raises:
        InputError: the file is gone or cannot be read.
    """
    try:
        return original.path.read_bytes()
    except OSError as exc:
        raise InputError(UNREADABLE) from exc


def _drawn(original: Original, number: int) -> bytes:
    picture = drawn_page(original_bytes(original), number, LONGEST)
    file = BytesIO()
    picture.save(file, "PNG", compress_level=_FAST)
    return file.getvalue()
