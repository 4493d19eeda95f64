"""Hits for the tests of answers, made of one small plan."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Document
from corpus.passage import Cell, Passage, PassageKind
from corpus.record import DocumentRecord
from corpus.span import Span
from corpus.store import Store
from qa.hits import Hit
from tests.corpus.make import a_document, a_passage, a_sheet


def stored(
    store: Store, text: str, passages: list[Passage], document: Document, *, in_sheets: bool = True
) -> None:
    with store.writing() as writer:
        writer.add(
            DocumentRecord(
                document=document,
                text=text,
                origin=f"/plans/{document.source}",
                reader="1",
                sheets=(a_sheet(document, text),) if in_sheets else (),
                passages=tuple(passages),
            )
        )


def a_hit(document: Document, passage: Passage, rank: int = 1, matched: tuple[str, ...] = ()) -> Hit:
    return Hit(
        rank=rank,
        score=1.0 / rank,
        passage=passage,
        document=document,
        sheet=a_sheet(document, passage.text),
        matched=matched,
        called=(),
        row_id=rank,
    )


def prose(document: Document, text: str, number: int = 1, span: Span | None = None) -> Passage:
    passage = a_passage(document, text, span or Span(0, len(text)), number)
    return replace(passage, kind=PassageKind.PROSE, cells=())


def row(document: Document, text: str, headers: list[tuple[str, int | None]], number: int = 1) -> Passage:
    """A passage of one line of cells separated by tabs, each under its header."""
    cells, position = [], 0
    for value, (header, year) in zip(text.split("\t"), headers, strict=True):
        if value:
            span = Span(position, position + len(value))
            cells.append(Cell(header=header, span=span, fiscal_year=year, text=value))
        position += len(value) + 1
    passage = a_passage(document, text, Span(0, len(text)), number)
    years = tuple(sorted({year for _, year in headers if year}))
    return replace(passage, kind=PassageKind.ROW, cells=tuple(cells), fiscal_years=years, item="")


def plan(text: str, **facts: str) -> Document:
    return a_document(text, **facts)  # type: ignore[arg-type]
