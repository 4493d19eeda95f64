"""業務棚卸表: a sheet with budget, aims and a tree of 業務 (codes of 2, 4 and 6 digits) with their indicators.

Rows of the 業務コード table are of two kinds: 業務 with an indicator over past years, and 事業名 with the amounts
settled in those years and, last, the budget of the document's own year. A 業務 without figures of its own is
listed together with its neighbours under their parent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.headings import squeezed
from ingest.layouts.drafting import Draft, Place, line_of, span_of, split_tables
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import LIMITS
from ingest.tables import (
    Header,
    align,
    fill_down,
    header_of,
    label_key,
    make_header,
    row_cells,
    row_label,
    short_label,
    tidy,
    years_in,
)

_CODE_HEADER = re.compile(r"業務(コード|番号)|(事務事業|手段)コード")
_FORM_LABELS = re.compile(
    r"年度|シートno\.?|シート番号|シート名|所属|(担当)?(部署|課|部課|部局)名?|作成(年月)?日"
)
_PROJECT = re.compile(r"(?P<label>(事務|予算)?事業名)(?:\s+(?P<name>\S.*))?")
_AMOUNT_LABEL = re.compile(r"決算|予算|事業費")
_CODED = re.compile(r"(?P<code>[0-9０-９]{2}(?:[0-9０-９]{2}){0,3})(?:\s+(?P<title>\S.*))?")
_AMOUNTS = re.compile(r"決算.*予算")
_HEADING = re.compile(r"総括|今後の|考え方|方針|評価|課題|改善")
_LONGEST_NAME = 25
_UNIT_ONLY = re.compile(r"(事業|計|[千百万億]?[円人件])")


class BusinessInventory:
    """Reads 業務棚卸表."""

    name = "business_inventory"
    document_kind = "業務棚卸表"

    def score(self, document: BlockDocument) -> float:
        """A table headed by 業務コード, and forms that begin with シート名 or シートNo."""
        tables = [block for block in document.blocks if isinstance(block, Table)]
        coded = any(_is_code_header(row) for table in tables for row in table.rows)
        forms = any(_is_form(table) for table in tables)
        projects = any(_is_project(row) for table in tables for row in table.rows)
        return (0.6 + 0.2 * forms + 0.15 * projects) if coded else 0.0

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read each form as a sheet."""
        draft = Draft(document)
        blocks = split_tables(document.blocks, _is_code_header)
        starts = [i for i, block in enumerate(blocks) if isinstance(block, Table) and _is_form(block)]
        title = _title(blocks)
        draft.prose(
            Place(), [b.span for b in blocks[: starts[0] if starts else 0] if isinstance(b, TextLine)]
        )
        for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
            _Sheet(draft, title).read(blocks, start, end)
        years = [year for sheet in draft.sheets for year in sheet.fiscal_years] or list(years_in(title))
        return draft.finish(
            layout=self.name,
            document_kind=self.document_kind,
            title=title,
            fiscal_year=max(years, default=None),
        )


def _is_code_header(row: TableRow) -> bool:
    return any(_CODE_HEADER.match(label_key(cell.text)) for cell in row.filled) and len(row.filled) > 2


def _is_form(table: Table) -> bool:
    keys = [label_key(row.filled[0].text) for row in table.rows if row.filled]
    return any(re.fullmatch(r"シート(名|no\.?|番号)", key) for key in keys) and all(
        _FORM_LABELS.fullmatch(key) for key in keys
    )


