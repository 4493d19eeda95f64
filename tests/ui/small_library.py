"""A small real library made by hand: what the page must show, and text that tries to break it."""

from __future__ import annotations

from pathlib import Path

from corpus.access import OPERATOR, PUBLIC
from corpus.document import Document, content_hash
from corpus.locator import LineLocator
from corpus.municipality import MunicipalityTable
from corpus.passage import Cell, Passage, PassageKind
from corpus.record import DocumentRecord
from corpus.sheet import Sheet
from corpus.span import Span
from corpus.store import Store
from corpus.unread import UnreadFile
from index.build import build_generation
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from qa.engines import Engines

SCRIPT = "<script>alert(1)</script>"
IMAGE = '<img src=x onerror="alert(2)">'

OIZUMI = """令和6年度 方針書

3. 中間レビュー

- ① 多文化共生の推進については、やさしい日本語の講座を３回開催した。
- ② 空き家の利活用については、空家バンクの登録を進めた。
"""
TATEBAYASHI = """業務棚卸表

指標	H30実績	R元実績	R2実績	目標
ふるさと納税の件数	512	787	931	↑
多文化共生懇談会の開催回数	1	2	0	→
"""
NASTY = f"""{SCRIPT} 計画

多文化共生の相談窓口を{IMAGE}開いた。
"""


def small_engine(folder: Path) -> Engine:
    """An engine that sees all of ``small_engines``."""
    return small_engines(folder).of(OPERATOR)


def small_engines(folder: Path) -> Engines:
    """Engines over three documents of three towns."""
    table, analyzer = MunicipalityTable.load(), TermAnalyzer()
    encoder = StaticEncoder(analyzer=analyzer)
    store = Store.create(folder)
    with store.writing() as writer:
        for name, title, year, kind, text in (
            ("大泉町", "令和6年度 方針書", 2024, "方針書", OIZUMI),
            ("館林市", "業務棚卸表", 2020, "業務棚卸表", TATEBAYASHI),
            ("伊勢崎市", f"{SCRIPT}計画", 2023, "計画", NASTY),
        ):
            town = table.resolve(name)
            document = Document(
                source=f"{name}.txt",
                municipality_code=town.code,
                municipality=town.name,
                prefecture=town.prefecture,
                title=title,
                fiscal_year=year,
                document_kind=kind,
                sha256=content_hash(text.encode()),
                encoding="utf-8",
                layout="hand",
                added_at="2026-11-20T00:00:00+00:00",
            )
            passages = _row_passages(document, text) if "\t" in text else _line_passages(document, text)
            sheets = [_sheet(document, text)] if name == "大泉町" else []
            writer.add(
                DocumentRecord(
                    document=document,
                    text=text,
                    origin=f"/{name}.txt",
                    reader="1",
                    sheets=tuple(sheets),
                    passages=tuple(passages),
                )
            )
        writer.note_unread(
            UnreadFile(origin="/a.pdf", source=f"{IMAGE}.pdf", reason="読み取れません。", noted_at="2026"),
            PUBLIC,
        )
        writer.set_index_generation(build_generation(writer, folder, analyzer, encoder))
    return Engines(store, analyzer, encoder, table)


def _sheet(document: Document, text: str) -> Sheet:
    return Sheet(
        document_id=document.document_id,
        ordinal=1,
        title="企画部",
        identity="企画部",
        departments=("企画部",),
        fiscal_years=(2024,),
        section_path=(),
        span=Span(0, len(text)),
    )


def _line_passages(document: Document, text: str) -> list[Passage]:
    """One passage for each sentence; those of 大泉町 belong to its sheet."""
    is_sheet = document.municipality == "大泉町"
    passages: list[Passage] = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.endswith("。"):
            passages.append(
                _passage(
                    document,
                    len(passages) + 1,
                    Span(at, at + len(line)),
                    text,
                    number,
                    sheet=1 if is_sheet else None,
                    departments=("企画部",) if is_sheet else (),
                    section=("中間レビュー",) if is_sheet else (),
                    item=line[2:3] if is_sheet else "",
                )
            )
        at += len(line) + 1
    return passages


def _row_passages(document: Document, text: str) -> list[Passage]:
    """One passage for each row below the line of headers."""
    headers = ["指標", "H30実績", "R元実績", "R2実績", "目標"]
    years = [None, 2018, 2019, 2020, None]
    passages: list[Passage] = []
    at = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line and not line.startswith("指標"):
            cells, start = [], at
            for header, year, value in zip(headers, years, line.split("\t"), strict=True):
                span = Span(start, start + len(value))
                cells.append(Cell(header=header, span=span, fiscal_year=year, text=value))
                start += len(value) + 1
            passages.append(
                _passage(
                    document,
                    len(passages) + 1,
                    Span(at, at + len(line)),
                    text,
                    number,
                    cells=tuple(cells),
                    item=line.split("\t")[0],
                    years=(2018, 2019, 2020),
                )
            )
        at += len(line) + 1
    return passages


def _passage(
    document: Document,
    ordinal: int,
    span: Span,
    text: str,
    line: int,
    *,
    sheet: int | None = None,
    departments: tuple[str, ...] = (),
    section: tuple[str, ...] = (),
    item: str = "",
    cells: tuple[Cell, ...] = (),
    years: tuple[int, ...] | None = None,
) -> Passage:
    return Passage(
        passage_id=f"{document.document_id}/{ordinal:04d}",
        document_id=document.document_id,
        sheet_ordinal=sheet,
        ordinal=ordinal,
        kind=PassageKind.ROW if cells else PassageKind.ITEM,
        segments=(span,),
        text=span.of(text),
        fiscal_years=years
        if years is not None
        else ((document.fiscal_year,) if document.fiscal_year else ()),
        departments=departments,
        section_path=section,
        item=item,
        cells=cells,
        locators=(LineLocator(start_line=line, end_line=line),),
    )
