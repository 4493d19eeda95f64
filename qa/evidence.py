"""Whether a passage speaks of what was asked: without evidence there is no answer.

Evidence is the share of the question's topic that a passage holds, in its text or over it: the weights of the
terms found, by the weights of all. A typed word also counts, at part of its weight, where a word stands that
it calls up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.hits import Hit

LEAST = 0.12
"""Below this share even the best passage is no evidence: hardly a word of the topic stands in it."""

BESIDE_BEST = 0.6
"""What another passage needs of the best one's share to be quoted beside it, if it also ranks near it."""

NEAR = 0.4
"""What it needs of the best one's score to rank near it."""

AS_GOOD = 0.85
"""From this part of the best one's share on, a passage may be quoted wherever it ranks."""

AT_TOP = 0.95
"""From this part of the best score on, a passage need hold no more than others up there do: a question in
other words than the plan's shares few with what answers it, and many with what does not."""

CALLED_SHARE = 0.8


def evidence(hit: Hit, topic: Sequence[str], weights: Mapping[str, float]) -> float:
    """The share of the topic that a hit holds, 0 to 1; 0 where the question has no topic."""
    total = sum(weights[term] for term in topic)
    if total <= 0:
        return 0.0
    held = dict.fromkeys(hit.matched, 1.0)
    for one in hit.called:
        for term in one.typed_terms:
            held[term] = max(held.get(term, 0.0), CALLED_SHARE * one.weight)
    return sum(weights[term] * held.get(term, 0.0) for term in topic) / total


def evident_hits(hits: Sequence[Hit], topic: Sequence[str], weights: Mapping[str, float]) -> list[Hit]:
    """The hits that may be quoted, in their order; empty where not even the best holds enough."""
    shares = [evidence(hit, topic, weights) for hit in hits]
    best = max(shares, default=0.0)
    if best < LEAST:
        return []
    highest = max(hit.score for hit in hits)
    top, near = (highest - (1 - share) * abs(highest) for share in (AT_TOP, NEAR))  # scores may be below zero
    best_at_top = max(share for hit, share in zip(hits, shares, strict=True) if hit.score >= top)

    def needed(hit: Hit) -> float:
        if hit.score >= top:
            return BESIDE_BEST * best_at_top
        return (BESIDE_BEST if hit.score >= near else AS_GOOD) * best

    return [hit for hit, share in zip(hits, shares, strict=True) if share >= needed(hit)]
