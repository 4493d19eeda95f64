"""The body of a Word document in the order of print: paragraphs, tables, what is in boxes, then notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.block_text import Piece, TextBuilder
from ingest.cell_lines import lines_of, one_line
from ingest.docx_hidden import Hidden
from ingest.docx_hidden import is_shaded as has_shade
from ingest.docx_numbering import Numbering
from ingest.docx_runs import Runs
from ingest.drawn_text import write_drawn
from ingest.grid import Grid, GridCell
from ingest.grid_text import write_grid
from ingest.headings import heading_of
from ingest.ooxml_xml import attribute, child, local, shown, value_of

_WRAPPERS = ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
_LONGEST_ON_FRONT = 30  # characters of the lines of a title page, which stand together
# Headings below the first level; 「2」 is what Word's Japanese edition calls the second.
_SECTION_STYLE = re.compile(r"(?:[Hh]eading|見出し)?\s*[2-9]")
# What an item of a list begins with: items one below the other stand together.
_ITEM = re.compile(r"- |[・●○]|[①-⑳]|[(（][0-9０-９ア-ン]{1,2}[)）]")


@dataclass(slots=True)
class DocxWalk:
    """Writes a document.

    Attributes:
        numbering: the document's lists.
        builder: what is written into.
        hidden: which runs are not shown.
        drawn: the charts and diagrams that the text refers to, by the ids of their relationships.
    """

    numbering: Numbering
    builder: TextBuilder[GridCell] = field(default_factory=TextBuilder)
    hidden: Hidden = field(default_factory=Hidden)
    drawn: Mapping[str, Element] = field(default_factory=dict)
    _runs: Runs = field(init=False)
    _was_item: bool = False
    _is_front: bool = True

    def __post_init__(self) -> None:
        self._runs = Runs(hidden=self.hidden)

    def blocks(self, container: Element) -> None:
        """Write the paragraphs and tables of a body, cell or box."""
        for element in _parts(container):
            if local(element) == "p":
                self._paragraph(element)
            else:
                self._table(element)

    def notes(self, parts: dict[str, Element | None]) -> None:
        """Write the notes that the text refers to; ``parts`` are those of ``footnote`` and ``endnote``."""
        self.builder.blank()
        for number, key in enumerate(self._runs.notes, start=1):
            kind, _, name = key.partition(":")
            part = parts.get(kind)
            note = next(
                (one for one in (part if part is not None else ()) if attribute(one, "id") == name), None
            )
            text = self._flat(note) if note is not None else ""
            if text:
                self.builder.line(Piece(f"※{number} {text}"))

    def _paragraph(self, paragraph: Element) -> None:
        self._write(paragraph, self._text(paragraph))

    def _write(self, paragraph: Element, text: str) -> None:
        """Write a paragraph that was read, then the boxes, charts and diagrams that hang on it."""
        lines = lines_of(text)
        is_item = bool(lines) and _ITEM.match(lines[0]) is not None
        if any(len(line) > _LONGEST_ON_FRONT or heading_of(line) for line in lines) or _is_section(paragraph):
            self._is_front = False
        if not lines or (not (is_item and self._was_item) and not self._is_front):
            self.builder.blank()
        for line in lines:
            self.builder.line(Piece(line))
        self._was_item = is_item
        for box in self._runs.take_boxes():
            self.builder.blank()
            with self._on_shade():
                self.blocks(box)
        for name in self._runs.take_drawn():
            if name in self.drawn:
                write_drawn(self.builder, self.drawn[name])

    def _text(self, paragraph: Element) -> str:
        text = self._runs.text(paragraph)
        return self.numbering.mark(paragraph) + text if text.strip() else text

    def _table(self, table: Element) -> None:
        """A table as a grid; a frame around other content is no table."""
        rows: list[list[_Cell]] = []
        told = list(self._rows(table))
        for row in told:
            if len(row) == 1 and (_has_table(row[0].element) or all(len(one) == 1 for one in told)):
                self._grid(rows)
                rows = []
                self.builder.blank()
                with self._on_shade(is_on=row[0].is_shaded):
                    self.blocks(row[0].element)
                self.builder.blank()
            elif any(self._holds_grid(cell.element) for cell in row):
                self._grid(rows)
                rows = []
                self._row_of_tables(row)
            else:
                rows.append(row)
        self._grid(rows)

    def _holds_grid(self, cell: Element) -> bool:
        """Whether a table of several rows and columns stands in a cell, which no line can hold."""
        tables = (element for element in _parts(cell) if local(element) == "tbl")
        return any(sum(len(row) > 1 for row in self._rows(table)) > 1 for table in tables)

    def _row_of_tables(self, row: list[_Cell]) -> None:
        """A row with tables in its cells: its labels as a line, then what stands in those cells."""
        label = " ".join(
            text
            for cell in row
            if not cell.goes_on and not _has_table(cell.element) and (text := self._flat(cell.element))
        )
        self.builder.blank()
        if label:
            self.builder.line(Piece(label))
        for cell in (one for one in row if _has_table(one.element)):
            with self._on_shade(is_on=cell.is_shaded):
                self._tables_of(cell.element)
        self.builder.blank()

    def _tables_of(self, cell: Element) -> None:
        """The tables of a cell, and the paragraphs between them that hold anything; each is read once."""
        for element in _parts(cell):
            if local(element) != "p":
                self._table(element)
            elif (text := self._text(element)).strip() or self._runs.boxes or self._runs.drawn:
                self._write(element, text)

    def _grid(self, rows: list[list[_Cell]]) -> None:
        cells: list[GridCell] = []
        above: dict[int, int] = {}
        for number, cell in ((at, cell) for at, row in enumerate(rows, start=1) for cell in row):
            if cell.goes_on:
                if cell.column in above:
                    at = above[cell.column]
                    cells[at] = cells[at]._replace(last_row=number)
                continue
            above.pop(cell.column, None)
            with self._on_shade(is_on=cell.is_shaded):
                text = self._flat(cell.element)
            if text:
                above[cell.column] = len(cells)
                last = cell.column + cell.columns - 1
                cells.append(GridCell(text, number, cell.column, number, last))
        if cells:
            ruled = frozenset(range(1, len(rows) + 1))
            write_grid(self.builder, Grid(cells=tuple(cells), ruled=ruled, is_table=True))
        self._was_item = self._is_front = False

    def _flat(self, container: Element) -> str:
        """A cell's or note's content on one line, tables within it cell by cell."""
        texts = []
        for element in _parts(container):
            if local(element) == "p":
                texts.append(one_line(self._text(element)))
                with self._on_shade():
                    texts.extend(self._flat(box) for box in self._runs.take_boxes())
                continue
            for cell in (cell for row in self._rows(element) for cell in row):
                with self._on_shade(is_on=cell.is_shaded):
                    texts.append(self._flat(cell.element))
        return " ".join(text for text in texts if text)

    @contextmanager
    def _on_shade(self, *, is_on: bool = True) -> Iterator[None]:
        """While a cell or box is read: whether it, or what it stands in, has a shade."""
        before = self.hidden.is_on_shade
        self.hidden.is_on_shade = before or is_on
        try:
            yield
        finally:
            self.hidden.is_on_shade = before

    def _rows(self, table: Element) -> Iterator[list[_Cell]]:
        style = value_of(child(child(table, "tblPr"), "tblStyle"))
        return _rows(table, is_shaded=style in self.hidden.shading)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row: where it begins, its columns, whether it goes on from above, and on a shade."""

    element: Element
    column: int
    columns: int
    goes_on: bool
    is_shaded: bool


