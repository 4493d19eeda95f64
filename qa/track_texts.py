"""The texts and figures of a sheet by fiscal year, and what its document says of its marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from corpus.document import Document
from corpus.listing import ListedIndicator
from corpus.passage import Passage, PassageKind
from corpus.store_reader import StoreReader
from qa.aspect_pieces import Piece, pieces_of
from qa.aspect_words import Aspect
from qa.compare_figures import figures_of
from qa.theme_search import Candidate
from qa.track_changes import MARKS
from qa.track_sighting import Told

TEXT_ORDER = (Aspect.OUTCOME, Aspect.ACTION, Aspect.POLICY, Aspect.ISSUE)
"""Which text of a year is shown: what came of it before what was planned."""


class SheetTexts:
    """The passages and legends of sheets, each document read once."""

    def __init__(self, store: StoreReader) -> None:
        self.store = store
        self._passages: dict[str, dict[int | None, list[Passage]]] = {}
        self._legends: dict[str, tuple[tuple[str, str], ...]] = {}

    def passages(self, document_id: str, ordinal: int) -> list[Passage]:
        """The passages of a sheet, in source order."""
        if document_id not in self._passages:
            by_sheet: dict[int | None, list[Passage]] = defaultdict(list)
            for one in self.store.passages_of(document_id):
                by_sheet[one.sheet_ordinal].append(one)
            self._passages[document_id] = by_sheet
        return self._passages[document_id].get(ordinal, [])

    def legend(self, document_id: str) -> tuple[tuple[str, str], ...]:
        """The marks of a document with what it says of them, best first."""
        if document_id not in self._legends:
            found = {
                mark.mark: mark.meaning
                for sheet in self.store.sheets(document_id)
                for mark in sheet.progress
                if mark.mark and mark.meaning
            }
            order = sorted(found, key=lambda mark: (-MARKS.get(mark, -1), mark))
            self._legends[document_id] = tuple((mark, found[mark]) for mark in order)
        return self._legends[document_id]


def beside(candidate: Candidate, passage: Passage) -> Candidate:
    """Another passage of the candidate's sheet."""
    return Candidate(
        row_id=0,
        passage=passage,
        document=candidate.document,
        sheet=candidate.sheet,
        standing=candidate.standing,
        words=0.0,
        meaning=0.0,
    )


def values_by_year(
    store: StoreReader, passages: Iterable[Candidate]
) -> dict[int, list[tuple[Candidate, ListedIndicator]]]:
    """The figures of a sheet's rows by fiscal year, each with its passage."""
    found: dict[int, list[tuple[Candidate, ListedIndicator]]] = defaultdict(list)
    for one in passages:
        if one.passage.kind is not PassageKind.ROW:
            continue
        for value in figures_of(store, [one], most=100, every=True):
            if value.indicator.fiscal_year is not None:
                found[value.indicator.fiscal_year].append((one, value))
    return found


def told_by_year(passages: Iterable[Candidate], document: Document) -> dict[int, dict[Aspect, Told]]:
    """The first text of each aspect and year; a text that spans several years belongs to the document's."""
    found: dict[int, dict[Aspect, Told]] = defaultdict(dict)
    for one in passages:
        years = one.passage.fiscal_years
        year = years[0] if len(years) == 1 else document.fiscal_year
        if year is None or (one.passage.kind is PassageKind.ROW and len(years) > 1):
            continue
        for told in _told(one):
            if len(years) == 1 or year not in found or told.aspect not in found[year]:
                found[year].setdefault(told.aspect, told)
    per_year = {year for year, texts in found.items() if any(_dated(told) for told in texts.values())}
    if per_year:  # a form with a column a year: what spans them all is no news of one year
        return {
            year: {aspect: told for aspect, told in texts.items() if _dated(told)}
            for year, texts in found.items()
            if year in per_year
        }
    return found


def _dated(told: Told) -> bool:
    passage = told.candidate.passage
    return passage.kind is PassageKind.CELL and len(passage.fiscal_years) == 1


def _told(candidate: Candidate) -> Iterator[Told]:
    by_aspect: dict[tuple[Aspect, int], list[Piece]] = defaultdict(list)
    for piece in pieces_of(candidate.passage):
        if piece.aspect is not None:
            by_aspect[piece.aspect, piece.place].append(piece)
    for (aspect, _), pieces in by_aspect.items():
        yield Told(candidate=candidate, aspect=aspect, pieces=tuple(pieces))
