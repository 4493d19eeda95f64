"""The values that a library can be filtered by, with the number of passages behind each.

They are counted once, when an index generation is built, and kept in it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FACETS_NAME = "facets.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Passages by value; each table in the order of its values.

    Attributes:
        municipalities: by code.
        fiscal_years: of the fact.
        departments: as printed.
        document_kinds: as stored.
        sections: headings of any level.
        documents: by document id.
        document_years: the fiscal years of each document's facts, ascending, by document id.
    """

    municipalities: dict[str, int] = field(default_factory=dict)
    fiscal_years: dict[int, int] = field(default_factory=dict)
    departments: dict[str, int] = field(default_factory=dict)
    document_kinds: dict[str, int] = field(default_factory=dict)
    sections: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    document_years: dict[str, list[int]] = field(default_factory=dict)


COUNTED = ("municipalities", "fiscal_years", "departments", "document_kinds", "sections", "documents")


class FacetCounter:
    """Counts while a generation is built."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[tuple[str | int, ...]]] = {name: Counter() for name in COUNTED}
        self._years: dict[str, set[int]] = {}

    def add(self, name: str, values: tuple[str | int, ...]) -> None:
        """Count one passage for each of its values; the same values are mostly those of very many."""
        self._counts[name][values] += 1

    def add_document(self, document_id: str, fiscal_years: tuple[int, ...]) -> None:
        """Count one passage for its document, and note the years that it states facts of."""
        self._counts["documents"][document_id,] += 1
        self._years.setdefault(document_id, set()).update(fiscal_years)

    def write(self, folder: Path) -> None:
        """Write the counts into a generation's folder."""
        table: dict[str, list[Any]] = {
            name: sorted(_of_each(counts).items(), key=str) for name, counts in self._counts.items()
        }
        table["document_years"] = [(key, sorted(years)) for key, years in sorted(self._years.items())]
        (folder / FACETS_NAME).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def _of_each(counts: Counter[tuple[str | int, ...]]) -> Counter[str | int]:
    """Passages by single value."""
    found: Counter[str | int] = Counter()
    for values, count in counts.items():
        for value in dict.fromkeys(values):
            found[value] += count
    return found


def read_facets(folder: Path) -> Facets:
    """The counts that ``FacetCounter.write`` wrote; the file's hash was verified with its generation."""
    table = json.loads((folder / FACETS_NAME).read_text(encoding="utf-8"))
    return Facets(**{name: dict(pairs) for name, pairs in table.items()})
