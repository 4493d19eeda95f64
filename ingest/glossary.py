"""Terms that a document explains itself: footnotes, and names written with their other name in brackets."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from corpus.glossary_entry import GlossaryEntry, GlossaryKind
from corpus.passage import Passage, PassageKind
from corpus.span import Span


def glossary_of(document: Document, passages: Sequence[Passage]) -> list[GlossaryEntry]:
    """The document's entries in source order: each footnote that explains a term."""
    return [
        GlossaryEntry(
            document_id=document.document_id,
            term=passage.item,
            meaning=passage.text,
            kind=GlossaryKind.DEFINITION,
            span=Span(passage.segments[0].start, passage.segments[-1].end),
        )
        for passage in passages
        if passage.kind is PassageKind.NOTE and passage.item
    ]
