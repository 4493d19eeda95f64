"""Any other document: headings make the section path, tables keep headers, chapters or forms are sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.coverage import LeftOutReason
from corpus.passage import Cell, PassageKind
from corpus.sheet import ProgressMark
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TextLine
from ingest.checked_box import box_choice
from ingest.heading_rank import Rank
from ingest.headings import HeadingPath, squeezed
from ingest.layouts.bracketed_labels import parted_labels
from ingest.layouts.department_titles import office_named
from ingest.layouts.departments import departments_of, named_within
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import span_of
from ingest.layouts.figure_lines import FigureLine, figures_in_line
from ingest.layouts.form_fields import (
    fields_of,
    named_by,
    offices_in_heading,
    offices_in_line,
    offices_of,
)
from ingest.layouts.furniture import CONTENTS_TITLE, heads_pages
from ingest.layouts.legend import explains_marks, legend_in, meaning_of
from ingest.layouts.marked_fields import Marked, chosen_cell, is_unchecked, marked, marks_by_year
from ingest.layouts.outline import Outline, outline_of
from ingest.layouts.outline_headings import NOTE
from ingest.layouts.paragraphs import continues
from ingest.layouts.plain_table import PlainTable
from ingest.layouts.role_years import role_years_in
from ingest.layouts.sheet_starts import OUTER_RANK
from ingest.layouts.table_parts import parted
from ingest.layouts.title_kind import kind_of_title
from ingest.layouts.unit_caption import caption_span, is_dating_table, is_unit_caption
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import Piece
from ingest.tables import Header, column_year, years_in
from ingest.values import unit_in_brackets

# Headings of fields that a form leaves open until there is something to say: empty ones are absences.
_FIELD = re.compile(
    r".*(レビュー|評価|検証|課題|実績|成果|達成(度|状況)|進捗(状況)?|備考|意見|改善(点|策|内容)?|見直し|総括"
    r"|振り返り|今後の(方向性|展開|方針))$|((年度末|期末|年間|中間|取り?組み?|実施)の?)?結果$"
)

# Labels of years in which a project begins or ends.
_SPAN_OF_YEARS = re.compile(r"開始|終了|完了|着手|始期|終期|期間|創設|設立")


class Generic:
    """Reads a document of no known form."""

    name = "generic"
    document_kind = ""

    def score(self, document: BlockDocument) -> float:
        """Always a little: a layout that knows the form is surer, one that knows only a part is not."""
        return 0.3

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read headings, prose, lists and tables."""
        draft = Draft(document)
        blocks = parted(parted_labels(document.blocks))
        outline = outline_of(blocks)
        year = outline.front.fiscal_year
        place = Place(fiscal_years=(year,) if year is not None else ())
        reader = _Reader(draft, blocks, outline, place, role_years=role_years_in(draft.text))
        reader.read()
        return draft.finish(
            layout=self.name,
            document_kind=kind_of_title(outline.front.title),
            title=outline.front.title,
            fiscal_year=year,
        )


