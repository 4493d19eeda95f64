"""One 取組項目 of a 取組結果報告書: the form with its plan and the results by fiscal year below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.folding import match_key
from corpus.passage import Cell
from corpus.sheet import ProgressMark
from corpus.span import Span
from ingest.alignment import align
from ingest.blocks import Table, TableCell, TableRow
from ingest.cells import is_blank_value, is_figure, is_mark
from ingest.headings import squeezed
from ingest.indicators import STEPS_LABEL
from ingest.layouts.departments import departments_of
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.legend import meaning_of
from ingest.markup import without_tags
from ingest.parsed import ParsedSheet
from ingest.tables import Header, label_key, make_header, row_cells, short_label, years_in

_NUMBER = re.compile(r"[①-⑳]|[0-9０-９]{1,3}(?![0-9０-９])")
# Labels of the department in charge.
_DEPARTMENT = re.compile(r"(担当|所管|実施|主管|推進)(部課|部署|課|部局|所属)名?|担当")
# Heads of the column of steps beside the years.
_STEP_HEADER = re.compile(r"具体的な?取り?組み?(事項|内容|項目)?|実施(項目|内容)")
# Labels of the rows of amounts saved or earned.
_EFFECT = re.compile(r"財政効果額?|効果額")
_LONGEST_LABEL = 40
# A mark and its meaning in the label of the marks' row.
_LEGEND = re.compile(r"([◎○〇△▲×●☆])\s*[:：]\s*([^\s◎○〇△▲×●☆、]+)")


@dataclass(slots=True)
class ReformForm:
    """One 取組項目 while it is read.

    Attributes:
        draft: what is written into.
        place: where it stands.
        legend: what the document says of its marks, for a form that does not say it itself.
        progress: the marks met.
    """

    draft: Draft
    place: Place
    legend: Mapping[str, str] = field(default_factory=dict)
    progress: list[ProgressMark] = field(default_factory=list)

    def read(self, overview: Table, tables: Sequence[Table], span: Span) -> None:
        """Read the form, then its tables of results."""
        number, title = _numbered_title(overview.rows[0])
        pairs = (row.filled for row in overview.rows[1:] if len(row.filled) > 1)
        office = next((v.text for k, v, *_ in pairs if _DEPARTMENT.fullmatch(label_key(k.text))), "")
        years = sorted({y for t in tables for cell in t.rows[0].cells for y in years_in(cell.text)})
        self.place = replace(
            self.place,
            sheet=len(self.draft.sheets),
            departments=departments_of(office),
            fiscal_years=tuple(years) or self.place.fiscal_years,
        )
        if not office:
            self.draft.warn(overview.rows[0].line, f"「{title}」の担当部課が読み取れません。")
        self.draft.carry(overview.rows[0].filled)
        self._overview(overview)
        for table in tables:
            self._results(table)
        self.draft.sheets.append(
            ParsedSheet(
                title=title,
                identity=" ".join(part for part in (*self.place.section_path[-1:], number, title) if part),
                departments=self.place.departments,
                fiscal_years=self.place.fiscal_years,
                section_path=self.place.section_path,
                span=span,
                progress=tuple(self.progress),
            )
        )

    def _overview(self, table: Table) -> None:
        steps = _step_header(table)
        above = ""
        for row in table.rows[1 : steps if steps is not None else len(table.rows)]:
            above = self._field(row, above)
        if steps is not None:
            self._steps(table.rows[steps], table.rows[steps + 1 :])

    def _field(self, row: TableRow, above: str) -> str:
        """A label with its value, a value below the label above, or a label without one; gives the label."""
        if not row.filled:
            return above
        first, *values = row.filled
        if not values and (not row.cells[0].text or len(first.text) > _LONGEST_LABEL):
            self.draft.prose(self.place.under(above), (first.span,))
            return above
        name = short_label(first.text)
        if not values:
            self.draft.absent(self.place, name, first.span)
        elif _DEPARTMENT.fullmatch(label_key(first.text)):
            self.draft.carry(row.filled)
        else:
            self.draft.carry((first,))
            self.draft.prose(self.place.under(name), [value.span for value in values])
        return name

    def _steps(self, head: TableRow, rows: Sequence[TableRow]) -> None:
        """取組工程 as one passage, what is done in which year; a row of target amounts is one of its own."""
        label = next(
            (short_label(c.text) for r in (head, *rows) for c in r.filled if _is_steps(c.text)), "取組工程"
        )
        header = make_header(["" if _is_steps(text) else text for text in head.texts])
        named = next((c.header for c in header if _STEP_HEADER.fullmatch(label_key(c.header))), "")
        place = self.place.under(label)
        self.draft.carry(head.filled)
        kept: list[tuple[TableCell, ...]] = []
        cells: list[Cell] = []
        for row in rows:
            own = tuple(_without_label(cell) for cell in row.cells)
            self.draft.account.carry(*map(_label_of_steps, row.cells, own))
            if _is_amounts(own):
                self._amounts(place, header, own)
                continue
            kept.append(own)
            cells.extend(
                Cell(
                    header=column.header if column.fiscal_year else named,
                    span=cell.span,
                    fiscal_year=column.fiscal_year,
                )
                for column, cell in zip(header, own, strict=False)
                if cell.text
            )
        self.draft.rows(place.during(column.fiscal_year for column in header), kept, cells)

    def _amounts(self, place: Place, header: Header, row: Sequence[TableCell]) -> None:
        """「(歳入増加目標額)」 with an amount a year."""
        label = re.sub(r"^[(（](.*)[)）]$", r"\1", next(cell.text for cell in row if cell.text))
        cells = [
            Cell(header=f"{label} {column.header}", span=cell.span, fiscal_year=column.fiscal_year)
            for column, cell in zip(header, row, strict=False)
            if cell.text and column.fiscal_year is not None
        ]
        self.draft.row(place, row, cells, item=label)

    def _results(self, table: Table) -> None:
        header = make_header(table.rows[0].texts)
        self.draft.carry(table.rows[0].filled)
        _absent_years(self.draft, self.place, header, table.rows[1:])
        effects: list[TableRow] = []
        cells: list[Cell] = []
        above = ""
        for row in table.rows[1:]:
            label = row.cells[0].text
            above = label or above
            if not row.filled:
                continue
            if _EFFECT.match(label_key(above)):
                effects.append(row)
                cells.extend(_headed(above, header, row))
            elif not label:
                self._continued(header, row, above)
            elif _is_mark_row(row):
                self._marks(header, row)
            else:
                self._years(header, row, above)
        if cells:
            label = _common_label(effects)
            self.draft.rows(self.place.under(label), [row.cells for row in effects], cells, item=label)

    def _marks(self, header: Header, row: TableRow) -> None:
        """達成度: one passage with a mark a year, and the sheet's marks with the legend's words."""
        label = row.cells[0].text
        legend = {match_key(mark): said for mark, said in _LEGEND.findall(label)} or self.legend
        for column, cell in zip(header, align(row, header), strict=True):
            if column.fiscal_year is not None:
                mark = cell.text if cell is not None else ""
                meaning = meaning_of(mark, legend)
                self.progress.append(ProgressMark(fiscal_year=column.fiscal_year, mark=mark, meaning=meaning))
        cells = _headed(label, header, row)
        self.draft.rows(self.place.under(short_label(label)), (row.cells,) if cells else (), cells)

    def _years(self, header: Header, row: TableRow, label: str) -> None:
        """A row of running text: each year's cell is a fact of its own year."""
        name = short_label(label)
        cells = _headed(label, header, row)
        if cells and row.cells[0].text:
            self.draft.carry(row.cells[:1])
        for cell in cells:
            self.draft.cell(self.place.under(name), cell.header, cell.span, cell.fiscal_year)

    def _continued(self, header: Header, row: TableRow, label: str) -> None:
        if label:
            self._years(header, row, label)
        else:
            self.draft.warn(row.line, "見出しのない行です。年度の列だけを見出しとして読み取りました。")
            self.draft.row(self.place, row.cells, row_cells(header, align(row, header)))


