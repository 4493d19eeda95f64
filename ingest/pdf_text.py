"""The stored text of a PDF, put together from its pages, with the boxes of every character on the way.

A paragraph or table goes on over the border of a page or column. White space on the page that parts
paragraphs is a blank line, and so is what parts tables from what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus.locator import Box, Locator, PageLocator
from corpus.span import Span
from ingest.block_text import Piece, TextBuilder
from ingest.pdf_joined import joined
from ingest.pdf_lines import PrintedLine
from ingest.pdf_page import Item
from ingest.pdf_paragraphs import Paragraph, Row, cell_paragraph, paragraphs_of
from ingest.pdf_tables import CellRows, PageTable


class Printed(NamedTuple):
    """A printed line in the stored text: the code point of the text at which it begins."""

    start: int
    line: PrintedLine


@dataclass(slots=True)
class PdfText:
    """Writes the columns of a PDF in reading order.

    Attributes:
        builder: what is written into.
        paragraph: the last one, not yet written, for it may go on in the next column.
        table: the last one, not yet written, if nothing followed it.
    """

    builder: TextBuilder[Printed] = field(default_factory=TextBuilder)
    paragraph: Paragraph | None = None
    table: PageTable | None = None

    def column(self, items: Sequence[Item], height: float) -> None:
        """Add a column of a page of the given height."""
        rows: list[Row] = []
        for index, item in enumerate(items):
            if isinstance(item, Row):
                rows.append(item)
            else:
                self._rows(rows)
                rows = []
                self._table(item, height, is_first=index == 0)
        self._rows(rows)

    def finish(self) -> None:
        """Write what is left."""
        self._close_paragraph()
        self._close_table()

    def locate(self, spans: Sequence[Span]) -> tuple[Locator, ...]:
        """The pages of spans in order, each with a box for every printed line."""
        boxes: dict[int, list[Box]] = {}
        for part, (start, line) in self.builder.origins(spans):
            box = line.box(part.start - start, part.end - start)
            x0, y0, x1, y1 = (round(edge, 2) for edge in box)
            boxes.setdefault(line.page, []).append((x0, y0, x1, y1))
        return tuple(PageLocator(page=page, boxes=tuple(found)) for page, found in boxes.items())

    def _rows(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._close_table()
        before = self.paragraph
        for index, paragraph in enumerate(paragraphs_of(rows, before)):
            if paragraph is not before:
                is_parted = paragraph.is_apart or index == 0
                self._close_paragraph()
                if is_parted:
                    self.builder.blank()
            self.paragraph = paragraph

    def _table(self, table: PageTable, height: float, *, is_first: bool) -> None:
        self._close_paragraph()
        if is_first and self.table is not None:
            whole = joined(self.table, table, height)
            if whole is not None:
                self.table = whole
                return
        self._close_table()
        self.table = table

    def _close_paragraph(self) -> None:
        if self.paragraph is not None:
            self.builder.line(*self._pieces(self.paragraph, len(self.builder)))
        self.paragraph = None

    def _close_table(self) -> None:
        if self.table is None:
            return
        self.builder.blank()
        for row in self.table.written:
            if len(row) == 1:
                self._box(row[0])
            else:
                self._row(row)
        self.builder.blank()
        self.table = None

    def _box(self, rows: CellRows) -> None:
        """Text in a box: its paragraphs as lines."""
        for index, paragraph in enumerate(paragraphs_of(rows)):
            if index and paragraph.is_apart:
                self.builder.blank()
            self.builder.line(*self._pieces(paragraph, len(self.builder)))

    def _row(self, cells: Sequence[CellRows]) -> None:
        start = len(self.builder)
        pieces = []
        for cell in cells:
            pieces.append(self._pieces(cell_paragraph(cell), start))
            start += sum(len(piece.text) for piece in pieces[-1]) + 1
        self.builder.row(pieces)

    def _pieces(self, paragraph: Paragraph, start: int) -> list[Piece[Printed]]:
        pieces: list[Piece[Printed]] = []
        for part in paragraph.parts:
            if part.glue:
                pieces.append(Piece(part.glue))
                start += len(part.glue)
            pieces.append(Piece(part.text, Printed(start, part.line)))
            start += len(part.text)
        return pieces
