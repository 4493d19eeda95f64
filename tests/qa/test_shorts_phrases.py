from __future__ import annotations

import pytest

from qa.short_phrases import listed_with, phrases

PHRASES = [
    (
        "避難所の表示をやさしい日本語に取り替える",
        [
            ("避難所", "の"),
            ("避難所の表示", "を"),
            ("やさしい日本語", "に"),
        ],
    ),
    ("三日月電力(株)から電気を購入", [("三日月電力", "から"), ("株", ""), ("電気", "を"), ("購入", "")]),
    ("県警察本部等と連携した", [("県警察本部", "と"), ("連携", "")]),
]


@pytest.mark.parametrize(("text", "found"), PHRASES)
def test_a_noun_phrase_stands_with_what_follows_it(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.particle) for one in phrases(text)] == found


LISTS = [
    ("新聞販売店、灯油配達の業者、郵便局と見守り協定を結ぶ", "郵便局", "新聞販売店、灯油配達の業者、郵便局"),
    (
        "新聞販売店、灯油配達の業者、郵便局と見守り協定を結ぶ",
        "新聞販売店",
        "新聞販売店、灯油配達の業者、郵便局",
    ),
    ("ベトナム語版と英語版の広報紙を発行", "英語版", "ベトナム語版と英語版"),
    ("東町・西町と協定を結ぶ", "東町", "東町・西町"),
    ("現在、東町と協定を結ぶ", "東町", "東町"),
    ("講演会や研修会を開く", "研修会", "講演会や研修会"),
]


@pytest.mark.parametrize(("text", "one", "listed"), LISTS)
def test_a_name_is_said_with_those_listed_beside_it(text: str, one: str, listed: str) -> None:
    found = phrases(text)
    phrase = next(each for each in found if text[each.start : each.end] == one)
    start, end = listed_with(text, found, phrase)
    assert text[start:end] == listed


def test_two_things_of_no_kind_are_one_list_before_their_verb_only() -> None:
    text = "表示をやさしい日本語とピクトグラムに取り替える"
    found = phrases(text)
    last = next(one for one in found if text[one.start : one.end] == "ピクトグラム")
    strict = listed_with(text, found, last)
    loose = listed_with(text, found, last, loose=True)
    assert text[slice(*strict)] == "ピクトグラム"
    assert text[slice(*loose)] == "やさしい日本語とピクトグラム"
