"""The passages that an answer rests on lead the list, where they are what the question looked for."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer
from qa.results import SearchResult


def answer_first(found: SearchResult, answer: Answer) -> SearchResult:
    """The search with the passages cited for a short answer, or that lead, first, in the answer's order."""
    if not answer.short and not answer.leads:
        return found
    cited = {line.citation.passage_id: line.hit for line in answer.lines}
    others = [hit for hit in found.hits if hit.passage.passage_id not in cited]
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate([*cited.values(), *others], start=1))
    return replace(found, hits=hits)
