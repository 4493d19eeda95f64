"""What an index takes of passages, worked out before it is written: words cut, vectors made.

Each batch depends on nothing but itself, so it can be worked out anywhere; only writing has an order. A
passage is cut once: its terms serve the fields of the lexical index, the vector of the passage and those of
its sentences, where the model works on terms. Models that read text get the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from index.dense import Halves
from index.encoder import Encoder, Rows, TermEncoder, Vectors
from index.passage_terms import OverTerms, OwnTerms, PassageCutter, Sentence, Source
from index.terms import TermAnalyzer
from index.windows import Windows, quantised

BATCH = 512
"""Passages that are prepared together."""

Held = tuple[OverTerms[Rows], OwnTerms[Rows]]
"""The terms of a passage, with the rows that a model of terms has for them."""


class CutPassage(NamedTuple):
    """The terms of a passage, as an index of words takes them.

    Attributes:
        fields: keys by field, in the order of ``PassageText``, each in one line.
        keys: of all fields, in one line; some come twice.
        pairs: of the body's characters, in one line.
        years: that the body names.
    """

    fields: tuple[str, ...]
    keys: str
    pairs: str
    years: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prepared:
    """A batch of passages as an index takes them.

    Attributes:
        cuts: one a passage.
        vectors: shape (n, d), half precision.
        windows: of all of the passages, in order.
    """

    cuts: list[CutPassage]
    vectors: Halves
    windows: Windows


class Preparer(Protocol):
    """Prepares batches of passages, here or elsewhere."""

    def prepared(self, batches: Iterable[Sequence[Source]]) -> Iterator[Prepared]:
        """One for each batch, in order; batches may be taken ahead."""
        ...


class LocalPreparer:
    """A ``Preparer`` on this thread.

    Args:
        analyzer: cuts terms.
        encoder: makes vectors.
    """

    def __init__(self, analyzer: TermAnalyzer, encoder: Encoder) -> None:
        if isinstance(encoder, TermEncoder) and encoder.terms == analyzer.fingerprint:
            self._embedder: _Embedder = _EmbedsTerms(encoder)
        else:
            self._embedder = _EmbedsTexts(encoder)
        self._cutter = PassageCutter(analyzer, self._embedder.read)

    def prepared(self, batches: Iterable[Sequence[Source]]) -> Iterator[Prepared]:
        """One for each batch, in order; no text is kept as cut afterwards."""
        try:
            yield from map(self.prepare, batches)
        finally:
            self._cutter.forget()

    def prepare(self, batch: Sequence[Source]) -> Prepared:
        """Cut and embed one batch."""
        held = [self._cutter.cut(source) for source in batch]
        vectors, windows = self._embedder.embedded(batch, held)
        cuts = [cut_passage(over, own) for over, own in held]
        return Prepared(cuts=cuts, vectors=vectors.astype(np.float16), windows=windows)


def cut_passage(over: OverTerms[Any], own: OwnTerms[Any]) -> CutPassage:
    """The terms of a passage: of what stands over it and of its own text."""
    keys = f"{over.keys} {own.keys}".strip()
    return CutPassage((*over.lines, own.line), keys, own.pairs, own.years)


class _Embedder(Protocol):
    """Makes the vectors of a batch."""

    def read(self, words: Sequence[str]) -> Rows:
        """What it takes of words."""
        ...

    def embedded(self, batch: Sequence[Source], held: Sequence[Held]) -> tuple[Vectors, Windows]:
        """The vectors of passages, shape (n, d), and those of their sentences."""
        ...


class _EmbedsTexts:
    """With a model that reads texts."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, words: Sequence[str]) -> Rows:
        """Nothing: it reads the texts."""
        return []

    def embedded(self, batch: Sequence[Source], held: Sequence[Held]) -> tuple[Vectors, Windows]:
        """From the texts of the batch alone."""
        encode = self._encoder.encode_passages
        texts = [text for source in batch for text in source.windows]
        nothing = np.zeros((0, self._encoder.dimension), np.float32)
        values, scales = quantised(encode(texts) if texts else nothing)
        counts = np.array([len(source.windows) for source in batch], np.int64)
        vectors = encode([source.text.embedded for source in batch])
        return vectors, Windows(counts=counts, values=values, scales=scales)


class _EmbedsTerms:
    """With a model that has rows for terms; the sentences of a text that comes again are embedded once."""

    def __init__(self, encoder: TermEncoder) -> None:
        self._encoder = encoder

    def read(self, words: Sequence[str]) -> Rows:
        """The rows of words."""
        return self._encoder.rows_of(words)

    def embedded(self, batch: Sequence[Source], held: Sequence[Held]) -> tuple[Vectors, Windows]:
        """From the terms held alone."""
        vectors = self._encoder.encode_rows([over.read + own.read for over, own in held])
        self._embed(sentence for _, own in held for sentence in own.windows)
        made = [sentence.vector for _, own in held for sentence in own.windows if sentence.vector]
        windows = Windows(
            counts=np.array([len(own.windows) for _, own in held], np.int64),
            values=np.array([values for values, _ in made], np.int8).reshape(-1, self._encoder.dimension),
            scales=np.array([scale for _, scale in made], np.float32),
        )
        return vectors, windows

    def _embed(self, sentences: Iterable[Sentence[Rows]]) -> None:
        """Give each sentence its vector, which is kept with it."""
        new = [sentence for sentence in dict.fromkeys(sentences) if sentence.vector is None]
        values, scales = quantised(self._encoder.encode_rows([sentence.read for sentence in new]))
        for sentence, own, scale in zip(new, values, scales, strict=True):
            sentence.vector = own.copy(), scale  # not to keep the vectors of all of the batch
