"""Nearness of single sentences: what a long passage says in one of its sentences is not lost in its mean.

A passage's vector is the mean of all that it says. A question often means one sentence of it, so the vectors
of its sentences are kept too, and candidates are scored by both. They are looked up for candidates, never
searched; one byte a number is enough for that.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Self

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


class WindowsWriter:
    """Encodes the windows of passages as they come and writes them into a new folder; close it when done.

    Neither texts nor vectors are held: there may be millions.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        """Begin in a folder that does not exist yet."""
        folder.mkdir(parents=True)
        self._folder = folder
        self._encoder = encoder
        self._texts: list[str] = []
        self._scales: list[NDArray[np.float32]] = []
        self._counts = array("q")
        self._file = (folder / VALUES_NAME).open("wb")
        self._file.write(self._header(0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, texts: Sequence[str]) -> None:
        """The windows of the next passage, as ``windows_of`` gives them; may be empty."""
        self._counts.append(len(texts))
        self._texts.extend(texts)
        while len(self._texts) >= BATCH:
            self._encode(self._texts[:BATCH])
            del self._texts[:BATCH]

    def finish(self, rows: Sequence[int]) -> None:
        """Write what is left.

        Args:
            rows: the row numbers of the passages, ascending.
        """
        if self._texts:
            self._encode(self._texts)
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        starts[1:] = np.cumsum(self._counts)
        self._file.seek(0)
        self._file.write(self._header(int(starts[-1])))
        self._file.close()
        _save(self._folder / SCALES_NAME, np.concatenate([np.zeros(0, dtype=np.float32), *self._scales]))
        _save(self._folder / STARTS_NAME, starts)
        _save(self._folder / PASSAGES_NAME, np.asarray(rows, dtype=np.int64))

    def _encode(self, texts: Sequence[str]) -> None:
        values, scales = _quantised(self._encoder.encode_passages(texts))
        self._file.write(values.tobytes())
        self._scales.append(scales)

    def _header(self, count: int) -> bytes:
        """Of an array of so many vectors: of one length whatever their number, for numpy leaves room."""
        written = BytesIO()
        about = {"descr": "|i1", "fortran_order": False, "shape": (count, self._encoder.dimension)}
        np.lib.format.write_array_header_1_0(written, about)
        return written.getvalue()


def build_windows(
    folder: Path, rows: Sequence[int], windows: Iterable[Sequence[str]], encoder: Encoder
) -> None:
    """Write the windows of passages into a new folder; see ``WindowsWriter``.

    Args:
        folder: does not exist yet.
        rows: the row numbers of the passages, ascending.
        windows: the texts of each passage.
        encoder: makes vectors.
    """
    with WindowsWriter(folder, encoder) as writer:
        for texts in windows:
            writer.add(texts)
        writer.finish(rows)


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
