"""From a search to an answer: refuse, or choose what to quote, find the short answer, verify every quote."""

from __future__ import annotations

from dataclasses import replace

from corpus.store_reader import StoreReader
from index.facets import Facets
from index.terms import TermAnalyzer
from qa.answer import Answer, chosen_hits, compose, refusal
from qa.evidence import evident_hits
from qa.figures import asks_for_figure
from qa.refusal_evidence import Again
from qa.refusals import no_figure_reason, refusal_reason
from qa.results import SearchResult
from qa.shorts import short_answer


def answer(
    store: StoreReader,
    facets: Facets,
    found: SearchResult,
    analyzer: TermAnalyzer,
    again: Again | None = None,
) -> Answer:
    """A cited answer, or a refusal with its reason.

    Args:
        store: to read every quotation from again.
        facets: what the library holds.
        found: the search.
        analyzer: cuts terms.
        again: asks the same question with other limits.
    """
    reason = refusal_reason(store, facets, found, analyzer, again)
    if reason is not None:
        return refusal(reason)
    understood = found.understood
    evident = evident_hits(found.hits, understood.topic_words, found.weights) or list(found.hits)
    towns = understood.filters.municipalities
    chosen = chosen_hits(
        evident,
        balanced=towns is None or len(towns) > 1,
        figures=asks_for_figure(understood.question.text),
    )
    short = short_answer(store, found, evident, analyzer)
    if short is None:
        missing = no_figure_reason(store, facets, found)
        if missing is not None:
            return refusal(missing)
    else:
        first = {hit.rank for hit in short.hits}
        others = [] if short.alone else [hit for hit in chosen if hit.rank not in first]
        chosen = [*short.hits, *others]
    text = short.text if short else ""
    made = compose(store, chosen, found.weights, found.asked_years, analyzer, text)
    return replace(made, leads=short is not None and not text)
