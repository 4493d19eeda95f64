"""総合計画: chapters with 現状と課題, 基本方針, 主な取り組み and tables of KGI and KPI.

A chapter's title and its first section are parted by the debris of icons (総合戦略, まち, ひと, SDGs), which
is dropped: of what stands between the end of one chapter and the next 現状と課題, the numbered title counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.coverage import LeftOutReason
from corpus.folding import match_key
from corpus.passage import PassageKind
from corpus.span import Span
from ingest.alignment import align
from ingest.blocks import Blank, Block, BlockDocument, Table, TextLine
from ingest.headers import header_of
from ingest.heading_rank import Rank
from ingest.headings import heading_of, squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of, span_of
from ingest.layouts.furniture import CONTENTS_TITLE
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.tables import fill_down, make_header, row_cells, row_label, years_in

# The section with which each chapter of a plan begins.
_OPENING = re.compile(r"現(状|況)(と|・|及び|および|や)?課題|現状|現況")
# The sections that chapters of plans have.
_SECTION = re.compile(
    rf"({_OPENING.pattern}"
    r"|((施策|計画|取り?組み?)の)?(基本)?(的な)?(方針|方向(性)?|目標)|目指す(べき)?姿"
    r"|(主な|主要|具体的な)(取り?組み?|事業|施策)(内容)?|施策の(内容|展開|体系)|関連(する)?(個別)?計画"
    r"|(成果|数値|目標|評価)?指標|(kgi|kpi)([(].*[)])?|用語(解説|の説明)?|(町民|市民|村民|住民|行政)の役割)"
)
_FIGURES = re.compile(r"kgi|kpi|.*指標")
_ACTIONS = re.compile(r"主な|主要|具体的な")
# A footnote that explains a term: 「※1 関係人口…移住した人でもなく」.
_FOOTNOTE = re.compile(r"[※＊*]\s*[0-9０-９]*\s*(?P<term>[^…：:]{1,40})(…+|\s*[：:])")
# What is written in the icons beside a chapter's title: the pillars of まち・ひと・しごと創生, goals of SDGs.
_ICON = re.compile(r"総合戦略|まち|ひと|しごと|いのち|もの|くらし|sdgs|[0-9]{1,2}")
_LONGEST_TITLE = 40
_NUMBERED = (Rank.CHAPTER, Rank.SECTION, Rank.NUMBER, Rank.NUMBER_OF_TWO)
_OF_WHOLE_PLAN = (Rank.PART, Rank.CHAPTER, Rank.GOAL, Rank.MEASURE)


class ComprehensivePlan:
    """Reads 総合計画."""

    name = "comprehensive_plan"
    document_kind = "総合計画"

    def score(self, document: BlockDocument) -> float:
        """Headings 現状と課題 and 方針 on lines of their own, then KGI, KPI or indicators over years."""
        lines = [b.text for b in document.blocks if isinstance(b, TextLine) and not b.bullet]
        keys = [match_key(text) for text in lines if len(text) <= _LONGEST_TITLE]
        openings = sum(1 for key in keys if _OPENING.fullmatch(key))
        if not openings:
            return 0.0
        policies = any("方針" in key and _SECTION.fullmatch(key) for key in keys)
        figures = any(_FIGURES.match(key) and _SECTION.fullmatch(key) for key in keys)
        measured = any(
            header and sum(column.fiscal_year is not None for column in header) >= 2
            for block in document.blocks
            if isinstance(block, Table)
            for header in (header_of(block.rows)[0],)
        )
        actions = any(_ACTIONS.match(key) and _SECTION.fullmatch(key) for key in keys)
        if not policies or not (figures or actions) or not _is_of_chapters(document.blocks):
            return 0.1 + 0.1 * (policies or figures)
        return 0.7 + 0.15 * measured + 0.1 * (openings > 1)

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read each chapter as a sheet."""
        draft = Draft(document)
        blocks = document.blocks
        chapters = list(_chapters(blocks))
        title, year = _front(blocks[: chapters[0].start] if chapters else blocks)
        first = chapters[0].start if chapters else len(blocks)
        front = [b for b in blocks[:first] if isinstance(b, TextLine)]
        draft.account.carry(*(line.span for line in front if squeezed(line.text) == title))
        draft.prose(Place(), [line.span for line in front if squeezed(line.text) != title])
        borders = pairwise([*(chapter.start for chapter in chapters), len(blocks)])
        for chapter, (_, end) in zip(chapters, borders, strict=True):
            _read_chapter(draft, chapter, end, year)
        part = chapters[0].path[0] if chapters and len(chapters[0].path) > 1 else ""
        return draft.finish(
            layout=self.name, document_kind=self.document_kind, title=title or part, fiscal_year=year
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chapter:
    """Where a chapter begins, where its first section begins, and its headings with the part's outermost."""

    start: int
    opening: int
    path: tuple[str, ...]
    title: str


def _chapters(blocks: Sequence[Block]) -> Iterator[_Chapter]:
    part = ""
    border = 0
    for opening, block in enumerate(blocks):
        if not isinstance(block, TextLine) or block.bullet or len(block.text) > _LONGEST_TITLE:
            continue
        if not _OPENING.fullmatch(match_key(block.text)):
            continue
        start = _title_region(blocks, border, opening)
        lines = [(i, b) for i, b in enumerate(blocks[start:opening], start) if isinstance(b, TextLine)]
        part = _part(lines) or part
        numbered = [(i, b) for i, b in lines if _is_numbered(b.text)]
        plain = [
            (i, b) for i, b in lines if (heading := heading_of(b.text)) is None or heading.rank > Rank.ROMAN
        ]
        _, line = (numbered or plain or [(opening, block)])[0]
        heading = heading_of(line.text)
        title = heading.title if heading and numbered else squeezed(line.text)
        label = heading.label if heading and numbered else title
        yield _Chapter(start=start, opening=opening, path=tuple(p for p in (part, label) if p), title=title)
        border = opening + 1


def _is_of_chapters(blocks: Sequence[Block]) -> bool:
    """Whether a document is a part of a plan: numbered chapters and nothing around them.

    A whole plan has chapters (第1章) without such sections, a contents list or tables before them.
    """
    chapters = list(_chapters(blocks))
    if not all(heading_of(chapter.path[-1]) for chapter in chapters if chapter.path):
        return False
    front = blocks[: chapters[0].start] if chapters else blocks
    if any(isinstance(block, Table) for block in front):
        return False
    lines = (
        b.text for b in blocks if isinstance(b, TextLine) and not b.bullet and len(b.text) <= _LONGEST_TITLE
    )
    return not any(CONTENTS_TITLE.fullmatch(text) or _rank(text) in _OF_WHOLE_PLAN for text in lines)


def _rank(text: str) -> int:
    heading = heading_of(text)
    return heading.rank if heading else 0


def _title_region(blocks: Sequence[Block], border: int, opening: int) -> int:
    """The first of the short lines that stand between earlier content and an opening section."""
    start = opening
    for index in range(opening - 1, border - 1, -1):
        block = blocks[index]
        if isinstance(block, Blank):
            continue
        content = not isinstance(block, TextLine) or block.bullet or len(block.text) > _LONGEST_TITLE
        if content or (isinstance(block, TextLine) and block.text.endswith("。")):
            break
        start = index
    return start


def _is_numbered(text: str) -> bool:
    heading = heading_of(text)
    return heading is not None and heading.rank in _NUMBERED and bool(heading.title)


def _part(lines: Sequence[tuple[int, TextLine]]) -> str:
    """The part 「Ⅲ 行財政と協働」, whose number and title may stand on two lines."""
    for position, (_, line) in enumerate(lines):
        heading = heading_of(line.text)
        if heading and heading.rank == Rank.NUMBER:
            break
        bare = re.fullmatch(r"[0-9０-９]{1,2}", line.text)
        if bare or (heading and heading.rank in (Rank.PART, Rank.ROMAN)):
            after = lines[position + 1][1].text if position + 1 < len(lines) else ""
            name = (heading.title if heading else "") or ("" if heading_of(after) else squeezed(after))
            return f"{heading.mark if heading else line.text} {name}".strip()
    return ""


def _front(blocks: Sequence[Block]) -> tuple[str, int | None]:
    """The document's title and year from the lines before the first chapter."""
    lines = [b.text for b in blocks if isinstance(b, TextLine) and len(b.text) <= _LONGEST_TITLE]
    title = next((squeezed(line) for line in lines if "計画" in line), "")
    years = [year for line in lines for year in years_in(line)]
    return title, min(years, default=None)


def _read_chapter(draft: Draft, chapter: _Chapter, end: int, year: int | None) -> None:
    blocks = draft.document.blocks
    tables = [header_of(b.rows)[0] for b in blocks[chapter.opening : end] if isinstance(b, Table)]
    years = {column.fiscal_year for header in tables for column in header if column.fiscal_year is not None}
    draft.sheets.append(
        ParsedSheet(
            title=chapter.title,
            identity=" ".join(chapter.path),
            departments=(),
            fiscal_years=tuple(sorted(years)),
            section_path=chapter.path[:-1],
            span=span_of(blocks, chapter.start, end),
        )
    )
    place = Place(
        sheet=len(draft.sheets) - 1,
        fiscal_years=(year,) if year is not None else (),
        section_path=chapter.path,
    )
    _read_region(draft, place, chapter)
    _read_sections(draft, place, blocks[chapter.opening : end])


def _read_region(draft: Draft, place: Place, chapter: _Chapter) -> None:
    """What stands before the first section: the chapter's titles, the debris of icons, or else a text."""
    region = draft.document.blocks[chapter.start : chapter.opening]
    lines = [block for block in region if isinstance(block, TextLine)]
    titles = [match_key(part) for part in chapter.path]
    others: list[Span] = []
    for line in lines:
        key = match_key(line.text)
        if any(title.startswith(key) or title.endswith(key) for title in titles):
            draft.account.carry(line.span)
        elif any(_ICON.fullmatch(match_key(one.text)) for one in lines) and "。" not in line.text:
            draft.account.leave(LeftOutReason.DEBRIS, line.span)
        else:
            others.append(line.span)
    draft.prose(place, others)


def _read_sections(draft: Draft, place: Place, blocks: Sequence[Block]) -> None:
    here = place
    spans: list[Span] = []
    kind = PassageKind.PROSE
    for block in blocks:
        if isinstance(block, Blank):
            continue
        label = _label(block)
        note = _FOOTNOTE.match(block.text) if isinstance(block, TextLine) else None
        changed = isinstance(block, TextLine) and _kind(block) is not kind
        if label or note or changed or isinstance(block, Table):
            draft.prose(here, spans, kind=kind)
            spans = []
        if label and isinstance(block, TextLine):
            draft.heading(place, label, block.span, is_field=True)
            here = place.under(label)
        elif note and isinstance(block, TextLine):
            draft.prose(place, (block.span,), kind=PassageKind.NOTE, item=note["term"].strip())
        elif isinstance(block, Table):
            _read_table(draft, here, block)
        elif isinstance(block, TextLine):
            kind = _kind(block)
            spans.append(block.span)
    draft.prose(here, spans, kind=kind)


def _kind(line: TextLine) -> PassageKind:
    return PassageKind.ITEM if line.bullet else PassageKind.PROSE


def _label(block: Block) -> str:
    if not isinstance(block, TextLine) or block.bullet:
        return ""
    heading = heading_of(block.text)
    title = heading.title if heading else squeezed(block.text)
    return title if _SECTION.fullmatch(match_key(title)) else ""


def _read_table(draft: Draft, place: Place, table: Table) -> None:
    """One passage a row; the row's first cell names the indicator."""
    header, height = header_of(table.rows)
    if not header:
        draft.warn(line_of(table), "表の見出し行が見つかりません。列の見出しなしで読み取りました。")
        header = make_header([""] * max(len(row.cells) for row in table.rows))
    rows = table.rows[height:]
    for row in table.rows[:height]:
        if any(below.filled for below in rows):
            draft.carry(row.filled)
        else:
            draft.account.leave(LeftOutReason.EMPTY_FIELD, *(cell.span for cell in row.filled))
    for source, row in zip(rows, fill_down(rows, 1), strict=True):
        if source.filled:
            aligned = align(row, header)
            draft.row(place, source.cells, row_cells(header, aligned), item=row_label(header, aligned))
