"""業務棚卸表: a sheet has budget, aims, the tree of its 業務 with their indicators, and a review in prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.coverage import LeftOutReason
from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.alignment import align
from ingest.blocks import Blank, Block, BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.cells import is_figure
from ingest.headers import header_of
from ingest.headings import squeezed
from ingest.layouts.business_rows import BusinessRows, absent_years, is_business, is_code_header, is_project
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of, span_of, split_tables
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import LIMITS
from ingest.tables import (
    Header,
    fill_down,
    label_key,
    make_header,
    row_cells,
    row_label,
    short_label,
    tidy,
    years_in,
)

# Labels at the head of a form, which hold nothing of its content.
_FORM_LABELS = re.compile(
    r"年度|シートno\.?|シート番号|シート名|所属|(担当)?(部署|課|部課|部局)名?|作成(年月)?日"
)
_SHEET_LABEL = re.compile(r"シート(名|no\.?|番号)")
_NUMBER_LABEL = re.compile(r"シート(no|番号)")
_OFFICE_LABEL = re.compile(r"所属|担当|部|課")
# Words of the headings of a form's review in prose.
_HEADING = re.compile(r"総括|今後の|考え方|方針|評価|課題|改善")
_LONGEST_NAME = 25
# What is printed in the rows of a table that were not filled in.
_UNIT_ONLY = re.compile(r"(事業|計|[千百万億]?[円人件])")


class BusinessInventory:
    """Reads 業務棚卸表."""

    name = "business_inventory"
    document_kind = "業務棚卸表"

    def score(self, document: BlockDocument) -> float:
        """A table headed by 業務コード, and forms that begin with シート名 or シートNo."""
        tables = [block for block in document.blocks if isinstance(block, Table)]
        coded = any(is_code_header(row) for table in tables for row in table.rows)
        forms = any(_is_form(table) for table in tables)
        projects = any(is_project(row) for table in tables for row in table.rows)
        return (0.8 + 0.15 * projects) if coded and forms else 0.0

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read each form as a sheet."""
        draft = Draft(document)
        blocks = split_tables(document.blocks, is_code_header)
        starts = [i for i, block in enumerate(blocks) if isinstance(block, Table) and _is_form(block)]
        title = _title(blocks)
        draft.prose(
            Place(), [b.span for b in blocks[: starts[0] if starts else 0] if isinstance(b, TextLine)]
        )
        for start, end in pairwise([*starts, len(blocks)]):
            _Sheet(draft, title).read(blocks, start, end)
        years = [year for sheet in draft.sheets for year in sheet.fiscal_years] or list(years_in(title))
        return draft.finish(
            layout=self.name,
            document_kind=self.document_kind,
            title=title,
            fiscal_year=max(years, default=None),
        )


def _is_form(table: Table) -> bool:
    labels = [row.filled[0].text for row in table.rows if row.filled]
    return all(_FORM_LABELS.fullmatch(label_key(label)) for label in labels) and any(
        _SHEET_LABEL.fullmatch(label_key(label)) for label in labels
    )


def _title(blocks: Sequence[Block]) -> str:
    lines = [block.text for block in blocks if isinstance(block, TextLine) and not block.bullet]
    return next((squeezed(line) for line in lines if "棚卸" in line and len(line) <= 60), "")


