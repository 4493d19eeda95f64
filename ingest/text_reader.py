"""Plain text and Markdown: lines, and tables whose cells are separated by tabs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from corpus.locator import LineLocator, Locator
from corpus.span import Span
from ingest.blocks import blocks_of
from ingest.charset import decode
from ingest.reader import Locate, ReadFile


class TextReader:
    """Reads text in UTF-8 (with or without BOM), Shift_JIS, EUC-JP or ISO-2022-JP."""

    def read(self, data: bytes) -> ReadFile:
        """Decode the bytes and read their lines.

        Raises:
            EmptyFileError: nothing but white space.
            UndecodableFileError: no encoding fits.
        """
        decoded = decode(data)
        return ReadFile(
            text=decoded.text,
            blocks=tuple(blocks_of(decoded.text)),
            encoding=decoded.encoding,
            locate=line_locator(decoded.text),
        )


def line_locator(text: str) -> Locate:
    """A function that gives the lines of spans of ``text``: one locator over all of them."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def locate(spans: Sequence[Span]) -> tuple[Locator, ...]:
        first = bisect_right(starts, spans[0].start)
        last = bisect_right(starts, max(spans[-1].start, spans[-1].end - 1))
        return (LineLocator(start_line=first, end_line=last),)

    return locate
