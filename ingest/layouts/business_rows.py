"""The 業務コード table of a 業務棚卸表: a tree of 業務, and the amounts of the 事業 that pay for them.

Rows are of two kinds: 業務 with an indicator over past years, and 事業名 with the amounts settled in those
years and, last, the budget of the document's own year. A 業務 without figures of its own is listed together
with its neighbours under their parent; one without a parent stands alone: its neighbours are other topics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.passage import Cell
from corpus.span import Span
from ingest.alignment import align
from ingest.blocks import TableCell, TableRow
from ingest.headings import squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.splitting import LIMITS
from ingest.tables import Aligned, Header, label_key, row_cells, tidy

_CODE_HEADER = re.compile(r"業務(コード|番号)|(事務事業|手段)コード")
_OUTERMOST = 2
"""How many digits the code of a 業務 without a parent has."""

# The code of a 業務, two digits a level, perhaps with its title in the same cell.
_CODED = re.compile(r"(?P<code>[0-9０-９]{2}(?:[0-9０-９]{2}){0,3})(?:\s+(?P<title>\S.*))?")
# The label of a 事業, perhaps with its name in the same cell.
_PROJECT = re.compile(r"(?P<label>(事務|予算)?事業名)(?:\s+(?P<name>\S.*))?")
_AMOUNT_LABEL = re.compile(r"決算|予算|事業費")
_INDICATOR = ("指標", "指標名", "成果指標")
# A caption of both kinds of amounts: 「年度別決算・予算額(千円)」.
_AMOUNTS = re.compile(r"決算.*予算")
_IN_BRACKETS = re.compile(r"[(（].*[)）]")
# What a header says beside its year.
_NO_YEAR = re.compile(r"(実績|決算|過去の)+")


def is_project(row: TableRow) -> bool:
    """Whether a row gives amounts of a 事業; its label may share a cell with the name."""
    filled = row.filled
    found = _PROJECT.fullmatch(filled[0].text) if len(filled) > 2 else None
    return bool(found and _AMOUNT_LABEL.search(filled[1 if found["name"] else 2].text))


def is_code_header(row: TableRow) -> bool:
    """Whether a row heads a table of 業務 with their codes."""
    words = "".join([cell.text for cell in row.filled])
    told = len(row.filled) > 2 and ("コード" in words or "番号" in words)
    return told and any(_CODE_HEADER.match(label_key(cell.text)) for cell in row.filled)


def is_business(row: TableRow) -> bool:
    """Whether a row begins with the code of a 業務."""
    return bool(row.filled) and _coded(row) is not None


def absent_years(draft: Draft, place: Place, header: Header, aligned: Aligned, name: str = "") -> None:
    """Record the years in which an indicator has neither a figure nor a word nor a dash.

    Args:
        draft: what is written into.
        place: of the row.
        header: of the table.
        aligned: the row under it.
        name: of the indicator, where no column is headed 指標.
    """
    pairs = list(zip(header, aligned, strict=True))
    blank = [column.fiscal_year for column, cell in pairs if cell is None or not cell.text]
    years = [year for year in blank if year is not None]
    if not years:
        return
    named = next((cell for column, cell in pairs if cell and label_key(column.header) in _INDICATOR), None)
    cell = named or next((cell for _, cell in pairs if cell and squeezed(cell.text) == name), None)
    if cell is None or not cell.text:
        return
    for year in years:
        draft.absent(place, squeezed(cell.text), cell.span, year)


@dataclass(slots=True)
class BusinessRows:
    """The table while it is read.

    Attributes:
        draft: what is written into.
        place: of the sheet.
        year_label: the sheet's year as printed, for the header of its budget.
        header: of the table.
        tree: code and label of the 業務 read last, below its parents.
        listed: 業務 without figures, not yet written, each with its code.
    """

    draft: Draft
    place: Place
    year_label: str
    header: Header
    tree: list[tuple[str, str]] = field(default_factory=list)
    listed: list[tuple[str, TableRow]] = field(default_factory=list)

    def read(self, rows: Sequence[TableRow]) -> None:
        """Read rows below the header; a table may go on after a blank line."""
        for row in rows:
            if not row.filled:
                continue
            if is_project(row):
                self._flush()
                self._project(row)
                continue
            coded = _coded(row)
            if coded is not None:
                self._enter(*coded)
            if coded is not None and not _has_values(row):
                self._list(coded[0], row)
                continue
            self._flush()
            aligned = align(row, self.header)
            cells = row_cells(self.header, aligned)
            if coded is None:
                self.draft.warn(row.line, "業務コードのない行です。前の業務に続けて読み取りました。")
                self.draft.row(self._branch(self.tree), row.cells, cells)
            else:
                self.draft.row(self._branch(self.tree[:-1]), row.cells, cells, item=self.tree[-1][1])
                absent_years(self.draft, self._branch(self.tree), self.header, aligned)
        self._flush()

    @property
    def block(self) -> Place:
        """The place of what belongs to the whole outermost 業務 that was read last."""
        return self._branch(self.tree[:1])

    def _enter(self, code: str, title: str) -> None:
        before = self.listed[-1][0] if self.listed else ""
        if before and code.startswith(before):
            _, heading = self.listed.pop()
            self.draft.carry(heading.filled)  # for what follows: the section path carries it
        if before and (len(before) != len(code) or len(code) == _OUTERMOST):
            self._flush()
        self.tree = [(c, label) for c, label in self.tree if code.startswith(c) and c != code]
        self.tree.append((code, f"{code} {title}".strip()))

    def _branch(self, tree: Sequence[tuple[str, str]]) -> Place:
        return self.place.under(*[label for _, label in tree])

    def _list(self, code: str, row: TableRow) -> None:
        rows = (*[listed for _, listed in self.listed], row)
        if sum([len(cell.text) for listed in rows for cell in listed.filled]) > LIMITS.longest:
            self._flush()
        self.listed.append((code, row))

    def _flush(self) -> None:
        """Write the 業務 without figures that stand together as one passage under their parent."""
        if not self.listed:
            return
        first, rows = self.listed[0][0], [row for _, row in self.listed]
        parents = [(c, label) for c, label in self.tree if first.startswith(c) and c != first]
        cells = [cell for row in rows for cell in row_cells(self.header, align(row, self.header))]
        alone = _coded(rows[0]) if len(rows) == 1 else None
        item = parents[-1][1] if parents else " ".join(alone or ())
        self.draft.rows(self._branch(parents), [row.cells for row in rows], cells, item=item)
        self.listed = []

    def _project(self, row: TableRow) -> None:
        """A 事業名 row: name, label of the amounts, one amount a past year, then the budget of this year."""
        label, name, caption = _project_parts(row)
        start = next(i for i, cell in enumerate(row.cells) if cell is caption) + 1
        past = [column for column in self.header if column.fiscal_year is not None]
        settled, planned = _amount_labels(tidy(caption.text))
        cells = [Cell(header=label, span=name)]
        values = row.cells[start : start + len(past) + 1]
        for column, value in zip(past, values, strict=False):
            if value.text:
                header = f"{settled} {_year_label(column.header)}"
                cells.append(Cell(header=header, span=value.span, fiscal_year=column.fiscal_year))
        if len(values) > len(past) and values[-1].text and self.place.fiscal_years:
            header = f"{planned} {self.year_label}".strip()
            cells.append(Cell(header=header, span=values[-1].span, fiscal_year=self.place.fiscal_years[0]))
        name_text = squeezed(name.of(self.draft.text))
        self.draft.row(self.block, row.cells, cells, item=name_text)


def _project_parts(row: TableRow) -> tuple[str, Span, TableCell]:
    """The label 事業名, where the name stands, and the cell that says what the amounts are."""
    first, second, *rest = row.filled
    found = _PROJECT.fullmatch(first.text)
    if found and found["name"]:
        start = first.span.start + found.start("name")
        return found["label"], Span(start, first.span.end), second
    return tidy(first.text), second.span, rest[0]


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


def _amount_labels(caption: str) -> tuple[str, str]:
    """What 「年度別決算・予算額(千円)」 says of past years (決算額(千円)) and of the year to come."""
    unit = _IN_BRACKETS.search(caption)
    shown = unit.group() if unit else ""
    if _AMOUNTS.search(caption):
        return f"決算額{shown}", f"予算額{shown}"
    return caption, caption


def _year_label(header: str) -> str:
    return _NO_YEAR.sub("", header).strip()
