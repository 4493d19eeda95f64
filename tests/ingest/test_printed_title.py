"""Titles told by how they are set: large, styled, merged, or entered among a file's properties."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook  # type: ignore[import-untyped]

from ingest.file_type import FileType
from ingest.printed_title import BY_CELLS, BY_PROPERTIES, BY_SIZE, BY_STYLE, PrintedTitle, printed_title
from ingest.xlsx_reader import XlsxReader
from tests.ingest.made_files import docx_bytes, workbook_bytes
from tests.ingest.pdf_drawing import Drawing

BODY = [
    f"{n}丁目の花壇は、地区の会とともに春と秋に植え替えを行い、冬には腐葉土を入れた。" for n in range(1, 13)
]
Lines = list[tuple[float, float, str, float]]


def pdf_of(lines: Lines, *, with_body: bool = False) -> bytes:
    drawing = Drawing()
    for x, y, text, size in lines:
        drawing.text(x, y, text, size)
    if with_body:
        drawing.lines(72, 300, BODY, 10.5)
    return drawing.data()


TOWN_BELOW: Lines = [(120, 250, "公共花壇管理報告書", 26), (250, 680, "千 鳥 ヶ 原 市", 26)]
PAGES = [
    (TOWN_BELOW, False, "公共花壇管理報告書"),
    ([(100, 90, "月見浦市", 30), (100, 200, "花と緑の推進プラン", 24)], False, "花と緑の推進プラン"),
    (
        [(100, 200, "令和6年度", 14), (100, 240, "花壇の会", 28), (100, 280, "活動の記録", 28)],
        False,
        "令和6年度 花壇の会 活動の記録",
    ),
    ([(100, 90, "花壇の手入れについて", 18)], True, "花壇の手入れについて"),
    ([(100, 90, "花壇の手入れについて", 10.5)], True, ""),
    ([(100, 90, "第1章 花壇の現状", 20)], True, ""),
    ([(100, 90, "Annual Report", 30)], False, ""),
    ([(100, 90, "目次", 30)], True, ""),
]


@pytest.mark.parametrize(("lines", "with_body", "title"), PAGES)
def test_the_largest_words_of_a_first_page_are_its_title(lines: Lines, with_body: bool, title: str) -> None:
    found = printed_title(FileType.PDF, pdf_of(lines, with_body=with_body))
    assert found == (PrintedTitle(text=title, source=BY_SIZE) if title else None)


def test_letters_set_down_the_page_are_a_title_too() -> None:
    lines: Lines = [(300, 100.0 + 30 * at, sign, 26) for at, sign in enumerate("花と緑の計画")]
    found = printed_title(FileType.PDF, pdf_of(lines))
    assert found is not None
    assert found.text == "花と緑の計画"


def word_of(*paragraphs: tuple[str, dict[str, Any]]) -> bytes:
    document = docx.Document()
    for text, how in paragraphs:
        made = document.add_paragraph(style=how.get("style"))
        run = made.add_run(text)
        if "size" in how:
            run.font.size = Pt(how["size"])
        if how.get("centred"):
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in BODY:
        document.add_paragraph(line)
    return docx_bytes(document)


LARGE = {"size": 20, "centred": True}
WORDS = [
    ([("白樺野町", {}), ("花壇の手引き", {"style": "Title"})], "花壇の手引き"),
    ([("白樺野町", LARGE), ("白樺野町花壇の手引き", {"style": "Title"})], "白樺野町花壇の手引き"),
    (
        [("総務課", {}), ("花壇の", LARGE), ("手引き", LARGE), ("令和6年4月", {"centred": True})],
        "花壇の 手引き",
    ),
    ([("令和6年度", {"size": 16, "centred": True}), ("花壇の手引き", LARGE)], "花壇の手引き"),
    ([("花壇の手引き", {"centred": True})], ""),
    ([("花壇の手引き", {"size": 20})], ""),
]


@pytest.mark.parametrize(("paragraphs", "title"), WORDS)
def test_what_is_styled_or_set_large_and_centred_is_the_title_of_a_word_file(
    paragraphs: list[tuple[str, dict[str, Any]]], title: str
) -> None:
    found = printed_title(FileType.DOCX, word_of(*paragraphs))
    assert found == (PrintedTitle(text=title, source=BY_STYLE) if title else None)


@pytest.mark.parametrize(
    ("first", "merged", "beside", "title"),
    [
        ("花壇の一覧 令和6年度", "A1:D1", "", "花壇の一覧 令和6年度"),
        ("花壇の一覧 令和6年度", "", "", ""),
        ("花壇の一覧", "A1:C1", "単位: か所", ""),
        ("月見浦市", "A1:D1", "", ""),
    ],
)
def test_the_merged_cells_at_the_top_of_the_first_worksheet_are_its_title(
    first: str, merged: str, beside: str, title: str
) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["D1"] = first, beside or None
    if merged:
        sheet.merge_cells(merged)
    for row in range(2, 6):
        for column in range(1, 5):
            sheet.cell(row, column, f"{row}の{column}")
    data = workbook_bytes(book)
    found = printed_title(FileType.XLSX, data, XlsxReader().read(data).title)
    assert found == (PrintedTitle(text=title, source=BY_CELLS) if title else None)


ENTERED = [
    ("花壇の手引き（改訂）", "花壇の手引き（改訂）"),
    ("Microsoft Word - 花壇の手引き.docx", ""),
    ("花壇の手引き.docx", ""),
    ("PowerPoint プレゼンテーション", ""),
    ("スライド 1", ""),
    ("文書 1", ""),
    ("Flower beds", ""),
    ("", ""),
]


@pytest.mark.parametrize(("entered", "title"), ENTERED)
def test_a_title_among_the_properties_counts_where_a_person_entered_it(entered: str, title: str) -> None:
    document = docx.Document()
    document.core_properties.title = entered
    document.add_paragraph(BODY[0])
    expected = PrintedTitle(text=title, source=BY_PROPERTIES) if title else None
    assert printed_title(FileType.DOCX, docx_bytes(document)) == expected
    drawing = Drawing().text(72, 100, "1", 10)
    drawing._canvas.setTitle(entered)
    assert printed_title(FileType.PDF, drawing.data()) == expected


def test_other_files_have_no_look() -> None:
    assert printed_title(FileType.TEXT, "花壇の手引き".encode()) is None
    assert printed_title(FileType.CSV, io.BytesIO(b"").getvalue()) is None
