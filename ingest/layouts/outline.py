"""The outline of a document of no known form: its headings, where its sheets begin, its title and year.

A line is a heading by its mark, or because it stands short above text; a mark whose next line is its sibling
is an entry of a list, not a heading. A sheet begins at a form's recurring title, at a recurring block of
fields that names one (事業名, 施策名), or else at the outermost headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.folding import match_key
from ingest.blocks import Blank, Block, Table, TextLine
from ingest.headings import heading_of, squeezed
from ingest.layouts.form_fields import NAME_LABEL, fields_of
from ingest.layouts.furniture import CONTENTS_TITLE, contents_of, furniture_of
from ingest.tables import years_in

NOTE = re.compile(r"(?P<mark>[※＊*]\s*[0-9０-９]*|[(（]?注\s*[0-9０-９]*(?:[)）][:：]?|[:：\s]))\s*\S")
_OUTER = re.compile(r"はじめに|おわりに|結びに|資料編?|参考(資料)?|付録|巻末資料|用語(集|解説)")
_ANNEX = re.compile(r"(資料|参考|別表|別紙|様式|図|表)\s*[0-9０-９一二三四五]+\s*\S.*")
_FORM_TITLE = re.compile(r".*(シート|票|調書|カルテ|個表|評価表|管理表|整理表|カード)$")
_DATE = re.compile(r".{0,12}年(度|[0-9０-９]+月.{0,6})?(版|策定|改訂|現在)?")
_NOUN_END = re.compile(r"[^ぁ-ん。、：:」）)]$|(り|み|い|え|し|け|め|こと|ため|など|ごと)$")
_CHAPTER_RANK, _NUMBER_RANK, _ALONE_RANK = 20, 50, 92
OUTER_RANK = 45
_LAST_NUMBER_RANK = 80
_SYMBOLS_OUTSIDE = {88: 51, 90: 52, 95: 53}
_OUTERMOST_FOR_SHEETS = 40
_LONGEST_ALONE = 30
_LONGEST_ABOVE_TEXT = 20

Headings = dict[int, tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What stands where, by the index of its block.

    Attributes:
        headings: rank and label.
        starts: where sheets begin, in order, at least one.
        by_form: whether sheets begin at forms and not at headings.
        furniture: page numbers and running headers.
        contents: lines of a contents list.
        title: the document's, empty if it has none.
        fiscal_year: the document's, None if it names none.
    """

    headings: Headings
    starts: tuple[int, ...]
    by_form: bool
    furniture: frozenset[int]
    contents: frozenset[int]
    title: str
    fiscal_year: int | None


def outline_of(blocks: Sequence[Block]) -> Outline:
    """Find headings, sheets and title."""
    furniture = furniture_of(blocks)
    contents = contents_of(blocks)
    forms = _form_titles(blocks)
    headings = {
        index: heading
        for index, heading in _nested(_headings(blocks, furniture | contents))
        if index not in forms
    }
    forms = forms or _form_tables(blocks, headings)
    starts = forms or _chapter_starts(headings)
    title, year = _front(blocks, min([*headings, *starts], default=len(blocks)), furniture)
    return Outline(
        headings=headings,
        starts=tuple(starts),
        by_form=bool(forms),
        furniture=furniture,
        contents=contents,
        title=title,
        fiscal_year=year,
    )


def _headings(blocks: Sequence[Block], others: frozenset[int]) -> Iterator[tuple[int, tuple[int, str]]]:
    """The blocks that are headings, each with its rank and label."""
    told = [(i, b) for i, b in enumerate(blocks) if not isinstance(b, Blank) and i not in others]
    found = [(index, _heading(blocks, index)) for index, _ in told]
    listed = -1
    for (index, heading), (after, following) in pairwise(found):
        if heading is None:
            continue
        sibling = following is not None and _NUMBER_RANK <= following[0] <= heading[0]
        entry = listed == heading[0] and _adjoins(blocks, index)
        if sibling or entry or (following is None and _runs_on(blocks, index, after)):
            listed = heading[0]
            continue
        listed = -1
        yield index, heading


def _nested(found: Iterable[tuple[int, tuple[int, str]]]) -> Iterator[tuple[int, tuple[int, str]]]:
    """Headings with symbols (◆, ●) stand above numbered ones where the document begins with symbols."""
    numbers_first: bool | None = None
    for index, (rank, label) in found:
        if numbers_first is None and (_NUMBER_RANK < rank <= _LAST_NUMBER_RANK or rank in _SYMBOLS_OUTSIDE):
            numbers_first = rank <= _LAST_NUMBER_RANK
        yield index, (rank if numbers_first else _SYMBOLS_OUTSIDE.get(rank, rank), label)


