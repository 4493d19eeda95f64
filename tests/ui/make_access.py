"""Small libraries with documents of several accesses, for tests that nothing of them leaks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.access import Access
from corpus.document import Document, content_hash
from corpus.glossary_entry import GlossaryEntry, GlossaryKind
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.locator import LineLocator
from corpus.municipality import MunicipalityTable
from corpus.originals import Originals
from corpus.passage import Cell, Passage, PassageKind
from corpus.record import DocumentRecord
from corpus.sample_corpus import sample_former_names, sample_municipalities
from corpus.sheet import ProgressMark, Sheet
from corpus.span import Span
from corpus.store import Store
from corpus.unread import UnreadFile
from index.build import build_generation
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engines import Engines

TOWNS = {"990019": "千鳥ヶ原市", "990027": "鳴神沢町", "990035": "月見浦市", "990043": "白樺野町"}
TOPICS = ("多文化共生", "空き家の利活用", "ふるさと納税", "職員研修", "防災訓練", "水道管の更新")
DEPARTMENTS = ("企画部", "総務課", "防災室", "水道局")
KINDS = ("方針書", "総合計画", "内部検討資料")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a document is made of; all its words carry its mark, so that any of them can be found again.

    Attributes:
        mark: a run of letters that no other document has.
        town: a code of ``TOWNS``.
        topic: a number of ``TOPICS``.
        year: fiscal.
        kind: a number of ``KINDS``.
        access: who may see it.
    """

    mark: str
    town: str
    topic: int
    year: int
    kind: int
    access: Access

    @property
    def text(self) -> str:
        topic = TOPICS[self.topic]
        return (
            f"{topic}の推進{self.mark}\n"
            f"① {topic}については、{self.mark}相談の窓口に職員が足りないことが課題である。\n"
            f"② {topic}の取組として、{self.mark}研修を{len(self.mark) + self.topic}回開催する。\n"
            f"{self.mark}参加者数\t{self.year % 100}\t人\n"
        )

    @property
    def title(self) -> str:
        return f"{TOPICS[self.topic]}計画{self.mark}"

    @property
    def source(self) -> str:
        return f"{self.mark}.txt"

    @property
    def department(self) -> str:
        return f"{DEPARTMENTS[self.topic % len(DEPARTMENTS)]}{self.mark}係"

    @property
    def document(self) -> Document:
        return Document(
            source=self.source,
            municipality_code=self.town,
            municipality=TOWNS[self.town],
            prefecture="みほん県",
            title=self.title,
            fiscal_year=self.year,
            document_kind=KINDS[self.kind],
            sha256=content_hash(self.text.encode()),
            encoding="utf-8",
            layout="hand",
            added_at="2026-11-20T00:00:00+00:00",
        )

    @property
    def record(self) -> DocumentRecord:
        document, text = self.document, self.text
        passages = tuple(self._passages(document, text))
        at = text.index(f"{self.mark}参加者数")
        return DocumentRecord(
            document=document,
            text=text,
            origin=f"/plans/{self.source}",
            reader="1",
            sheets=(self._sheet(document, text),),
            passages=passages,
            indicators=(self._indicator(passages[-1], at),),
            glossary=(
                GlossaryEntry(
                    document_id=document.document_id,
                    term=f"略{self.mark}",
                    meaning=TOPICS[self.topic],
                    kind=GlossaryKind.OTHER_NAME,
                    span=Span(0, 2),
                ),
            ),
        )

    def _sheet(self, document: Document, text: str) -> Sheet:
        return Sheet(
            document_id=document.document_id,
            ordinal=1,
            title=f"{TOPICS[self.topic]}{self.mark}",
            identity=f"{TOPICS[self.topic]}{self.mark}",
            departments=(self.department,),
            fiscal_years=(self.year,),
            section_path=(),
            span=Span(0, len(text)),
            progress=(ProgressMark(fiscal_year=self.year, mark="△", meaning="計画を下回る"),),
        )

    def _indicator(self, passage: Passage, at: int) -> Indicator:
        return Indicator(
            passage_id=passage.passage_id,
            name=f"{self.mark}参加者数",
            role=IndicatorRole.ACTUAL,
            fiscal_year=self.year,
            value=float(self.year % 100),
            value_text=str(self.year % 100),
            unit="人",
            direction=Direction.UP,
            achieved=None,
            span=Span(at, at + 3),
        )

    def _passages(self, document: Document, text: str) -> Iterable[Passage]:
        at = 0
        for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
            span = Span(at, at + len(line))
            at += len(line) + 1
            is_row = "\t" in line
            yield Passage(
                passage_id=f"{document.document_id}/{number:04d}",
                document_id=document.document_id,
                sheet_ordinal=1,
                ordinal=number,
                kind=PassageKind.ROW if is_row else PassageKind.ITEM,
                segments=(span,),
                text=line,
                fiscal_years=(self.year,),
                departments=(self.department,),
                section_path=(f"現状と課題{self.mark}",) if number == 2 else (f"取組方針{self.mark}",),
                item=line[:1] if line[:1] in "①②" else "",
                cells=_cells(line, span.start, self.year) if is_row else (),
                locators=(LineLocator(start_line=number, end_line=number),),
            )


def _cells(line: str, start: int, year: int) -> tuple[Cell, ...]:
    cells = []
    for header, value in zip(("指標", "実績", "単位"), line.split("\t"), strict=True):
        span = Span(start, start + len(value))
        cells.append(
            Cell(header=header, span=span, fiscal_year=year if header == "実績" else None, text=value)
        )
        start += len(value) + 1
    return tuple(cells)


def unread_of(made: Made) -> UnreadFile:
    """A file of the same access that could not be read."""
    name = f"壊れた{made.mark}.pdf"
    return UnreadFile(origin=f"/x/{name}", source=name, reason=f"{made.mark}を読めません。", noted_at="2026")


class Builder:
    """Makes libraries; what cuts and encodes is loaded once."""

    def __init__(self) -> None:
        self.analyzer = TermAnalyzer()
        self.encoder = StaticEncoder(analyzer=self.analyzer)
        self.table = MunicipalityTable.load(sample_municipalities(), former=(sample_former_names(),))

    def library(self, folder: Path, documents: Iterable[Made]) -> Engines:
        """A library of just these documents."""
        store, originals = Store.create(folder), Originals(folder)
        with store.writing() as writer:
            for made in documents:
                writer.add(made.record, made.access)
                originals.keep(made.text.encode(), made.document.sha256, ".txt")
                writer.note_unread(unread_of(made), made.access)
            writer.set_index_generation(build_generation(writer, folder, self.analyzer, self.encoder))
        return Engines(store, self.analyzer, self.encoder, self.table)
