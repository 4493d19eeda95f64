"""Years that stand alone in brackets beside a figure or in a header."""

import pytest

from ingest.tables import column_year
from ingest.values import Figure, figure_of
from ingest.year_note import bracketed_years, is_year_note, without_year_note, year_note


@pytest.mark.parametrize(
    ("printed", "note", "year"),
    [
        ("85.0%（R34）", "（R34）", 2052),
        ("85.0% （Ｒ３４）", "（Ｒ３４）", 2052),
        ("(令和34)3,000人", "(令和34)", 2052),
        ("12件（令和元年度）", "（令和元年度）", 2019),
        ("12件（H28）", "（H28）", 2016),
        ("12件(2022)", "(2022)", 2022),
        ("40回（34年度）", "（34年度）", None),
        ("40回（R99）", "（R99）", None),
        ("40回（3校）", "", None),
        ("（R10）", "", None),
        ("R34", "", None),
    ],
)
def test_a_year_beside_a_value_is_parted_from_it(printed: str, note: str, year: int | None) -> None:
    assert year_note(printed) == note
    assert bracketed_years(note) == (set() if year is None else {year})
    assert note == "" or note not in without_year_note(printed)


def test_a_figure_is_read_without_its_year() -> None:
    assert figure_of("85.0%（R34）") == Figure(85.0, "%")
    assert figure_of("（R10）3,000人") == Figure(3000.0, "人")
    assert figure_of("約85%（R34）").value is None


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ("目標（R34）", 2052),
        ("（R10）", 2028),
        ("現状値（2022）", 2022),
        ("冷媒R32", None),
        ("（R4）（R34）", None),
    ],
)
def test_a_header_takes_its_year_from_brackets_of_its_own(header: str, year: int | None) -> None:
    assert column_year(header) == year


def test_a_cell_of_nothing_but_a_year_is_told() -> None:
    assert is_year_note("（R34）")
    assert not is_year_note("85%（R34）")
