"""Any other document: headings make the section path, tables keep headers, chapters or forms are sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.coverage import LeftOutReason
from corpus.passage import PassageKind
from corpus.sheet import ProgressMark
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TextLine
from ingest.headings import HeadingPath, squeezed
from ingest.layouts.departments import departments_of
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import span_of
from ingest.layouts.form_fields import NAME_LABEL, OFFICE_LABEL, fields_of, offices_in_line
from ingest.layouts.furniture import CONTENTS_TITLE
from ingest.layouts.outline import NOTE, OUTER_RANK, Outline, outline_of
from ingest.layouts.paragraphs import continues
from ingest.layouts.plain_table import PlainTable
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import Piece
from ingest.tables import Header, column_year, label_key, years_in

_FIELD = re.compile(
    r".*(レビュー|評価|検証|課題|実績|成果|達成(度|状況)|進捗(状況)?|備考|意見|改善(点|策|内容)?|見直し|総括"
    r"|振り返り|今後の(方向性|展開|方針))$"
)
_LEGEND = re.compile(
    r"([◎○〇◯△▲×●☆]|(?<![A-Za-zＡ-Ｚ])[A-ESＡ-ＥＳ])\s*[:：=＝…]\s*([^\s、，,;；)）◎○〇△×]+)"
)


class Generic:
    """Reads a document of no known form."""

    name = "generic"
    document_kind = ""

    def score(self, document: BlockDocument) -> float:
        """Always a little: any other layout that knows the form is surer."""
        return 0.1

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read headings, prose, lists and tables."""
        draft = Draft(document)
        outline = outline_of(document.blocks)
        year = outline.fiscal_year
        reader = _Reader(draft, outline, Place(fiscal_years=(year,) if year is not None else ()))
        reader.read()
        return draft.finish(
            layout=self.name, document_kind=self.document_kind, title=outline.title, fiscal_year=year
        )


