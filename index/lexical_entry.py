"""A passage as an index of words takes it, and the names of its fields, whichever engine keeps them."""

from __future__ import annotations

from dataclasses import dataclass

TERM_FIELDS = ("plan", "title", "headings", "item", "body")
EXACT_FIELDS = ("document", "municipality", "prefecture", "document_kind", "departments", "sections")
YEAR_FIELDS = ("fiscal_years", "stated_years")
ALL_FIELDS = ("row_id", "keys", *TERM_FIELDS, "pairs", *EXACT_FIELDS, *YEAR_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalEntry:
    """One passage as the index takes it; term fields are lists of keys in text order."""

    row_id: int
    plan: list[str]
    title: list[str]
    headings: list[str]
    item: list[str]
    body: list[str]
    pairs: list[str]
    document: str
    municipality: str
    prefecture: str
    document_kind: str
    fiscal_years: tuple[int, ...]
    stated_years: tuple[int, ...]
    departments: tuple[str, ...]
    sections: tuple[str, ...]
