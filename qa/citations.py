"""Citations that cannot be wrong: each quote is read again from the store before it is shown."""

from __future__ import annotations

from corpus.citation import Citation
from corpus.errors import CitationError
from corpus.span import Span
from corpus.store_reader import StoreReader
from qa.hits import Hit


def cite(store: StoreReader, hit: Hit, n: int, quote: str, span: Span) -> Citation:
    """A citation of the characters at ``span`` of the hit's document.

    Raises:
        CitationError: the store does not hold this quote at this place, or it lies outside of the passage.
    """
    inside = any(segment.contains(span) for segment in hit.passage.segments)
    stored = store.text_at(hit.document.document_id, span)
    if not inside or stored != quote or not quote.strip():
        raise CitationError(
            f"引用を原文で確かめられませんでした: {hit.document.source} の {hit.locator.label()}。"
            "この引用は表示しません。"
        )
    return Citation(
        n=n,
        passage_id=hit.passage.passage_id,
        document_id=hit.document.document_id,
        source=hit.document.source,
        quote=quote,
        start=span.start,
        end=span.end,
        municipality=hit.document.municipality,
        fiscal_year=hit.fiscal_year,
        locator=hit.locator,
    )
