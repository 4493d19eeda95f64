"""Series: what is one indicator of one town, whose document tells a year, what its newest value is."""

from __future__ import annotations

import pytest

from corpus.indicator import IndicatorRole
from qa.indicator_series import plain_name, same_unit, series_of
from tests.qa.indicator_values import value


def test_values_of_a_row_are_one_series_by_year_and_role() -> None:
    found = series_of(
        [
            value("月見浦市", "0101 相談の件数", 2021, 431, "件"),
            value("月見浦市", "相談の件数", 2022, 502, "件"),
            value("月見浦市", "相談の件数", 2026, 600, "件", role=IndicatorRole.TARGET),
        ]
    )
    assert len(found) == 1
    one = found[0]
    assert (one.name, one.unit, one.years) == ("相談の件数", "件", (2021, 2022, 2026))
    assert one.newest is not None
    assert one.newest.indicator.value == 502
    assert one.last_of(IndicatorRole.BASELINE) is None


def test_another_unit_measure_or_sum_over_years_is_another_series() -> None:
    found = series_of(
        [
            value("月見浦市", "開催", 2021, 4, "回"),
            value("月見浦市", "開催", 2021, 40, "%"),
            value("月見浦市", "開催", 2021, 9, "回", measure="日本語教室"),
            value("月見浦市", "開催", 2021, 30, "回", cumulative=True),
            value("白樺野町", "開催", 2021, 4, "回"),
        ]
    )
    assert len(found) == 5


def test_a_dash_takes_the_unit_of_its_neighbours() -> None:
    found = series_of([value("月見浦市", "登録", 2020, None, ""), value("月見浦市", "登録", 2021, 14, "件")])
    assert [(one.unit, one.years) for one in found] == [("件", (2020, 2021))]
    mixed = series_of(
        [
            value("月見浦市", "登録", 2019, None, ""),
            value("月見浦市", "登録", 2020, 3, "件"),
            value("月見浦市", "登録", 2021, 4, "人"),
        ]
    )
    assert sorted(one.unit for one in mixed) == ["", "人", "件"]


def test_of_several_documents_the_newest_tells_a_year() -> None:
    old = value("月見浦市", "相談", 2020, 400, "件", title="令和3年度 業務棚卸表")
    new = value("月見浦市", "相談", 2020, 431, "件", title="令和4年度 業務棚卸表")
    for order in ([old, new], [new, old]):
        (one,) = series_of(order)
        assert one.values[2020, IndicatorRole.ACTUAL].indicator.value == 431


@pytest.mark.parametrize(
    ("unit", "expected"), [("％", "%"), ("箇所", "か所"), ("カ所", "か所"), ("件", "件"), ("", "")]
)
def test_units_that_are_only_written_otherwise_are_one(unit: str, expected: str) -> None:
    assert same_unit(unit) == expected


def test_a_code_before_a_name_is_no_part_of_it() -> None:
    assert plain_name("010101 相談員を　配置する") == "相談員を 配置する"