@dataclass(slots=True)
class _Reader:
    """The place in the document while it is read.

    Attributes:
        draft: what is written into.
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
        progress: marks of the current sheet.
        office: the departments that a line named, and the rank of the heading below which it stands.
        offices: all departments that lines of the current sheet named.
        legend: what the document says of its progress marks, once it was asked for.
    """

    draft: Draft
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
    progress: list[tuple[int | None, str]] = field(default_factory=list)
    office: tuple[int, tuple[str, ...]] = (0, ())
    offices: set[str] = field(default_factory=set)
    legend: dict[str, str] | None = None

    def read(self) -> None:
        """Read what stands before the first sheet, then the sheets."""
        blocks = self.draft.document.blocks
        starts = self.outline.starts
        self.place = self.outside
        self._region(blocks, 0, starts[0])
        for start, following in pairwise([*starts, len(blocks)]):
            end = self._end(start, following)
            self._open(blocks, start, end)
            self._region(blocks, start, end)
            self._close()
            self._region(blocks, end, following)

    def _end(self, start: int, following: int) -> int:
        """Where a form ends: at an outer heading, which belongs to what follows."""
        if not self.outline.by_form:
            return following
        outer = (i for i, (rank, _) in self.outline.headings.items() if rank <= OUTER_RANK)
        return next((i for i in outer if start < i < following), following)

    def _open(self, blocks: Sequence[Block], start: int, end: int) -> None:
        """Register a sheet; a form's own fields give its name, its department and its year."""
        headings, by_form = self.outline.headings, self.outline.by_form
        if by_form:
            self.path.close(OUTER_RANK + 1)
        tables = [block for block in blocks[start:end] if isinstance(block, Table)]
        pairs = [pair for table in tables for pair in fields_of(table.rows)]
        named = [value.text for key, value in pairs if NAME_LABEL.fullmatch(key)] if by_form else []
        offices = [value.text for key, value in pairs if OFFICE_LABEL.fullmatch(key)]
        offices = offices[:1] if by_form else offices if len(set(offices)) == 1 else []
        years = [column_year(value.text) for key, value in pairs if re.search("年度", key)] if by_form else []
        heading = headings[start][1] if start in headings else ""
        label = squeezed(next(iter(named), "")) or heading or self.outline.title
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
            self.legend = self.legend if self.legend is not None else self._legend()
            legend = self.legend
            own = next(iter(sheet.fiscal_years), self.outline.fiscal_year)
            marks = {year or own: mark for year, mark in reversed(self.progress)}
            self.draft.sheets[index] = replace(
                sheet,
                progress=tuple(
                    ProgressMark(fiscal_year=year, mark=mark, meaning=legend.get(mark, ""))
                    for year, mark in sorted(marks.items(), key=lambda one: one[0] or 0)
                    if year is not None
                ),
            )
        if index is not None and len(self.offices) == 1 and not self.draft.sheets[index].departments:
            sheet = self.draft.sheets[index]
            self.draft.sheets[index] = replace(sheet, departments=tuple(self.offices))
        self.progress, self.office, self.offices = [], (0, ()), set()
        self.place = self.outside

    def _legend(self) -> dict[str, str]:
        """What the document says that the marks mean, where it explains two of them in one place."""
        found: dict[str, str] = {}
        for line in self.draft.text.splitlines():
            told = _LEGEND.findall(line)
            found |= dict(told) if len(told) > 1 else {}
        return found

    def _region(self, blocks: Sequence[Block], start: int, end: int) -> None:
        for index in range(start, end):
            block = blocks[index]
            if isinstance(block, Blank):
                self.is_blank = True
            elif index in self.outline.furniture and isinstance(block, TextLine):
                self.draft.account.leave(LeftOutReason.RUNNING_HEADER, block.span)
                self.is_parted = True
            elif index in self.outline.headings and isinstance(block, TextLine):
                self._heading(block, *self.outline.headings[index])
            elif isinstance(block, Table):
                self._table(block)
            elif isinstance(block, TextLine) and self.outline.by_form and index in self.outline.starts:
                self.draft.account.carry(block.span)
            elif isinstance(block, TextLine):
                self._line(block, is_contents=index in self.outline.contents)
        self._flush()

    @property
    def _here(self) -> Place:
        labels = self.path.labels
        departments = self.office[1] or self.place.departments
        place = replace(self.place, section_path=labels, departments=departments)
        years = years_in(labels[-1]) if labels else ()
        return place.during(years) if len(years) == 1 else place

    def _heading(self, line: TextLine, rank: int, label: str) -> None:
        self._flush()
        self.path.close(rank)
        if rank <= self.office[0]:
            self.office = (0, ())
        self.draft.heading(self._here, label, line.span, is_field=bool(_FIELD.fullmatch(label)))
        self.path.enter(rank, label)

    def _table(self, table: Table) -> None:
        header = self.header
        self._flush()
        in_contents = bool(self.path.labels) and CONTENTS_TITLE.fullmatch(self.path.labels[-1]) is not None
        if in_contents or _lists_pages(table):
            spans = [cell.span for row in table.rows for cell in row.filled]
            self.draft.prose(self._here, spans, kind=PassageKind.CONTENTS)
            return
        place = self._here
        offices = {value.text for key, value in fields_of(table.rows) if OFFICE_LABEL.fullmatch(key)}
        if len(offices) == 1 and not place.departments:
            place = replace(place, departments=departments_of(offices.pop()))
        reader = PlainTable(self.draft, place)
        self.header = reader.read(table, header)
        self.progress.extend(reader.progress)

    def _line(self, line: TextLine, *, is_contents: bool) -> None:
        self.header = ()
        note = NOTE.match(line.text)
        front = self.place.sheet is None and not self.path.labels
        kind = PassageKind.CONTENTS if front or is_contents else PassageKind.PROSE
        goes_on = self.last is not None and (self.is_parted or not self.is_blank) and not is_contents
        if note:
            self._flush()
            place = replace(self.place, section_path=self.path.labels[:1])
            self.draft.prose(place, (line.span,), kind=PassageKind.NOTE, item=note["mark"].strip())
            return
        if self.paragraphs and kind is not self.kind:
            self._flush()
        offices = offices_in_line(line)
        if offices:
            self._flush()
            self.office = (self.path.rank, offices)
            self.offices.update(offices)
        if (
            self.paragraphs
            and goes_on
            and self.last is not None
            and continues(self.last, line, is_parted=self.is_parted)
        ):
            self.paragraphs[-1] = (*self.paragraphs[-1], line.span)
        else:
            self.paragraphs.append((line.span,))
        self.kind = kind
        self.last, self.is_parted, self.is_blank = line, False, False

    def _flush(self) -> None:
        spans: list[Span | Piece] = [p[0] if len(p) == 1 else p for p in self.paragraphs]
        self.draft.prose(self._here, spans, kind=self.kind)
        self.paragraphs = []
        self.last, self.header, self.is_parted, self.is_blank = None, (), False, False


def _lists_pages(table: Table) -> bool:
    """Whether a table is a contents list: its last column is headed ページ."""
    last = table.rows[0].filled
    return bool(last) and re.fullmatch(r"ページ|頁|p\.?", label_key(last[-1].text)) is not None
