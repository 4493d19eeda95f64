"""A stored text as it is put together from a file's parts: 「lines, and rows of cells between tabs」.

Formats other than plain text have no text of their own to store. A reader tells its lines and table rows
here, each piece with where it came from, and gets the text, and for any span of it the origins. The text
reads back into the same blocks (``ingest.blocks.blocks_of``): a piece never brings a tab or a line break of
its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from corpus.span import Span
from ingest.blocks import Block, blocks_of

Origin = TypeVar("Origin")

# A run of blanks with a tab or any sort of line end in it.
_SPACE = re.compile(r"[ \t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]*[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029][ \t\r\n]*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")


class Piece(NamedTuple, Generic[Origin]):
    """Characters that came from one place of the original; ``origin`` is None where the reader made them."""

    text: str
    origin: Origin | None = None


class TextBuilder(Generic[Origin]):
    """Collects lines and table rows into one stored text.

    Spans are in code points of the text; a line's pieces stand one behind the other with nothing between.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._is_parted = False
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._origins: list[Origin] = []

    def __len__(self) -> int:
        """Length of the text so far."""
        return self._length

    def line(self, *pieces: Piece[Origin]) -> None:
        """Add a line; one without any character is a blank line."""
        if not any(piece.text.strip() for piece in pieces):
            self.blank()
            return
        self._begin_line()
        self._add(pieces)
        self._put("\n")

    def row(self, cells: Sequence[Sequence[Piece[Origin]]]) -> None:
        """Add a row of a table: cells are separated by tabs, an empty cell holds its place.

        A row that holds nothing is left out, for it would end the table. A row of one cell is a line.
        """
        if not any(piece.text.strip() for cell in cells for piece in cell):
            return
        self._begin_line()
        for index, cell in enumerate(cells):
            if index:
                self._put("\t")
            self._add(cell)
        self._put("\n")

    def blank(self) -> None:
        """Part what follows from what stands before by one empty line, if anything does."""
        self._is_parted = self._length > 0

    @property
    def text(self) -> str:
        """The stored text so far."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def blocks(self) -> tuple[Block, ...]:
        """The structure of the text so far."""
        return tuple(blocks_of(self.text))

    def origins(self, spans: Iterable[Span]) -> Iterator[tuple[Span, Origin]]:
        """What the characters of spans came from, in order; each part of a span with its own origin."""
        for span in spans:
            first = bisect_right(self._ends, span.start)
            last = bisect_left(self._starts, span.end)
            for index in range(first, last):
                start, end = max(span.start, self._starts[index]), min(span.end, self._ends[index])
                yield Span(start, end), self._origins[index]

    def _add(self, pieces: Iterable[Piece[Origin]]) -> None:
        for piece in pieces:
            text = clean(piece.text)
            if text and piece.origin is not None:
                self._starts.append(self._length)
                self._ends.append(self._length + len(text))
                self._origins.append(piece.origin)
            self._put(text)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _begin_line(self) -> None:
        if self._is_parted:
            self._put("\n")
        self._is_parted = False


def clean(text: str) -> str:
    """``text`` as it may stand in a line or cell: a line break or tab is a space, control signs are gone."""
    return _CONTROL.sub("", _SPACE.sub(" ", text))
