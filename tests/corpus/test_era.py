"""Eras: which number makes a year of which era, and how numbers are written."""

import pytest

from corpus.era import narrow_text, read_number, year_of_era


@pytest.mark.parametrize(
    ("era", "number", "year"),
    [("令和", 1, 2019), ("平成", 31, 2019), ("昭和", 64, 1989), ("大正", 15, 1926), ("明治", 45, 1912)],
)
def test_a_year_of_an_era_is_a_western_year(era: str, number: int, year: int) -> None:
    assert year_of_era(era, number, before_nendo=False) == year


@pytest.mark.parametrize(("era", "number"), [("令和", 0), ("令和", 41), ("昭和", 65), ("平成", 32)])
def test_a_number_beyond_its_era_is_no_year(era: str, number: int) -> None:
    assert year_of_era(era, number, before_nendo=False) is None


def test_heisei_counts_on_in_the_fiscal_years_of_plans() -> None:
    assert year_of_era("平成", 32, before_nendo=True) == 2020
    assert year_of_era("平成", 46, before_nendo=True) is None


@pytest.mark.parametrize(
    ("digits", "number"),
    [
        ("元", 1),
        ("12", 12),
        ("六", 6),
        ("十", 10),
        ("三十一", 31),
        ("二〇二四", 2024),
        ("十十", 0),
        ("二三十", 0),
    ],
)
def test_numbers_are_read_in_digits_and_kanji(digits: str, number: int) -> None:
    assert read_number(digits) == number


def test_narrow_text_keeps_every_index() -> None:
    assert narrow_text("Ｒ６〜２０２４（令和）−") == "R6~2024(令和)-"
