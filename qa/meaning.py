"""How near what a document says is in meaning to what was asked, sentence by sentence and word by word.

A question of fact in other words than the document's shares few terms with the sentence that answers it. The
built-in model tells that they are near, whatever model the library is searched with: what is held against its
cosines is calibrated on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np

from index.encoder import Encoder, Vectors
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer


def built_in(encoder: Encoder, analyzer: TermAnalyzer) -> StaticEncoder:
    """The built-in model: the library's own encoder where it is that, else one that is loaded once."""
    return encoder if isinstance(encoder, StaticEncoder) else _loaded(analyzer)


@lru_cache(maxsize=1)
def _loaded(analyzer: TermAnalyzer) -> StaticEncoder:
    return StaticEncoder(analyzer=analyzer)


class Meaning:
    """The meaning of one question.

    Args:
        encoder: the built-in model.
        topic: the question without what became a limit.
    """

    def __init__(self, encoder: StaticEncoder, topic: str) -> None:
        self._encoder = encoder
        self._topic = encoder.encode_query(topic)
        self._words: dict[str, Vectors] = {}

    def nearness(self, keys: Sequence[str]) -> float:
        """The cosine between the question and a text cut into keys, -1 to 1; 0 where no word is known."""
        return float(self._encoder.encode_keys(keys) @ self._topic)

    def word_nearness(self, word: str, others: Iterable[str]) -> float:
        """The highest cosine between a word and any of the others, 0 where none is known."""
        vectors = [self._word(other) for other in others]
        if not vectors:
            return 0.0
        return max(0.0, float((np.stack(vectors) @ self._word(word)).max()))

    def _word(self, word: str) -> Vectors:
        if word not in self._words:
            self._words[word] = self._encoder.encode_keys([word])
        return self._words[word]
