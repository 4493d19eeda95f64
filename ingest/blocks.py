"""The stream of blocks that every reader gives and every layout reads.

A text has lines and, where cells are separated by tabs, tables. A block keeps the span of each of its
characters in the stored text, so that whatever a layout makes of it can be quoted from its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corpus.span import Span, trimmed


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of running text, trimmed.

    Attributes:
        text: its characters without the white space around them.
        span: where ``text`` stands in the stored text.
        line: number of the line, from 1.
        bullet: whether a list mark (``- ``) stood before ``text``; the mark is outside of ``span``.
    """

    text: str
    span: Span
    line: int
    bullet: bool = False


class TableCell(NamedTuple):
    """A cell, trimmed; ``span`` is empty (start == end) where the cell holds nothing.

    A named tuple, for a document has more cells than anything else and a dataclass takes twice the time.
    """

    text: str
    span: Span


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of a table with the number of its line, from 1; without slots, to keep what layouts ask often."""

    cells: tuple[TableCell, ...]
    line: int

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cells' texts, left to right."""
        return tuple([cell.text for cell in self.cells])

    @cached_property
    def filled(self) -> tuple[TableCell, ...]:
        """The cells that hold anything, left to right."""
        return tuple([cell for cell in self.cells if cell.text])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows that follow one another without a blank line; rows may differ in length."""

    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """One or more empty lines."""


Block = TextLine | Table | Blank


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDocument:
    """A stored text with the blocks that a reader made of it; spans of the blocks point into ``text``."""

    text: str
    blocks: tuple[Block, ...]


def blocks_of(text: str) -> Iterator[Block]:
    """Read a stored text into blocks, in order; every non-blank character lies in one of them."""
    rows: list[TableRow] = []
    position = 0
    blank = False
    for number, raw in enumerate(text.split("\n"), start=1):
        is_row = "\t" in raw and raw.strip() != ""
        if rows and not is_row:
            yield Table(rows=tuple(rows))
            rows = []
        if not raw.strip():
            if not blank:
                yield Blank()
            blank = True
        else:
            blank = False
            if is_row:
                rows.append(_row(raw, position, number))
            else:
                yield _line(raw, position, number)
        position += len(raw) + 1
    if rows:
        yield Table(rows=tuple(rows))


def _row(raw: str, position: int, number: int) -> TableRow:
    cells = []
    for piece in raw.split("\t"):
        kept = piece.strip()
        start = position
        if kept and len(kept) != len(piece):
            start += len(piece) - len(piece.lstrip())
        cells.append(TableCell(kept, Span(start, start + len(kept))))
        position += len(piece) + 1
    return TableRow(cells=tuple(cells), line=number)


def _line(raw: str, position: int, number: int) -> TextLine:
    inner = trimmed(raw, 0, len(raw))
    bullet = inner.of(raw).startswith("- ")
    if bullet:
        inner = trimmed(raw, inner.start + 2, inner.end)
    span = Span(position + inner.start, position + inner.end)
    return TextLine(text=inner.of(raw), span=span, line=number, bullet=bullet)
