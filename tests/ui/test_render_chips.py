"""Chips: what was understood is shown, and can be taken out of the question or the filters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from corpus.municipality import MunicipalityTable
from qa.engine import Engine
from qa.filter_words import FilterWords
from qa.town_words import NamedTown
from ui.chips import Chip, calls_html, chips_html, chips_of, without


@pytest.fixture(scope="module", autouse=True)
def november(small: Engine) -> Iterator[None]:
    """The engine's day is one of 令和8年度."""
    clock, small._today = small._today, lambda: date(2026, 11, 20)
    yield
    small._today = clock


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
        ("昨年度の空き家", "年度: 昨年度＝令和7年度（2025）", "空き家"),
        ("昨年度と一昨年度の空き家", "年度: 昨年度＝令和7年度（2025）", "一昨年度の空き家"),
        ("過去3年の空き家", "年度: 過去3年＝令和5年度〜令和7年度（2023〜2025）", "空き家"),
        ("令和5年度と昨年度の空き家", "年度: 令和5年度（2023）", "昨年度の空き家"),
        ("群馬県佐波郡境町の空き家", "自治体: 群馬県佐波郡境町（現 伊勢崎市）", "空き家"),
        ("赤堀町の空き家", "自治体: 赤堀町（現 伊勢崎市）", "空き家"),
        ("方針書の空き家", "種別: 方針書", "方針書 空き家"),
        ("棚卸表における納税の件数", "種別: 棚卸表＝業務棚卸表", "棚卸表 納税の件数"),
        ("中間レビューの欄の空き家", "欄: 中間レビュー", "中間レビューの空き家"),
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


def test_the_only_town_is_removed_where_it_is_named_ours() -> None:
    town = NamedTown(town=MunicipalityTable.load().resolve("大泉町"), words="本町")
    assert town.label == "本町＝大泉町"
    removal = '{"of": "own", "words": ["本町"]}'
    assert without(removal, "本町2丁目と本町の空き家", FilterWords())[0] == "本町2丁目と空き家"


def test_an_expansion_is_removed_and_given_back(small: Engine) -> None:
    understood = small.search("カーブミラーを直す").understood
    made = calls_html(understood)
    one = next(one for one in understood.called if one.called == "道路反射鏡")
    way = f"{one.typed}→道路反射鏡"
    assert f"言い換え: {way}" in made
    removal = json.dumps({"of": "call", "words": [way]}, ensure_ascii=False)
    question, words = without(removal, "カーブミラーを直す", FilterWords())
    assert (question, words.without) == ("カーブミラーを直す", (way,))
    again = small.search(question, words)
    assert "道路反射鏡" not in {one.called for one in again.understood.called}
    found = chips(small, question, words)
    assert without(found[f"使わない言い換え: {way}"], question, words) == (question, FilterWords())


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
