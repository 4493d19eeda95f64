"""Fiscal years: filters and labels."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FiscalYearError
from corpus.fiscal_year import (
    era_label,
    fiscal_year_of,
    format_fiscal_year,
    parse_fiscal_year,
    parse_fiscal_year_range,
)


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("2024", 2024),
        ("２０２４", 2024),
        ("令和6", 2024),
        (" R6 ", 2024),
        ("r6", 2024),
        ("T12", 1923),
        ("昭和64", 1989),
        ("平成32", 2020),
        ("令和11年度（2029年度）", 2029),
        ("2024-03-31", 2023),
    ],
)
def test_parse_reads_a_label(label: str, year: int) -> None:
    assert parse_fiscal_year(label) == year
    assert parse_fiscal_year_range(label) == (year, year)


@pytest.mark.parametrize(
    "label", ["", "6", "abc", "令和99", "令和6年度の", "24年度", "令和6年度（2025年度）", "1500"]
)
def test_parse_refuses_with_the_forms_it_accepts(label: str) -> None:
    with pytest.raises(FiscalYearError, match="「令和6年度」のように"):
        parse_fiscal_year(label)
    with pytest.raises(FiscalYearError, match=r"2020\.\.2024"):
        parse_fiscal_year_range(label)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("2020..2024", (2020, 2024)),
        ("R2..R5", (2020, 2023)),
        ("r2..r5", (2020, 2023)),
        ("令和2..5", (2020, 2023)),
        ("令和2～5年度", (2020, 2023)),
        ("平成30年度から令和3年度まで", (2018, 2021)),
        ("2020-2024", (2020, 2024)),
    ],
)
def test_parse_range_reads_both_ends(label: str, expected: tuple[int, int]) -> None:
    assert parse_fiscal_year_range(label) == expected


def test_parse_range_refuses_one_that_runs_backwards() -> None:
    with pytest.raises(FiscalYearError, match="入れ替えて"):
        parse_fiscal_year_range("R5..R2")
    with pytest.raises(FiscalYearError, match="読み取れません"):
        parse_fiscal_year("R2..R5")


@pytest.mark.parametrize(
    ("day", "year"), [(date(2024, 4, 1), 2024), (date(2025, 3, 31), 2024), (date(2024, 1, 1), 2023)]
)
def test_fiscal_year_begins_in_april(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2024, "令和6年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1927, "昭和2年度"),
        (1926, "大正15年度"),
        (1912, "大正元年度"),
        (1911, "明治44年度"),
    ],
)
def test_era_label_names_the_year(year: int, label: str) -> None:
    assert era_label(year) == label
    assert format_fiscal_year(year) == f"{label}（{year}）"


@pytest.mark.parametrize("year", [1867, 2101])
def test_era_label_refuses_years_outside_the_eras(year: int) -> None:
    with pytest.raises(FiscalYearError, match=str(year)):
        era_label(year)


@given(st.integers(1926, 2045))
def test_every_year_comes_back_from_its_label(year: int) -> None:
    assert parse_fiscal_year(era_label(year)) == year
    assert parse_fiscal_year(format_fiscal_year(year)) == year
