"""A file taken in as the pipeline does it, without a store: its document, sheets, passages and indicators."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.document import Document, content_hash
from corpus.indicator import Indicator
from corpus.passage import Passage
from corpus.sheet import Sheet
from ingest.assemble import assemble_passages, assemble_sheets
from ingest.blocks import BlockDocument
from ingest.indicator_roles import paper_of
from ingest.indicators import indicators_of
from ingest.layout import choose_layout
from ingest.reader import ReadFile
from ingest.text_reader import TextReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    document: Document
    text: str
    sheets: tuple[Sheet, ...]
    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...]

    def sheet_of(self, passage: Passage) -> Sheet | None:
        return None if passage.sheet_ordinal is None else self.sheets[passage.sheet_ordinal - 1]

    def passage_of(self, indicator: Indicator) -> Passage:
        return next(one for one in self.passages if one.passage_id == indicator.passage_id)

    def title_of(self, indicator: Indicator) -> str:
        sheet = self.sheet_of(self.passage_of(indicator))
        return sheet.title if sheet else ""


@cache
def taken_in(path: Path, year: int | None = None) -> Taken:
    """Args: the file; the document's year where a manifest gives it."""
    data = path.read_bytes()
    return taken(path.name, data, TextReader().read(data), year)


def taken(name: str, data: bytes, read: ReadFile, year: int | None = None) -> Taken:
    """What is made of a file that was read, whatever its format."""
    blocks = BlockDocument(text=read.text, blocks=read.blocks)
    parsed = choose_layout(blocks).parse(blocks)
    document = Document(
        source=name,
        municipality_code="990019",
        municipality="千鳥ヶ原市",
        prefecture="みほん県",
        title=parsed.title,
        fiscal_year=parsed.fiscal_year if year is None else year,
        document_kind=parsed.document_kind,
        sha256=content_hash(data),
        encoding=read.encoding,
        layout=parsed.layout,
        added_at="2026-04-01T00:00:00+00:00",
    )
    passages = tuple(assemble_passages(document, parsed, read))
    paper = paper_of(document.title, document.fiscal_year, passages)
    return Taken(
        document=document,
        text=read.text,
        sheets=tuple(assemble_sheets(document, parsed)),
        passages=passages,
        indicators=tuple(one for passage in passages for one in indicators_of(passage, paper)),
    )
