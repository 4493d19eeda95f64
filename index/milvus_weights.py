"""BM25 as tantivy computes it, taken apart: what a passage brings, and what a question brings.

A passage's score is a sum over terms and fields of (weight × idf × (1 + k1)) × tf / (tf + norm). The second
factor belongs to the passage and is kept in its sparse vector, the first to the question: their inner product
is the score. Lengths are rounded as tantivy rounds them, so both engines give the same scores.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

K1 = 1.2
B = 0.75


def _lengths() -> tuple[int, ...]:
    """The lengths that tantivy tells apart: all to 40, then eight to each doubling of the step."""
    lengths = list(range(41))
    step = 2
    while len(lengths) < 256:
        lengths += [lengths[-1] + step * number for number in range(1, 9)]
        step *= 2
    return tuple(lengths[:256])


LENGTHS = _lengths()


def kept_length(length: int) -> int:
    """A field's length as tantivy keeps it, in one byte."""
    return LENGTHS[bisect_right(LENGTHS, length) - 1]


def rarity(holders: int, total: int) -> float:
    """Inverse document frequency."""
    return math.log1p((total - holders + 0.5) / (holders + 0.5))


def share(frequency: int, length: int, mean: float) -> float:
    """What a term brings that stands so often in a field of so many terms; ``mean`` is the mean length."""
    norm = K1 * (1 - B + B * kept_length(length) / mean) if mean > 0 else K1
    return frequency / (frequency + norm)


def shares(terms: Sequence[str], mean: float) -> dict[str, float]:
    """What each term of a field brings."""
    return {term: share(count, len(terms), mean) for term, count in Counter(terms).items()}


def product(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """The inner product of two sparse vectors."""
    return sum(value * other[number] for number, value in one.items() if number in other)


def added(vectors: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """The sum of sparse vectors."""
    total: dict[int, float] = {}
    for vector in vectors:
        for number, value in vector.items():
            total[number] = total.get(number, 0.0) + value
    return total
