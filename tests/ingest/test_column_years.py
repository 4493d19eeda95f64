"""Years that labels explain to each other, and labels that only look like years."""

import pytest

from ingest.column_years import head_years, is_dated_value, years_along

ROWS = [
    (["令和3年度", "4年度", "5年度"], None, (2021, 2022, 2023)),
    (["H30", "R元", "R2実績"], None, (2018, 2019, 2020)),
    (["指標", "元年度", "2年度", "3年度"], 2022, (None, 2019, 2020, 2021)),
    (["指標", "元年度", "2年度"], None, (None, None, None)),
    (["平成30年度", "31年度"], None, (2018, 2019)),
    (["区分", "2020", "2021", "増減"], None, (None, 2020, 2021, None)),
    (["件数", "2020"], None, (None, None)),
    (["本年度予算額", "前年度予算額", "比較"], 2025, (2025, 2024, None)),
    (["前年度比", "前年度からの増減"], 2025, (None, None)),
    (["現状値（2022）", "目標値（2033）"], None, (2022, 2033)),
    (["令和99年度", "3か年合計"], 2024, (None, None)),
]


@pytest.mark.parametrize(("labels", "own", "years"), ROWS)
def test_labels_explain_each_other(labels: list[str], own: int | None, years: tuple[int | None, ...]) -> None:
    assert years_along(labels, own) == years


@pytest.mark.parametrize(
    ("text", "is_value"), [("78.4％（R2）", True), ("2024（R6）", False), ("R6", False), ("12件", False)]
)
def test_a_value_with_its_year_is_no_year(text: str, is_value: bool) -> None:
    assert is_dated_value(text) is is_value


@pytest.mark.parametrize(
    ("texts", "heads"),
    [(["区分", "R4", "R5"], True), (["区分", "4年度", "5年度"], True), (["区分", "R4", "件数"], False)],
)
def test_two_years_make_a_head(texts: list[str], heads: bool) -> None:
    assert head_years(texts) is heads
