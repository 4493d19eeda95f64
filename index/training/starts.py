"""What each term's row begins with: the vector of its word, or the sum of the vectors of its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.morphemes import Tagger
from index.static_encoder import content_keys
from index.terms import TermAnalyzer
from index.training.word_vectors import WordVectors

_WORD = re.compile(r"[ぁ-んァ-ヶー一-龥々〆ヵヶ]{1,8}|[A-Za-z]{2,8}")
_INFLECTED = ("動詞", "形容詞", "形状詞", "副詞")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Starts:
    """Word vectors by term key.

    Attributes:
        vectors: (n, d), each of length one.
        numbers: the number of a term's vector; terms share vectors.
    """

    vectors: NDArray[np.float32]
    numbers: Mapping[str, int]

    def of(self, keys: Sequence[str], analyzer: TermAnalyzer) -> NDArray[np.float32]:
        """The vectors of terms, shape (terms, d); compounds have their parts' sum, unknown ones zeros."""
        found = np.zeros((len(keys), self.vectors.shape[1]), dtype=np.float32)
        for place, key in enumerate(keys):
            parts = [key] if key in self.numbers else [one for one in analyzer.keys(key) if one != key]
            known = [self.numbers[part] for part in parts if part in self.numbers]
            if known:
                found[place] = self.vectors[known].sum(axis=0)
                found[place] /= np.linalg.norm(found[place]) or 1.0
        return found


def find_starts(words: WordVectors, analyzer: TermAnalyzer) -> Starts:
    """The vectors by the keys that the analyzer gives the words; a word that is its own key comes first."""
    numbers: dict[str, int] = {}
    exact: set[str] = set()
    for word, number in words.numbers.items():
        if not _WORD.fullmatch(word):
            continue
        keys = content_keys(analyzer, word)
        if len(keys) == 1 and keys[0] not in exact and (keys[0] == word or keys[0] not in numbers):
            numbers[keys[0]] = number
            if keys[0] == word:
                exact.add(word)
    return Starts(vectors=words.vectors, numbers=numbers)


def dictionary_words(keys: Sequence[str]) -> list[str]:
    """The keys that are one word of the dictionary: a common noun, a verb, an adjective or an adverb."""
    tagger = Tagger()
    found = []
    for key in keys:
        morphemes = tagger.morphemes(key)
        if len(morphemes) == 1 and morphemes[0].lemma:
            first, second, _ = morphemes[0].part_of_speech
            if first in _INFLECTED or (first, second) == ("名詞", "普通名詞"):
                found.append(key)
    return found
