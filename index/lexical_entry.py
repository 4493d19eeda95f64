"""A passage as an index of words takes it, and the names of its fields, whichever engine keeps them."""

from __future__ import annotations

from typing import NamedTuple

TERM_FIELDS = ("plan", "title", "headings", "item", "body")
EXACT_FIELDS = ("document", "municipality", "prefecture", "document_kind", "departments", "sections")
YEAR_FIELDS = ("fiscal_years", "stated_years")
ALL_FIELDS = ("row_id", "keys", *TERM_FIELDS, "pairs", *EXACT_FIELDS, *YEAR_FIELDS)


class LexicalEntry(NamedTuple):
    """One passage as the index takes it.

    Attributes:
        keys: the terms of all fields, in one line; some may come twice.
        plan, title, headings, item, body: keys in text order, each field in one line.
        pairs: in one line.
    """

    row_id: int
    keys: str
    plan: str
    title: str
    headings: str
    item: str
    body: str
    pairs: str
    document: str
    municipality: str
    prefecture: str
    document_kind: str
    departments: tuple[str, ...]
    sections: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    stated_years: tuple[int, ...]

    def terms_of(self, field: str) -> list[str]:
        """The keys of one of ``TERM_FIELDS``, or the pairs, in text order."""
        line: str = getattr(self, field)
        return line.split()
