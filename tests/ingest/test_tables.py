"""Tables: labels, headers over one or two lines, years, shifted rows, merged cells."""

import pytest

from ingest.alignment import align
from ingest.blocks import Table, TableRow
from ingest.cells import Value, is_blank_value, value_of
from ingest.headers import header_of, is_header_word
from ingest.tables import (
    ColumnKind,
    column_year,
    fill_down,
    make_header,
    row_cells,
    row_label,
    row_segments,
    short_label,
    tidy,
)
from tests.ingest.documents import document_of


def rows_of(text: str) -> tuple[TableRow, ...]:
    (table,) = document_of(text).blocks
    assert isinstance(table, Table)
    return table.rows


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("実 践 課", "実践課"),
        ("2024 年度 基準値", "2024年度 基準値"),
        ("第五次 総合計画", "第五次 総合計画"),
        ("会計 年度 任用", "会計年度任用"),
    ],
)
def test_tidy_puts_spaced_letters_together(label: str, expected: str) -> None:
    assert tidy(label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("取組状況 ※年度ごとに表示", "取組状況"),
        ("取組達成度 ◎:計画以上 ○:計画どおり", "取組達成度"),
        ("業務コード (2桁・4桁・6桁)", "業務コード"),
        ("財政効果額(歳入) (単位:千円)", "財政効果額(歳入) (単位:千円)"),
        ("目標値 (令和11年度末)", "目標値 (令和11年度末)"),
    ],
)
def test_short_label_drops_legends_but_no_unit_and_no_year(label: str, expected: str) -> None:
    assert short_label(label) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", Value.EMPTY),
        ("-", Value.DASH),
        ("—", Value.DASH),
        ("1,355", Value.NUMBER),
        ("63.20%", Value.NUMBER),
        ("-287", Value.NUMBER),
        ("411,519千円", Value.NUMBER),
        ("→", Value.ARROW),
        ("◎", Value.MARK),
        ("随時", Value.TEXT),
        ("類似団体平均以下", Value.TEXT),
    ],
)
def test_value_of_tells_what_a_cell_holds(text: str, value: Value) -> None:
    assert value_of(text) is value


def test_a_dash_is_no_value_and_a_zero_is_one() -> None:
    assert is_blank_value("－")
    assert not is_blank_value("0")


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("H28実績", 2016),
        ("2024 年度 基準値", 2024),
        ("令和5年度（2023年度）", 2023),
        ("備考", None),
        ("R2～R5", None),
    ],
)
def test_column_year_is_the_one_year_that_a_header_names(header: str, year: int | None) -> None:
    assert column_year(header) == year


def test_header_of_joins_two_lines() -> None:
    header, height = header_of(
        rows_of("目的\t指標\t過去の実績\t\t目標\n\t\tH28\tH29\t\n港を守る\t点検数\t3\t4\t↑")
    )
    assert height == 2
    assert [column.header for column in header] == [
        "目的",
        "指標",
        "過去の実績 H28",
        "過去の実績 H29",
        "目標",
    ]
    assert [column.fiscal_year for column in header] == [None, None, 2016, 2017, None]
    assert header[4].kind is ColumnKind.TARGET


def test_header_of_joins_words_that_stand_only_below_labels_over_several_columns() -> None:
    table = (
        "業務名\t内容\t従事者（人）\t\t指標\t\t実績\t\t備考\n\t\t正規\t会計年度\t名称\t単位\tR3\tR4見込\t\n"
    )
    row = "桟橋の修理\t板を張り替える。\t0.4\t0.1\t張り替えた桟橋\t基\t3\t4\t"
    header, height = header_of(rows_of(table + row))
    assert (height, [column.header for column in header][2:8]) == (
        2,
        ["従事者（人） 正規", "従事者（人） 会計年度", "指標 名称", "指標 単位", "実績 R3", "実績 R4見込"],
    )


@pytest.mark.parametrize(
    "second",
    [
        "\t\t本務\t兼務\t名称\t基\t3\t4\t",  # figures, which no head is
        "\t\t正規\t会計年度\t名称\t単位\tR3\tR4\t休止",  # a word below 備考, which spans nothing
        "\t\t正規\t\t名称\t単位\tR3\tR4\t",  # one of the columns that 従事者 spans is left out
    ],
)
def test_header_of_takes_no_row_that_stands_elsewhere(second: str) -> None:
    first = "業務名\t内容\t従事者（人）\t\t指標\t\t実績\t\t備考"
    row = "桟橋の修理\t板を張り替える。\t0.4\t0.1\t張り替えた桟橋\t基\t3\t4\t"
    assert header_of(rows_of(f"{first}\n{second}\n{row}"))[1] == 1