def _numbered_title(row: TableRow) -> tuple[str, str]:
    *labels, title = row.filled
    joined = " ".join(cell.text for cell in labels)
    number = _NUMBER.search(joined)
    return (number.group() if number else ""), squeezed(without_tags(title.text))


def _step_header(table: Table) -> int | None:
    """The row of the form that heads its steps: fiscal years in two cells or more."""
    for index, row in enumerate(table.rows):
        if sum(len(years_in(cell.text)) == 1 and len(cell.text) <= 12 for cell in row.cells) > 1:
            return index
    return None


def _is_steps(text: str) -> bool:
    return STEPS_LABEL.fullmatch(label_key(text)) is not None


def _without_label(cell: TableCell) -> TableCell:
    """A cell of the steps without the label 取組工程, which may share it with the first step."""
    if _is_steps(cell.text):
        return TableCell(text="", span=Span(cell.span.start, cell.span.start))
    found = re.match(r"取り?組み?\s*工程\s+(?=\S)", cell.text)
    if not found:
        return cell
    return TableCell(text=cell.text[found.end() :], span=Span(cell.span.start + found.end(), cell.span.end))


def _label_of_steps(cell: TableCell, rest: TableCell) -> Span:
    """Where the label stands that ``_without_label`` took away; empty where it took none."""
    end = rest.span.start if rest.text else cell.span.end
    return Span(cell.span.start, end if rest != cell else cell.span.start)


