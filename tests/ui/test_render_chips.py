"""Chips: what was understood is shown, and can be taken out of the question or the filters."""

from __future__ import annotations

import pytest

from qa.engine import Engine
from qa.filter_words import FilterWords
from ui.chips import Chip, chips_html, chips_of, without

NAMES = {"105244": "大泉町", "102075": "館林市"}


def chips(engine: Engine, typed: str, words: FilterWords | None = None) -> dict[str, str]:
    given = words or FilterWords()
    return {
        chip.label: chip.removal for chip in chips_of(engine.search(typed, given).understood, given, NAMES)
    }


@pytest.mark.parametrize(
    ("typed", "label", "left"),
    [
        ("大泉町の多文化共生", "自治体: 大泉町", "多文化共生"),
        ("群馬県大泉町の多文化共生", "自治体: 大泉町", "多文化共生"),
        ("多文化共生 大泉", "自治体: 大泉町", "多文化共生"),
        ("館林市と大泉町の空き家", "自治体: 館林市", "大泉町の空き家"),
        ("館林市と大泉町の空き家", "自治体: 大泉町", "館林市と空き家"),
        ("令和６年度の空き家", "年度: 令和6年度（2024）", "空き家"),
        ("空き家 R2〜R6", "年度: 令和2年度〜令和6年度（2020〜2024）", "空き家"),
        ("企画部の空き家", "部署: 企画部", "空き家"),
        ("「空家バンク」の登録", "完全一致: 「空家バンク」", "空家バンクの登録"),
    ],
)
def test_removing_a_chip_takes_its_words_out(small: Engine, typed: str, label: str, left: str) -> None:
    found = chips(small, typed)
    assert label in found
    question, words = without(found[label], typed, FilterWords())
    assert question == left
    assert words == FilterWords()
    if left:
        assert label not in chips(small, left)


def test_removing_a_given_filter_leaves_the_question(small: Engine) -> None:
    given = FilterWords(municipalities=("105244", "102075"), fiscal_years=("2024",))
    found = chips(small, "空き家", given)
    assert list(found) == ["自治体: 大泉町", "自治体: 館林市", "年度: 令和6年度（2024）"]
    assert without(found["自治体: 大泉町"], "空き家", given) == (
        "空き家",
        FilterWords(municipalities=("102075",), fiscal_years=("2024",)),
    )


@pytest.mark.parametrize(
    "removal", ["", "null", "[]", "{", '{"of": "words"}', '{"of": "sections"}', '{"of": 1}']
)
def test_a_chip_that_means_nothing_changes_nothing(removal: str) -> None:
    given = FilterWords(municipalities=("105244",))
    assert without(removal, "大泉町の空き家", given) == ("大泉町の空き家", given)


def test_chips_escape_what_was_typed() -> None:
    made = chips_html([Chip(label="完全一致: 「<b>」", removal='{"words": ["<b>"]}')])
    assert "<b>" not in made
    assert chips_html([]) == ""
