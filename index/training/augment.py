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

Words = tuple[int, ...]
"""Row numbers of a word's terms, ascending."""

Swaps = Mapping[int, Sequence[tuple[Words, Sequence[Words]]]]
"""For a row number, the words whose rarest term it is, each with the words that can stand for it."""

_SOURCES = (Source.SYNONYMS, Source.THESAURUS)
_LONGEST_GIVING_WAY = 5  # terms of a compound, its parts among them
_LONGEST = 3  # a synonym of more terms than this is a phrase, whose terms mean other things one by one


def find_swaps(pairs: Iterable[Pair], bags: Mapping[str, Bag], lengths: Mapping[str, int]) -> Swaps:
    """The swaps that the synonyms and the thesaurus among ``pairs`` allow.

    A word of the thesaurus's right side gives way to one of its left, never the other way: training
    queries are in words of administration.

    Args:
        pairs: training pairs; those of other sources are passed over.
        bags: rows of every text.
        lengths: number of distinct keys of every text, known to the model or not.
    """
    others: defaultdict[Words, dict[Words, None]] = defaultdict(dict)
    for pair in pairs:
        if pair.source in _SOURCES:
            left, right = (_known(text, bags, lengths) for text in (pair.left, pair.right))
            if 0 < len(left) <= _LONGEST and 0 < len(right) <= _LONGEST_GIVING_WAY and left != right:
                others[right][left] = None
            if pair.source is Source.SYNONYMS and 0 < len(right) <= _LONGEST and left and left != right:
                others[left][right] = None
    swaps: defaultdict[int, list[tuple[Words, Sequence[Words]]]] = defaultdict(list)
    for rows, words in others.items():
        swaps[rows[-1]].append((rows, tuple(words)))
    return {row: sorted(found, key=lambda one: (-len(one[0]), one[0])) for row, found in swaps.items()}


def swapped(bag: Bag, swaps: Swaps, probability: float, chooser: random.Random) -> Bag:
    """``bag`` with each word that has synonyms replaced by one of them with ``probability``."""
    weights = dict(zip(*bag, strict=True))
    added: dict[int, float] = {}
    for row in reversed(bag[0]):
        for rows, others in swaps.get(row, ()):
            if all(one in weights for one in rows) and chooser.random() < probability:
                weight = max(weights.pop(one) for one in rows)
                for number in chooser.choice(others):
                    added[number] = max(added.get(number, 0.0), weight)
                break
    for number, weight in added.items():
        weights[number] = max(weights.get(number, 0.0), weight)
    ordered = sorted(weights.items())
    return tuple(number for number, _ in ordered), tuple(weight for _, weight in ordered)


def _known(text: str, bags: Mapping[str, Bag], lengths: Mapping[str, int]) -> Words:
    """The rows of a text all of whose terms the model knows; none of others."""
    rows = bags[text][0]
    return rows if len(rows) == lengths[text] else ()