def _is_section(paragraph: Element) -> bool:
    """Whether a paragraph is styled as a heading below the first level, which no title page has."""
    style = value_of(child(child(paragraph, "pPr"), "pStyle"))
    return _SECTION_STYLE.fullmatch(style) is not None


def _parts(container: Element) -> Iterator[Element]:
    """The paragraphs and tables directly in an element, what was deleted left out."""
    for element in shown(container):
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _WRAPPERS:
            yield from _parts(element)


def _rows(table: Element, *, is_shaded: bool) -> Iterator[list[_Cell]]:
    for row in _named(table, "tr"):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            continue
        cells = []
        column = 1 + _count(child(properties, "gridBefore"), 0)
        for cell in _named(row, "tc"):
            own = child(cell, "tcPr")
            columns = _count(child(own, "gridSpan"), 1)
            merge = child(own, "vMerge")
            beside = value_of(child(own, "hMerge")) == "continue"
            goes_on = beside or (merge is not None and value_of(merge) != "restart")
            cells.append(_Cell(cell, column, columns, goes_on, is_shaded or has_shade(own)))
            column += columns
        yield cells


def _named(container: Element, name: str) -> Iterator[Element]:
    for element in shown(container):
        if local(element) == name:
            yield element
        elif local(element) in _WRAPPERS:
            yield from _named(element, name)


def _has_table(cell: Element) -> bool:
    return any(local(element) == "tbl" for element in _parts(cell))


def _count(element: Element | None, default: int) -> int:
    told = value_of(element)
    return int(told) if told.isdigit() else default
