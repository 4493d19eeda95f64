"""From what a layout found to what the store keeps: identities, texts and places."""

from __future__ import annotations

from corpus.absence import Absence
from corpus.document import Document
from corpus.passage import Cell, Passage
from corpus.sheet import Sheet
from ingest.parsed import ParsedDocument, ParsedPassage
from ingest.reader import ReadFile


def assemble_sheets(document: Document, parsed: ParsedDocument) -> list[Sheet]:
    """The document's sheets, numbered from 1."""
    return [
        Sheet(
            document_id=document.document_id,
            ordinal=ordinal,
            title=sheet.title,
            identity=sheet.identity,
            departments=sheet.departments,
            fiscal_years=sheet.fiscal_years,
            section_path=sheet.section_path,
            span=sheet.span,
            progress=sheet.progress,
        )
        for ordinal, sheet in enumerate(parsed.sheets, start=1)
    ]


def assemble_passages(document: Document, parsed: ParsedDocument, file: ReadFile) -> list[Passage]:
    """The document's passages, numbered from 1, each with its own characters and its place.

    Their spans are in order and inside of the text, as ``ingest.layout.parsed_by`` has checked.
    """
    return [
        _passage(document, found, ordinal, file) for ordinal, found in enumerate(parsed.passages, start=1)
    ]


def _passage(document: Document, found: ParsedPassage, ordinal: int, file: ReadFile) -> Passage:
    years = found.fiscal_years
    if not years and document.fiscal_year is not None:
        years = (document.fiscal_year,)
    return Passage(
        passage_id=f"{document.document_id}/{ordinal:04d}",
        document_id=document.document_id,
        sheet_ordinal=None if found.sheet is None else found.sheet + 1,
        ordinal=ordinal,
        kind=found.kind,
        segments=found.segments,
        text="\n".join(segment.of(file.text) for segment in found.segments),
        fiscal_years=tuple(sorted(set(years))),
        departments=found.departments,
        section_path=found.section_path,
        item=found.item,
        cells=tuple([_with_text(cell, file.text) for cell in found.cells]),
        locators=file.locate(found.segments),
    )


def _with_text(cell: Cell, text: str) -> Cell:
    """A copy; written out, for a table has very many and ``replace`` takes four times as long."""
    return Cell(header=cell.header, span=cell.span, fiscal_year=cell.fiscal_year, text=cell.span.of(text))


def assemble_absences(document: Document, parsed: ParsedDocument) -> list[Absence]:
    """The document's empty fields, in source order."""
    return [
        Absence(
            document_id=document.document_id,
            sheet_ordinal=None if found.sheet is None else found.sheet + 1,
            label=found.label,
            fiscal_year=found.fiscal_year,
            section_path=found.section_path,
            span=found.span,
        )
        for found in parsed.absences
    ]
