"""Roles of values: by header, row, heading and the year of the paper."""

import pytest

from corpus.indicator import IndicatorRole
from ingest.indicator_roles import Paper, is_amount, is_rate_row, role_of_dated, role_of_row, role_word

BASELINE, TARGET, ACTUAL = IndicatorRole.BASELINE, IndicatorRole.TARGET, IndicatorRole.ACTUAL
BUDGET, SETTLEMENT = IndicatorRole.BUDGET, IndicatorRole.SETTLEMENT
HEADERS = [
    *(("基準(R元)", BASELINE), ("現状値(2019)", BASELINE), ("策定時", BASELINE), ("現状と課題", None)),
    *(("中間目標", TARGET), ("令和6年度計画", TARGET), ("年度目標", TARGET), ("重点目標", None)),
    *(("中間(R7)", TARGET), ("中間評価", None)),
    *(("R5実績", ACTUAL), ("決算額", SETTLEMENT), ("当初予算額", BUDGET), ("基準額", None), ("備考", None)),
]
ROWS = [
    *(("目標", TARGET), ("実績値", ACTUAL), ("効果額（千円）", IndicatorRole.EFFECT), ("町の目標", TARGET)),
    *(("目標管理制度の実施率", None), ("計画策定の件数", None), ("参加者数", None), ("当初予算額", BUDGET)),
]
PLAN = Paper(title="○○計画", fiscal_year=2024)
REPORT = Paper(title="○○実績報告書", fiscal_year=2024)
DATED = [
    ("令和6年度", 2024, ("参加者数",), ("数値目標",), PLAN, False, TARGET),
    ("令和5年度", 2023, ("参加者数",), ("数値目標",), PLAN, False, ACTUAL),
    ("令和6年度", 2024, ("参加者数",), ("推移",), REPORT, False, ACTUAL),
    ("令和6年度", 2024, ("人口",), ("将来推計",), PLAN, False, None),
    ("推計 R7", 2025, ("人口",), (), PLAN, False, None),
    ("R7見込", 2025, ("利用者数",), (), PLAN, False, TARGET),
    ("R5見込", 2023, ("利用者数",), (), PLAN, False, None),
    ("R7", 2025, ("量の見込み",), (), PLAN, False, TARGET),
    ("事業費 R7", 2025, ("林道",), ("実施計画",), PLAN, True, BUDGET),
    ("令和5年度", 2023, ("市税",), ("決算の状況",), REPORT, True, SETTLEMENT),
    ("令和7年度", 2025, ("道路の延長",), ("現状",), REPORT, False, None),
]


@pytest.mark.parametrize(("header", "role"), HEADERS)
def test_a_header_names_a_role(header: str, role: IndicatorRole | None) -> None:
    assert role_word(header) is role


@pytest.mark.parametrize(("label", "role"), ROWS)
def test_a_row_names_the_role_of_its_years(label: str, role: IndicatorRole | None) -> None:
    assert role_of_row(label) is role


@pytest.mark.parametrize(("header", "year", "labels", "headings", "paper", "is_money", "role"), DATED)
def test_a_bare_year_takes_its_role_from_what_stands_above(
    header: str,
    year: int,
    labels: tuple[str, ...],
    headings: tuple[str, ...],
    paper: Paper,
    is_money: bool,
    role: IndicatorRole | None,
) -> None:
    assert role_of_dated(header, year, labels, headings, paper, is_money=is_money) is role


def test_rows_that_compare_have_no_values() -> None:
    assert all(map(is_rate_row, ("達成率", "増減", "執行率（％）", "過不足", "前年度比", "達成状況")))
    assert not any(map(is_rate_row, ("受診率", "達成した団体の数", "増加した世帯")))


def test_an_amount_is_told_by_its_unit_or_its_name() -> None:
    assert is_amount("千円", ("件数",))
    assert is_amount("", ("事業費",))
    assert not is_amount("人", ("事業費",))
