"""The passages that a short answer rests on lead the list: they are what the question looked for."""

from __future__ import annotations

from dataclasses import replace

from qa.answer import Answer
from qa.results import SearchResult


def answer_first(found: SearchResult, answer: Answer) -> SearchResult:
    """The search with the passages cited for a short answer first, in the answer's order."""
    if not answer.short:
        return found
    cited = dict.fromkeys(line.citation.passage_id for line in answer.lines)
    by_id = {hit.passage.passage_id: hit for hit in found.hits}
    leading = [by_id[one] for one in cited if one in by_id]
    others = [hit for hit in found.hits if hit.passage.passage_id not in cited]
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate([*leading, *others], start=1))
    return replace(found, hits=hits)
