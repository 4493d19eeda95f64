"""The stored text of a PDF, put together from its pages, with the boxes of every character on the way.

A paragraph or table goes on over the border of a page or column. White space on the page that parts
paragraphs is a blank line, and so is what parts tables from what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from corpus.locator import Box, Locator, PageLocator
from corpus.span import Span
from ingest.block_text import Piece, TextBuilder
from ingest.pdf_joined import joined
from ingest.pdf_lines import PrintedLine
from ingest.pdf_page import Item
from ingest.pdf_paragraphs import Paragraph, Row, cell_paragraph, paragraphs_of
from ingest.pdf_tables import CellRows, PageTable
from ingest.pdf_unruled_pages import going_on, laid_as, row_alone


@dataclass(slots=True)
class Printed:
    """A printed line in the stored text; ``start`` is the code point of the text at which it begins."""

    line: PrintedLine
    start: int = 0


@dataclass(slots=True)
class PdfText:
    """Writes the columns of a PDF in reading order.

    Attributes:
        builder: what is written into.
        paragraph: the last one, not yet written, for it may go on in the next column.
        table: the last one, not yet written, if nothing followed it.
        ocr_pages: the pages whose text was read from a picture.
    """

    builder: TextBuilder[Printed] = field(default_factory=TextBuilder)
    paragraph: Paragraph | None = None
    table: PageTable | None = None
    ocr_pages: frozenset[int] = frozenset()

    def column(self, items: Sequence[Item], height: float) -> None:
        """Add a column of a page of the given height."""
        items = self._without_rest(items, height)
        rows: list[Row] = []
        for index, item in enumerate(items):
            if isinstance(item, Row):
                rows.append(item)
            else:
                self._rows(rows)
                rows = []
                self._table(item, height, is_first=index == 0)
        self._rows(rows)

    def _without_rest(self, items: Sequence[Item], height: float) -> Sequence[Item]:
        """What is left of a page when rows that the last table goes on with are taken from its head."""
        rows = [
            item for item in takewhile(lambda item: isinstance(item, Row), items) if isinstance(item, Row)
        ]
        count, whole = self._gone_on(rows, height)
        if whole is None:
            return items
        self.table, self.paragraph = whole, None
        return items[count:]

    def _gone_on(self, rows: Sequence[Row], height: float) -> tuple[int, PageTable | None]:
        """How many rows at the head of a page the last table goes on with, and the whole of it."""
        if not rows or (self.table is not None and (self.table.is_ruled or self.table.is_chart)):
            return 0, None
        above = first = self.table
        if above is None and len(rows[0].lines) > 1:
            above = self._head()
            first = joined(above, row_alone(rows[0]), height) if above is not None else None
        count = going_on(first, rows) if first is not None else 0
        if above is None or first is None or not count:
            return 0, None
        return count, joined(above, laid_as(first, rows[:count]), height)

    def _head(self) -> PageTable | None:
        """The last row of the page before, where it may be the first of a table without rules."""
        rows = self.paragraph.rows if self.paragraph is not None else []
        return row_alone(rows[0]) if len(rows) == 1 and len(rows[0].lines) > 1 else None

    def finish(self) -> None:
        """Write what is left."""
        self._close_paragraph()
        self._close_table()

    def locate(self, spans: Sequence[Span]) -> tuple[Locator, ...]:
        """The pages of spans in order, each with a box for every printed line."""
        boxes: dict[int, list[Box]] = {}
        for part, printed in self.builder.origins(spans):
            box = printed.line.box(part.start - printed.start, part.end - printed.start)
            x0, y0, x1, y1 = (round(edge, 2) for edge in box)
            boxes.setdefault(printed.line.page, []).append((x0, y0, x1, y1))
        return tuple(
            PageLocator(page=page, boxes=tuple(found), ocr=page in self.ocr_pages)
            for page, found in boxes.items()
        )

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
        if is_first and not table.is_ruled:
            table = self._with_head(table, height)
        if is_first and self.table is not None:
            whole = joined(self.table, table, height)
            if whole is not None:
                self.table = whole
                return
        if table.is_box:
            self._box(table, is_first=is_first)
            return
        self._close_paragraph()
        self._close_table()
        self.table = table

    def _with_head(self, table: PageTable, height: float) -> PageTable:
        """A table without rules with its first row, where that is the last one of the page before."""
        head = self._head()
        whole = joined(head, table, height) if head is not None else None
        if whole is None:
            return table
        self.paragraph = None
        return whole

    def _close_paragraph(self) -> None:
        if self.paragraph is not None:
            self._line(self.paragraph)
        self.paragraph = None

    def _close_table(self) -> None:
        if self.table is None:
            return
        self.builder.blank()
        for row in self.table.written:
            self._row(row)
        self.builder.blank()
        self.table = None

    def _box(self, table: PageTable, *, is_first: bool) -> None:
        """Text in boxes: its paragraphs; at the head of a page it may go on from the page before."""
        for index, row in enumerate(table.rows):
            if index or not is_first:
                self._close_paragraph()
            self._rows(row[0])

    def _line(self, paragraph: Paragraph) -> None:
        before = len(self.builder)
        self.builder.line(*_pieces(paragraph))
        self._place(before)

    def _row(self, cells: Sequence[CellRows]) -> None:
        before = len(self.builder)
        self.builder.row([_pieces(cell_paragraph(cell)) for cell in cells])
        self._place(before)

    def _place(self, before: int) -> None:
        """Tell the printed lines written last where they stand."""
        for span, printed in self.builder.origins([Span(before, len(self.builder))]):
            printed.start = span.start


def _pieces(paragraph: Paragraph) -> list[Piece[Printed]]:
    pieces: list[Piece[Printed]] = []
    for part in paragraph.parts:
        if part.glue:
            pieces.append(Piece(part.glue))
        pieces.append(Piece(part.text, Printed(part.line)))
    return pieces
