"""Which terms get a row of the model, and what row norm they begin with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence


def choose_vocabulary(
    texts: Iterable[Sequence[str]], *, size: int, least: int = 2, kept: Iterable[Sequence[str]] = ()
) -> dict[str, int]:
    """The ``size`` keys that most texts hold, with the number of texts, most frequent first, ties by key.

    Args:
        texts: the keys of each distinct text.
        size: how many keys at the most.
        least: leave out keys of fewer texts than this.
        kept: texts whose keys are taken however rare: those of everyday words.
    """
    counts: Counter[str] = Counter()
    for keys in texts:
        counts.update(set(keys))
    always = {key for keys in kept for key in keys}
    ranked = sorted(counts.items(), key=lambda item: (item[0] not in always, -item[1], item[0]))
    chosen = [(key, count) for key, count in ranked[:size] if count >= least or key in always]
    return dict(sorted(chosen, key=lambda item: (-item[1], item[0])))


def inverse_document_frequency(count: int, texts: int) -> float:
    """ln(1 + N / n): near 0 for a term of every text, never negative."""
    return math.log1p(texts / count)
