"""Rows that a search scored, read from the store as hits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.store_reader import StoreReader
from index.retriever import Retriever, Scored
from qa.hits import Hit, matched
from qa.understand import Understood


def read_hits(
    scored: Sequence[Scored], understood: Understood, store: StoreReader, retriever: Retriever
) -> list[Hit]:
    """The hits in the order of their scores, ranked from 1; a row that is gone from the store is left out."""
    rows = [one.row_id for one in scored]
    passages = store.passages_at(rows)
    sheets = store.sheets_over(passages.values())
    keys = retriever.keys(rows)
    documents = store.documents_by_id()
    hits: list[Hit] = []
    for one in scored:
        passage = passages.get(one.row_id)
        document = documents.get(passage.document_id) if passage else None
        if passage is None or document is None:
            continue
        held = keys.get(one.row_id, frozenset())
        hits.append(
            Hit(
                rank=len(hits) + 1,
                score=one.score,
                passage=passage,
                document=document,
                sheet=sheets.get((passage.document_id, passage.sheet_ordinal or 0)),
                matched=matched(understood.terms, held),
                called=tuple(word for word in understood.called if held.issuperset(word.terms)),
                row_id=one.row_id,
                asked_years=understood.filters.fiscal_years or understood.fiscal_years,
            )
        )
    return hits


def with_linked(hits: Sequence[Hit], store: StoreReader) -> list[Hit]:
    """The hits with the passages of their topics, which are read for those alone that are shown."""
    return [
        replace(hit, linked=tuple(store.linked(hit.passage))) if hit.passage.topic_number else hit
        for hit in hits
    ]
