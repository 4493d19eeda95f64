"""A table of no known form: rows under their headers, or labels with their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.passage import Cell
from ingest.alignment import align
from ingest.blocks import Table, TableRow
from ingest.cells import is_figure
from ingest.headers import header_of
from ingest.headings import squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of
from ingest.splitting import LIMITS
from ingest.tables import Header, column_year, fill_down, make_header, row_cells, row_label, tidy


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Writes tables found at one place of a document."""

    draft: Draft
    place: Place

    def read(self, table: Table) -> None:
        """Read a table with or without a header."""
        header, height = header_of(table.rows)
        if header:
            self._rows(header, table.rows[height:])
        elif _is_labelled(table):
            self._labelled(table.rows)
        else:
            self.draft.warn(line_of(table), "表の見出し行が見つかりません。列の見出しなしで読み取りました。")
            self._bare(table.rows)

    def _rows(self, header: Header, rows: Sequence[TableRow]) -> None:
        """Rows under a header; short ones without years of their own stand together."""
        run: list[TableRow] = []
        cells: list[Cell] = []
        dated = any(column.fiscal_year is not None for column in header)
        for source, row in zip(rows, fill_down(rows, 1), strict=True):
            if not source.filled:
                continue
            aligned = align(row, header)
            own = row_cells(header, aligned)
            year = column_year(row.cells[0].text) if len(row.cells[0].text) <= 15 else None
            length = sum(len(cell.text) for cell in source.filled)
            if dated or year is not None or length >= LIMITS.shortest:
                self._run(run, cells)
                run, cells = [], []
                self._row(source, own, year, row_label(header, aligned))
                continue
            if sum(len(c.text) for r in run for c in r.filled) + length > LIMITS.target:
                self._run(run, cells)
                run, cells = [], []
            run.append(source)
            cells.extend(own)
        self._run(run, cells)

    def _row(self, row: TableRow, cells: Sequence[Cell], year: int | None, label: str) -> None:
        """One row as a passage; a year in its first cell is the year of all its cells."""
        named = [replace(cell, fiscal_year=cell.fiscal_year or year) for cell in cells]
        self.draft.row(self.place, row.cells, named, item=label if len(label) <= 60 else "")

    def _run(self, rows: Sequence[TableRow], cells: Sequence[Cell]) -> None:
        if rows:
            item = squeezed(rows[0].filled[0].text) if len(rows) == 1 else ""
            self.draft.rows(self.place, [row.cells for row in rows], cells, item=item)

    def _labelled(self, rows: Sequence[TableRow]) -> None:
        """Rows of labels and values; a long value is cut into passages under its label."""
        run: list[TableRow] = []
        cells: list[Cell] = []
        above = ""
        for row in rows:
            if not row.filled:
                continue
            *labels, value = row.filled
            above = " ".join(tidy(cell.text) for cell in labels) or above
            if len(value.text) > LIMITS.target:
                self._run(run, cells)
                run, cells = [], []
                self.draft.cell(self.place, above, value.span, None)
                continue
            if sum(len(c.text) for r in (*run, row) for c in r.filled) > LIMITS.target:
                self._run(run, cells)
                run, cells = [], []
            run.append(row)
            cells.append(Cell(header=above, span=value.span))
        self._run(run, cells)

    def _bare(self, rows: Sequence[TableRow]) -> None:
        """Rows of a table without a header: each its own passage, its cells without headers."""
        for row in rows:
            if row.filled:
                cells = row_cells(make_header([""] * len(row.cells)), row.cells)
                self._row(row, cells, None, squeezed(row.filled[0].text))


def _is_labelled(table: Table) -> bool:
    """Whether each row of a table gives labels and one value."""
    if max(len(row.cells) for row in table.rows) == 2:
        return True
    labels = [cell.text for row in table.rows for cell in row.filled[:-1]]
    return max(len(row.filled) for row in table.rows) <= 3 and not any(is_figure(label) for label in labels)
