import io
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.formatting.rule import CellIsRule  # type: ignore[import-untyped]
from openpyxl.styles import Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from corpus.errors import EmptyFileError, InputError
from corpus.locator import CellLocator
from corpus.span import Span
from ingest.blocks import Table, TextLine
from ingest.reader import ReadFile
from ingest.xlsx_reader import XlsxReader
from tests.ingest.documents import document_of
from tests.ingest.made_files import as_workbook, told, told_of, workbook_bytes
from tests.ingest.plan_texts import INVENTORY, PROMOTION

_TAKAMATSU = Path(__file__).parents[3] / "shared" / "originals" / "takamatsu_wellbeing.xlsx"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _read(workbook: Workbook) -> ReadFile:
    return XlsxReader().read(workbook_bytes(workbook))


def _new() -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    return workbook, workbook.active


def _boxed(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = _BOX


def _lines(read: ReadFile) -> list[str]:
    return [line for line in read.text.split("\n") if line]


def _place(read: ReadFile, text: str) -> tuple[object, ...]:
    at = read.text.index(text)
    return read.locate([Span(at, at + len(text))])


@pytest.mark.parametrize("text", [INVENTORY, PROMOTION])
def test_workbook_gives_what_its_text_gives(text: str) -> None:
    assert told_of(XlsxReader().read(as_workbook(text))) == told(text, document_of(text))


def test_values_stand_as_printed() -> None:
    workbook, sheet = _new()
    for column, (value, code) in enumerate(
        [
            *((0.468, "0.0%"), (1234, '#,##0"千円"'), (1, "00"), ("0101", "@"), (-5, "0;▲0")),
            *(
                (datetime(2024, 4, 1), "[$-411]ge.m.d"),
                (datetime(2024, 4, 1), '[$-411]ggge"年"m"月"'),
                (5, ";;;"),
            ),
        ],
        start=1,
    ):
        sheet.cell(1, column, value).number_format = code
    assert _lines(_read(workbook)) == ["46.8%\t1,234千円\t01\t0101\t▲5\tR6.4.1\t令和6年4月"]


def test_merged_cells_of_graph_paper_stand_side_by_side() -> None:
    workbook, sheet = _new()
    for column in range(1, 41):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 2.5
    for row, cells in enumerate(
        [
            [("B", "H", "事業名"), ("I", "AH", "多文化共生推進事業")],
            [("B", "H", "担当課"), ("I", "Q", "市民課"), ("R", "X", "予算額"), ("Y", "AH", "1,200千円")],
        ],
        start=3,
    ):
        for first, last, text in cells:
            sheet[f"{first}{row}"] = text
            sheet.merge_cells(f"{first}{row}:{last}{row}")
    _boxed(sheet, "B3:AH4")
    sheet["B1"] = "事務事業評価シート"
    sheet["B6"] = "①"
    sheet["D6"] = "窓口に通訳を置く。"
    sheet["B7"] = "②"
    sheet["D7"] = "研修を行う。"
    read = _read(workbook)
    assert read.text == (
        "事務事業評価シート\n\n事業名\t多文化共生推進事業\n担当課\t市民課\t予算額\t1,200千円\n\n"
        "① 窓口に通訳を置く。\n② 研修を行う。\n"
    ).replace("事業名\t多文化共生推進事業\n", "事業名\t多文化共生推進事業\t\t\n")
    assert _place(read, "多文化共生推進事業") == (CellLocator(worksheet="Sheet", range="I3:AH3"),)
    assert _place(read, "市民課\t予算額\t1,200") == (CellLocator(worksheet="Sheet", range="I4:AH4"),)
    assert _place(read, "窓口") == (CellLocator(worksheet="Sheet", range="D6"),)


def test_columns_of_header_and_data_that_begin_apart_are_one() -> None:
    workbook, sheet = _new()
    sheet.append(["指標", None, "実績"])
    sheet.merge_cells("A1:B1")
    sheet.append([None, "相談件数", 12])
    sheet.append([None, "参加者数", 34])
    assert _lines(_read(workbook)) == ["指標\t実績", "相談件数\t12", "参加者数\t34"]


def test_empty_rows_part_tables_but_not_within_lines() -> None:
    workbook, sheet = _new()
    for row in (["年度", "値"], ["R5", 1], [None, None], ["R6", 2], [], ["課名", "人数"], ["総務課", 3]):
        sheet.append(row)
    _boxed(sheet, "A1:B4")
    tables = [block for block in _read(workbook).blocks if isinstance(block, Table)]
    assert [[row.texts for row in table.rows] for table in tables] == [
        [("年度", "値"), ("R5", "1"), ("R6", "2")],
        [("課名", "人数"), ("総務課", "3")],
    ]


def test_tables_side_by_side_are_read_one_after_the_other() -> None:
    workbook, sheet = _new()
    sheet.append(["歳入", "額", None, "歳出", "額"])
    sheet.append(["町税", 10, None, "人件費", 20])
    assert _lines(_read(workbook)) == ["歳入\t額", "町税\t10", "歳出\t額", "人件費\t20"]


def test_band_stays_in_its_table_and_prose_leaves_it() -> None:
    workbook, sheet = _new()
    for row in (
        ["施策", "目標"],
        ["基本目標1", None],
        ["相談", "10件"],
        ["表の説明文が入る。", None],
        ["研修", "5回"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    sheet.merge_cells("A4:B4")
    _boxed(sheet, "A1:B5")
    blocks = [block for block in _read(workbook).blocks if isinstance(block, Table | TextLine)]
    assert [type(block) for block in blocks] == [Table, TextLine, Table]
    first = blocks[0]
    assert isinstance(first, Table)
    assert [row.texts for row in first.rows] == [("施策", "目標"), ("基本目標1", ""), ("相談", "10件")]


def test_lines_within_a_cell_are_one() -> None:
    workbook, sheet = _new()
    sheet.append(
        [
            "行政活動\n(手段)",
            "・窓口を置く\n・研修を行う",
            "外国人市民が安心して暮らせる地域をつく\nるため、相談を行う。",
        ]
    )
    (line,) = _lines(_read(workbook))
    assert line.split("\t") == [
        "行政活動 (手段)",
        "・窓口を置く ・研修を行う",
        "外国人市民が安心して暮らせる地域をつくるため、相談を行う。",
    ]


def test_hidden_parts_are_left_out_and_named() -> None:
    workbook, sheet = _new()
    sheet.title = "評価"
    for row in range(1, 5):
        sheet.append([f"項目{row}", f"秘{row}", f"値{row}"])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    workbook.create_sheet("作業用").append(["下書き"])
    workbook["作業用"].sheet_state = "hidden"
    read = _read(workbook)
    assert _lines(read) == ["項目1\t値1", "項目4\t値4"]
    assert "「作業用」" in read.warnings[0]
    assert "2〜3行" in read.warnings[1]
    assert "B列" in read.warnings[1]


def test_names_of_worksheets_stand_before_their_content_where_they_tell_something() -> None:
    workbook, sheet = _new()
    sheet.title = "総務課"
    sheet.append(["項目", "値"])
    workbook.create_sheet("Sheet2").append(["課名", "人数"])
    read = _read(workbook)
    assert read.text == "総務課\n\n項目\t値\n\n課名\t人数\n"
    assert read.locate([Span(0, len(read.text))]) == (
        CellLocator(worksheet="総務課", range="A1:B1"),
        CellLocator(worksheet="Sheet2", range="A1:B1"),
    )


def test_formula_without_result_is_empty_and_named() -> None:
    workbook, sheet = _new()
    sheet.append(["合計", "=SUM(C1:D1)", 1, 2])
    read = _read(workbook)
    assert _lines(read) == ["合計\t1\t2"]
    assert "B1" in read.warnings[0]


def test_results_of_formulas_are_read_and_text_boxes_follow() -> None:
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = workbook.add_worksheet("表")
    sheet.write("A1", "割合")
    sheet.write_formula("B1", "=1/4", workbook.add_format({"num_format": "0.0%"}), 0.25)
    sheet.write_comment("A1", "見えない注釈")
    sheet.insert_textbox("B4", "図の説明\n二行目")
    workbook.close()
    read = XlsxReader().read(file.getvalue())
    assert _lines(read)[:2] == ["割合\t25.0%", "図の説明"]
    assert "注釈" not in read.text
    assert read.warnings == ()
    (place,) = _place(read, "図の説明")
    assert isinstance(place, CellLocator)
    assert place.range.startswith("B4:")


def test_workbook_without_content_or_damaged_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        _read(_new()[0])
    data = as_workbook("項目\t値")
    with pytest.raises(InputError):
        XlsxReader().read(data[:500])
    with pytest.raises(InputError):
        XlsxReader().read(b"text")


@pytest.mark.skipif(not _TAKAMATSU.exists(), reason="the published file is not here")
def test_published_workbook_is_read_with_its_cells() -> None:
    read = XlsxReader().read(_TAKAMATSU.read_bytes())
    rows = [row.texts for block in read.blocks if isinstance(block, Table) for row in block.rows]
    assert rows[0][1:6] == ("属性", "属性", "属性", "幸福度・満足度", "幸福度・満足度")
    assert rows[1][:4] == ("回答者ID", "性別", "年代", "住所")
    assert rows[2][0] == "10001"
    assert {len(row) for row in rows} == {56}
    assert _place(read, "10001") == (CellLocator(worksheet="回答データ", range="B3"),)


def test_letters_of_the_colour_of_their_ground_are_left_out_and_told() -> None:
    workbook, sheet = _new()
    sheet.title = "評価"
    for row, (colour, ground, size) in enumerate(
        [("FFFFFF", None, 11), ("FFFFFF", "1F4E78", 11), ("000000", "000000", 11), ("000000", None, 1)],
        start=2,
    ):
        cell = sheet.cell(row, 1, f"{row}行目の文")
        cell.font = Font(color=colour, size=size)
        if ground:
            cell.fill = PatternFill("solid", fgColor=ground)
    read = _read(workbook)
    assert _lines(read) == ["3行目の文"]
    assert read.warnings == (
        "ワークシート「評価」に、見えない文字（地と同じ色、ごく小さいなど）が15字あり、読み取りから除きました。",
    )


def test_letters_whose_colours_depend_on_a_condition_stay() -> None:
    workbook, sheet = _new()
    sheet["A1"] = "白い字"
    sheet["A1"].font = Font(color="FFFFFF")
    rule = CellIsRule(operator="notEqual", formula=["0"], fill=PatternFill("solid", bgColor="FF0000"))
    sheet.conditional_formatting.add("A1:B2", rule)
    read = _read(workbook)
    assert _lines(read) == ["白い字"]
    assert not read.warnings


def test_title_with_its_unit_at_the_side_is_a_line_and_an_upright_word_is_one() -> None:
    workbook, sheet = _new()
    sheet["A1"], sheet["F1"] = "指標の推移", "（単位：千円）"
    for row, cells in enumerate([("活\n動\n指\n標", "R5", "R6"), ("相談", 12, 15)], start=3):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column, value)
    _boxed(sheet, "A3:C4")
    assert _lines(_read(workbook)) == ["指標の推移 （単位：千円）", "活動指標\tR5\tR6", "相談\t12\t15"]
