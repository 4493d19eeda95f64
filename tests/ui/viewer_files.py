"""Originals that the tests of the viewer look at: a report of two pages, a workbook, a plan in plain text."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook  # type: ignore[import-untyped]

from corpus.fiscal_year import parse_fiscal_year
from corpus.municipality import MunicipalityTable
from ingest.identify import GivenFacts
from tests.ingest.pdf_drawing import Drawing
from ui.intake import IngestResult, ingest
from ui.library import municipality_table

TOWN = "千鳥ヶ原市"
QUOTE = "海辺の遊歩道に夜間照明を十二基設けた。"
"""A sentence in the second paragraph of the report's first page; its line stands at ``QUOTE_AT``."""

QUOTE_AT = (72.0, 300.0)
QUOTE_SIZE = 12.0
REPORT_NAME = "遊歩道 報告書（R6）.pdf"
WORKBOOK_NAME = "指標.xlsx"
TEXT_NAME = "方針.txt"


def report_pdf() -> bytes:
    """A PDF of two pages; ``QUOTE`` is a line of the first."""
    drawing = Drawing()
    drawing.text(72, 90, "遊歩道整備 報告書", 18)
    drawing.lines(
        72, 140, ["この報告書は、遊歩道の整備の状況をまとめたものである。", "対象は市内の三地区である。"]
    )
    drawing.text(72, 270, "1 照明の整備", 14)
    drawing.text(*QUOTE_AT, QUOTE, QUOTE_SIZE)
    drawing.text(72, 320, "利用者からは、安心して歩けるという声が寄せられた。", 12)
    drawing.page()
    drawing.text(72, 90, "2 清掃の記録", 14)
    drawing.text(72, 120, "清掃は毎月一回、地区の会とともに行った。", 12)
    return drawing.data()


def workbook() -> bytes:
    """A workbook with a title, two rows of headers, thirty rows of figures, of which two are hidden."""
    book = Workbook()
    sheet = book.active
    sheet.title = "実績"
    sheet["A1"] = "指標の実績一覧"
    sheet.merge_cells("A1:E1")
    for column, words in enumerate(["番号", "指標名", "令和4年度", "令和5年度", "令和6年度"], start=1):
        sheet.cell(3, column, words)
    for row in range(4, 34):
        sheet.cell(row, 1, row - 3)
        sheet.cell(row, 2, f"公園の花壇の数 その{row - 3}")
        for column in (3, 4, 5):
            sheet.cell(row, column, 100 * column + row)
    sheet.cell(24, 2, "浜辺の観察会の参加者数（人）")
    sheet.row_dimensions[20].hidden = True
    sheet.row_dimensions[21].hidden = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def viewer_library(folder: Path, sources: Path) -> IngestResult:
    """A library of the three files, taken in as a person would."""
    (sources / REPORT_NAME).write_bytes(report_pdf())
    (sources / WORKBOOK_NAME).write_bytes(workbook())
    (sources / TEXT_NAME).write_text(
        "令和6年度 方針\n\n図書館の移動書架を、北の地区へ月に二度巡回させる。\n", encoding="utf-8"
    )
    table: MunicipalityTable = municipality_table()
    given = GivenFacts(
        municipality=table.resolve(TOWN), fiscal_year=parse_fiscal_year("令和6年度"), document_kind="報告書"
    )
    return ingest(folder, [sources], given)
