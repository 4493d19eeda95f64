"""Which sightings are one measure: titles, codes, words, and what was merged or ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from corpus.document import Document
from index.encoder import Vectors
from qa.track_match import Certainty, chains_of, same_series
from qa.track_sighting import Sighting
from tests.corpus.make import a_document


class OneHot:
    """An encoder for which texts are near only if they are equal in their first character."""

    name = "one-hot"
    dimension = 64
    fingerprint = "one-hot"

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        vector[ord(text[0]) % self.dimension] = 1.0
        return vector


def document(year: int, kind: str = "推進プラン", title: str = "") -> Document:
    made = a_document(f"{year}{kind}{title}", source=f"{year}.txt", year=year)
    return replace(made, title=title or f"町政推進プラン令和{year - 2018}年度", document_kind=kind)


def sighting(
    title: str, year: int, *, code: str = "", department: str = "総務課", kind: str = "推進プラン"
) -> Sighting:
    return Sighting(
        document=document(year, kind),
        form="sheet",
        title=title,
        code=code,
        department=department,
        points=(),
        legend=(),
        worth=1.0,
    )


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (sighting("窓口の案内", 2024), Certainty.SURE),
        (sighting("窓口の 案内", 2024), Certainty.SURE),
        (sighting("窓口の案内", 2024, department="住民課"), Certainty.LIKELY),
        (sighting("窓口の案内", 2024, kind="総合計画"), Certainty.LIKELY),
        (sighting("窓口の案内の充実", 2024), Certainty.LIKELY),
        (sighting("窓口案内と受付", 2024), Certainty.CHECK),
    ],
)
def test_a_measure_goes_on_with_its_title(later: Sighting, expected: Certainty) -> None:
    chains = chains_of([sighting("窓口の案内", 2023), later], OneHot())
    assert [(len(chain.sightings), chain.certainty) for chain in chains] == [(2, expected)]


@pytest.mark.parametrize(
    "later",
    [
        sighting("道路の補修", 2024),
        sighting("窓口の案内", 2023),
        sighting("窓口で納税", 2024, department="税務課"),
    ],
)
def test_other_measures_do_not_join(later: Sighting) -> None:
    chains = chains_of([sighting("窓口の案内", 2023), later], OneHot())
    assert [len(chain.sightings) for chain in chains] == [1, 1]


def test_a_code_joins_what_was_reworded() -> None:
    found = chains_of(
        [sighting("広報を出す", 2023, code="0201"), sighting("広く町の便りを届ける", 2024, code="0201")],
        OneHot(),
    )
    assert [(len(chain.sightings), chain.certainty) for chain in found] == [(2, Certainty.LIKELY)]


def test_the_surest_link_is_made_first_and_the_rest_may_have_merged() -> None:
    old = [sighting("窓口の案内の充実", 2023), sighting("窓口の案内", 2023)]
    chains = chains_of([*old, sighting("窓口の案内", 2024)], OneHot())
    joined = next(chain for chain in chains if len(chain.sightings) == 2)
    assert joined.sightings[0] is old[1]
    assert joined.certainty is Certainty.SURE
    assert joined.merged == (old[0],)


def test_issues_of_one_paper_differ_in_their_year() -> None:
    assert same_series(document(2023), document(2024))
    assert not same_series(document(2023, title="満足度調査の結果"), document(2024, title="統計で見る町"))
    assert not same_series(document(2023), document(2024, kind="総合計画", title="町政推進プラン"))


def test_what_a_person_decided_stands_above_titles_and_contents() -> None:
    first, alike, other = (
        sighting("窓口の案内", 2023),
        sighting("窓口の案内", 2024),
        sighting("別の名前", 2024),
    )
    apart = chains_of([first, alike], OneHot(), {(first.key, alike.key): False})
    assert [len(chain.sightings) for chain in apart] == [1, 1]
    joined = chains_of([first, alike, other], OneHot(), {(first.key, other.key): True})
    assert [[one.title for one in chain.sightings] for chain in joined] == [
        ["窓口の案内", "別の名前"],
        ["窓口の案内"],
    ]
    assert joined[0].certainty is Certainty.CONFIRMED
    assert joined[0].links == (Certainty.CONFIRMED,)
