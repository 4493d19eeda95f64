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
    ([("会議", None, "100人委員会（本会）"), ("当初予算額", 2024, "48億円")], "", "100人委員会（本会）"),
]


@pytest.mark.parametrize(("cells", "measure", "begins"), ROWS)
def test_row_names_what_is_counted_and_its_measure(
    cells: list[HeaderAndText], measure: str, begins: str
) -> None:
    found = indicators_of(a_row(cells)[1])
    assert [(one.measure, one.name[: len(begins)]) for one in found] == [(measure, begins)]
