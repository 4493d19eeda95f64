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
from qa.refusal_wording import GENERIC_WORDS, Wording, is_name, wording_of
from qa.results import SearchResult

Again = Callable[[Filters], Sequence[Hit]]
"""Asks the same question with other limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalConfig:
    """Thresholds; shares are of the telling words' weight, 0 to 1. See ``python -m tests.calibrate``.

    A question that is answered though nothing is there can be judged by its quotation; one that is refused
    though something is there is lost. So the thresholds lean towards answering.

    Attributes:
        least: what the best passage needs for a question in a plan's own words.
        least_broad: the same for a request for precedents or a comparison.
        least_everyday: the same for everyday wording.
        unheard: the share of names that no passage of the library holds from which a question is refused.
        unheard_broad: the same for a request for precedents or a comparison.
        unheard_everyday: the same for everyday wording.
        unspoken: the share of names that no passage about the topic holds from which a question is refused.
        unspoken_why: the same where a question asks why: then a name is mostly what is said to be done.
        elsewhere: what a passage of another town, or year, must hold at least to be what was meant.
        margin: by how much it must hold more than the best within the limits.
        enough: from this share on a passage within the limits answers, whatever stands elsewhere.
        leading: the share of the best passage's that one needs to count as being about the topic.
        about: the same share for a passage that at least speaks of the topic.
        premise: what the rest of the topic needs beside a thing said to have been done.
        detail: what the rest of the topic needs beside a detail asked for.
    """

    least: float = 0.2
    least_broad: float = 0.2
    least_everyday: float = 0.06
    unheard: float = 0.4
    unheard_broad: float = 0.5
    unheard_everyday: float = 0.8
    unspoken: float = 0.4
    unspoken_why: float = 0.3
    elsewhere: float = 0.7
    margin: float = 0.25
    enough: float = 0.7
    leading: float = 0.8
    about: float = 0.6
    premise: float = 0.3
    detail: float = 0.3


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

    def about(self, hits: Sequence[Hit], said: str) -> tuple[list[Hit], float]:
        """The passages about the topic without some of the question's own text, and the best one's share.

        What a question asks for (「受講料」) is no part of what it asks about.
        """
        rest = tuple(term for term in self.telling if term not in said) or self.telling
        shares = [evidence(hit, rest, self.found.weights) for hit in hits]
        best = max(shares, default=0.0)
        least = max(self.config.about * best, 1e-9)
        return [hit for hit, share in zip(hits, shares, strict=True) if share >= least], best

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
    def unspoken_share(self) -> float:
        """The share of the telling words' weight in names that no passage about the topic holds."""
        hits = self.found.hits
        least = self.config.about * self.best(hits)
        missing = self.missing([hit for hit in hits if self.share(hit) >= least])
        return self._weight([term for term in missing if is_name(term)])

    @property
    def unheard_share(self) -> float:
        """The share of the telling words' weight in names that no passage of the library holds."""
        rarest = math.log(1 + max(1, sum(self.facets.documents.values()))) - 1e-6
        names = [term for term in self.missing(self.found.hits) if is_name(term)]
        return self._weight([term for term in names if self.found.weights[term] >= rarest])

    def _weight(self, words: Sequence[str]) -> float:
        """The share of the telling words' weight in some of them."""
        total = sum(self.found.weights[term] for term in self.telling)
        return sum(self.found.weights[term] for term in words) / total if total else 0.0


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
