"""Themes: their units, and which texts speak of them."""

from __future__ import annotations

import pytest

from corpus.errors import QuestionError
from qa.filter_words import FilterWords
from qa.theme import Theme, theme_key
from tests.qa.theme_engines import sample_engine, source_of


def theme(typed: str, words: FilterWords | None = None) -> Theme:
    return source_of(sample_engine()).read(typed, words)


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("多文化共生", ["多文化共生"]),
        ("多文化共生の取組", ["多文化共生"]),
        ("空き家の活用", ["空き家", "活用"]),
        ("ふるさと納税の件数", ["ふるさと納税"]),
        ("取組", ["取組"]),
    ],
)
def test_units_are_the_longest_telling_words(typed: str, units: list[str]) -> None:
    assert [unit.text for unit in theme(typed).units] == units


@pytest.mark.parametrize(
    ("typed", "text", "speaks"),
    [
        ("公共施設", "公共施設等の総合管理", True),
        ("公共施設", "公共の用に供する施設", True),
        ("公共施設", "公共交通と福祉施設を結ぶ", False),
        ("職員研修", "職員を対象とした研修を行う", True),
        ("職員研修", "研修は終えた。職員は少ない。", False),
        ("ふるさと納税", "返礼品を充実する", True),
        ("ふるさと納税", "町税の納付を促す", False),
        ("空き家の活用", "空き家を紹介する", True),
        ("空き家の活用", "遊休地の活用を進める", False),
        ("ごみの減量", "ゴミの減量に努める", True),
        ("「書かない窓口」", "「書かない窓口」を始める", True),
        ("「書かない窓口」", "窓口で書かない", False),
    ],
)
def test_strength_tells_what_speaks_of_the_theme(typed: str, text: str, *, speaks: bool) -> None:
    assert (theme(typed).strength(text) > 0) is speaks


def test_strength_is_highest_for_the_words_as_they_stand() -> None:
    one = theme("職員研修")
    assert one.strength("職員研修の充実") == 1.0
    assert 0 < one.strength("職員に向けた研修の充実") < 1.0


def test_theme_without_a_word_is_explained() -> None:
    with pytest.raises(QuestionError, match="テーマの言葉がありません"):
        theme("月見浦市")


def test_town_and_year_of_a_theme_are_limits() -> None:
    found = theme("令和5年度の白樺野町の見守り")
    assert found.filters.municipalities == ("990043",)
    assert found.filters.stated_years == (2023,)
    assert [unit.text for unit in found.units] == ["見守"]


def test_theme_key_has_no_points() -> None:
    assert theme_key("移住・定住 「促進」") == "移住定住促進"
