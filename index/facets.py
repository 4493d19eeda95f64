"""The values that a library can be filtered by, with the number of passages behind each.

They are counted once, when an index generation is built, and kept in it.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

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


class Counted(NamedTuple):
    """What one passage counts for; the same of very many."""

    municipalities: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    departments: tuple[str, ...]
    document_kinds: tuple[str, ...]
    sections: tuple[str, ...]
    documents: tuple[str, ...]


class FacetCounter:
    """Counts while a generation is built."""

    def __init__(self) -> None:
        self._passages: Counter[Counted] = Counter()

    def add(self, passage: Counted) -> None:
        """Count one passage."""
        self._passages[passage] += 1

    def write(self, folder: Path) -> None:
        """Write the counts into a generation's folder."""
        table: dict[str, list[Any]] = {}
        for place, name in enumerate(Counted._fields):
            values = Counter[tuple[str | int, ...]]()
            for passage, count in self._passages.items():
                values[passage[place]] += count
            table[name] = sorted(_of_each(values).items(), key=str)
        years: dict[str, set[int]] = {}
        for passage in self._passages:
            for document in passage.documents:
                years.setdefault(document, set()).update(passage.fiscal_years)
        table["document_years"] = [(key, sorted(found)) for key, found in sorted(years.items())]
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
