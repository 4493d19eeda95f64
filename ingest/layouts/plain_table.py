"""A table of no known form: rows under their headers, or labels with their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.coverage import LeftOutReason
from corpus.indicator import IndicatorRole
from corpus.passage import Cell
from corpus.span import Span
from ingest.alignment import align
from ingest.blocks import Table, TableCell, TableRow
from ingest.cells import Value, is_figure, value_of
from ingest.column_years import is_bare_year
from ingest.facility_rows import counted_columns
from ingest.headers import header_of
from ingest.headings import squeezed
from ingest.indicator_roles import role_word
from ingest.layouts.dated_fields import dated_field, is_dated_field
from ingest.layouts.dated_values import dated_values, noted_year, spread_roles
from ingest.layouts.departments import departments_of, named_within
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of
from ingest.layouts.form_fields import (
    OFFICE_LABEL,
    is_empty_field,
    is_lone_label,
    pairs_by_position,
    pairs_of,
)
from ingest.layouts.header_years import dated_by_neighbours, dated_by_paper, dated_columns, years_of_rows
from ingest.layouts.label_columns import (
    filled_labels,
    is_spanned,
    label_columns,
    row_names,
    spanning,
    spread_labels,
)
from ingest.layouts.marked_fields import Marked, chosen_cell, is_unchecked, marked, marked_of_part
from ingest.layouts.role_years import dated_by_role
from ingest.layouts.table_form import goes_on, is_form, is_labelled
from ingest.splitting import LIMITS
from ingest.tables import (
    Aligned,
    Header,
    column_year,
    is_total,
    label_key,
    make_header,
    row_cells,
    short_label,
    tidy,
)
from ingest.values import figure_of, unit_in_brackets

_NO_HEADER = "表の見出し行が見つかりません。列の見出しなしで読み取りました。"
_LONGEST_YEAR = 15
_LONGEST_ITEM = 60
_UNDATED = (None, IndicatorRole.BASELINE)
_MEASURED = (IndicatorRole.BASELINE, IndicatorRole.TARGET, IndicatorRole.ACTUAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns of a table while its rows are written.

    Attributes:
        header: with all years that are known.
        wide: the columns under the labels of the head's first line alone.
        is_framed: whether a column has a year or a role, or counts something of facilities.
        has_undated: whether a column of a role has no year.
    """

    header: Header
    wide: Header
    is_framed: bool
    has_undated: bool


