"""Small documents for the tests of the corpus and of what stands on it."""

from __future__ import annotations

from corpus.document import Document, content_hash
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.locator import LineLocator
from corpus.passage import Cell, Passage, PassageKind
from corpus.record import DocumentRecord
from corpus.sheet import ProgressMark, Sheet
from corpus.span import Span


def a_document(
    text: str, *, code: str = "990019", source: str = "plan.txt", year: int | None = 2024
) -> Document:
    names = {"990019": "千鳥ヶ原市", "990027": "鳴神沢町", "990035": "月見浦市", "990043": "白樺野町"}
    return Document(
        source=source,
        municipality_code=code,
        municipality=names[code],
        prefecture="みほん県",
        title="令和6年度 方針書",
        fiscal_year=year,
        document_kind="方針書",
        sha256=content_hash(text.encode()),
        encoding="utf-8",
        layout="generic",
        added_at="2026-04-01T00:00:00+00:00",
        warnings=("3行目の年度を読めませんでした。",),
    )


def a_sheet(document: Document, text: str) -> Sheet:
    return Sheet(
        document_id=document.document_id,
        ordinal=1,
        title="多文化共生課",
        identity="多文化共生課",
        departments=("多文化共生課",),
        fiscal_years=(2024,),
        section_path=(),
        span=Span(0, len(text)),
        progress=(ProgressMark(fiscal_year=2024, mark="◎", meaning="計画以上"),),
    )


def passages_by_line(document: Document, text: str) -> list[Passage]:
    """A passage a line."""
    found = []
    position = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            found.append(a_passage(document, text, Span(position, position + len(line)), number))
        position += len(line) + 1
    return found


def a_passage(document: Document, text: str, span: Span, number: int) -> Passage:
    return Passage(
        passage_id=f"{document.document_id}/{number:04d}",
        document_id=document.document_id,
        sheet_ordinal=1,
        ordinal=number,
        kind=PassageKind.ITEM,
        segments=(span,),
        text=span.of(text),
        fiscal_years=(document.fiscal_year,) if document.fiscal_year else (),
        departments=("多文化共生課",),
        section_path=("現状と課題",),
        item=f"項目{number}",
        cells=(Cell(header="R6実績", span=span, fiscal_year=2024, text=span.of(text)),),
        locators=(LineLocator(start_line=number, end_line=number),),
    )


def an_indicator(passage: Passage, span: Span) -> Indicator:
    """A target of 1,200 people that was reached, whatever stands at its span."""
    return Indicator(
        passage_id=passage.passage_id,
        name="参加者数",
        role=IndicatorRole.TARGET,
        fiscal_year=2024,
        value=1200.0,
        value_text="1,200",
        unit="人",
        direction=Direction.UP,
        achieved=True,
        span=span,
    )


def a_record(document: Document, text: str) -> DocumentRecord:
    """A document with one sheet and a passage a line."""
    return DocumentRecord(
        document=document,
        text=text,
        origin=f"/plans/{document.source}",
        reader="1",
        sheets=(a_sheet(document, text),),
        passages=tuple(passages_by_line(document, text)),
    )
