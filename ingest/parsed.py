"""What a layout makes of a document, before the store gives it identities.

Layouts know structure, not identity: they number sheets and name spans, and ``ingest.assemble`` turns what
they found into the corpus's documents, sheets and passages.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.coverage import LeftOut
from corpus.passage import Cell, PassageKind
from corpus.sheet import ProgressMark
from corpus.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedSheet:
    """A sheet found in a document; fields as in ``corpus.sheet.Sheet``."""

    title: str
    identity: str
    departments: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    section_path: tuple[str, ...]
    span: Span
    progress: tuple[ProgressMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPassage:
    """A passage found in a document; fields as in ``corpus.passage.Passage``.

    Attributes:
        sheet: index into ``ParsedDocument.sheets``, None outside of any sheet.
    """

    sheet: int | None
    kind: PassageKind
    segments: tuple[Span, ...]
    fiscal_years: tuple[int, ...] = ()
    departments: tuple[str, ...] = ()
    section_path: tuple[str, ...] = ()
    item: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedAbsence:
    """An empty field; fields as in ``corpus.absence.Absence``.

    Attributes:
        sheet: index into ``ParsedDocument.sheets``, None outside of any sheet.
    """

    sheet: int | None
    label: str
    span: Span
    fiscal_year: int | None = None
    section_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedDocument:
    """All that a layout found.

    Attributes:
        layout: the layout's name.
        document_kind: the kind that the layout stands for, empty if it cannot tell.
        title: the document's own title, empty if it has none.
        fiscal_year: of the document, None if it names none.
        sheets: in source order.
        passages: in source order; no passage spans two sheets.
        warnings: Japanese sentences with line numbers about what could not be read.
        carried: headers, labels and titles that passages carry, wherever they stand.
        left_out: what is neither in a passage nor carried, with the reason.
        absences: fields that the form has and the source leaves empty.
    """

    layout: str
    document_kind: str
    title: str
    fiscal_year: int | None
    sheets: tuple[ParsedSheet, ...]
    passages: tuple[ParsedPassage, ...]
    warnings: tuple[str, ...] = ()
    carried: tuple[Span, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    absences: tuple[ParsedAbsence, ...] = ()