def _is_amounts(row: Sequence[TableCell]) -> bool:
    """Whether a row of the steps gives figures: a label such as 目標額, then nothing but numbers."""
    filled = [cell.text for cell in row if cell.text]
    named = bool(filled) and re.search(r"[額数値率標][)）]?$", filled[0]) is not None
    return named and len(filled) > 1 and all(is_figure(text) for text in filled[1:])


def _is_mark_row(row: TableRow) -> bool:
    values = [cell.text for cell in row.cells[1:] if cell.text]
    named = "達成" in label_key(row.cells[0].text) and "課題" not in label_key(row.cells[0].text)
    return all(is_mark(value) or is_blank_value(value) for value in values) and (bool(values) or named)


def _headed(label: str, header: Header, row: TableRow) -> list[Cell]:
    """The cells of a row under its years, headed by the row's label and the year."""
    name = short_label(label)
    return [
        Cell(header=f"{name} {column.header}".strip(), span=cell.span, fiscal_year=column.fiscal_year)
        for index, (column, cell) in enumerate(zip(header, align(row, header), strict=True))
        if cell is not None and cell.text and index
    ]


def _absent_years(draft: Draft, place: Place, header: Header, rows: Sequence[TableRow]) -> None:
    """Record the years that a row of results leaves empty, with the rows without a label below it."""
    groups: list[list[TableRow]] = []
    for row in rows:
        if row.cells[0].text or not groups:
            groups.append([])
        groups[-1].append(row)
    for group in groups:
        label = group[0].cells[0]
        if not label.text:
            continue
        aligned = [align(row, header) for row in group]
        for index, column in enumerate(header):
            filled = any(cell.text for cells in aligned if (cell := cells[index]))
            if column.fiscal_year is not None and not filled:
                draft.absent(place, _without_unit(label.text), label.span, column.fiscal_year)


def _without_unit(label: str) -> str:
    return re.sub(r"\s*[(（]単位.*?[)）]", "", short_label(label))


def _common_label(rows: Sequence[TableRow]) -> str:
    """What the rows' labels have in common: 財政効果額 of 財政効果額(歳入) and 財政効果額(歳出)."""
    labels = {re.split(r"[(（\s]", short_label(row.cells[0].text))[0] for row in rows if row.cells[0].text}
    return labels.pop() if len(labels) == 1 else ""
