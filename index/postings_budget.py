"""How much of the index a question's called-up words may read: so many postings and no more.

Words called up are many, and common ones among them are in most passages: the time of a question would grow
with the library and with the thesaurus. What a list of postings can add to a score falls with its length (its
term's rarity), what it costs rises with it: where all lists together are too long, those are read that can
add most for each posting. In a library of few passages all of them are read.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingList:
    """A term in a field as a query reads it.

    Attributes:
        field: of the index.
        term: held in it by some passages.
        weight: what its BM25 is multiplied by.
        holders: how many passages hold it there, at least 1.
    """

    field: str
    term: str
    weight: float
    holders: int


def within_budget(lists: Sequence[PostingList], passages: int, budget: int) -> list[bool]:
    """Which lists are read, in their order: all of them, or as many as the budget allows, most telling first.

    Args:
        lists: of one question.
        passages: in the index.
        budget: postings that may be read.
    """
    left = budget - sum(one.holders for one in lists)
    if left >= 0:
        return [True] * len(lists)

    def telling(at: int) -> float:
        one = lists[at]
        rarity = math.log1p((passages - one.holders + 0.5) / (one.holders + 0.5))
        return one.weight * rarity / one.holders

    kept = [False] * len(lists)
    left = budget
    for at in sorted(range(len(lists)), key=lambda at: (-telling(at), at)):
        if lists[at].holders <= left:
            kept[at] = True
            left -= lists[at].holders
    return kept
