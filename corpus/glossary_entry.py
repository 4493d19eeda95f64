"""A term that a document explains, or writes in two ways: 「※8 書かない窓口…」, 「PPP（公民連携）」."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.span import Span


class GlossaryKind(StrEnum):
    """How the document says it."""

    DEFINITION = "definition"
    OTHER_NAME = "other_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryEntry:
    """A term with its meaning.

    Attributes:
        document_id: the document that says so.
        term: as printed.
        meaning: the definition, or the other name, as printed.
        kind: see ``GlossaryKind``.
        span: the characters of term and meaning together in the stored text.
    """

    document_id: str
    term: str
    meaning: str
    kind: GlossaryKind
    span: Span
