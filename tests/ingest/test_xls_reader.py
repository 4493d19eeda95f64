import io

import pytest
import xlwt  # type: ignore[import-untyped]

from corpus.errors import InputError
from corpus.locator import CellLocator
from corpus.span import Span
from ingest.xls_reader import XlsReader


def _workbook() -> xlwt.Workbook:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("評価")
    sheet.write_merge(2, 2, 1, 3, "事務事業評価シート")
    for row, cells in enumerate(
        (("指標", "目標", "実績"), ("相談", 10, 0.468), ("研修", 5, 1234.0)), start=3
    ):
        for column, value in enumerate(cells, start=1):
            sheet.write(row, column, value)
    hidden = workbook.add_sheet("作業")
    hidden.write(0, 0, "下書き")
    hidden.visibility = 1
    return workbook


def _data(workbook: xlwt.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_old_workbook_is_read_with_its_cells_and_a_warning() -> None:
    read = XlsReader().read(_data(_workbook()))
    assert read.text == "事務事業評価シート\n\n指標\t目標\t実績\n相談\t10\t0.468\n研修\t5\t1234\n"
    assert ["作業" in warning for warning in read.warnings] == [True, False]
    assert ".xlsx" in read.warnings[1]
    at = read.text.index("0.468")
    assert read.locate([Span(at, at + 5)]) == (CellLocator(worksheet="評価", range="D5"),)
    assert read.locate([Span(0, 3)]) == (CellLocator(worksheet="評価", range="B3:D3"),)


def test_damaged_workbook_is_refused() -> None:
    with pytest.raises(InputError, match="xlsx"):
        XlsReader().read(_data(_workbook())[:600])
