"""The chart of a row of figures: from zero, told in words, nothing of a document run as markup."""

from __future__ import annotations

import re

import pytest

from corpus.indicator import IndicatorRole
from ui.chart_scale import STEPS
from ui.track_chart import Dot, chart_html, scale_of


def dot(year: int, value: float, role: IndicatorRole = IndicatorRole.ACTUAL) -> Dot:
    return Dot(fiscal_year=year, role=role, value=value, label=f"{value:g}件")


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ((3, 8), 0, 8),
        ((787, 1355), 0, 2000),
        ((0.4, 0.7), 0, 0.8),
        ((-30, 50), -50, 50),
        ((0, 0), 0, None),
        ((70_709, 411_519), 0, 800_000),
    ],
)
def test_scale_begins_at_zero_and_holds_all(
    values: tuple[float, ...], low: float, high: float | None
) -> None:
    scale = scale_of([dot(2020 + at, value) for at, value in enumerate(values)])
    assert scale.low == pytest.approx(low)
    assert scale.high > max(values) or scale.high == pytest.approx(max(values))
    assert scale.low + STEPS * scale.step == pytest.approx(scale.high)
    if high is not None:
        assert scale.high == pytest.approx(high)


def test_chart_of_one_year_is_none() -> None:
    assert chart_html("件数", "件", [dot(2024, 5), dot(2024, 7, IndicatorRole.TARGET)]) == ""


def test_chart_tells_its_values_in_words() -> None:
    html = chart_html("相談件数", "件", [dot(2023, 5), dot(2022, 3), dot(2026, 9, IndicatorRole.TARGET)])
    assert 'role="img"' in html
    assert "相談件数の折れ線グラフ。令和4年度 実績 3件、令和5年度 実績 5件、令和8年度 目標値 9件" in html
    assert html.count("<circle") == 2
    assert len(re.findall('class="target"', html)) == 1
    assert ">（件）<" in html


def test_chart_escapes_what_a_document_says() -> None:
    html = chart_html('<script>"', "<b>", [dot(2022, 3), dot(2023, 5)])
    assert "<script" not in html
    assert "<b>" not in html
