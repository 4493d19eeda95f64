from __future__ import annotations

from dataclasses import replace

from qa.hits import Hit
from qa.sheet_support import OTHERS, SHARE, supported
from tests.corpus.make import a_document
from tests.qa.make import a_hit, prose

PLAN = a_document("a")


def hit(sheet: int, score: float, rank: int) -> Hit:
    passage = replace(prose(PLAN, f"空き家{rank}", rank), sheet_ordinal=sheet)
    return replace(a_hit(PLAN, passage, rank), score=score)


def test_a_sheet_met_in_several_places_passes_a_lone_hit_of_about_the_same_score() -> None:
    lone, *others = hit(1, 1.02, 1), hit(2, 1.0, 2), hit(2, 0.9, 3), hit(2, 0.8, 4), hit(3, -1.0, 5)
    found = supported([lone, *others])
    assert [one.passage.sheet_ordinal for one in found] == [2, 2, 2, 1, 3]
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]


def test_a_clear_difference_stands() -> None:
    found = supported([hit(1, 3.0, 1), hit(2, 1.0, 2), hit(2, 0.9, 3)])
    assert found[0].passage.sheet_ordinal == 1


def test_what_a_sheet_lacks_counts_as_the_worst_hit() -> None:
    first, second = supported([hit(1, 2.0, 1), hit(2, -1.0, 2)])
    assert first.score == 2.0 + SHARE * -1.0
    assert second.score == -1.0 + SHARE * -1.0
    assert OTHERS == 2


def test_no_hits_give_none() -> None:
    assert supported([]) == []
