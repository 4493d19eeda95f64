"""Towns of like size from a person's own table."""

from __future__ import annotations

import pytest

from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from qa.peers import near, read_peers

TABLE = MunicipalityTable.load(sample_municipalities())
ROWS = [
    {"municipality": "千鳥ヶ原市", "population": "58,400"},
    {"municipality": "月見浦市", "population": "43210人"},
    {"municipality": "990043", "population": "9，870"},
]


def test_peers_are_those_within_a_share() -> None:
    peers = read_peers(ROWS, TABLE)
    assert [one.population for one in peers] == [58400, 43210, 9870]
    assert [one.name for one in near(peers, "千鳥ヶ原市", 0.3, TABLE)] == ["千鳥ヶ原市", "月見浦市"]
    assert [one.name for one in near(peers, "白樺野町", 0.0, TABLE)] == ["白樺野町"]


def test_columns_may_be_named_in_japanese() -> None:
    assert read_peers([{"自治体": "月見浦市", "人口": "43210"}], TABLE)[0].code == "990035"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"municipality": "月見浦市"}], "2行目"),
        ([{"municipality": "月見浦市", "population": "多い"}], "人口を読めません"),
        ([{"municipality": "ない町", "population": "10"}], "2行目"),
        ([], "行がありません"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(rows: list[dict[str, str]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_peers(rows, TABLE)


def test_a_town_that_the_table_lacks_is_named() -> None:
    with pytest.raises(InputError, match="鳴神沢町がありません"):
        near(read_peers(ROWS, TABLE), "鳴神沢町", 0.3, TABLE)
