"""The recorded absence 「記入なし」: a field that the form has and the source leaves empty.

A question about it is answered by saying so, never with a neighbour's text.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """An empty field of a sheet.

    Attributes:
        document_id: the document.
        sheet_ordinal: the sheet, None outside of any.
        label: the field's label, without spacing (最終レビュー, 進捗状況 前期, 取組達成度).
        fiscal_year: the year of the empty cell's column, None where the field has no year of its own.
        section_path: where the field stands, outermost first.
        span: the label's characters in the stored text.
    """

    document_id: str
    sheet_ordinal: int | None
    label: str
    fiscal_year: int | None
    section_path: tuple[str, ...]
    span: Span