@dataclass(slots=True)
class PlainTable:
    """Writes tables found at one place of a document.

    Attributes:
        draft: what is written into.
        place: where the tables stand.
        unit: where the unit stands that a caption gives for the table's figures, if one does.
        figures_year: the year of all figures whose headers name none, where the paper's title says it.
        caption_year: the year that a caption gives for the figures below it, if one does.
        role_years: the years of roles that the document tells, by the label of a column.
        used_unit: whether rows carry that unit.
        used_year: whether they carry the caption's year.
        progress: the progress marks met, each with its year, None where the table names none.
    """

    draft: Draft
    place: Place
    unit: Span | None = None
    figures_year: int | None = None
    caption_year: int | None = None
    role_years: Mapping[str, int] = field(default_factory=dict)
    used_unit: bool = False
    used_year: bool = False
    progress: list[Marked] = field(default_factory=list)
    _run: list[TableRow] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _under_header: bool = False
    _label: str = ""
    _outer: str = ""

    def read(self, table: Table, before: Header = ()) -> Header:
        """Read a table with or without a header.

        Args:
            table: the table.
            before: the header of the table that a page's border parts from this one, if any.

        Returns:
            The header that held, for a table that goes on after it.
        """
        form = is_form(table)
        header, height = ((), 0) if form else header_of(table.rows)
        header = dated_by_role(dated_by_neighbours(header, self._own_year), self.role_years)
        if header and len(table.rows[0].cells) < len(header):
            header = header[: max(len(row.cells) for row in table.rows)]
        for row in table.rows[:height]:
            self.draft.carry(row.filled)
        if not header and not form and goes_on(table, before):
            header = before
        if header:
            self._rows(header, table.rows[:height], table.rows[height:])
        elif is_labelled(table):
            self._labelled(table.rows)
        else:
            if any(is_figure(cell.text) for row in table.rows for cell in row.filled):
                self.draft.warn(line_of(table), _NO_HEADER)
            self._bare(table.rows)
        self._flush()
        return header

    @property
    def _own_year(self) -> int | None:
        years = self.place.fiscal_years
        return years[0] if len(years) == 1 else None

    def _rows(self, header: Header, heads: Sequence[TableRow], rows: Sequence[TableRow]) -> None:
        """Rows under a header; short ones without years or roles of their own stand together."""
        body = self._without_repeats(heads, rows)
        if body and not any(row.cells[0].text for row in body):
            header = (replace(header[0], fiscal_year=None), *header[1:])  # it dates what stands beside it
        header = spread_roles(header, body)
        labels = label_columns(header, body)
        header = dated_by_paper(spread_labels(header, body, labels), self.figures_year)
        years = years_of_rows(header, body, self._own_year)
        filled = filled_labels(header, body, labels)
        laid = [align(row, header) for row in filled]
        counted = counted_columns(header, laid)
        is_framed = bool(counted) or any(
            c.fiscal_year is not None or role_word(c.header) is not None for c in header
        )
        header = self._of_caption(header, counted)
        table = _Columns(
            header=header,
            wide=spanning(heads, header),
            is_framed=is_framed,
            has_undated=any(c.fiscal_year is None and role_word(c.header) is not None for c in header),
        )
        names = row_names(header, laid, labels)
        for source, row, aligned, year, name in zip(body, filled, laid, years, names, strict=True):
            is_year = year is not None and is_bare_year(row.cells[0].text)
            label = row.cells[0].text if is_year else name
            self._note_gaps(header, aligned, row, label)
            self._note_progress(header, aligned, year, alone=len(body) == 1)
            self._row(table, source, aligned, label, year)

    def _without_repeats(self, heads: Sequence[TableRow], rows: Sequence[TableRow]) -> list[TableRow]:
        """The rows that hold anything, without those that repeat the table's head."""
        repeated = {row.texts for row in heads}
        for row in rows:
            if row.texts in repeated:
                self.draft.carry(row.filled)
        return [row for row in rows if row.filled and row.texts not in repeated]

    def _row(self, table: _Columns, source: TableRow, aligned: Aligned, label: str, year: int | None) -> None:
        """Write a row, or add it to those that stand together.

        Args:
            table: the columns.
            source: the row as printed.
            aligned: the same under its columns, merged labels filled in.
            label: what it is about.
            year: that its first cell names.
        """
        is_wide = table.wide is not table.header and is_spanned(aligned, table.wide, table.header)
        laid = row_cells(table.wide if is_wide else table.header, aligned)
        cells: Sequence[Cell] = [chosen_cell(cell, self.draft.text) for cell in laid]
        if table.has_undated:
            cells = dated_values(cells, self.draft.text)
        if year is not None:
            cells = [replace(cell, fiscal_year=cell.fiscal_year or year) for cell in cells]
        place = self._of_row(table.header, aligned)
        if table.is_framed or year is not None:
            self._flush()
            self.draft.row(
                place, source.cells, (*self._unit_cell(table.header, label), *cells), item=_item(label)
            )
        else:
            self._take(source, cells, label, place)

    def _of_row(self, header: Header, aligned: Aligned) -> Place:
        """The place of a row: its own department where a column names it."""
        named = (
            cell.text
            for column, cell in zip(header, aligned, strict=True)
            if cell is not None and OFFICE_LABEL.fullmatch(label_key(column.header))
        )
        offices = tuple(dict.fromkeys(office for text in named for office in departments_of(text)))
        told = tuple(office for office in offices if any(c.isalpha() for c in office))
        if not told:
            return self.place
        return replace(self.place, departments=named_within(self.place.departments, told))

    def _of_caption(self, header: Header, counted: frozenset[int]) -> Header:
        """The columns that count something of facilities with the year of the caption, or of all figures."""
        year = self.caption_year or self.figures_year
        if year is None or not counted:
            return header
        self.used_year = self.caption_year is not None
        return dated_columns(header, counted, year)

    def _unit_cell(self, header: Header, label: str = "") -> tuple[Cell, ...]:
        """The unit that a caption gives, unless a column or the row's own name does: 「職員数（人）」."""
        if self.unit is None or any("単位" in column.header for column in header):
            return ()
        if unit_in_brackets(label):
            return ()
        self.used_unit = True
        return (Cell(header="単位", span=self.unit),)

    def _take(self, row: TableRow, cells: Sequence[Cell], label: str, place: Place) -> None:
        """Add a row to those that stand together, or write it alone if it is long or of a department."""
        length = sum(len(cell.text) for cell in row.filled)
        if length >= LIMITS.shortest or place is not self.place:
            self._flush()
            self.draft.row(place, row.cells, cells, item=_item(label))
            return
        if sum(len(c.text) for r in self._run for c in r.filled) + length > LIMITS.target:
            self._flush()
        self._run.append(row)
        self._cells.extend(cells)
        self._under_header = True
        self._label = label

    def _flush(self) -> None:
        if self._run:
            if self._under_header:
                self._cells[:0] = self._unit_cell(())
            is_one = len(self._run) == 1 and (self._under_header or len(self._cells) == 1)
            item = (self._label or squeezed(self._run[0].filled[0].text)) if is_one else ""
            self.draft.rows(self.place, [row.cells for row in self._run], self._cells, item=item)
        self._run, self._cells, self._under_header, self._label = [], [], False, ""

    def _note_gaps(self, header: Header, aligned: Aligned, row: TableRow, label: str) -> None:
        """Years that the row leaves empty, and cells that stand under no column."""
        laid = sum(cell is not None and bool(cell.text) for cell in aligned)
        if laid < len(row.filled):
            self.draft.warn(row.line, "列の数が見出しと合いません。見出しのない欄は文として残しました。")
        gaps = [
            column.fiscal_year
            for column, cell in zip(header, aligned, strict=True)
            if column.fiscal_year is not None and (cell is None or not cell.text)
        ]
        if not gaps:
            return
        named = next((c for c in aligned if c and c.text and _is_end(squeezed(c.text), label)), None)
        if named is None or value_of(named.text) is not Value.TEXT:
            return
        if is_total(label):
            return
        for year in gaps:
            self.draft.absent(self.place, label, named.span, year)

    def _note_progress(self, header: Header, aligned: Aligned, year: int | None, *, alone: bool) -> None:
        """Marks of a row that is headed 達成度, or, of a table's only row, those of its column 達成度."""
        first = next((cell.text for cell in aligned if cell is not None and cell.text), "")
        measured = any(role_word(column.header) in _MEASURED for column in header)
        for column, cell in zip(header, aligned, strict=True):
            if cell is None or (column.fiscal_year is None and (measured or not alone)):
                continue
            of_row = column.fiscal_year is not None
            found = marked(first if of_row else column.header, cell.text, column.fiscal_year or year)
            if found is not None:
                self.progress.append(found)

    def _labelled(self, rows: Sequence[TableRow]) -> None:
        """Rows of labels and values; a long value is cut into passages under its label."""
        above = ""
        by_turns = any(len(pairs_of(row)) > 1 for row in rows)
        are_labels_first = all(row.cells[0].text for row in rows)
        for row in rows:
            if is_dated_field(row):
                above, item, cells = dated_field(row, above)
                self._flush()
                self.draft.row(self.place, row.cells, cells, item=item)
                continue
            pairs = pairs_of(row) or (pairs_by_position(row) if by_turns else ())
            if len(pairs) > 1:
                self.draft.carry(row.filled[:1])  # a label of all of them, unless it is that of the first
                self._pairs(row, pairs)
            elif row.filled:
                above = self._field(row, above, may_be_empty=are_labels_first and len(rows) > 1)

    def _pairs(self, row: TableRow, pairs: Sequence[tuple[TableCell, TableCell]]) -> None:
        told = [(label, value) for label, value in pairs if value.text]
        for label, value in pairs:
            if label.text and not value.text:
                self.draft.absent(self.place, short_label(label.text), label.span)
        for label, value in told:
            self._note_grade(label, label.text, value.text)
        if told:
            cells = [self._valued(tidy(label.text), value) for label, value in told]
            self._join(replace(row, cells=tuple(cell for pair in told for cell in pair)), cells)

    def _field(self, row: TableRow, above: str, *, may_be_empty: bool) -> str:
        """A label or several with a value; gives the label for rows that go on without one."""
        if is_empty_field(row) or (may_be_empty and is_lone_label(row)):
            label = " ".join(re.sub(r"\s*[(（].*", "", tidy(cell.text)) for cell in row.filled)
            self.draft.absent(self.place, label, row.filled[-1].span, _year_of_label(row.filled[-1].text))
            self.draft.account.leave(LeftOutReason.EMPTY_FIELD, *(cell.span for cell in row.filled))
            return short_label(row.filled[0].text)
        *labels, value = row.filled
        name = " ".join(tidy(cell.text) for cell in labels) or above
        if row.cells[0].text:
            self._outer = labels[0].text if len(labels) > 1 else ""
        self._note_grade(labels[-1] if labels else None, name, value.text)
        if noted_year(value.text) is not None and figure_of(value.text).value is not None:
            self._flush()
            cells = [Cell(header="", span=label.span) for label in labels]
            self.draft.row(self.place, row.cells, [*cells, self._valued(name, value)], item=squeezed(name))
        elif len(value.text) > LIMITS.target:
            self._flush()
            self.draft.carry(labels)
            self.draft.cell(self.place, name, value.span, column_year(name))
        else:
            self._join(row, [self._valued(name, value)])
        return name

    def _valued(self, label: str, value: TableCell) -> Cell:
        """A field's value with the year of its label, or that of the paper's figures where it is one."""
        year = _year_of_label(label) or noted_year(value.text)
        if year is None and figure_of(value.text).value is not None and role_word(label) not in _UNDATED:
            year = self.figures_year
        return chosen_cell(Cell(header=label, span=value.span, fiscal_year=year), self.draft.text)

    def _join(self, row: TableRow, cells: Sequence[Cell]) -> None:
        if sum(len(c.text) for r in (*self._run, row) for c in r.filled) > LIMITS.target:
            self._flush()
        self._run.append(row)
        self._cells.extend(cells)

    def _note_grade(self, label: TableCell | None, name: str, value: str) -> None:
        found = marked(name, value, column_year(name))
        if found is None and label is not None:
            found = marked_of_part(self._outer, label.text, value, column_year(name))
        if found is not None:
            self.progress.append(found)
        elif label is not None and is_unchecked(value):
            self.draft.absent(self.place, tidy(name), label.span, _year_of_label(name))

    def _bare(self, rows: Sequence[TableRow]) -> None:
        """Rows of a table without a header: each its own passage, its cells without headers."""
        for row in rows:
            if row.filled:
                cells = row_cells(make_header([""] * len(row.cells)), row.cells)
                label = squeezed(row.filled[0].text)
                self.draft.row(self.place, row.cells, cells, item=_item(label))


def _item(label: str) -> str:
    """A row's label as its item; empty for one so long that it is a sentence of its own."""
    return label if len(label) <= _LONGEST_ITEM else ""


def _is_end(text: str, label: str) -> bool:
    """Whether a row's label begins or ends with a cell: 「実績 有収率」 with 実績."""
    return label.endswith(text) or label.startswith(f"{text} ")


def _year_of_label(label: str) -> int | None:
    return column_year(label) if len(label) <= 2 * _LONGEST_YEAR else None