def test_header_of_takes_marks_and_the_dash_among_them() -> None:
    header, height = header_of(rows_of("区分\t◎\t○\t△\t－\t計\n令和4年度\t2\t7\t1\t1\t11"))
    assert (height, [column.header for column in header]) == (1, ["区分", "◎", "○", "△", "－", "計"])
    assert header_of(rows_of("潮位\t満\t－\n桟橋\t3\t4"))[1] == 0


def test_header_of_takes_an_empty_first_cell() -> None:
    header, height = header_of(rows_of("\t2024年度 基準値\t2029年度 目標値\n水揚げ量\t5t\t9t"))
    assert (height, [column.header for column in header]) == (1, ["", "2024年度 基準値", "2029年度 目標値"])


@pytest.mark.parametrize(
    "text", ["年度\tR6\n件名\t港の計画", "港\t12\n船\t30", "所管\t港湾課\n期間\t五か年", "漁港の名\t北浜"]
)
def test_header_of_finds_none_in_labels_with_values(text: str) -> None:
    assert header_of(rows_of(text)) == ((), 0)


def test_header_of_takes_words_above_figures() -> None:
    header, _ = header_of(
        rows_of("この表の職員の数は実際に配置した人数を数えている\t正規\t再任用\n\t2.0\t1.0")
    )
    assert [column.header for column in header][1:] == ["正規", "再任用"]


HEADER = make_header(["業務コード", "活動", "指標", "H28", "H29", "目標", "達成", "備考"])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("01\t港\t点検数\t3\t4\t↑\t○\t", ["01", "港", "点検数", "3", "4", "↑", "○", ""]),
        ("01\t港\t\t点検数\t3\t4\t↑\t○\t", ["01", "港", "点検数", "3", "4", "↑", "○", ""]),
        ("\t0101\t船\t隻数\t3\t4\t↑\t○\t", ["0101", "船", "隻数", "3", "4", "↑", "○", ""]),
        ("05\t網\t\t-\t-\t-\t→\t-\t", ["05", "網", "-", "-", "-", "→", "-", ""]),
        ("0501\t網\t随時\t実施\t実施\t→\t-\t終了", ["0501", "網", "随時", "実施", "実施", "→", "-", "終了"]),
        ("\t050101\t灯台\t\t\t\t\t\t", ["050101", "灯台", "", "", "", "", "", ""]),
    ],
)
def test_align_lays_shifted_rows_by_what_they_hold(row: str, expected: list[str]) -> None:
    aligned = align(rows_of(row)[0], HEADER)
    assert [cell.text if cell else "" for cell in aligned] == expected


def test_align_leaves_out_surplus_cells_at_the_end_first() -> None:
    header = make_header(["", "令和3年度", "令和4年度"])
    aligned = align(rows_of("効果額\t\t1,200\t\t")[0], header)
    assert [cell.text if cell else "" for cell in aligned] == ["効果額", "", "1,200"]


def test_row_cells_carry_header_and_year() -> None:
    text = "01\t港\t点検数\t3\t-\t↑\t○\t"
    row = rows_of(text)[0]
    cells = row_cells(HEADER, align(row, HEADER))
    assert [(cell.header, cell.span.of(text), cell.fiscal_year) for cell in cells[2:5]] == [
        ("指標", "点検数", None),
        ("H28", "3", 2016),
        ("H29", "-", 2017),
    ]
    assert row_label(HEADER, align(row, HEADER)) == "点検数"


def test_row_segments_are_one_span_unless_tags_stand_inside() -> None:
    text = "\t港\t\t3\t"
    assert [s.of(text) for s in row_segments(text, rows_of(text)[0].cells)] == ["港\t\t3"]
    tagged = "港\t<p>甲</p>\t3"
    assert [s.of(tagged) for s in row_segments(tagged, rows_of(tagged)[0].cells)] == ["港", "甲", "3"]


def test_fill_down_repeats_merged_cells_but_not_into_a_total() -> None:
    rows = fill_down(rows_of("2\t港湾費\t5\n\t漁港費\t3\n合計\t\t8"), 1)
    assert [row.texts for row in rows] == [("2", "港湾費", "5"), ("2", "漁港費", "3"), ("合計", "", "8")]


@pytest.mark.parametrize(
    ("text", "expected"), [("施策名", True), ("款", True), ("港を守る取組を進める", False)]
)
def test_is_header_word(text: str, expected: bool) -> None:
    assert is_header_word(text) is expected