@dataclass(slots=True)
class _Reader:
    """The place in the document while it is read.

    Attributes:
        draft: what is written into.
        blocks: of the document, its tables parted.
        outline: of the document.
        outside: the place outside of any sheet.
        place: the current one, without headings.
        path: the current headings.
        paragraphs: the running text not yet written.
        kind: of that text.
        last: the line read last, if nothing but blanks and page borders followed it.
        header: of the table read last, if nothing but blanks and page borders followed it.
        is_parted: whether a page border followed the line read last.
        is_blank: whether a blank line did.
        progress: marks of the current sheet, each with its year and the headings and table that it stands in.
        office: the departments that a line named, and the rank of the heading below which it stands.
        offices: all departments that lines of the current sheet named.
        legend: what the document says of its progress marks, once it was asked for.
        unit: the caption read last that gives the unit of the table below it.
        block_office: the department that a field names for the tables cut off below it.
        dated: the caption read last that gives the year of the table below it.
        headed: the heading read last, if it gives a unit and nothing but tables followed it.
        role_years: the years of 現状値, 目標値 and the like that a sentence of the document tells.
    """

    draft: Draft
    blocks: tuple[Block, ...]
    outline: Outline
    outside: Place
    place: Place = field(default_factory=Place)
    path: HeadingPath = field(default_factory=HeadingPath)
    paragraphs: list[Piece] = field(default_factory=list)
    kind: PassageKind = PassageKind.PROSE
    last: TextLine | None = None
    header: Header = ()
    is_parted: bool = False
    is_blank: bool = False
    progress: list[tuple[Marked, tuple[str, ...]]] = field(default_factory=list)
    office: tuple[int, tuple[str, ...]] = (0, ())
    offices: set[tuple[str, ...]] = field(default_factory=set)
    legend: dict[str, str] | None = None
    unit: TextLine | None = None
    dated: TextLine | None = None
    headed: TextLine | None = None
    block_office: tuple[str, ...] = ()
    role_years: Mapping[str, int] = field(default_factory=dict)

    def read(self) -> None:
        """Read what stands before the first sheet, then the sheets."""
        blocks = self.blocks
        starts = self.outline.sheets.starts
        self.place = self.outside
        self._region(blocks, 0, starts[0])
        for start, following in pairwise([*starts, len(blocks)]):
            end = self.outline.end_of(start, following)
            self._open(blocks, start, end)
            self._region(blocks, start, end)
            self._close()
            self._region(blocks, end, following)

    def _open(self, blocks: Sequence[Block], start: int, end: int) -> None:
        """Register a sheet; a form's own fields give its name, its department and its year."""
        _headings, by_form = self.outline.headings, self.outline.by_form
        if by_form:
            self.path.close(OUTER_RANK + 1)
            for rank, label in self.outline.groups.get(start, ()):
                self.path.enter(rank, label)
        tables = [block for block in blocks[start:end] if isinstance(block, Table)]
        pairs = [pair for table in tables for pair in fields_of(table.rows)]
        named = named_by(pairs) if by_form else []
        offices = offices_of(pairs)
        offices = offices[:1] if by_form else offices if len(set(offices)) == 1 else []
        titled = self.outline.office_at(start)
        offices = [titled] if titled and not (by_form and offices) else offices
        years = [column_year(value.text) for key, value in pairs if _is_year_label(key)] if by_form else []
        heading = self.outline.label_at(start)
        label = squeezed(next(iter(named), "")) or heading or self.outline.front.title
        self.place = replace(
            self.outside.during(years[:1]),
            sheet=len(self.draft.sheets),
            departments=tuple(dict.fromkeys(d for office in offices for d in departments_of(office))),
        )
        self.draft.sheets.append(
            ParsedSheet(
                title=label,
                identity=" / ".join((label, *self.place.departments)),
                departments=self.place.departments,
                fiscal_years=self.place.fiscal_years,
                section_path=self.path.labels if by_form else (),
                span=span_of(blocks, start, end),
            )
        )

    def _close(self) -> None:
        """End a sheet: its progress marks are those met in it."""
        index = self.place.sheet
        if index is not None and self.progress:
            sheet = self.draft.sheets[index]
            self.legend = self.legend if self.legend is not None else legend_in(self.draft.text)
            legend = self.legend
            own = next(iter(sheet.fiscal_years), self.outline.front.fiscal_year)
            marks = marks_by_year(self.progress, own)
            self.draft.sheets[index] = replace(
                sheet,
                progress=tuple(
                    ProgressMark(
                        fiscal_year=year,
                        mark=one.mark,
                        meaning=meaning_of(one.mark, legend) or one.legend,
                    )
                    for year, one in sorted(marks.items())
                ),
            )
        if index is not None and len(self.offices) == 1 and not self.draft.sheets[index].departments:
            sheet = self.draft.sheets[index]
            self.draft.sheets[index] = replace(sheet, departments=next(iter(self.offices)))
        self.progress, self.office, self.offices = [], (0, ()), set()
        self.place = self.outside

    def _region(self, blocks: Sequence[Block], start: int, end: int) -> None:
        for index in range(start, end):
            block = blocks[index]
            if not isinstance(block, Table):
                self.block_office = ()
            if isinstance(block, Blank):
                self.is_blank = True
            elif index in self.outline.furniture and isinstance(block, TextLine):
                self.draft.account.leave(LeftOutReason.RUNNING_HEADER, block.span)
                self.is_parted = True
            elif index in self.outline.headings and isinstance(block, TextLine):
                self._heading(block, *self.outline.headings[index])
            elif isinstance(block, Table):
                if index and isinstance(blocks[index - 1], Table):
                    self.header = ()  # cut off from the table above, whose columns end there
                self._table(block)
            elif isinstance(block, TextLine) and is_unit_caption(block.text):
                self._keep_unit()
                self.unit = block
            elif isinstance(block, TextLine) and is_dating_table(blocks, index):
                self.dated = block
            elif isinstance(block, TextLine) and index in self.outline.tops:
                self.draft.account.carry(block.span)
            elif isinstance(block, TextLine):
                self._line(block, is_contents=index in self.outline.contents)
        self._keep_unit()
        self._flush()

    def _keep_unit(self) -> None:
        """A unit that no table took is a line."""
        if self.unit is not None:
            line, self.unit = self.unit, None
            self._line(line, is_contents=False)

    @property
    def _here(self) -> Place:
        labels = self.path.labels
        departments = self.office[1] or self.place.departments
        place = replace(self.place, section_path=labels, departments=departments)
        years = years_in(labels[-1]) if labels else ()
        return place.during(years) if len(years) == 1 else place

    def _heading(self, line: TextLine, rank: int, label: str) -> None:
        self._keep_unit()
        self._flush()
        self.path.close(rank)
        if rank <= self.office[0]:
            self.office = (0, ())
        self.draft.heading(self._here, label, line.span, is_field=bool(_FIELD.fullmatch(label)))
        self.path.enter(rank, label)
        offices = offices_in_heading(label) or departments_of(office_named(label))
        if offices:
            self.office = (rank, offices)
            self.offices.add(offices)
        self.headed = line if unit_in_brackets(line.text) else None

    def _table(self, table: Table) -> None:
        header = self.header
        self._flush()
        in_contents = bool(self.path.labels) and CONTENTS_TITLE.fullmatch(self.path.labels[-1]) is not None
        if in_contents or _lists_pages(table):
            spans = [cell.span for row in table.rows for cell in row.filled]
            self.draft.prose(self._here, spans, kind=PassageKind.CONTENTS)
            return
        place = self._here
        offices = set(offices_of(fields_of(table.rows)))
        if len(offices) == 1 and (not place.departments or not self.outline.by_form):
            self.block_office = departments_of(offices.pop())
        if self.block_office:
            place = replace(place, departments=named_within(place.departments, self.block_office))
        caption, self.unit = self.unit or self.headed, None
        unit = caption_span(caption) if caption is not None else None
        dated, self.dated = self.dated, None
        reader = PlainTable(
            self.draft,
            place,
            unit=unit,
            figures_year=self._figures_year(place),
            caption_year=self._caption_year(place, dated, caption),
            role_years=self.role_years,
        )
        self.header = reader.read(table, header)
        where = (*self.path.labels, str(table.rows[0].line))
        self.progress.extend((mark, where) for mark in reader.progress)
        if caption is not None and caption is not self.headed:
            self._settle(place, caption, is_used=reader.used_unit)
        if dated is not None:
            self._settle(place, dated, is_used=reader.used_year)
        self.path.close(Rank.CAPTION)

    def _caption_year(self, place: Place, *captions: TextLine | None) -> int | None:
        """The one year that a caption of a table names, else the heading above it."""
        named = (column_year(caption.text) for caption in captions if caption is not None)
        heading = place.section_path[-1] if place.section_path else ""
        return next((year for year in named if year is not None), column_year(heading))

    def _figures_year(self, place: Place) -> int | None:
        """The year of figures whose columns name none: the paper's, or that of the heading above."""
        whole = self.outline.front.figures_year
        told = place.fiscal_years != self.place.fiscal_years and len(place.fiscal_years) == 1
        return place.fiscal_years[0] if told and whole is not None else whole

    def _settle(self, place: Place, caption: TextLine, *, is_used: bool) -> None:
        if is_used:
            self.draft.account.carry(caption.span)
        else:
            self.draft.prose(place, (caption.span,))

    def _line(self, line: TextLine, *, is_contents: bool) -> None:
        self.header, self.headed = (), None
        note = NOTE.match(line.text)
        front = self.place.sheet is None and not self.path.labels
        front = front and not line.text.endswith("。")  # what introduces the document is text
        kind = PassageKind.CONTENTS if front or is_contents else PassageKind.PROSE
        goes_on = self.last is not None and (self.is_parted or not self.is_blank) and not is_contents
        if note or explains_marks(line.text):
            self._flush()
            place = replace(self.place, section_path=self.path.labels[:1])
            item = note["mark"].strip() if note else ""
            self.draft.prose(place, (line.span,), kind=PassageKind.NOTE, item=item)
            return
        if self._choice(line):
            return
        figures = figures_in_line(line) if kind is PassageKind.PROSE else None
        if figures is not None:
            self._flush()
            self._figures(line, figures)
            return
        if self.paragraphs and kind is not self.kind:
            self._flush()
        offices = offices_in_line(line)
        if offices:
            self._flush()
            self.office = (self.path.rank, offices)
            self.offices.add(offices)
        if (
            self.paragraphs
            and goes_on
            and self.last is not None
            and self.last.span.end <= line.span.start
            and continues(self.last, line, is_parted=self.is_parted)
        ):
            self.paragraphs[-1] = (*self.paragraphs[-1], line.span)
        else:
            self.paragraphs.append((line.span,))
        self.kind = kind
        self.last, self.is_parted, self.is_blank = line, False, False

    def _choice(self, line: TextLine) -> bool:
        """Whether a line is nothing but choices, which are the entry of the heading above it."""
        label = self.path.labels[-1] if self.path.labels else ""
        if not label or box_choice(line.text) is None:
            return False
        self._flush()
        found = marked(label, line.text, None)
        if found is not None:
            self.progress.append((found, self.path.labels))
        elif is_unchecked(line.text):
            self.draft.absent(self._here, label, line.span)
        cell = chosen_cell(Cell(header=label, span=line.span), self.draft.text)
        self.draft.add(self._here, PassageKind.ROW, (line.span,), item=label, cells=(cell,))
        return True

    def _figures(self, line: TextLine, found: FigureLine) -> None:
        """A line that is a row of figures."""
        cells = [Cell(header="", span=found.name_span)]
        cells.extend(
            Cell(header=one.header, span=one.span, fiscal_year=one.fiscal_year) for one in found.figures
        )
        place = self._here.during(one.fiscal_year for one in found.figures)
        self.draft.add(place, PassageKind.ROW, (line.span,), item=found.name, cells=tuple(cells))

    def _flush(self) -> None:
        in_order = sorted(self.paragraphs, key=lambda piece: piece[0].start)  # cells may be read by column
        spans: list[Span | Piece] = [p[0] if len(p) == 1 else p for p in in_order]
        self.draft.prose(self._here, spans, kind=self.kind)
        self.paragraphs = []
        self.last, self.header, self.is_parted, self.is_blank = None, (), False, False


def _is_year_label(key: str) -> bool:
    """Whether a label gives the year of a sheet, and not when its project began or ends."""
    return "年度" in key and _SPAN_OF_YEARS.search(key) is None


def _lists_pages(table: Table) -> bool:
    """Whether a table is a contents list: its last column is headed ページ."""
    last = table.rows[0].filled
    return bool(last) and heads_pages(last[-1].text)
