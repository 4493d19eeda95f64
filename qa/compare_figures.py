"""The indicators of a theme in one town: rows of figures whose name, measure or sheet is about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.indicator import Indicator, IndicatorRole
from corpus.listing import IndicatorLabels, ListedIndicator
from corpus.passage import PassageKind
from corpus.store_reader import StoreReader
from qa.theme_search import Candidate
from qa.theme_standing import LEAST, SAID, TITLE, TOGETHER

MOST_ROWS = 4
WORDS_ONLY = 3
MOST_READ = 10
_CODE = re.compile(r"^\d{2,8}[\s\u3000]+")
Row = tuple[int, float, int, list[ListedIndicator]]
DASHES = frozenset("-‐‑–—―－ー−")
_ORDER = {IndicatorRole.BUDGET: 2, IndicatorRole.SETTLEMENT: 2, IndicatorRole.EFFECT: 1}


def figures_of(
    store: StoreReader, candidates: Sequence[Candidate], most: int = MOST_ROWS, *, every: bool = False
) -> list[ListedIndicator]:
    """The values of the rows that are about the theme, the best row first, each row by year.

    A row of dashes is left out; amounts of money come behind what is counted.

    Args:
        store: where the values are.
        candidates: the passages to look at.
        most: how many rows at the most.
        every: whether rows count that do not say the theme themselves.
    """
    rows: list[Row] = []
    told = [one for one in candidates if one.passage.kind is PassageKind.ROW and (every or _may_tell(one))]
    read = told[:MOST_READ]
    held: dict[str, list[Indicator]] = {}
    for one in store.indicators([candidate.passage.passage_id for candidate in read]):
        held.setdefault(one.passage_id, []).append(one)
    for number, candidate in enumerate(read):
        found = held.get(candidate.passage.passage_id, ())
        for _, values in groupby(found, key=lambda one: one.name):
            kept = [one for one in values if _says_something(one)]
            worth = max((_worth(candidate, one) for one in kept), default=0.0)
            if kept and (every or worth >= LEAST):
                order = min(_ORDER.get(one.role, 0) for one in kept)
                order += 0 if any(one.value is not None for one in kept) else WORDS_ONLY
                rows.append((order, -worth, number, [listed(candidate, one) for one in kept]))
    rows.sort(key=lambda row: row[:3])
    return [one for values in _joined(rows)[:most] for one in _by_year(values)]


def _joined(rows: Sequence[Row]) -> list[list[ListedIndicator]]:
    """The rows, those of one name and measure in several documents as one: the newest tells each year."""
    found: dict[tuple[str, ...], dict[tuple[object, ...], tuple[int, ListedIndicator]]] = {}
    for _, _, _, values in rows:
        for one in values:
            indicator, labels = one.indicator, one.labels
            row = found.setdefault(
                tuple(match_key(_CODE.sub("", t)) for t in (labels.measure, labels.name)), {}
            )
            place = (indicator.fiscal_year, indicator.role, indicator.fiscal_year is None and indicator.span)
            newest = max(indicator.fiscal_year or 0, _stated(one.title))
            if place not in row or newest > row[place][0]:
                row[place] = (newest, one)
    return [[one for _, one in row.values()] for row in found.values()]


@lru_cache(maxsize=4_000)
def _stated(title: str) -> int:
    """The latest fiscal year that a document's title names, 0 for none."""
    return max((year.fiscal_year for year in find_fiscal_years(title)), default=0)


def listed(candidate: Candidate, one: Indicator) -> ListedIndicator:
    """An indicator with what stands over it."""
    sheet = candidate.sheet.title if candidate.sheet else ""
    document = candidate.document
    return ListedIndicator(
        indicator=one,
        labels=IndicatorLabels(
            name=one.name,
            measure=one.measure or sheet,
            sheet=sheet,
            section_path=candidate.passage.section_path,
            departments=one.departments,
        ),
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        municipality=document.municipality,
        municipality_code=document.municipality_code,
        locators=candidate.passage.locators,
        ordinal=candidate.passage.ordinal,
    )


def _may_tell(candidate: Candidate) -> bool:
    standing = candidate.standing
    return standing.base >= LEAST or standing.theme.strength(candidate.passage.text) > 0


def _worth(candidate: Candidate, one: Indicator) -> float:
    theme = candidate.standing.theme
    return max(
        SAID * theme.strength(one.name),
        TITLE * theme.strength(one.measure),
        TOGETHER * theme.strength(f"{one.measure} {one.name}"),
        candidate.standing.base,
    )


def _says_something(one: Indicator) -> bool:
    return one.value is not None or not set(one.value_text.strip()) <= DASHES


def _by_year(values: Sequence[ListedIndicator]) -> list[ListedIndicator]:
    return sorted(
        values,
        key=lambda one: (
            one.indicator.fiscal_year is None,
            one.indicator.fiscal_year or 0,
            one.indicator.span.start,
        ),
    )
