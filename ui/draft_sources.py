"""The precedents that a draft quotes: the browser names each by its place, and it is read again from here."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import CitationError, InputError
from corpus.store_reader import StoreReader
from qa.citations import cite
from qa.compare_cells import CitedHit
from qa.hits import Hit
from ui.source_request import SourceRequest

MOST = 200


def precedent_at(store: StoreReader, value: str, n: int) -> CitedHit:
    """The quotation at a place that a check box carries.

    Args:
        store: the library's.
        value: ``passage|start|end``.
        n: its number in the draft.

    Raises:
        InputError: the library does not hold it any more.
    """
    request = SourceRequest.read(value)
    passage = store.passage(request.passage_id)
    document = store.document(request.passage_id.rpartition("/")[0])
    gone = (
        f"出典［{n}］は、今のライブラリにありません。資料が入れ替わった可能性があります。"
        "もう一度先例を探し、選び直してください。"
    )
    if passage is None or document is None or request.quote is None:
        raise InputError(gone)
    hit = Hit(
        rank=n,
        score=0.0,
        passage=passage,
        document=document,
        sheet=store.sheet(passage.document_id, passage.sheet_ordinal),
        matched=(),
        called=(),
        row_id=0,
    )
    try:
        quote = store.text_at(document.document_id, request.quote) or ""
        return CitedHit(hit=hit, citation=cite(store, hit, n, quote, request.quote))
    except CitationError as exc:
        raise InputError(gone) from exc


def precedents_at(store: StoreReader, values: Sequence[str]) -> list[CitedHit]:
    """The quotations of a draft, numbered from 1. Errors as ``precedent_at``."""
    return [precedent_at(store, value, n) for n, value in enumerate(values[:MOST], start=1)]
