import io
import random

import pytest
import xlwt  # type: ignore[import-untyped]

from corpus.errors import InputError
from corpus.locator import CellLocator
from corpus.span import Span
from ingest.xls_formatted import formatted_book
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


def test_old_workbook_is_read_with_its_cells() -> None:
    read = XlsReader().read(_data(_workbook()))
    assert read.text == "事務事業評価シート\n\n指標\t目標\t実績\n相談\t10\t0.468\n研修\t5\t1234\n"
    assert ["作業" in warning for warning in read.warnings] == [True]
    at = read.text.index("0.468")
    assert read.locate([Span(at, at + 5)]) == (CellLocator(worksheet="評価", range="D5"),)
    assert read.locate([Span(0, 3)]) == (CellLocator(worksheet="評価", range="B3:D3"),)


_VALUES = [
    *((0.468, "0.0%", "46.8%"), (1234, '#,##0"千円"', "1,234千円"), (1, "00", "01")),
    *((-1500, '#,##0;"△"#,##0', "△1,500"), (45446, '[$-411]ggge"年"m"月"d"日"', "令和6年6月3日")),
    *((0.5625, "h:mm", "13:30"), (12345678, "#,##0,", "12,346"), (5, ";;;", "")),
]


def test_values_of_an_old_workbook_stand_as_printed() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("値")
    for row, (value, code, _) in enumerate(_VALUES):
        sheet.write(row, 0, f"項目{row + 1}")
        sheet.write(row, 1, value, xlwt.easyxf(num_format_str=code))
    lines = XlsReader().read(_data(workbook)).text.split("\n")
    expected = [f"項目{row}\t{text}".rstrip("\t") for row, (_, _, text) in enumerate(_VALUES, start=1)]
    assert [line.rstrip("\t") for line in lines if line] == expected


def test_hidden_rows_columns_and_letters_of_an_old_workbook_are_told() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("値")
    for row in range(3):
        for column in range(3):
            sheet.write(row, column, f"値{row}{column}")
    sheet.write(3, 0, "白い文", xlwt.easyxf("font: colour white"))
    sheet.write(4, 0, "見える", xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour black"))
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    read = XlsReader().read(_data(workbook))
    assert [line.split("\t") for line in read.text.split("\n") if line] == [
        ["値00", "値01"],
        ["値20", "値21"],
        ["見える"],
    ]
    assert read.warnings == (
        "ワークシート「値」の非表示の行・列は読み取っていません: 2行、C列。",
        "ワークシート「値」に、見えない文字（地と同じ色、ごく小さいなど）が3字あり、読み取りから除きました。",
    )


def test_workbook_whose_formats_cannot_be_made_out_is_read_by_its_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ingest.xls_reader.formatted_book", lambda data: None)
    read = XlsReader().read(_data(_workbook()))
    assert "相談\t10\t0.468" in read.text
    assert ".xlsx" in read.warnings[-1]


def test_damaged_workbook_is_refused() -> None:
    with pytest.raises(InputError, match="xlsx"):
        XlsReader().read(_data(_workbook())[:600])


def test_damaged_workbook_is_made_out_or_not_and_nothing_else() -> None:
    whole = _data(_workbook())
    chance = random.Random(3)
    made_out = []
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(20):
            damaged[chance.randrange(8, len(damaged))] = chance.randrange(256)
        made_out.append(formatted_book(bytes(damaged)) is not None)
    assert {True, False} == set(made_out)
