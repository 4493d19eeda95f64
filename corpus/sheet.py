"""The sheet 「個票・シート」: one form about one topic or one department."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressMark:
    """A progress mark 「達成度」 of a sheet in one fiscal year, with the document's own legend.

    Attributes:
        fiscal_year: the year of the column that the mark stands in.
        mark: the mark as printed (◎, ○, △, ×), empty where the source leaves the cell blank.
        meaning: what the document's legend says of the mark, empty without a legend.
    """

    fiscal_year: int
    mark: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as stored.

    Attributes:
        document_id: the document that it belongs to.
        ordinal: its number within the document, from 1, in source order.
        title: what the sheet is about (topic, or the department for a department's sheet).
        identity: what tells it from every other sheet of the document (title + department + aim, say).
        departments: who is responsible, as printed.
        fiscal_years: the years that the sheet reports on or plans for, ascending.
        section_path: where the sheet stands in its plan, outermost first.
        span: the sheet's characters in the stored text.
        progress: its progress marks by fiscal year.
    """

    document_id: str
    ordinal: int
    title: str
    identity: str
    departments: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    section_path: tuple[str, ...]
    span: Span
    progress: tuple[ProgressMark, ...] = ()

    @property
    def sheet_id(self) -> str:
        """The sheet's name within the library."""
        return f"{self.document_id}/s{self.ordinal:03d}"
