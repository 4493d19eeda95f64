"""Groups: what may stand side by side, what never, and what a person is told of it."""

from __future__ import annotations

from corpus.indicator import Direction
from corpus.listing import ListedIndicator
from index.terms import TermAnalyzer
from qa.indicator_groups import IndicatorGroup, groups_of
from qa.indicator_series import series_of
from tests.qa.indicator_values import value

ANALYZER = TermAnalyzer()


def groups(*values: ListedIndicator) -> list[IndicatorGroup]:
    return groups_of(series_of(values), ANALYZER)


def test_names_that_say_the_same_are_one_group_and_told() -> None:
    (one,) = groups(
        value("千鳥ヶ原市", "移住相談件数", 2021, 40, "件"),
        value("月見浦市", "移住相談の件数", 2021, 88, "件"),
    )
    assert one.towns == ("千鳥ヶ原市", "月見浦市")
    assert any(
        "名前の書き方が違います（「移住相談件数」、「移住相談の件数」）" in told for told in one.cautions
    )


def test_units_are_never_mixed_and_the_parting_is_told() -> None:
    found = groups(
        value("千鳥ヶ原市", "やさしい日本語の研修", 2021, 40, "件"),
        value("月見浦市", "やさしい日本語の研修", 2021, 88, "%"),
    )
    assert [(one.scale, len(one.series)) for one in found] == [("件", 1), ("%", 1)]
    assert "（%）" in found[0].cautions[0]
    assert "（件）" in found[1].cautions[0]


def test_sums_over_years_stand_apart_from_single_years() -> None:
    found = groups(
        value("千鳥ヶ原市", "ふるさと納税の寄附件数", 2021, 40, "件"),
        value("月見浦市", "ふるさと納税の寄附件数（累計）", 2021, 88, "件"),
        value("白樺野町", "ふるさと納税の寄附件数", 2021, 99, "件", cumulative=True),
    )
    assert [(one.cumulative, one.towns) for one in found] == [
        (False, ("千鳥ヶ原市",)),
        (True, ("月見浦市", "白樺野町")),
    ]
    assert all(any("累計" in told for told in one.cautions) for one in found)


def test_money_of_any_unit_is_one_scale() -> None:
    (one,) = groups(
        value("千鳥ヶ原市", "ふるさと納税の寄附金額", 2021, 48_300, "千円"),
        value("月見浦市", "ふるさと納税の寄附金額", 2021, 51_000_000, "円"),
    )
    assert one.scale == "円"


def test_a_name_that_hardly_tells_anything_needs_its_measure() -> None:
    found = groups(
        value("千鳥ヶ原市", "開催回数", 2021, 4, "回", measure="日本語教室"),
        value("月見浦市", "開催回数", 2021, 9, "回", measure="防災訓練"),
        value("白樺野町", "開催回数", 2021, 6, "回", measure="防災訓練"),
    )
    assert [one.towns for one in found] == [("千鳥ヶ原市",), ("月見浦市", "白樺野町")]


def test_other_years_and_directions_are_told() -> None:
    (one,) = groups(
        value("千鳥ヶ原市", "職員研修の受講者数", 2021, 40, "人", direction=Direction.UP),
        value("月見浦市", "職員研修の受講者数", 2023, 88, "人", direction=Direction.KEEP),
    )
    assert len(one.cautions) == 2
    assert "年度が違います" in one.cautions[0]
    assert "目標の向き" in one.cautions[1]