@dataclass(slots=True)
class _Sheet:
    """One form while it is read."""

    draft: Draft
    form_title: str
    place: Place = field(default_factory=Place)
    year_label: str = ""
    business: BusinessRows | None = None

    def read(self, blocks: Sequence[Block], start: int, end: int) -> None:
        """Read the blocks from the form's head to the next form."""
        self._open(blocks, start, end)
        index = start + 1
        while index < end:
            block = blocks[index]
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, TextLine):
                index = self._lines(blocks, index, end)
            index += 1

    def _open(self, blocks: Sequence[Block], start: int, end: int) -> None:
        form = blocks[start]
        assert isinstance(form, Table)
        values = {label_key(r.filled[0].text): r.filled[1] for r in form.rows if len(r.filled) > 1}
        name = next((v.text for k, v in values.items() if k == "シート名"), "")
        number = next((v.text for k, v in values.items() if _NUMBER_LABEL.match(k)), "")
        office = next((v.text for k, v in values.items() if _OFFICE_LABEL.match(k)), "")
        self.year_label = next((v.text for k, v in values.items() if k == "年度"), "")
        years = years_in(self.year_label) or years_in(self.form_title)
        self.place = Place(
            sheet=len(self.draft.sheets),
            departments=(squeezed(office),) if office else (),
            fiscal_years=years[:1],
        )
        self.draft.sheets.append(
            ParsedSheet(
                title=squeezed(name) or f"シート{number}",
                identity=f"シートNo.{number} {squeezed(name)}".strip() if number else squeezed(name),
                departments=self.place.departments,
                fiscal_years=years[:1],
                section_path=(),
                span=span_of(blocks, start, end),
            )
        )
        cells = [
            Cell(header=tidy(r.filled[0].text), span=r.filled[1].span) for r in form.rows if len(r.filled) > 1
        ]
        for row in form.rows:
            if len(row.filled) == 1:
                self.draft.absent(self.place, row.filled[0].text, row.filled[0].span)
        self.draft.rows(self.place, [row.cells for row in form.rows], cells)

    def _lines(self, blocks: Sequence[Block], index: int, end: int) -> int:
        """A heading with its prose, or a note that overflowed a table; returns the last line's index."""
        last = index
        while last + 1 < end and isinstance(blocks[last + 1], TextLine):
            last += 1
        lines = [block for block in blocks[index : last + 1] if isinstance(block, TextLine)]
        place = self.place
        if _is_heading(lines):
            self.draft.heading(place, squeezed(lines[0].text), lines[0].span, is_field=True)
            years = years_in(lines[0].text)
            place = place.under(tidy(lines[0].text)).during(years if len(years) == 1 else ())
            if len(lines) == 1:
                last, lines = _following(blocks, last, end)
            else:
                lines = lines[1:]
        elif squeezed(lines[0].text) == self.form_title:
            self.draft.account.carry(lines[0].span)
            lines = lines[1:]
        elif self.business:
            place = self.business.block  # a note that overflowed the table above
        prose = any("。" in line.text for line in lines)
        kind = PassageKind.PROSE if prose else PassageKind.NOTE
        self.draft.prose(place, [line.span for line in lines], kind=kind)
        return last

    def _table(self, table: Table) -> None:
        if is_code_header(table.rows[0]):
            header, height = header_of(table.rows)
            if not header:
                header, height = make_header(table.rows[0].texts), 1
            for row in table.rows[:height]:
                self.draft.carry(row.filled)
            self.business = BusinessRows(self.draft, self.place, self.year_label, header)
            self.business.read(table.rows[height:])
        elif self.business and any(is_business(row) or is_project(row) for row in table.rows):
            self.business.read(table.rows)
        else:
            self._figures(table)

    def _figures(self, table: Table) -> None:
        """Any other table: a tree of labels, or a header with rows of figures."""
        header, height = header_of(table.rows)
        if not header:
            self._labels(table)
            return
        told = [
            row for row in table.rows[height:] if any(not _UNIT_ONLY.fullmatch(c.text) for c in row.filled)
        ]
        if any(len(column.header) > _LONGEST_NAME for column in header):
            self._whole(self.place.under(header[0].header), table, header)
            return
        place = self.place.under(_caption(table, height))
        self._account_for(place, header, table.rows, height, told)
        for row, source in zip(fill_down(told, _merged_columns(told, header)), told, strict=True):
            aligned = align(row, header)
            cells = [self._dated(cell) for cell in row_cells(header, aligned)]
            label = row_label(header, aligned)
            self.draft.row(place, source.cells, cells, item=label)
            absent_years(self.draft, place, header, aligned, label)

    def _account_for(
        self, place: Place, header: Header, rows: Sequence[TableRow], height: int, told: Sequence[TableRow]
    ) -> None:
        """The header, and rows that hold nothing but a printed unit: fields without an entry."""
        for row in rows[:height]:
            self.draft.carry(row.filled)
        lines = {row.line for row in told}
        for row in rows[height:]:
            if row.line in lines:
                continue
            self.draft.account.leave(LeftOutReason.EMPTY_FIELD, *(cell.span for cell in row.filled))
            for cell in row_cells(header, align(row, header)):
                self.draft.absent(place, cell.header, cell.span)

    def _dated(self, cell: Cell) -> Cell:
        """A budget without a year of its own is that of the form's year."""
        year = next(iter(self.place.fiscal_years), None)
        return replace(cell, fiscal_year=year) if "予算" in cell.header and cell.fiscal_year is None else cell

    def _whole(self, place: Place, table: Table, header: Header) -> None:
        """A table whose first row mixes labels and headers: one passage with that row, in source form."""
        cells = [
            Cell(header=column.header if len(column.header) <= _LONGEST_NAME else "", span=cell.span)
            for row in table.rows[1:]
            for column, cell in zip(header, row.cells, strict=False)
            if cell.text
        ]
        self.draft.rows(place, [row.cells for row in table.rows], cells)

    def _labels(self, table: Table) -> None:
        """A table whose left cells are labels of its last one: one passage for all that fits."""
        if any(is_figure(cell.text) for row in table.rows for cell in row.filled[:-1]):
            self.draft.warn(
                line_of(table), "表の見出し行が見つかりません。左の欄を見出しとして読み取りました。"
            )
        caption = tidy(table.rows[0].cells[0].text) if len(table.rows[0].filled) > 2 else ""
        place = self.place.under(caption)
        run: list[TableRow] = []
        cells: list[Cell] = []
        above = ""
        for row in table.rows:
            *labels, value = row.filled or (TableCell(text="", span=Span(0, 0)),)
            above = tidy(labels[-1].text) if labels else above
            if not value.text:
                continue
            if sum(len(c.text) for r in [*run, row] for c in r.filled) > LIMITS.longest and run:
                self.draft.rows(place, [r.cells for r in run], cells)
                run, cells = [], []
            run.append(row)
            cells.append(Cell(header=above, span=value.span))
        self.draft.rows(place, [row.cells for row in run], cells)


def _is_heading(lines: Sequence[TextLine]) -> bool:
    first = lines[0]
    short = not first.text.endswith("。") and len(first.text) <= 60
    return short and _HEADING.search(tidy(first.text)) is not None


def _following(blocks: Sequence[Block], last: int, end: int) -> tuple[int, list[TextLine]]:
    """The paragraphs after a heading that a blank line parts from them."""
    lines: list[TextLine] = []
    index = last + 1
    while index < end:
        block = blocks[index]
        if isinstance(block, TextLine) and not _is_heading([block]):
            lines.append(block)
            last = index
        elif not isinstance(block, Blank):
            break
        index += 1
    return last, lines


def _merged_columns(rows: Sequence[TableRow], header: Header) -> int:
    """How many columns on the left are keys: those before the first that every row fills."""
    for index in range(len(header)):
        if all(index < len(row.cells) and row.cells[index].text for row in rows):
            return index
    return 0


def _caption(table: Table, height: int) -> str:
    """A table's first header cell, where it names the table and not its first column."""
    first = table.rows[0].cells[0].text
    below = [row.cells[0].text for row in table.rows[height:]]
    return short_label(first) if first and not any(below) else ""
