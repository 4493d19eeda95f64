"""The points of a measure: a year's mark, figures and text, each with its citation and what changed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.citation import Citation
from corpus.errors import CitationError
from corpus.listing import ListedIndicator
from corpus.span import Span
from corpus.store_reader import StoreReader
from qa.aspect_words import Aspect
from qa.citations import cite
from qa.theme_search import Candidate, Town
from qa.track_changes import (
    Change,
    Reversal,
    key_of,
)
from qa.track_match import Certainty, Chain
from qa.track_notes import change_of, reversals_of
from qa.track_sighting import SeenPoint, SeenYear, Sighting, Told
from qa.track_texts import TEXT_ORDER

logger = logging.getLogger(__name__)

LONGEST = 240
MARK_HEADER = "達成度"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedValue:
    """A figure with the place of its characters."""

    listed: ListedIndicator
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A year of a measure.

    Attributes:
        fiscal_year: the year.
        mark: the progress mark, empty where the form leaves it blank or has none.
        meaning: what the document's legend says of the mark.
        mark_citation: where the mark stands, None without one.
        values: the figures.
        aspect: what the text tells, None without a text.
        citation: the text, verified, None where the year has none.
        change: what the year brought against the one before.
        source: the document that says it, by its file name.
    """

    fiscal_year: int
    mark: str
    meaning: str
    mark_citation: Citation | None
    values: tuple[CitedValue, ...]
    aspect: Aspect | None
    citation: Citation | None
    change: Change
    source: str

    @property
    def text(self) -> str:
        """The source's own words, empty where the year has none."""
        return self.citation.quote if self.citation else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A document that a measure was seen in.

    Attributes:
        key: see ``Sighting.key``.
        title: the measure's name in it.
        document: the document's title.
        fiscal_year: of the document.
        certainty: how sure it is that it goes on with the document before; sure for the first one.
    """

    key: str
    title: str
    document: str
    fiscal_year: int | None
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure over the years.

    Attributes:
        municipality: the town's name.
        municipality_code: its code.
        title: as the newest document has it.
        former_titles: other names that earlier documents have, newest first.
        department: as the newest document has it.
        points: by fiscal year.
        legend: marks and what they mean, by document where these differ.
        reversals: turns against the course, by year.
        certainty: how sure it is that the points belong together.
        seen: the documents that it was seen in, oldest first.
    """

    municipality: str
    municipality_code: str
    title: str
    former_titles: tuple[str, ...]
    department: str
    points: tuple[Point, ...]
    legend: tuple[tuple[str, str], ...]
    reversals: tuple[Reversal, ...]
    certainty: Certainty
    seen: tuple[Seen, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The titles of the documents, oldest first."""
        return tuple(one.document for one in self.seen)


def measure_of(store: StoreReader, town: Town, chain: Chain, years: tuple[int, ...] | None) -> Measure:
    """Put the sightings of a measure in one row of years, only those asked for where any are."""
    seen = _by_year(chain.sightings)
    newest = chain.sightings[-1]
    points: list[Point] = []
    before: SeenYear | None = None
    for year in sorted(seen):
        if years is None or year in years:
            points.append(_point(store, seen[year], before, chain, town))
        before = seen[year]
    kept = {point.fiscal_year for point in points}
    titles = dict.fromkeys(one.title for one in reversed(chain.sightings))
    return Measure(
        municipality=town.name,
        municipality_code=town.code,
        title=newest.title,
        former_titles=tuple(title for title in titles if title != newest.title),
        department=newest.department,
        points=tuple(points),
        legend=tuple(dict.fromkeys(pair for one in chain.sightings for pair in one.legend)),
        reversals=tuple(one for one in reversals_of(seen, chain) if one.fiscal_year in kept),
        certainty=chain.certainty,
        seen=tuple(_seen(chain)),
    )


def _seen(chain: Chain) -> Iterator[Seen]:
    for one, certainty in zip(chain.sightings, (Certainty.SURE, *chain.links), strict=True):
        yield Seen(
            key=one.key,
            title=one.title,
            document=one.document.title,
            fiscal_year=one.document.fiscal_year,
            certainty=certainty,
        )


def _by_year(sightings: Sequence[Sighting]) -> dict[int, SeenYear]:
    """Each year as the newest document tells it; what only an older one tells of the year is kept beside."""
    found: dict[int, SeenYear] = {}
    for sighting in sightings:
        for point in sighting.points:
            older = found.get(point.fiscal_year)
            if older is None:
                found[point.fiscal_year] = SeenYear(point=point, sighting=sighting)
                continue
            told = {**older.point.told, **point.told}
            values = _newest_values(older.point, point)
            mark = point.mark if point.mark and point.mark.mark else older.point.mark
            joined = replace(point, mark=mark, told=told, values=values)
            found[point.fiscal_year] = SeenYear(point=joined, sighting=sighting)
    return found


def _newest_values(older: SeenPoint, newer: SeenPoint) -> tuple[tuple[Candidate, ListedIndicator], ...]:
    held = {key_of(value) for _, value in newer.values}
    return (*newer.values, *(pair for pair in older.values if key_of(pair[1]) not in held))


def _point(store: StoreReader, seen: SeenYear, before: SeenYear | None, chain: Chain, town: Town) -> Point:
    point = seen.point
    told = _shown(point.told)
    mark = point.mark.mark if point.mark else ""
    return Point(
        fiscal_year=point.fiscal_year,
        mark=mark,
        meaning=point.mark.meaning if point.mark else "",
        mark_citation=_mark_citation(store, seen) if mark else None,
        values=tuple(_cited_values(store, point.values)),
        aspect=told.aspect if told else None,
        citation=_text_citation(store, told) if told else None,
        change=change_of(seen, before, chain, town),
        source=seen.sighting.document.source,
    )


def _shown(told: Mapping[Aspect, Told]) -> Told | None:
    return next((told[aspect] for aspect in TEXT_ORDER if aspect in told), None)


def _text_citation(store: StoreReader, told: Told) -> Citation | None:
    """The statements as one quotation, as many from the first on as are not too long."""
    first = told.pieces[0]
    end = first.span.end
    for piece in told.pieces[1:]:
        if piece.span.end - first.span.start > LONGEST:
            break
        end = piece.span.end
    span = Span(first.span.start, end)
    return _citation(store, told.candidate, span, told.candidate.passage.at(span))


def _cited_values(
    store: StoreReader, values: Sequence[tuple[Candidate, ListedIndicator]]
) -> Iterator[CitedValue]:
    for candidate, value in values:
        span = value.indicator.span
        if any(segment.contains(span) for segment in candidate.passage.segments):
            citation = _citation(store, candidate, span, candidate.passage.at(span))
            if citation is not None:
                year = value.indicator.fiscal_year
                yield CitedValue(listed=value, citation=replace(citation, fiscal_year=year))


def _mark_citation(store: StoreReader, seen: SeenYear) -> Citation | None:
    """Where the mark of the year stands in the sheet."""
    mark, year = seen.point.mark, seen.point.fiscal_year
    candidate = _some_candidate(seen)
    if mark is None or candidate is None or candidate.sheet is None:
        return None
    document_id, ordinal = candidate.passage.document_id, candidate.sheet.ordinal
    for passage in store.passages_with_header(document_id, ordinal, MARK_HEADER):
        for cell in passage.cells:
            if cell.fiscal_year == year and cell.text.strip() == mark.mark:
                found = _citation(store, replace(candidate, passage=passage), cell.span, cell.text)
                return replace(found, fiscal_year=year) if found else None
    return None


def _some_candidate(seen: SeenYear) -> Candidate | None:
    told = _shown(seen.point.told)
    if told is not None:
        return told.candidate
    return seen.point.values[0][0] if seen.point.values else None


def _citation(store: StoreReader, candidate: Candidate, span: Span, quote: str) -> Citation | None:
    try:
        return cite(store, candidate.hit(1), 1, quote, span)
    except CitationError as exc:
        logger.warning("%s", exc)
        return None
