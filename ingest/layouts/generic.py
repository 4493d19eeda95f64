"""Any other document: headings make the section path, tables keep their headers, chapters are sheets.

A line is a heading by its mark, or because it stands alone and short; a mark whose next line is its sibling
is an entry of a list, not a heading. Where nothing opens sheets, the document is one sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.folding import match_key
from corpus.passage import PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableRow, TextLine
from ingest.headings import HeadingPath, heading_of, squeezed
from ingest.layouts.departments import departments_of
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import span_of
from ingest.layouts.plain_table import PlainTable
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.tables import (
    column_year,
    label_key,
    years_in,
)

_OUTER = re.compile(r"はじめに|おわりに|結びに|資料編?|参考(資料)?|付録|巻末資料|目次|用語(集|解説)")
_ANNEX = re.compile(r"(資料|参考|別表|別紙|様式|図|表)\s*[0-9０-９一二三四五]+\s*\S.*")
_NOTE = re.compile(r"(?P<mark>[※＊*]\s*[0-9０-９]*|[(（]?注\s*[0-9０-９]*[)）]?[:：\s])\s*\S")
_NAME_LABEL = re.compile(
    r"(事務事業|事業|施策|取り?組み?|政策|業務|件|計画|課題|シート)名称?|(取り?組み?)項目"
)
_OFFICE_LABEL = re.compile(r"(担当|所管|実施|主管|所属|推進)(部)?(課|部署|所属|部局)名?|部署名?")
_CHAPTER_RANK, _NUMBER_RANK, _ALONE_RANK = 20, 50, 92
_OUTERMOST_FOR_SHEETS = 40
_LONGEST_ALONE = 30


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
        blocks = document.blocks
        headings = dict(_headings(blocks))
        starts = _form_starts(blocks)
        headings = {index: heading for index, heading in headings.items() if index not in starts}
        starts = starts or _chapter_starts(headings)
        title, year = _front(blocks, min([*headings, *starts], default=len(blocks)))
        place = Place(fiscal_years=(year,) if year is not None else ())
        if starts[0] > 0:
            _Section(draft, place, headings, title).read(blocks, 0, starts[0])
        for start, end in pairwise([*starts, len(blocks)]):
            sheet = _open_sheet(draft, place, headings, start, end, title)
            _Section(draft, sheet, headings, title).read(blocks, start, end)
        return draft.finish(layout=self.name, document_kind=self.document_kind, title=title, fiscal_year=year)


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, tuple[int, str]]]:
    """The blocks that are headings, each with its rank and label."""
    found = [(i, _heading(blocks, i)) for i, block in enumerate(blocks) if not isinstance(block, Blank)]
    for (index, heading), (_, following) in pairwise(found):
        if heading and not (following and _NUMBER_RANK <= following[0] <= heading[0]):
            yield index, heading


def _heading(blocks: Sequence[Block], index: int) -> tuple[int, str] | None:
    block = blocks[index]
    if not isinstance(block, TextLine) or block.bullet or _NOTE.match(block.text):
        return None
    text = squeezed(block.text)
    if _OUTER.fullmatch(match_key(text)):
        return _CHAPTER_RANK, text
    if _ANNEX.fullmatch(text) and len(text) <= 60 and not text.endswith("。"):
        return _NUMBER_RANK, text
    marked = heading_of(text)
    if marked:
        return marked.rank, marked.label
    alone = index > 0 and isinstance(blocks[index - 1], Blank)
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    short = (
        len(text) <= _LONGEST_ALONE
        and not years_in(text)
        and not re.search(r"[。、：:」）)]$|^[・\-―]", text)
    )
    if alone and short and isinstance(after, Blank | Table) and index > 1:
        return _ALONE_RANK, text
    return None


def _form_starts(blocks: Sequence[Block]) -> list[int]:
    """Where the title of a form recurs (事務事業評価シート); empty where none does."""
    lines = [(i, match_key(b.text)) for i, b in enumerate(blocks) if isinstance(b, TextLine) and not b.bullet]
    counts = Counter(key for _, key in lines)
    forms = [
        key for key, count in counts.items() if count > 2 and re.search(r"(シート|票|調書|カルテ|個表)$", key)
    ]
    return [i for i, key in lines if key == forms[0]] if forms else []


def _chapter_starts(headings: dict[int, tuple[int, str]]) -> list[int]:
    """Where the outermost headings stand, if there are several; else the beginning of it all."""
    ranks = Counter(rank for rank, _ in headings.values() if rank <= _OUTERMOST_FOR_SHEETS)
    several = [rank for rank, count in ranks.items() if count > 1]
    if several:
        return [i for i, (rank, _) in headings.items() if rank == min(several)]
    return [0]


def _front(blocks: Sequence[Block], end: int) -> tuple[str, int | None]:
    """The document's title and its year, from the lines before the first heading."""
    lines = [squeezed(b.text) for b in blocks[: max(end, 1)] if isinstance(b, TextLine)]
    if not lines:
        lines = [squeezed(b.text) for b in blocks if isinstance(b, TextLine)][:1]
    title = next((line for line in lines if len(line) <= 60 and not line.endswith("。")), "")
    named = years_in(title) or next(
        (years for line in lines if len(line) <= 40 and (years := years_in(line))), ()
    )
    return title, max(named, default=None)


