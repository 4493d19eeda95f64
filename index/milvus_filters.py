"""Limits as Milvus expressions."""

from __future__ import annotations

from collections.abc import Sequence

from index.filters import Filters
from index.milvus_connection import quoted


def expression(filters: Filters) -> str | None:
    """The limits, empty where there are none; None where nothing can meet them."""
    fields: list[tuple[str, Sequence[str | int] | None, bool]] = [
        ("municipality", filters.municipalities, False),
        ("prefecture", filters.prefectures, False),
        ("document_kind", filters.document_kinds, False),
        ("fiscal_years", filters.fiscal_years, True),
        ("stated_years", filters.stated_years, True),
        ("departments", filters.departments, True),
        ("sections", filters.sections, True),
    ]
    limits = [(name, values, several) for name, values, several in fields if values is not None]
    if any(not values for _, values, _ in limits):
        return None
    return both(*(_limit(name, values, several=several) for name, values, several in limits))


def both(*limits: str) -> str:
    """A passage must meet all of the limits; empty ones say nothing."""
    return " and ".join(f"({limit})" for limit in limits if limit)


def either(*limits: str) -> str:
    """A passage must meet one of the limits."""
    return " or ".join(f"({limit})" for limit in limits)


def rows_among(rows: Sequence[int]) -> str:
    """The passages of these row numbers; at least one."""
    return f"row_id in [{', '.join(map(str, rows))}]"


def holds_all(terms: Sequence[str]) -> str:
    """All of these terms in any field."""
    return f"array_contains_all(terms, [{', '.join(map(quoted, terms))}])"


def _limit(name: str, values: Sequence[str | int], *, several: bool) -> str:
    listed = ", ".join(quoted(value) if isinstance(value, str) else str(value) for value in values)
    return f"array_contains_any({name}, [{listed}])" if several else f"{name} in [{listed}]"
