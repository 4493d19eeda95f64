"""What the refusal rules look at: the question's telling words and how much of them a passage holds.

The weights are those of the search: rare words count more. The same question asked with other limits tells
whether a town or a year is what keeps it from being answered.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters
from qa.evidence import evidence
from qa.hits import Hit
from qa.refusal_wording import GENERIC_WORDS, Wording, wording_of
from qa.results import SearchResult

REFUSED_FROM = 0.5
"""Chosen on our own questions: at most 3 in 100 of the answerable ones are refused."""

Again = Callable[[Filters], Sequence[Hit]]
"""Asks the same question with other limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalConfig:
    """Thresholds; shares are of the telling words' weight, 0 to 1.

    Attributes:
        elsewhere: what a passage of another town, or year, must hold at least to be what was meant.
        margin: by how much it must hold more than the best within the limits.
        enough: from this share on a passage within the limits answers, whatever stands elsewhere.
        leading: the share of the best passage's that one needs to be what was meant.
        about: the same share for a passage that at least speaks of the topic.
        meant: what a passage needs for its sheet's empty fields to be looked at.
        refused: from this likelihood on a question is taken as not answered by what was found.
    """

    elsewhere: float = 0.7
    margin: float = 0.25
    enough: float = 0.7
    leading: float = 0.8
    about: float = 0.6
    meant: float = 0.2
    refused: float = REFUSED_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question with what was found, as the rules see it.

    Attributes:
        store: of the library.
        facets: of the library.
        found: the search.
        again: the same question with other limits, None where it cannot be asked again.
        config: thresholds.
        wording: how the question is worded.
        telling: the topic's words without those of questions about any topic; all of them if none is left.
    """

    store: StoreReader
    facets: Facets
    found: SearchResult
    again: Again | None
    config: RefusalConfig
    wording: Wording
    telling: tuple[str, ...]

    @property
    def question(self) -> str:
        """As typed."""
        return self.found.understood.question.text

    def share(self, hit: Hit) -> float:
        """The share of the telling words that a passage holds, called-up words included."""
        return evidence(hit, self.telling, self.found.weights)

    def best(self, hits: Sequence[Hit]) -> float:
        """The highest share among passages, 0 where there is none."""
        return max((self.share(hit) for hit in hits), default=0.0)

    def leading(self, hits: Sequence[Hit]) -> list[Hit]:
        """The passages that hold nearly as much as the best one, those that hold most first."""
        least = self.config.leading * self.best(hits)
        kept = [hit for hit in hits if least and self.share(hit) >= least]
        return sorted(kept, key=lambda hit: (-self.share(hit), hit.rank))

    def missing(self, hits: Sequence[Hit]) -> list[str]:
        """The telling words that none of the passages holds and for which none holds a called-up word."""
        held = {term for hit in hits for term in hit.matched}
        held |= {term for hit in hits for one in hit.called for term in one.typed_terms}
        return [term for term in self.telling if term not in held]

    @property
    def rarest(self) -> float:
        """The weight from which a word is in no passage of the library."""
        return math.log(1 + max(1, sum(self.facets.documents.values()))) - 1e-6


def case_of(
    store: StoreReader, facets: Facets, found: SearchResult, again: Again | None, config: RefusalConfig
) -> Case:
    """Read a search for the rules."""
    words = found.understood.topic_words
    telling = tuple(word for word in words if word not in GENERIC_WORDS) or words
    return Case(
        store=store,
        facets=facets,
        found=found,
        again=again,
        config=config,
        wording=wording_of(found.understood.question.text),
        telling=telling,
    )
