"""取組結果報告書: for each 取組項目 a form with its plan, then a table of results by fiscal year.

The table of results repeats neither title nor department: both come from the form above it, the section 「(1)」
from the heading before, the chapter from the contents list where the body leaves it out. A cell's fiscal year
is that of its column, whatever years its words mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import Cell, PassageKind
from corpus.sheet import ProgressMark
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.headings import heading_of, squeezed
from ingest.layouts.drafting import Draft, Place, departments_of, line_of, span_of, split_tables
from ingest.markup import without_tags
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.tables import (
    Header,
    align,
    is_blank_value,
    is_mark,
    label_key,
    make_header,
    row_cells,
    row_segments,
    short_label,
    years_in,
)

_TITLE_LABEL = re.compile(r"(?:no\.?)?(?:[0-9]{1,2})?取り?組み?(項目|事項|名)")
_NUMBER = re.compile(r"[①-⑳]|[0-9０-９]{1,3}(?![0-9０-９])")
_DEPARTMENT = re.compile(r"(担当|所管|実施|主管|推進)(部課|部署|課|部局|所属)名?|担当")
_STEPS = re.compile(r"取り?組み?工程|(実施)?スケジュール|工程表?|年次計画")
_STEP_HEADER = re.compile(r"具体的な?取り?組み?(事項|内容|項目)?|実施(項目|内容)")
_RESULT = re.compile(r"取り?組み?(状況|成果|達成度|課題)|達成(度|状況)|財政効果額?|効果額|進捗(度|状況)")
_EFFECT = re.compile(r"財政効果額?|効果額")
_LEGEND = re.compile(r"([◎○〇△▲×●☆])\s*[:：]\s*([^\s◎○〇△▲×●☆、]+)")
_CHAPTER, _SECTION = 50, 60


class ReformReport:
    """Reads 取組結果報告書."""

    name = "reform_report"
    document_kind = "取組結果報告書"

    def score(self, document: BlockDocument) -> float:
        """A row of progress marks beside columns of years, below forms that begin with 取組項目."""
        tables = [block for block in document.blocks if isinstance(block, Table)]
        results = [table for table in tables if _is_results(table)]
        marks = any("達成" in label_key(row.cells[0].text) for table in results for row in table.rows)
        forms = any(_opens_form(row) for table in tables for row in table.rows)
        return 0.95 if marks and forms else 0.7 if results and forms else 0.3 if results else 0.0

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read contents, sections and sheets."""
        draft = Draft(document)
        blocks = split_tables(document.blocks, lambda row: _opens_form(row) or _is_year_header(row))
        body = _body_start(blocks)
        title, year = _front(blocks[:body])
        reader = _Reader(draft, Place(fiscal_years=(year,) if year is not None else ()))
        reader.contents(blocks[:body])
        reader.body(blocks, body)
        return draft.finish(layout=self.name, document_kind=self.document_kind, title=title, fiscal_year=year)


def _opens_form(row: TableRow) -> bool:
    """Whether a row gives the number and title of a 取組項目; a contents list has the label but no title."""
    filled = row.filled
    at = next((i for i, cell in enumerate(filled) if _TITLE_LABEL.fullmatch(label_key(cell.text))), None)
    if at is None or at + 1 >= len(filled):
        return False
    return not re.fullmatch(r"ページ|頁|p\.?", label_key(filled[-1].text)) and len(filled) - at == 2


def _is_year_header(row: TableRow) -> bool:
    """Whether a row heads a table of results: nothing but fiscal years after an empty or unnamed first cell."""
    named = [cell.text for cell in row.cells[1:] if cell.text]
    first = row.cells[0].text
    alone = (not first or first in ("区分", "項目", "年度")) and all(
        len(years_in(text)) == 1 and len(text) <= 15 for text in named
    )
    return alone and len(named) > 1 and bool(row.cells[1].text)


def _is_results(table: Table) -> bool:
    rows = table.rows
    labelled = sum(bool(_RESULT.match(label_key(row.cells[0].text))) for row in rows[1:])
    return _is_year_header(rows[0]) and labelled > 0


def _body_start(blocks: Sequence[Block]) -> int:
    """Where the contents list ends: after it, lines lead to the first form."""
    form = next(
        (i for i, b in enumerate(blocks) if isinstance(b, Table) and _opens_form(b.rows[0])), len(blocks)
    )
    listed = [i for i, b in enumerate(blocks[:form]) if isinstance(b, Table)]
    if listed:
        return listed[-1] + 1
    return next((i for i, b in enumerate(blocks[:form]) if _rank(b) in (_CHAPTER, _SECTION)), form)


def _front(blocks: Sequence[Block]) -> tuple[str, int | None]:
    lines = [squeezed(b.text) for b in blocks if isinstance(b, TextLine)]
    at = next((i for i, line in enumerate(lines) if "報告" in line or "計画" in line), None)
    if at is None:
        return "", None
    title = lines[at]
    if at + 1 < len(lines) and years_in(lines[at + 1]) and not years_in(title):
        title = f"{title} {lines[at + 1]}"
    return title, max(years_in(title), default=None)


