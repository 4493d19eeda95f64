"""One cell of a comparison: the best quotations of a town on one aspect, each read again from the store."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.citation import Citation
from corpus.errors import CitationError
from corpus.listing import ListedIndicator
from corpus.store_reader import StoreReader
from qa.aspect_words import Aspect
from qa.citations import cite
from qa.compare_quotes import Quoted, distinct
from qa.hits import Hit

logger = logging.getLogger(__name__)

MOST = 3
BESIDE_BEST = 0.62
"""What a further quotation needs of the best one's standing to be shown beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedHit:
    """A passage with the words of it that are quoted, verified."""

    hit: Hit
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a town writes on one aspect.

    Attributes:
        passages: best first, each with its quotation.
        indicators: the figures, for the aspect of figures only; row by row, by year.
    """

    passages: tuple[CitedHit, ...] = ()
    indicators: tuple[ListedIndicator, ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything was found."""
        return bool(self.passages or self.indicators)


def cells_of(
    store: StoreReader, quoted: Sequence[Quoted], figures: Sequence[ListedIndicator]
) -> Mapping[Aspect, Cell]:
    """The cells of one town, one for each aspect."""
    cells: dict[Aspect, Cell] = {
        aspect: Cell(passages=tuple(cited(store, _chosen(one for one in quoted if one.aspect is aspect))))
        for aspect in Aspect
        if aspect is not Aspect.INDICATOR
    }
    return {**cells, Aspect.INDICATOR: Cell(indicators=tuple(figures))}


def cited(store: StoreReader, quotes: Iterable[Quoted]) -> list[CitedHit]:
    """The quotations that the store confirms, numbered from 1; one that it does not is left out."""
    found: list[CitedHit] = []
    for quoted in quotes:
        rank = len(found) + 1
        passage = quoted.candidate.passage
        hit = quoted.candidate.hit(rank, store.linked(passage) if passage.topic_number else ())
        try:
            citation = cite(store, hit, rank, quoted.text, quoted.span)
        except CitationError as exc:
            logger.warning("%s", exc)
            continue
        found.append(CitedHit(hit=hit, citation=citation))
    return found


def _chosen(quotes: Iterable[Quoted]) -> list[Quoted]:
    ordered = list(quotes)
    least = BESIDE_BEST * max((one.standing for one in ordered), default=0.0)
    return distinct((one for one in ordered if one.standing >= least), MOST)
