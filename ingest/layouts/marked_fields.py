"""Progress marks in the fields of a form: a single mark, a letter, or the choice whose box is checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.passage import Cell
from corpus.span import Span
from ingest.cells import is_mark
from ingest.checked_box import box_choice
from ingest.layouts.form_fields import PROGRESS_LABEL
from ingest.tables import label_key

# A letter as a progress mark: A, B+, S.
_GRADE = re.compile(r"[A-ESＡ-ＥＳ][+＋-]?")
# What a form calls progress where boxes are checked; of marks these labels would say too little.
_REACHED = re.compile(r".*達成(の?(有無|度合い?|区分))?([(].*[)])?")
_DONE = re.compile(r".*((実施|取り?組み?|進行)状況|結果)([(].*[)])?")

# Labels of parts of the year, each with a mark of its own.
_PART_OF_YEAR = re.compile(r"(前期|後期|上半?期|下半?期|中間|(年度|期)末|第?[1-4]四半期)([(].*[)])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A progress mark met in a table.

    Attributes:
        fiscal_year: of its column or label, None where these name none.
        mark: as printed; of choices, the one that is checked.
        legend: all choices, empty for a mark.
        of_part: whether it is that of a part of the year (前期), to which a later part is the news.
        of_doing: whether the label asks what was done (実施状況), and not how far it has come.
    """

    fiscal_year: int | None
    mark: str
    legend: str = ""
    of_part: bool = False
    of_doing: bool = False


def _is_grade(text: str) -> bool:
    """Whether a cell holds a single progress mark: ◎ ○ △ ×, or a letter."""
    return len(text) <= 2 and (is_mark(text) or _GRADE.fullmatch(text) is not None)


def marked(label: str, text: str, fiscal_year: int | None) -> Marked | None:
    """The progress mark that a field holds, None where its label or its entry is none of progress."""
    key = label_key(label)
    if _is_grade(text):
        is_progress = PROGRESS_LABEL.fullmatch(key) is not None
        return Marked(fiscal_year=fiscal_year, mark=text) if is_progress else None
    found = box_choice(text)
    if found is None or found.chosen is None:
        return None
    is_progress = PROGRESS_LABEL.fullmatch(key) is not None or _REACHED.fullmatch(key) is not None
    if not is_progress and _DONE.fullmatch(key) is None:
        return None
    return Marked(fiscal_year=fiscal_year, mark=found.chosen, legend=found.legend, of_doing=not is_progress)


def marked_of_part(outer: str, part: str, text: str, fiscal_year: int | None) -> Marked | None:
    """The mark of a part of the year, whose label stands beside that of the field: 進捗状況, 前期."""
    if not outer or _PART_OF_YEAR.fullmatch(label_key(part)) is None:
        return None
    found = marked(outer, text, fiscal_year)
    return None if found is None else replace(found, of_part=True)


def marks_by_year(told: Iterable[tuple[Marked, tuple[str, ...]]], own: int | None) -> dict[int, Marked]:
    """The mark of each year: the first of one place, of parts of the year the last.

    Where places disagree, none of them is the sheet's.

    Args:
        told: the marks of a sheet in the order of the source, each with the headings above it.
        own: the sheet's or the document's year, for marks that name none.
    """
    first: dict[int, dict[tuple[str, ...], Marked]] = {}
    for one, path in sorted(told, key=lambda pair: pair[0].of_doing):
        year = one.fiscal_year or own
        if year is not None and not (one.of_doing and year in first):
            places = first.setdefault(year, {})
            if path not in places or (one.of_part and places[path].of_part):
                places[path] = one
    return {
        year: next(iter(marks.values()))
        for year, marks in first.items()
        if len({one.mark for one in marks.values()}) == 1
    }


def chosen_cell(cell: Cell, text: str) -> Cell:
    """A cell of choices cut down to the checked one, its entry; any other as it is."""
    found = box_choice(cell.span.of(text))
    if found is None or found.chosen is None:
        return cell
    start = cell.span.start
    return replace(cell, span=Span(start + found.span.start, start + found.span.end))


def is_unchecked(text: str) -> bool:
    """Whether a field prints its choices and none of them is checked: it has no entry."""
    found = box_choice(text)
    return found is not None and found.chosen is None
