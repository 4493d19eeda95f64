"""The citation 「典拠」: a quote with the place where it stands, letter for letter."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.locator import Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A verified quote.

    Attributes:
        n: its mark in the answer, from 1.
        passage_id: the passage that holds it.
        document_id: the document that holds it.
        source: the file's name.
        quote: the source's own characters at ``[start, end)`` of the stored text.
        start: code points.
        end: code points.
        municipality: the town's name.
        fiscal_year: of the fact, None where the source names none.
        locator: where a person finds it.
    """

    n: int
    passage_id: str
    document_id: str
    source: str
    quote: str
    start: int
    end: int
    municipality: str
    fiscal_year: int | None
    locator: Locator
