from __future__ import annotations

import pytest

from corpus.municipality import MunicipalityTable
from qa.own_town import own_towns

OWN = [
    ("本市の課題", ["本市"]),
    ("当町では何を", ["当町"]),
    ("本村、課題", ["本村"]),
    ("わが町の取組", ["わが町"]),
    ("うちのまちで進める", ["うちのまち"]),
    ("本市独自の制度", ["本市"]),
    ("本市と当市の違い", ["本市", "当市"]),
    ("松本市の課題", []),
    ("本町通りの店", []),
    ("本町2丁目", []),
    ("日本町の歴史", []),
    ("本市場の課題", []),
    ("わがまちづくり", []),
    ("担当市の課題", []),
    ("当町内会の", []),
]


@pytest.mark.parametrize(("text", "words"), OWN)
def test_words_for_ones_own_town_stand_alone(text: str, words: list[str]) -> None:
    found = own_towns(text)
    assert [one.words for one in found] == words
    assert [text[one.start : one.end] for one in found] == words


def test_a_word_that_says_town_means_no_city() -> None:
    table = MunicipalityTable.load()
    city, town = table.resolve("館林市"), table.resolve("大泉町")
    (street,) = own_towns("本町の商店街")
    (ours,) = own_towns("わが町の商店街")
    assert (street.may_be(city), street.may_be(town)) == (False, True)
    assert (ours.may_be(city), ours.may_be(town)) == (True, True)
