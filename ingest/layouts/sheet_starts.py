"""Where the sheets of a document of no known form begin.

At titles that each name a department, at a form's recurring title, at a recurring block of fields that names
one (事業名, 施策名), at headings that stand each above the same labels, or else at the outermost headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from corpus.folding import match_key
from ingest.blocks import Blank, Block, Table, TextLine
from ingest.heading_rank import Rank
from ingest.layouts.form_fields import NAME_LABEL, OFFICE_LABEL, SUBJECT_LABEL, fields_of
from ingest.layouts.form_tops import with_tops
from ingest.layouts.furniture import CONTENTS_TITLE
from ingest.layouts.measures import SheetStarts, with_measures
from ingest.layouts.nesting import SYMBOLS_OUTSIDE
from ingest.layouts.outline_headings import Headings
from ingest.tables import label_key

# How the title of a form ends.
_FORM_TITLE = re.compile(r".*(シート|票|調書|カルテ|個表|評価表|管理表|整理表|カード)$")
# Labels of the name of the one project or measure that a document of one form is about.
_NAME_OF_FORM = re.compile(r"(事務事業|事業|施策|取り?組み?|業務)(名称?|の名称)")
OUTER_RANK = Rank.GOAL
_OUTERMOST_FOR_SHEETS = Rank.ROMAN
_INNERMOST_FOR_SHEETS = Rank.NUMBER_OF_TWO
_LEAST_LABELS = 3
_FIRST_ROWS = 4
_TITLED = ("",)
_SYMBOL_RANKS = frozenset(SYMBOLS_OUTSIDE.values())


def sheet_starts(blocks: Sequence[Block], headings: Headings, titles: Collection[int]) -> SheetStarts:
    """Find where sheets begin.

    Args:
        blocks: of the document.
        headings: of the document, the titles of forms not among them.
        titles: where the title of a form recurs.
    """
    offices = tuple(i for i, (rank, _) in headings.items() if rank == Rank.DEPARTMENT)
    if offices:
        return SheetStarts(starts=offices)
    forms = sorted(titles) or _form_tables(blocks, headings) or _single_form(blocks, headings)
    if forms:
        return SheetStarts(starts=with_tops(blocks, forms), by_form=True)
    alike = _alike_below_headings(blocks, headings)
    if alike:
        return SheetStarts(starts=alike)
    chapters = _chapters(blocks, headings)
    return with_measures(blocks, headings, chapters.starts) or chapters


def form_titles(blocks: Sequence[Block]) -> list[int]:
    """Where the title of a form recurs (事務事業評価シート); empty where none does.

    A line is a form's title by its last word, or because each time a table that names a sheet or its
    department follows it.
    """
    lines = [
        (i, match_key(b.text))
        for i, b in enumerate(blocks)
        if isinstance(b, TextLine) and not b.bullet and len(b.text) <= 60
    ]
    counts = Counter(key for _, key in lines)
    forms = [key for key, count in counts.items() if count > 1 and _FORM_TITLE.fullmatch(key)]
    if not forms:
        often = {key for key, count in counts.items() if count > 1}
        named: dict[str, list[bool]] = {}
        for index, key in lines:
            if key in often:
                named.setdefault(key, []).append(_names_a_sheet(blocks, index + 1))
        forms = [key for key, found in named.items() if all(found)]
    best = max(forms, key=lambda key: counts[key], default="")
    return [i for i, key in lines if key == best] if best else []


def _names_a_sheet(blocks: Sequence[Block], index: int) -> bool:
    """Whether the next block is a table whose first row names a sheet or a department."""
    while index < len(blocks) and isinstance(blocks[index], Blank):
        index += 1
    block = blocks[index] if index < len(blocks) else None
    if not isinstance(block, Table):
        return False
    keys = [key for key, value in fields_of(block.rows[:1]) if value.text]
    return any(NAME_LABEL.fullmatch(key) or OFFICE_LABEL.fullmatch(key) for key in keys)


def _form_tables(blocks: Sequence[Block], headings: Headings) -> list[int]:
    """Where a table begins whose first rows name a sheet, if several do; with the headings above it.

    Where no table names a sheet, those that name a department begin one, if nothing else parts the document.
    """
    labels = {
        index: dict.fromkeys(key for key, value in fields_of(block.rows[:_FIRST_ROWS]) if value.text)
        for index, block in enumerate(blocks)
        if isinstance(block, Table)
    }
    named: dict[str, list[int]] = {}
    for index, key in ((index, key) for index, keys in labels.items() for key in keys):
        if NAME_LABEL.fullmatch(key):
            named.setdefault(key.rstrip("0123456789"), []).append(index)
    several = [indices for indices in named.values() if len(indices) > 1]
    if not several and not any(rank <= _INNERMOST_FOR_SHEETS for rank, _ in headings.values()):
        offices = [index for index, keys in labels.items() if any(map(OFFICE_LABEL.fullmatch, keys))]
        several = [offices] if len(offices) > 1 else []
    sections = _sections(blocks, headings)
    return [_above(blocks, headings, index, sections) for index in max(several, key=len, default=[])]


def _above(blocks: Sequence[Block], headings: Headings, table: int, sections: Collection[str]) -> int:
    """Where the headings begin that stand above a form's table and belong to it."""
    start = table
    while start and (isinstance(blocks[start - 1], Blank) or _is_inner(headings, start - 1)):
        if start - 1 in headings and headings[start - 1][1] in sections:
            break  # the last section of the form above, left empty
        start -= 1
    while isinstance(blocks[start], Blank):
        start += 1
    return start