def _is_project(row: TableRow) -> bool:
    """Whether a row gives amounts of a 事業; its label may share a cell with the name."""
    filled = row.filled
    found = _PROJECT.fullmatch(filled[0].text) if len(filled) > 2 else None
    return bool(found and _AMOUNT_LABEL.search(filled[1 if found["name"] else 2].text))


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
    header: Header = ()
    tree: list[tuple[str, str]] = field(default_factory=list)
    listed: list[TableRow] = field(default_factory=list)

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
        assert isinstance(form, Table)  # noqa: S101 - read() begins at a form
        values = {label_key(r.filled[0].text): r.filled[1] for r in form.rows if len(r.filled) > 1}
        name = next((v.text for k, v in values.items() if k == "シート名"), "")
        number = next((v.text for k, v in values.items() if re.match(r"シート(no|番号)", k)), "")
        office = next((v.text for k, v in values.items() if re.match(r"所属|担当|部|課", k)), "")
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
        self.draft.rows(self.place, [row.cells for row in form.rows], cells)

    def _lines(self, blocks: Sequence[Block], index: int, end: int) -> int:
        """A heading with its prose, or a note that overflowed a table; returns the last line's index."""
        last = index
        while last + 1 < end and isinstance(blocks[last + 1], TextLine):
            last += 1
        lines = [block for block in blocks[index : last + 1] if isinstance(block, TextLine)]
        place = self.place
        if _is_heading(lines):
            place = place.under(squeezed(lines[0].text))
            if len(lines) == 1:
                last, lines = _following(blocks, last, end)
            else:
                lines = lines[1:]
        elif squeezed(lines[0].text) == self.form_title:
            lines = lines[1:]
        elif self.header:
            place = self._branch(self.tree[:1])  # a note that overflowed the table above
        prose = any("。" in line.text for line in lines)
        kind = PassageKind.PROSE if prose else PassageKind.NOTE
        self.draft.prose(place, [line.span for line in lines], kind=kind)
        return last

    def _table(self, table: Table) -> None:
        if _is_code_header(table.rows[0]):
            self.header, height = header_of(table.rows)
            if not self.header:
                self.header, height = make_header(table.rows[0].texts), 1
            self.tree = []
            self._business(table.rows[height:])
        elif self.header and any(_coded(row) or _is_project(row) for row in table.rows):
            self._business(table.rows)
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
        place = self.place.under(_caption(table, height))
        if any(len(column.header) > _LONGEST_NAME for column in header):
            self._whole(place, table, header)
            return
        for row, source in zip(fill_down(told, _merged_columns(told, header)), told, strict=True):
            aligned = align(row, header)
            cells = row_cells(header, aligned)
            self.draft.row(place, source.cells, cells, item=row_label(header, aligned))

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

    def _business(self, rows: Sequence[TableRow]) -> None:
        for row in rows:
            if not row.filled:
                continue
            if _is_project(row):
                self._flush()
                self._project(row)
                continue
            aligned = align(row, self.header)
            coded = _coded(row)
            if coded is None:
                self._flush()
                if not self.tree:
                    self.draft.warn(row.line, "業務コードのない行です。前の業務に続けて読み取りました。")
                self.draft.row(self._branch(self.tree), row.cells, row_cells(self.header, aligned))
                continue
            self._enter(*coded)
            if _has_values(row):
                self._flush()
                place = self._branch(self.tree[:-1])
                self.draft.row(place, row.cells, row_cells(self.header, aligned), item=self._label())
            else:
                self._list(row)
        self._flush()

    def _enter(self, code: str, title: str) -> None:
        before = _coded(self.listed[-1]) if self.listed else None
        if before and code.startswith(before[0]):
            self.listed.pop()  # a heading for what follows: the section path carries it
        if before and len(before[0]) != len(code):
            self._flush()
        self.tree = [(c, t) for c, t in self.tree if code.startswith(c) and c != code]
        self.tree.append((code, title))

    def _label(self) -> str:
        return f"{self.tree[-1][0]} {self.tree[-1][1]}".strip() if self.tree else ""

    def _branch(self, tree: Sequence[tuple[str, str]]) -> Place:
        return self.place.under(*(f"{code} {title}".strip() for code, title in tree))

    def _list(self, row: TableRow) -> None:
        length = sum(len(cell.text) for listed in (*self.listed, row) for cell in listed.filled)
        if length > LIMITS.longest:
            self._flush()
        self.listed.append(row)

    def _flush(self) -> None:
        """Write the 業務 without figures that stand together as one passage under their parent."""
        if not self.listed:
            return
        coded = _coded(self.listed[0])
        parents = [(c, t) for c, t in self.tree if coded and coded[0].startswith(c) and c != coded[0]]
        cells = [cell for row in self.listed for cell in row_cells(self.header, align(row, self.header))]
        item = f"{parents[-1][0]} {parents[-1][1]}".strip() if parents else ""
        self.draft.rows(self._branch(parents), [row.cells for row in self.listed], cells, item=item)
        self.listed = []

    def _project(self, row: TableRow) -> None:
        """A 事業名 row: name, label of the amounts, one amount a past year, then the budget of this year."""
        label, name, caption = _project_parts(row)
        start = next(i for i, cell in enumerate(row.cells) if cell is caption) + 1
        years = [column.fiscal_year for column in self.header if column.fiscal_year is not None]
        headers = [column for column in self.header if column.fiscal_year is not None]
        settled, planned = _amount_labels(tidy(caption.text))
        cells = [Cell(header=label, span=name)]
        values = row.cells[start : start + len(years) + 1]
        for column, value in zip(headers, values, strict=False):
            if value.text:
                year = _year_label(column.header)
                cells.append(
                    Cell(header=f"{settled} {year}", span=value.span, fiscal_year=column.fiscal_year)
                )
        if len(values) > len(years) and values[-1].text and self.place.fiscal_years:
            year_of_sheet = self.place.fiscal_years[0]
            header = f"{planned} {self.year_label}".strip()
            cells.append(Cell(header=header, span=values[-1].span, fiscal_year=year_of_sheet))
        name_text = squeezed(name.of(self.draft.text))
        self.draft.row(self._branch(self.tree[:1]), row.cells, cells, item=name_text)


def _project_parts(row: TableRow) -> tuple[str, Span, TableCell]:
    """The label 事業名, where the name stands, and the cell that says what the amounts are."""
    first, second, *rest = row.filled
    found = _PROJECT.fullmatch(first.text)
    if found and found["name"]:
        start = first.span.start + found.start("name")
        return found["label"], Span(start, first.span.end), second
    return tidy(first.text), second.span, rest[0]


def _is_heading(lines: Sequence[TextLine]) -> bool:
    first = lines[0]
    return not first.text.endswith("。") and len(first.text) <= 60 and bool(_HEADING.search(first.text))


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


def _coded(row: TableRow) -> tuple[str, str] | None:
    """The code and title of a 業務 row, from two cells or from one."""
    first = row.filled[0].text
    found = _CODED.fullmatch(first)
    if not found:
        return None
    title = found["title"] or (row.filled[1].text if len(row.filled) > 1 else "")
    return found["code"], squeezed(title)


def _has_values(row: TableRow) -> bool:
    """Whether a 業務 row says more than its code and title, be it only dashes."""
    return len(row.filled) > (1 if " " in squeezed(row.filled[0].text) else 2)


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


def _amount_labels(caption: str) -> tuple[str, str]:
    """What 「年度別決算・予算額(千円)」 says of past years and of the year to come: 決算額(千円), 予算額(千円)."""
    unit = re.search(r"[(（].*[)）]", caption)
    shown = unit.group() if unit else ""
    if _AMOUNTS.search(caption):
        return f"決算額{shown}", f"予算額{shown}"
    return caption, caption


def _year_label(header: str) -> str:
    return re.sub(r"(実績|決算|過去の)+", "", header).strip()
