"""A general question is put to every town: one with much text must not crowd the others out of the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.facets import Facets
from index.filters import Filters
from qa.evidence import AS_GOOD, evidence
from qa.hits import Hit
from qa.results import SearchResult

MOST_TOWNS = 12
"""In a larger library, who wants every town asks for a comparison."""

HITS_A_TOWN = 3
POOL_A_TOWN = 8


def with_every_town(
    found: SearchResult, facets: Facets, asked_with: Callable[[Filters, int], Sequence[Hit]]
) -> SearchResult:
    """A search with the best passages of the towns that its list lacks, where they say as much as its best.

    Args:
        found: the search; only one without a limit to places is widened.
        facets: the towns that the library holds.
        asked_with: asks the same question with other limits, for so many passages.
    """
    filters = found.understood.filters
    general = filters.municipalities is None and filters.prefectures is None
    if not general or not found.hits or len(facets.municipalities) > MOST_TOWNS:
        return found
    topic, weights = found.understood.topic_words, found.weights
    least = AS_GOOD * max(evidence(hit, topic, weights) for hit in found.hits)
    spoken = {hit.document.municipality_code for hit in found.hits if evidence(hit, topic, weights) >= least}
    hits = list(found.hits)
    for code in facets.municipalities:
        if code in spoken or least <= 0:
            continue
        told = [
            hit
            for hit in asked_with(replace(filters, municipalities=(code,)), POOL_A_TOWN)
            if evidence(hit, topic, weights) >= least
        ]
        held = {hit.row_id for hit in hits}
        for hit in [one for one in told if one.row_id not in held][:HITS_A_TOWN]:
            hits.append(replace(hit, rank=len(hits) + 1, score=min(hit.score, hits[-1].score)))
    return replace(found, hits=tuple(hits))
