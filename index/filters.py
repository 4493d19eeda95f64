"""What a search is limited to. Values are exact: whoever reads a person's words resolves them first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Limits that a passage must meet, all of them; within one field any of its values will do.

    ``None`` is no limit. An empty tuple is a limit that nothing meets: a filter that matched no value of
    the library must give nothing, never everything.

    Attributes:
        municipalities: codes.
        prefectures: names (群馬県).
        fiscal_years: of the fact.
        stated_years: of the fact, or named in the passage's own words (令和10年度の目標を…).
        departments: as printed in the documents.
        document_kinds: as stored.
        sections: headings of the section path, any level, or the label of a cell.
    """

    municipalities: tuple[str, ...] | None = None
    prefectures: tuple[str, ...] | None = None
    fiscal_years: tuple[int, ...] | None = None
    stated_years: tuple[int, ...] | None = None
    departments: tuple[str, ...] | None = None
    document_kinds: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None

    @property
    def unlimited(self) -> bool:
        """Whether there is no limit at all."""
        return all(getattr(self, name) is None for name in self.__slots__)
