"""Other words for the same thing: in training, some terms of a query give way to a synonym of theirs.

People ask in words of every day, plans answer in words of administration; the pairs hold only the latter.
A swapped term teaches the model that 年寄り finds what is written about 高齢者.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from index.training.pairs import Pair, Source

Bag = tuple[tuple[int, ...], tuple[float, ...]]
"""Row numbers, ascending, and weights of a text."""

Swaps = Mapping[int, Sequence[tuple[int, ...]]]
"""For a term's row number, the row numbers of each word that can stand for it."""

_LONGEST = 2  # a synonym of more terms than this is a phrase, whose terms mean other things one by one


def find_swaps(pairs: Iterable[Pair], bags: Mapping[str, Bag], lengths: Mapping[str, int]) -> Swaps:
    """The swaps that the synonyms among ``pairs`` allow.

    Args:
        pairs: training pairs; those of other sources are passed over.
        bags: rows of every text.
        lengths: number of distinct keys of every text, known to the model or not.
    """
    groups: defaultdict[str, dict[tuple[int, ...], None]] = defaultdict(dict)
    for pair in pairs:
        if pair.source is Source.SYNONYMS:
            for text in (pair.left, pair.right):
                rows = bags[text][0]
                if 0 < len(rows) <= _LONGEST and len(rows) == lengths[text]:
                    groups[pair.group][rows] = None
    swaps: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for members in groups.values():
        for rows in members:
            if len(rows) == 1:
                swaps[rows[0]] += [other for other in members if other != rows]
    return {row: others for row, others in swaps.items() if others}


def swapped(bag: Bag, swaps: Swaps, probability: float, chooser: random.Random) -> Bag:
    """``bag`` with each term that has synonyms replaced by one of them with ``probability``."""
    weights: dict[int, float] = {}
    for row, weight in zip(*bag, strict=True):
        others = swaps.get(row)
        chosen = chooser.choice(others) if others and chooser.random() < probability else (row,)
        for number in chosen:
            weights[number] = max(weights.get(number, 0.0), weight)
    ordered = sorted(weights.items())
    return tuple(number for number, _ in ordered), tuple(weight for _, weight in ordered)
