"""Fiscal years named relative to a day, and words that only look so."""

from datetime import date

import pytest

from corpus.relative_years import relative_fiscal_years, vague_years

MARCH = date(2025, 3, 31)
"""The last day of 2024年度; the calendar year is 2025."""

NAMED = [
    ("今年度", (2024, 2024)),
    ("本年度", (2024, 2024)),
    ("昨年度", (2023, 2023)),
    ("前年度", (2023, 2023)),
    ("一昨年度", (2022, 2022)),
    ("来年度", (2025, 2025)),
    ("再来年度", (2026, 2026)),
    ("今年", (2025, 2025)),
    ("去年", (2024, 2024)),
    ("昨年", (2024, 2024)),
    ("おととし", (2023, 2023)),
    ("来年", (2026, 2026)),
    ("過去3年間", (2021, 2023)),
    ("過去３年度", (2021, 2023)),
    ("過去五か年", (2019, 2023)),
    ("直近5年", (2019, 2023)),
    ("この3年間", (2021, 2023)),
    ("ここ3年", (2021, 2023)),
    ("2年前", (2022, 2022)),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_words_count_from_the_day_given(text: str, expected: tuple[int, int]) -> None:
    (found,) = relative_fiscal_years(f"町の{text}の実績", MARCH)
    assert (found.first, found.last) == expected
    assert (found.start, found.end, found.label) == (2, 2 + len(text), text)


def test_a_fiscal_year_begins_in_april() -> None:
    assert relative_fiscal_years("昨年度の件数", MARCH)[0].first == 2023
    assert relative_fiscal_years("昨年度の件数", date(2025, 4, 1))[0].first == 2024


RANGES = [
    ("昨年度から今年度までの件数", {(2023, 2023), (2023, 2024)}),
    ("令和2年度から昨年度までの件数", {(2020, 2023)}),
    ("今年度～令和8年度の計画", {(2024, 2026)}),
    ("昨年度以降の件数", {(2023, 2024)}),
    ("一昨年度と昨年度の件数", {(2022, 2022), (2023, 2023)}),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges_hold_the_years_between(text: str, expected: set[tuple[int, int]]) -> None:
    assert {(one.first, one.last) for one in relative_fiscal_years(text, MARCH)} == expected


OTHER_WORDS = [
    *("前年度比", "対前年度増減", "前年度より増えた", "昨年度と比べて", "前年度からの増減", "昨年度並み"),
    *("前年度に比べた伸び", "昨年度を上回る", "前年同期", "前年度繰越金", "昨年度以前"),
    *("次年度以降の方針", "翌年度の計画", "同年度", "来年度以降の方針", "該当年度", "日本年金機構"),
    *("過去の実績", "過去0年間", "過去3回", "過去10年以上", "50年前の庁舎", "令和3年前期", "第3年前期"),
    *("令和6年度", "過去年度", "3年間の成果", "少年前線"),
]


@pytest.mark.parametrize("text", OTHER_WORDS)
def test_other_words_name_no_year(text: str) -> None:
    assert relative_fiscal_years(text, MARCH) == []


def test_words_of_a_year_named_beside_them_are_not_of_now() -> None:
    assert relative_fiscal_years("令和5年度の件数と前年度の件数", MARCH) == []
    assert relative_fiscal_years("令和5年度と昨年度の件数", MARCH)[0].first == 2023


@pytest.mark.parametrize(
    ("text", "words"),
    [("ここ数年の件数", ["ここ数年"]), ("近年の課題", ["近年"]), ("最近3年の件数", []), ("過去3年", [])],
)
def test_some_years_are_not_counted(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in vague_years(text)] == words
