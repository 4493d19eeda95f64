"""What the cells of a row that are no values say of those that are."""

import pytest

from ingest.indicators import indicators_of
from tests.ingest.test_indicators import HeaderAndText, a_row

ROWS: list[tuple[list[HeaderAndText], str, str]] = [
    (
        [("施策", None, "1-1 防災"), ("事業名", None, "無線の更新"), ("R5予算", 2023, "42,100千円")],
        "1-1 防災",
        "無線",
    ),
    ([("施策", None, "1-1 防災"), ("内容", None, "無線の更新"), ("R5予算", 2023, "42,100千円")], "", "1-1"),
    ([("部長", None, "樫野 一郎"), ("当初予算額", 2024, "48億円")], "", "当初予算額"),
    ([("職員数", None, "98人（うち再任用 2人）"), ("当初予算額", 2024, "48億円")], "", "当初予算額"),
    ([("担当課", None, "港湾課"), ("R5決算額", 2023, "48千円"), ("評価", None, "Ｂ")], "", "決算額"),
    (
        [("部局長名", None, "港湾部長 樫野 一郎"), ("職員数", None, "9人"), ("予算額", 2024, "48億円")],
        "",
        "予算額",
    ),
    ([("会議", None, "100人委員会（本会）"), ("当初予算額", 2024, "48億円")], "", "100人委員会（本会）"),
]


@pytest.mark.parametrize(("cells", "measure", "begins"), ROWS)
def test_row_names_what_is_counted_and_its_measure(
    cells: list[HeaderAndText], measure: str, begins: str
) -> None:
    found = indicators_of(a_row(cells)[1])
    assert [(one.measure, one.name[: len(begins)]) for one in found] == [(measure, begins)]


def test_unit_and_name_of_a_group_of_columns_hold_for_it_alone() -> None:
    cells: list[HeaderAndText] = [
        ("事業名", None, "桟橋の修理"),
        ("事業費 R4決算（千円）", 2022, "6,775"),
        ("事業費 R5予算", 2023, "7,444"),
        ("KPI KPI名", None, "渡し船の便数"),
        ("KPI 単位", None, "便"),
        ("KPI R5目標", 2023, "4,000"),
    ]
    found = indicators_of(a_row(cells)[1])
    assert [(one.name, one.value, one.unit) for one in found] == [
        ("桟橋の修理 事業費 決算", 6775, "千円"),
        ("桟橋の修理 事業費 予算", 7444, "千円"),
        ("渡し船の便数", 4000, "便"),
    ]


def test_unit_of_a_group_without_values_holds_for_the_values_beside_it() -> None:
    cells: list[HeaderAndText] = [
        ("業務名", None, "渡し船の運航"),
        ("活動指標 指標名", None, "100円券の枚数"),
        ("活動指標 単位", None, "枚"),
        ("実績 R3", 2021, "4,000"),
        ("実績 R4見込", 2022, "5,000"),  # no year that has ended
    ]
    found = indicators_of(a_row(cells)[1])
    assert [(one.name, one.fiscal_year, one.unit) for one in found] == [("100円券の枚数", 2021, "枚")]


def test_what_is_to_be_done_in_a_year_and_how_it_went_are_no_figures() -> None:
    cells: list[HeaderAndText] = [
        ("項目", None, "窓口の統合"),
        ("年度別計画 R5", 2023, "検討"),
        ("年度別計画 R6", 2024, "→"),
        ("効果額（千円）", None, "38"),
        ("R5の実績", 2023, "相談は12件であった。"),
    ]
    assert [(one.name, one.value) for one in indicators_of(a_row(cells)[1])] == [("効果額", 38)]


def test_unit_over_a_column_of_labels_holds_for_the_years_beside_it() -> None:
    cells: list[HeaderAndText] = [
        ("区分（千円）", None, "桟橋の修理"),
        ("R6", 2024, "400"),
        ("R7", 2025, "52"),
    ]
    assert [(one.value, one.unit) for one in indicators_of(a_row(cells)[1])] == [(400, "千円"), (52, "千円")]
