"""One cell of a comparison: the best quotations of a town on one aspect, each read again from the store."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.citation import Citation
from corpus.errors import CitationError
from corpus.listing import ListedIndicator
from corpus.span import Span
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


class Quotations:
    """Quotations read again from the store, each once: a cell and a difference may tell the same."""

    def __init__(self, store: StoreReader) -> None:
        """Read from one state of a store; not to be kept beyond it."""
        self._store = store
        self._read: dict[tuple[str, Span], CitedHit | None] = {}

    def cited(self, quotes: Iterable[Quoted]) -> list[CitedHit]:
        """The quotations that the store confirms, numbered from 1; one that it does not is left out."""
        confirmed = (one for quoted in quotes if (one := self._confirmed(quoted)) is not None)
        return [_ranked(one, rank) for rank, one in enumerate(confirmed, start=1)]

    def _confirmed(self, quoted: Quoted) -> CitedHit | None:
        place = (quoted.candidate.passage.passage_id, quoted.span)
        if place not in self._read:
            self._read[place] = self._cited(quoted)
        return self._read[place]

    def _cited(self, quoted: Quoted) -> CitedHit | None:
        passage = quoted.candidate.passage
        hit = quoted.candidate.hit(1, self._store.linked(passage) if passage.topic_number else ())
        try:
            return CitedHit(hit=hit, citation=cite(self._store, hit, 1, quoted.text, quoted.span))
        except CitationError as exc:
            logger.warning("%s", exc)
            return None


def cited(store: StoreReader, quotes: Iterable[Quoted]) -> list[CitedHit]:
    """As ``Quotations.cited``, where nothing is asked for twice."""
    return Quotations(store).cited(quotes)


def cells_of(
    quotations: Quotations, quoted: Sequence[Quoted], figures: Sequence[ListedIndicator]
) -> Mapping[Aspect, Cell]:
    """The cells of one town, one for each aspect."""
    cells: dict[Aspect, Cell] = {
        aspect: Cell(passages=tuple(quotations.cited(_chosen(one for one in quoted if one.aspect is aspect))))
        for aspect in Aspect
        if aspect is not Aspect.INDICATOR
    }
    return {**cells, Aspect.INDICATOR: Cell(indicators=tuple(figures))}


def _ranked(one: CitedHit, rank: int) -> CitedHit:
    if rank == 1:
        return one
    return CitedHit(hit=replace(one.hit, rank=rank), citation=replace(one.citation, n=rank))


def _chosen(quotes: Iterable[Quoted]) -> list[Quoted]:
    ordered = list(quotes)
    least = BESIDE_BEST * max((one.standing for one in ordered), default=0.0)
    return distinct((one for one in ordered if one.standing >= least), MOST)
