"""A passage as an index of words takes it, and the names of its fields, whichever engine keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TERM_FIELDS = ("plan", "title", "headings", "item", "body")
EXACT_FIELDS = ("document", "municipality", "prefecture", "document_kind", "departments", "sections")
YEAR_FIELDS = ("fiscal_years", "stated_years")
ALL_FIELDS = ("row_id", "keys", *TERM_FIELDS, "pairs", *EXACT_FIELDS, *YEAR_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalEntry:
    """One passage as the index takes it; term fields are keys in text order, pairs stand in one line."""

    row_id: int
    plan: Sequence[str]
    title: Sequence[str]
    headings: Sequence[str]
    item: Sequence[str]
    body: Sequence[str]
    pairs: str
    document: str
    municipality: str
    prefecture: str
    document_kind: str
    fiscal_years: tuple[int, ...]
    stated_years: tuple[int, ...]
    departments: tuple[str, ...]
    sections: tuple[str, ...]

    @property
    def term_fields(self) -> tuple[Sequence[str], ...]:
        """The keys of each field, in the order of ``TERM_FIELDS``."""
        return self.plan, self.title, self.headings, self.item, self.body

    def terms_of(self, field: str) -> Sequence[str]:
        """The keys of one of ``TERM_FIELDS``, or the pairs, each by itself."""
        if field == "pairs":
            return self.pairs.split()
        keys: Sequence[str] = getattr(self, field)
        return keys