def _adjoins(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block above is a line, without a blank between."""
    return index > 0 and isinstance(blocks[index - 1], TextLine)


def _runs_on(blocks: Sequence[Block], index: int, after: int) -> bool:
    """Whether a marked line is the first of a sentence that the next line ends."""
    line, following = blocks[index], blocks[after]
    if after != index + 1 or not isinstance(line, TextLine) or not isinstance(following, TextLine):
        return False
    return len(line.text) >= _LONGEST_ALONE or re.search(r"[をにはがでとへやもて、]$", line.text) is not None


def _heading(blocks: Sequence[Block], index: int) -> tuple[int, str] | None:
    block = blocks[index]
    if not isinstance(block, TextLine) or block.bullet or len(block.text) > 120:
        return None
    if NOTE.match(block.text):
        return None
    text = squeezed(block.text)
    if CONTENTS_TITLE.fullmatch(text):
        return _ALONE_RANK, text
    if _OUTER.fullmatch(match_key(text)):
        return _CHAPTER_RANK, text
    if _ANNEX.fullmatch(text) and len(text) <= 60 and not text.endswith("。"):
        return _NUMBER_RANK, text
    marked = heading_of(text)
    if marked:
        return marked.rank, marked.label
    return (_ALONE_RANK, text) if index > 1 and _is_unmarked_heading(blocks, index, text) else None


def _is_unmarked_heading(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether a line without a mark stands short and alone, or short above a paragraph."""
    if len(text) > _LONGEST_ALONE or re.search(r"[。、：:]|[」）)]$|^[・\-―]", text) or _DATE.fullmatch(text):
        return False
    before = blocks[index - 1]
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(before, Blank) and isinstance(after, Blank | Table):
        return not years_in(text) or isinstance(after, Table)
    ended = not isinstance(before, TextLine) or before.text.endswith("。")
    above_text = isinstance(after, TextLine) and ("。" in after.text or len(after.text) > _LONGEST_ALONE)
    return ended and above_text and len(text) <= _LONGEST_ABOVE_TEXT and bool(_NOUN_END.search(text))


def _form_titles(blocks: Sequence[Block]) -> list[int]:
    """Where the title of a form recurs (事務事業評価シート); empty where none does."""
    lines = [
        (i, match_key(b.text))
        for i, b in enumerate(blocks)
        if isinstance(b, TextLine) and not b.bullet and len(b.text) <= 60
    ]
    counts = Counter(key for _, key in lines)
    forms = [key for key, count in counts.items() if count > 1 and _FORM_TITLE.fullmatch(key)]
    best = max(forms, key=lambda key: counts[key], default="")
    return [i for i, key in lines if key == best] if best else []


def _form_tables(blocks: Sequence[Block], headings: Headings) -> list[int]:
    """Where a table begins whose first rows name a sheet, if several do; with the headings above it."""
    named: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            for key in {key for key, value in fields_of(block.rows[:4]) if value.text}:
                if NAME_LABEL.fullmatch(key):
                    named.setdefault(key, []).append(index)
    several = [indices for indices in named.values() if len(indices) > 1]
    found: list[int] = []
    for index in max(several, key=len, default=[]):
        start = index
        while start and (isinstance(blocks[start - 1], Blank) or _is_inner(headings, start - 1)):
            start -= 1
        while isinstance(blocks[start], Blank):
            start += 1
        found.append(start)
    return found


def _is_inner(headings: Headings, index: int) -> bool:
    return index in headings and headings[index][0] > OUTER_RANK


def _chapter_starts(headings: Headings) -> list[int]:
    """Where the outermost headings stand, if there are several; else the beginning of it all."""
    chapters = {i: h for i, h in headings.items() if not CONTENTS_TITLE.fullmatch(h[1])}
    ranks = Counter(rank for rank, _ in chapters.values() if rank <= _OUTERMOST_FOR_SHEETS)
    if not ranks:
        ranks = Counter(rank for rank, _ in chapters.values() if rank <= _NUMBER_RANK)
    several = [rank for rank, count in ranks.items() if count > 1]
    return [i for i, (rank, _) in chapters.items() if rank == min(several)] if several else [0]


def _front(blocks: Sequence[Block], end: int, others: frozenset[int]) -> tuple[str, int | None]:
    """The document's title and its year, from the lines before the first heading."""
    told = [(i, b) for i, b in enumerate(blocks) if isinstance(b, TextLine) and i not in others]
    lines = [squeezed(b.text) for i, b in told if i < max(end, 1)] or [squeezed(b.text) for _, b in told][:1]
    title = next((line for line in lines if len(line) <= 60 and not line.endswith("。")), "")
    named = years_in(title) or next(
        (years for line in lines if len(line) <= 40 and (years := years_in(line))), ()
    )
    return title, max(named, default=None)