def _rank(block: Block) -> int:
    heading = heading_of(block.text) if isinstance(block, TextLine) and not block.bullet else None
    return heading.rank if heading else 0


def _heading_label(line: TextLine) -> str:
    heading = heading_of(line.text)
    return heading.label if heading else squeezed(line.text)


@dataclass(slots=True)
class _Reader:
    """The place in the plan while the document is read, and what the contents list said."""

    draft: Draft
    place: Place
    listed: list[tuple[str, str]] = field(default_factory=list)
    chapter: str = ""
    section: str = ""

    def contents(self, blocks: Sequence[Block]) -> None:
        """The contents list, as passages of its own; its chapters are remembered by their sections."""
        front: list[Span] = []
        run: list[Span] = []
        caption = chapter = ""
        for block in blocks:
            rank = _rank(block)
            if isinstance(block, TextLine) and rank == _CHAPTER:
                self._listed(caption, chapter, run)
                chapter, run = _heading_label(block), []
            elif isinstance(block, TextLine) and rank == _SECTION:
                self.listed.append((chapter, _heading_label(block)))
                run.append(block.span)
            elif isinstance(block, TextLine) and re.search(r"目\s*次", block.text):
                caption = re.sub(r"[《》【】〔〕\s]", "", block.text)
            elif isinstance(block, TextLine):
                front.append(block.span)
            elif isinstance(block, Table) and _is_results(block):
                self._legend(block)
            elif isinstance(block, Table):
                run.extend(
                    span for row in block.rows[1:] for span in row_segments(self.draft.text, row.cells)
                )
        self.draft.prose(self.place, front, kind=PassageKind.CONTENTS)
        self._listed(caption, chapter, run)

    def _listed(self, caption: str, chapter: str, spans: Sequence[Span]) -> None:
        self.draft.prose(self.place.under(caption, chapter), spans, kind=PassageKind.CONTENTS)

    def _legend(self, table: Table) -> None:
        """A table of results that belongs to no form explains the form: a note."""
        spans = [cell.span for row in table.rows[1:] for cell in row.filled]
        self.draft.prose(self.place, spans, kind=PassageKind.NOTE)

    def body(self, blocks: Sequence[Block], start: int) -> None:
        """Chapters, sections and sheets."""
        index = start
        spans: list[Span] = []
        while index < len(blocks):
            block = blocks[index]
            rank = _rank(block)
            if isinstance(block, TextLine) and rank in (_CHAPTER, _SECTION):
                self._section_of(block, rank, spans)
                spans = []
            elif isinstance(block, TextLine):
                spans.append(block.span)
            elif isinstance(block, Table):
                self._prose(spans)
                spans = []
                index = self._table(blocks, index)
            index += 1
        self._prose(spans)

    def _section_of(self, line: TextLine, rank: int, before: Sequence[Span]) -> None:
        """A heading: prose before the first section of a chapter introduces the chapter."""
        label = _heading_label(line)
        if rank == _CHAPTER:
            self._prose(before)
            self.chapter, self.section = label, ""
            return
        self.chapter = self._chapter_of(label)
        self.section = ""
        self._prose(before)
        self.section = label

    def _chapter_of(self, section: str) -> str:
        """The chapter that the contents list gives to the next section with this number."""
        number = section.split()[0]
        done = next(
            (i + 1 for i, (c, s) in enumerate(self.listed) if (c, s) == (self.chapter, self.section)), 0
        )
        for position in range(done, len(self.listed)):
            chapter, listed = self.listed[position]
            if listed.split()[0] == number:
                self.listed[position] = (chapter, section)
                return chapter
        return self.chapter

    def _prose(self, spans: Sequence[Span]) -> None:
        self.draft.prose(self.place.under(self.chapter, self.section), spans)

    def _table(self, blocks: Sequence[Block], index: int) -> int:
        """A form with its results; returns the index of the last block read."""
        block = blocks[index]
        assert isinstance(block, Table)  # noqa: S101 - body() saw a table
        if not _opens_form(block.rows[0]):
            self.draft.warn(line_of(block), "取組項目の見出しがない表です。どの個票にも含めませんでした。")
            self._legend(block)
            return index
        last = index
        tables: list[Table] = []
        for following in range(index + 1, len(blocks)):
            after = blocks[following]
            if isinstance(after, Table) and not _opens_form(after.rows[0]):
                tables.append(after)
                last = following
            elif not isinstance(after, Blank):
                break
        span = span_of(blocks, index, last + 1)
        _Form(self.draft, self.place.under(self.chapter, self.section)).read(block, tables, span)
        return last