def _single_form(blocks: Sequence[Block], headings: Headings) -> list[int]:
    """The beginning of a document that is one form: before any heading, fields name a project or measure."""
    for index, block in enumerate(blocks):
        if index in headings:
            return []
        if isinstance(block, Table) and len(block.rows) > 1:
            fields = [key for key, value in fields_of(block.rows) if value.text]
            named = any(_NAME_OF_FORM.fullmatch(key) or SUBJECT_LABEL.fullmatch(key) for key in fields)
            return [0] if named and any(OFFICE_LABEL.fullmatch(key) for key in fields) else []
    return []


def _sections(blocks: Sequence[Block], headings: Headings) -> frozenset[str]:
    """The labels of headings right below which text stands somewhere: they are of sections, not of forms."""
    return frozenset(
        label
        for index, (_, label) in headings.items()
        if index + 1 < len(blocks) and isinstance(blocks[index + 1], TextLine) and index + 1 not in headings
    )


def _is_inner(headings: Headings, index: int) -> bool:
    return index in headings and headings[index][0] > OUTER_RANK


def _alike_below_headings(blocks: Sequence[Block], headings: Headings) -> tuple[int, ...]:
    """Headings of one rank, each right above a table with the same labels at its left, or that is one field.

    That field names the department: so a form's first row is read that gives a number and a title beside it.
    """
    found: dict[tuple[int, tuple[str, ...]], list[int]] = {}
    above = -1
    for index, block in enumerate(blocks):
        if index in headings:
            above = index
        elif isinstance(block, Table):
            labels = tuple(label_key(row.cells[0].text) for row in block.rows)
            is_form = len(set(labels)) >= _LEAST_LABELS and all(len(row.filled) <= 2 for row in block.rows)
            if above >= 0 and above == index - 1 and _names_an_office(block):
                found.setdefault((headings[above][0], _TITLED), []).append(above)
            elif is_form and above >= 0:
                found.setdefault((headings[above][0], labels), []).append(above)
            above = -1
    several = [starts for starts in found.values() if len(starts) > 1]
    return tuple(sorted(several, key=len)[-1]) if several else ()


def _names_an_office(table: Table) -> bool:
    """Whether a table is one field, which names a department."""
    fields = [key for key, value in fields_of(table.rows) if value.text]
    return len(table.rows) == 1 and len(fields) == 1 and OFFICE_LABEL.fullmatch(fields[0]) is not None


def _chapters(blocks: Sequence[Block], headings: Headings) -> SheetStarts:
    """Where the outermost headings that there are several of stand; else the beginning of it all.

    Chapters of parts (第1章 in 第1編) are sheets rather than the parts; the first of a part begins at it.
    """
    chapters = {i: rank for i, (rank, label) in headings.items() if not CONTENTS_TITLE.fullmatch(label)}
    outer = Counter(rank for rank in chapters.values() if rank <= _OUTERMOST_FOR_SHEETS)
    inner = Counter(r for r in chapters.values() if r <= _INNERMOST_FOR_SHEETS and r not in _SYMBOL_RANKS)
    several = [rank for rank, count in (outer or inner).items() if count > 1]
    several = several or [rank for rank, count in inner.items() if count > 1]
    if not several:
        return SheetStarts(starts=(0,))
    rank = min(several)
    if rank == Rank.PART and inner[Rank.CHAPTER] > 1:
        return _with_parts(blocks, chapters)
    return SheetStarts(starts=tuple(i for i, one in chapters.items() if one == rank))


def _with_parts(blocks: Sequence[Block], chapters: dict[int, int]) -> SheetStarts:
    """Where parts and chapters begin; a chapter right below its part begins at the part."""
    marks = [(i, rank) for i, rank in chapters.items() if rank in (Rank.PART, Rank.CHAPTER)]
    starts: list[int] = []
    titles: dict[int, int] = {}
    for (index, rank), (before, rank_before) in zip(marks, [(-1, 0), *marks], strict=False):
        below = rank == Rank.CHAPTER and rank_before == Rank.PART
        if below and all(isinstance(block, Blank) for block in blocks[before + 1 : index]):
            titles[before] = index
        else:
            starts.append(index)
    return SheetStarts(starts=tuple(starts), titles=titles)
