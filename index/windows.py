"""Nearness of single sentences: what a long passage says in one of its sentences is not lost in its mean.

A passage's vector is the mean of all that it says. A question often means one sentence of it, so the vectors
of its sentences are kept too, and candidates are scored by both. They are looked up for candidates, never
searched; one byte a number is enough for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.passage import Passage
from corpus.sentences import sentence_spans
from corpus.span import Span
from index.encoder import Encoder, Vectors

VALUES_NAME = "values.npy"
SCALES_NAME = "scales.npy"
STARTS_NAME = "starts.npy"
PASSAGES_NAME = "passages.npy"

SHORTEST = 6
"""Characters from which a sentence is worth a vector of its own."""

SHORTEST_CELL = 8
"""The same for a cell of a table row."""

LEVELS = 127

BATCH = 512

_ITEMS = re.compile(r"[ \u3000\n]+(?=[・●○◆■〈①-⑳])")


def windows_of(passage: Passage) -> list[str]:
    """The sentences and list items of a passage, in order; none where it is one sentence as a whole."""
    text = passage.text
    sources = [cell.text for cell in passage.cells if len(cell.text) >= SHORTEST_CELL] or [text]
    found = [piece for source in sources for piece in _pieces(source) if len(piece) >= SHORTEST]
    return [] if found == [text] else found


def _pieces(text: str) -> Iterator[str]:
    for span in sentence_spans(text, Span(0, len(text))):
        yield from _ITEMS.split(span.of(text))


def build_windows(
    folder: Path, rows: Sequence[int], windows: Sequence[Sequence[str]], encoder: Encoder
) -> None:
    """Encode the windows of passages and write them into a new folder.

    Args:
        folder: does not exist yet.
        rows: the row numbers of the passages, ascending.
        windows: the texts of each passage, as ``windows_of`` gives them; may be empty.
        encoder: makes vectors.
    """
    folder.mkdir(parents=True)
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(texts) for texts in windows])
    values = np.zeros((int(starts[-1]), encoder.dimension), dtype=np.int8)
    scales = np.zeros(len(values), dtype=np.float32)
    sentences = (text for texts in windows for text in texts)
    for at in range(0, len(values), BATCH):
        part = slice(at, at + BATCH)
        values[part], scales[part] = _quantised(encoder.encode_passages(list(islice(sentences, BATCH))))
    _save(folder / VALUES_NAME, values)
    _save(folder / SCALES_NAME, scales)
    _save(folder / STARTS_NAME, starts)
    _save(folder / PASSAGES_NAME, np.asarray(rows, dtype=np.int64))


def _quantised(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    scales = np.abs(vectors).max(axis=1) / LEVELS
    safe = np.where(scales > 0, scales, 1.0)
    return np.round(vectors / safe[:, None]).astype(np.int8), scales.astype(np.float32)


def _save(path: Path, array: NDArray[np.generic]) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)


class WindowIndex:
    """The sentences' vectors of a generation, opened for reading; only on files whose hash was verified."""

    def __init__(self, folder: Path) -> None:
        # Mapped, not read: only candidates' vectors are ever touched.
        self._values = np.load(folder / VALUES_NAME, mmap_mode="r", allow_pickle=False)
        self._scales: NDArray[np.float32] = np.load(folder / SCALES_NAME, allow_pickle=False)
        self._starts: NDArray[np.int64] = np.load(folder / STARTS_NAME, allow_pickle=False)
        self._rows: NDArray[np.int64] = np.load(folder / PASSAGES_NAME, allow_pickle=False)

    @property
    def rows(self) -> list[int]:
        """The row numbers of its passages, ascending."""
        return [int(row) for row in self._rows]

    def best(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """The cosine of the nearest sentence, of those rows that have sentences of their own.

        Args:
            vector: the query, shape (d,), L2-normalised.
            rows: in the index.
        """
        places = np.searchsorted(self._rows, np.asarray(rows, dtype=np.int64))
        firsts, lasts = self._starts[places], self._starts[places + 1]
        lengths = lasts - firsts
        if not lengths.sum():
            return {}
        ends = np.cumsum(lengths)
        taken = np.arange(ends[-1]) + np.repeat(firsts - (ends - lengths), lengths)
        cosines = (self._values[taken].astype(np.float32) @ vector) * self._scales[taken]
        kept = lengths > 0
        highest = np.maximum.reduceat(cosines, (ends - lengths)[kept])
        return dict(zip(np.asarray(rows)[kept].tolist(), highest.tolist(), strict=True))