def _open_sheet(
    draft: Draft, place: Place, headings: dict[int, tuple[int, str]], start: int, end: int, title: str
) -> Place:
    """Register a sheet; a form's own fields give its name, its department and its year."""
    blocks = draft.document.blocks
    pairs = {label_key(r.filled[0].text): r.filled[1].text for r in _pairs(blocks[start:end])}
    form = start not in headings
    name = next((value for key, value in pairs.items() if form and _NAME_LABEL.fullmatch(key)), "")
    office = next((value for key, value in pairs.items() if form and _OFFICE_LABEL.fullmatch(key)), "")
    year = next((column_year(value) for key, value in pairs.items() if form and re.search("年度", key)), None)
    here = replace(
        place.during((year,)),
        sheet=len(draft.sheets),
        departments=departments_of(office),
    )
    label = squeezed(name) or (headings[start][1] if start in headings else title)
    draft.sheets.append(
        ParsedSheet(
            title=label,
            identity=label if start in headings else f"{label} {len(draft.sheets) + 1}",
            departments=here.departments,
            fiscal_years=here.fiscal_years,
            section_path=(),
            span=span_of(blocks, start, end),
        )
    )
    return here


def _pairs(blocks: Sequence[Block]) -> Iterator[TableRow]:
    for block in blocks:
        if isinstance(block, Table):
            yield from (row for row in block.rows if len(row.filled) == 2)


@dataclass(slots=True)
class _Section:
    """The current headings and the running text below them, within one sheet or in front of all."""

    draft: Draft
    place: Place
    headings: dict[int, tuple[int, str]]
    title: str
    path: HeadingPath = field(default_factory=HeadingPath)
    spans: list[Span] = field(default_factory=list)

    def read(self, blocks: Sequence[Block], start: int, end: int) -> None:
        """Read the blocks of a sheet."""
        for index in range(start, end):
            block = blocks[index]
            if index in self.headings:
                self._flush()
                self.path.enter(*self.headings[index])
            elif isinstance(block, Table):
                self._flush()
                PlainTable(self.draft, self._here).read(block)
            elif isinstance(block, TextLine):
                self._line(block)
        self._flush()

    @property
    def _here(self) -> Place:
        return replace(self.place, section_path=self.path.labels)

    def _flush(self) -> None:
        front = self.place.sheet is None and not self.path.labels
        self.draft.prose(self._here, self.spans, kind=PassageKind.CONTENTS if front else PassageKind.PROSE)
        self.spans = []

    def _line(self, line: TextLine) -> None:
        note = _NOTE.match(line.text)
        if note:
            self._flush()
            place = replace(self.place, section_path=self.path.labels[:1])
            self.draft.prose(place, (line.span,), kind=PassageKind.NOTE, item=note["mark"].strip())
        else:
            self.spans.append(line.span)