@dataclass(slots=True)
class _Form:
    """One 取組項目 while it is read."""

    draft: Draft
    place: Place
    progress: list[ProgressMark] = field(default_factory=list)

    def read(self, overview: Table, tables: Sequence[Table], span: Span) -> None:
        """Read the form, then its tables of results."""
        number, title = _numbered_title(overview.rows[0])
        office = next(
            (v.text for k, v in map(_pair, overview.rows[1:]) if v and _DEPARTMENT.fullmatch(k)), ""
        )
        years = sorted({y for t in tables for cell in t.rows[0].cells for y in years_in(cell.text)})
        self.place = replace(
            self.place,
            sheet=len(self.draft.sheets),
            departments=departments_of(office),
            fiscal_years=tuple(years) or self.place.fiscal_years,
        )
        if not office:
            self.draft.warn(overview.rows[0].line, f"「{title}」の担当部課が読み取れません。")
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
        for row in table.rows[1 : steps if steps is not None else len(table.rows)]:
            label, value = _pair(row)
            if value is not None and not _DEPARTMENT.fullmatch(label):
                self.draft.prose(self.place.under(short_label(row.filled[0].text)), (value.span,))
        if steps is not None:
            self._steps(table.rows[steps], table.rows[steps + 1 :])

    def _steps(self, head: TableRow, rows: Sequence[TableRow]) -> None:
        """取組工程 as one passage: what is done in which year."""
        label = next(
            (short_label(c.text) for r in (head, *rows) for c in r.filled if _is_steps(c.text)), "取組工程"
        )
        header = make_header(["" if _is_steps(text) else text for text in head.texts])
        names = next((c.header for c in header if _STEP_HEADER.fullmatch(label_key(c.header))), "")
        first = next((i for i, column in enumerate(header) if column.fiscal_year is not None), len(header))
        kept: list[tuple[TableCell, ...]] = []
        cells: list[Cell] = []
        for row in rows:
            own = tuple(_without_label(cell) for cell in row.cells)
            kept.append(own)
            for column, cell in zip(header, own, strict=False):
                if cell.text:
                    named = column.header if column.fiscal_year is not None else names
                    cells.append(Cell(header=named, span=cell.span, fiscal_year=column.fiscal_year))
        years = [column.fiscal_year for column in header[first:]]
        self.draft.rows(self.place.under(label).during(years), kept, cells)

    def _results(self, table: Table) -> None:
        header = make_header(table.rows[0].texts)
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
            self.draft.rows(self.place.under(_common_label(effects)), [row.cells for row in effects], cells)

    def _marks(self, header: Header, row: TableRow) -> None:
        """達成度: one passage with a mark a year, and the sheet's marks with the legend's words."""
        label = row.cells[0].text
        legend = dict(_LEGEND.findall(label))
        for column, cell in zip(header, align(row, header), strict=True):
            if column.fiscal_year is not None:
                mark = cell.text if cell is not None else ""
                meaning = legend.get(mark, "")
                self.progress.append(ProgressMark(fiscal_year=column.fiscal_year, mark=mark, meaning=meaning))
        cells = _headed(label, header, row)
        if cells:
            self.draft.rows(self.place.under(short_label(label)), (row.cells,), cells)

    def _years(self, header: Header, row: TableRow, label: str) -> None:
        """A row of running text: each year's cell is a fact of its own year."""
        name = short_label(label)
        for cell in _headed(label, header, row):
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


def _pair(row: TableRow) -> tuple[str, TableCell | None]:
    """A row of the form: the key of its label, and its value."""
    filled = row.filled
    if not filled:
        return "", None
    return label_key(filled[0].text), filled[1] if len(filled) > 1 else None


def _step_header(table: Table) -> int | None:
    """The row of the form that heads its steps: fiscal years in two cells or more."""
    for index, row in enumerate(table.rows):
        if sum(len(years_in(cell.text)) == 1 and len(cell.text) <= 12 for cell in row.cells) > 1:
            return index
    return None


def _is_steps(text: str) -> bool:
    return _STEPS.fullmatch(label_key(text)) is not None


def _without_label(cell: TableCell) -> TableCell:
    """A cell of the steps without the label 取組工程, which may share it with the first step."""
    if _is_steps(cell.text):
        return TableCell(text="", span=Span(cell.span.start, cell.span.start))
    found = re.match(r"取り?組み?\s*工程\s+(?=\S)", cell.text)
    if not found:
        return cell
    return TableCell(text=cell.text[found.end() :], span=Span(cell.span.start + found.end(), cell.span.end))


def _is_mark_row(row: TableRow) -> bool:
    values = [cell.text for cell in row.cells[1:] if cell.text]
    named = "達成" in label_key(row.cells[0].text) and "課題" not in label_key(row.cells[0].text)
    return all(is_mark(value) or is_blank_value(value) for value in values) and (bool(values) or named)


def _headed(label: str, header: Header, row: TableRow) -> list[Cell]:
    """The cells of a row under its years, headed by the row's label and the year."""
    name = short_label(label)
    return [
        Cell(header=f"{name} {column.header}".strip(), span=cell.span, fiscal_year=column.fiscal_year)
        for column, cell in zip(header, align(row, header), strict=True)
        if cell is not None and cell.text and column.fiscal_year is not None
    ]


def _common_label(rows: Sequence[TableRow]) -> str:
    """What the rows' labels have in common: 財政効果額 of 財政効果額(歳入) and 財政効果額(歳出)."""
    labels = {re.split(r"[(（\s]", short_label(row.cells[0].text))[0] for row in rows if row.cells[0].text}
    return labels.pop() if len(labels) == 1 else ""
