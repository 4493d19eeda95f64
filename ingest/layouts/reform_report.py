"""取組結果報告書: for each 取組項目 a form with its plan, then a table of results by fiscal year.

The table of results repeats neither title nor department: both come from the form above it, the section
「(1)」 from the heading before, the chapter from the contents list where the body leaves it out. A cell's
fiscal year is that of its column, whatever years its words mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.coverage import LeftOutReason
from corpus.folding import match_key
from corpus.passage import PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableRow, TextLine
from ingest.heading_rank import Rank
from ingest.headings import heading_of, squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of, span_of, split_tables
from ingest.layouts.framed_table import is_framed, read_framed
from ingest.layouts.furniture import heads_pages
from ingest.layouts.legend import legend_in
from ingest.layouts.reform_form import ReformForm
from ingest.layouts.unit_caption import is_unit_caption
from ingest.parsed import ParsedDocument
from ingest.tables import label_key, row_segments, years_in

# The label before the title of a 取組項目; the number may share its cell.
_TITLE_LABEL = re.compile(r"(?:no\.?)?(?:[0-9]{1,2})?取り?組み?(項目|事項|名)")
# Labels of the rows of a table of results.
_RESULT = re.compile(r"取り?組み?(状況|成果|達成度|課題)|達成(度|状況)|財政効果額?|効果額|進捗(度|状況)")
_CHAPTER, _SECTION = Rank.NUMBER, Rank.NUMBER_IN_BRACKETS


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
        return (0.95 if marks else 0.7) if results and forms else 0.0

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
    if not any("取" in cell.text for cell in filled[:4]):
        return False
    at = next((i for i, cell in enumerate(filled) if _TITLE_LABEL.fullmatch(label_key(cell.text))), None)
    if at is None or at + 1 >= len(filled):
        return False
    return len(filled) - at == 2 and not heads_pages(filled[-1].text)


def _is_year_header(row: TableRow) -> bool:
    """Whether a row heads a table of results: fiscal years and nothing else beside its first cell."""
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


def _is_contents_title(line: TextLine) -> bool:
    return re.search(r"目\s*次", line.text) is not None and len(line.text) <= 12


def _rank(block: Block) -> int:
    heading = heading_of(block.text) if isinstance(block, TextLine) and not block.bullet else None
    return heading.rank if heading else 0


def _heading_label(line: TextLine) -> str:
    heading = heading_of(line.text)
    return heading.label if heading else squeezed(line.text)


@dataclass(slots=True)
class _Reader:
    """The place in the plan while the document is read, and what the contents list said.

    Attributes:
        draft: what is written into.
        place: outside of any sheet.
        listed: chapter and section of the contents list, in order.
        turn: how many of them the body has reached.
        chapter: the current one.
        section: the current one.
        legend: what the document says of its marks.
    """

    draft: Draft
    place: Place
    listed: list[tuple[str, str]] = field(default_factory=list)
    turn: int = 0
    chapter: str = ""
    section: str = ""
    legend: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.legend = legend_in(self.draft.text)

    def contents(self, blocks: Sequence[Block]) -> None:
        """The contents list, as passages of its own; its chapters are remembered by their sections."""
        spans: list[Span] = []
        place = self.place
        caption = chapter = ""
        for block in blocks:
            rank = _rank(block)
            if isinstance(block, TextLine) and rank == _SECTION:
                self.listed.append((chapter, _heading_label(block)))
            elif isinstance(block, TextLine) and (rank == _CHAPTER or _is_contents_title(block)):
                self._contents(place, spans)
                spans = []
                chapter = _heading_label(block) if rank == _CHAPTER else ""
                self.draft.account.carry(block.span)
                caption = caption if chapter else re.sub(r"[《》【】〔〕\s]", "", block.text)
                place = self.place.under(caption, chapter)
                continue
            if isinstance(block, TextLine):
                spans.append(block.span)
            elif isinstance(block, Table) and _is_results(block):
                self._contents(place, spans)
                spans = []
                self._legend(block)
            elif isinstance(block, Table) and is_framed(block):
                self._contents(place, spans)
                spans = []
                read_framed(self.draft, place, block, None)
            elif isinstance(block, Table):
                self.draft.carry(block.rows[0].filled)
                spans.extend(
                    span for row in block.rows[1:] for span in row_segments(self.draft.text, row.cells)
                )
        self._contents(place, spans)

    def _contents(self, place: Place, spans: Sequence[Span]) -> None:
        self.draft.prose(place, spans, kind=PassageKind.CONTENTS)

    def _legend(self, table: Table) -> None:
        """A table of results that belongs to no form explains the form: a note."""
        self.draft.account.leave(LeftOutReason.LEGEND_SAMPLE, *(cell.span for cell in table.rows[0].filled))
        spans = [cell.span for row in table.rows[1:] for cell in row.filled]
        self.draft.prose(self.place, spans, kind=PassageKind.NOTE)

    def body(self, blocks: Sequence[Block], start: int) -> None:
        """Chapters, sections and sheets; tables of figures between them are read by their heads."""
        index = start
        spans: list[Span] = []
        unit: TextLine | None = None
        while index < len(blocks):
            block = blocks[index]
            index += 1
            if isinstance(block, Blank):
                continue
            rank = _rank(block)
            framed = isinstance(block, Table) and not _opens_form(block.rows[0]) and is_framed(block)
            if unit is not None and not framed:
                spans.append(unit.span)
                unit = None
            if isinstance(block, TextLine) and rank in (_CHAPTER, _SECTION):
                self._section_of(block, rank, spans)
                spans = []
            elif isinstance(block, TextLine) and is_unit_caption(block.text):
                unit = block
            elif isinstance(block, TextLine):
                spans.append(block.span)
            elif isinstance(block, Table):
                self._prose(spans)
                spans = []
                if framed:
                    read_framed(self.draft, self.place.under(self.chapter, self.section), block, unit)
                    unit = None
                else:
                    index = self._table(blocks, index - 1) + 1
        self._prose([*spans, unit.span] if unit is not None else spans)

    def _section_of(self, line: TextLine, rank: int, before: Sequence[Span]) -> None:
        """A heading: prose before the first section of a chapter introduces the chapter."""
        label = _heading_label(line)
        if rank == _CHAPTER:
            self._prose(before)
            self.draft.heading(self.place, label, line.span, is_field=False)
            self.chapter, self.section = label, ""
            return
        self.chapter = self._chapter_of(label)
        self.section = ""
        self._prose(before)
        self.draft.heading(self.place.under(self.chapter), label, line.span, is_field=False)
        self.section = label

    def _chapter_of(self, section: str) -> str:
        """The chapter that the contents list gives to a section: by its title, else by its turn and number.

        Titles differ between list and body (削減, 縮減), and numbers begin anew in every chapter.
        """
        keys = [match_key(listed) for _, listed in self.listed]
        key = match_key(section)
        if key in keys[self.turn :]:
            self.turn = keys.index(key, self.turn) + 1
            return self.listed[self.turn - 1][0]
        if self.turn < len(self.listed) and self.listed[self.turn][1].split()[0] == section.split()[0]:
            self.turn += 1
            return self.listed[self.turn - 1][0]
        return self.chapter

    def _prose(self, spans: Sequence[Span]) -> None:
        self.draft.prose(self.place.under(self.chapter, self.section), spans)

    def _table(self, blocks: Sequence[Block], index: int) -> int:
        """A form with its results; returns the index of the last block read."""
        block = blocks[index]
        assert isinstance(block, Table)
        if not _opens_form(block.rows[0]):
            self.draft.warn(line_of(block), "取組項目の見出しがない表です。どの個票にも含めませんでした。")
            spans = [cell.span for row in block.rows for cell in row.filled]
            self.draft.prose(self.place, spans, kind=PassageKind.NOTE)
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
        ReformForm(self.draft, self.place.under(self.chapter, self.section), self.legend).read(
            block, tables, span
        )
        return last
