"""Nearness of single sentences: what a long passage says in one of its sentences is not lost in its mean.

A passage's vector is the mean of all that it says. A question often means one sentence of it, so the vectors
of its sentences are kept too, and candidates are scored by both. They are looked up for candidates, never
searched; one byte a number is enough for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.passage import Passage
from corpus.sentences import ENDS, sentences
from corpus.wording import Wording
from index.encoder import Vectors

VALUES_NAME = "values.npy"
SCALES_NAME = "scales.npy"
STARTS_NAME = "starts.npy"
PASSAGES_NAME = "passages.npy"

SHORTEST = 6
"""Characters from which a sentence is worth a vector of its own."""

SHORTEST_CELL = 8
"""The same for a cell of a table row."""

LEVELS = 127

QuantisedVector = tuple[NDArray[np.int8], np.float32]
"""A vector (d,) as one byte a number, and its scale."""

_ITEMS = re.compile(r"[ \u3000\n]+(?=[・●○◆■〈①-⑳])")
_PARTED = re.compile(rf"[{ENDS}\n](?=.)|{_ITEMS.pattern}", re.DOTALL)
"""Where a text may be more than one piece."""


def windows_of(passage: Passage | Wording) -> list[str]:
    """The sentences and list items of a passage, in order; none where it is one sentence as a whole."""
    text = passage.text
    sources = [cell.text for cell in passage.cells if len(cell.text) >= SHORTEST_CELL] or [text]
    found = [piece for source in sources for piece in _pieces(source) if len(piece) >= SHORTEST]
    return [] if found == [text] else found


def _pieces(text: str) -> list[str]:
    if not _PARTED.search(text):  # most cells
        return [text.strip()]
    return [piece for sentence in sentences(text) for piece in _ITEMS.split(sentence)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Windows:
    """The windows of some passages.

    Attributes:
        counts: shape (passages,), how many each has.
        values: shape (windows, d).
        scales: shape (windows,); a vector is its values times its scale.
    """

    counts: NDArray[np.int64]
    values: NDArray[np.int8]
    scales: NDArray[np.float32]


class WindowsWriter:
    """Writes the windows of passages into a new folder as they come; close it when done.

    Vectors are not held: there may be millions.

    Args:
        folder: does not exist yet.
        dimension: length of a vector.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._dimension = dimension
        self._scales: list[NDArray[np.float32]] = [np.zeros(0, dtype=np.float32)]
        self._counts: list[NDArray[np.int64]] = [np.zeros(1, dtype=np.int64)]
        self._file = (folder / VALUES_NAME).open("wb")
        self._file.write(self._header(0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, windows: Windows) -> None:
        """The windows of the next passages."""
        self._counts.append(windows.counts)
        self._file.write(windows.values.tobytes())
        self._scales.append(windows.scales)

    def finish(self, rows: Sequence[int]) -> None:
        """Write what is left.

        Args:
            rows: the row numbers of the passages, ascending.
        """
        starts = np.cumsum(np.concatenate(self._counts))
        self._file.seek(0)
        self._file.write(self._header(int(starts[-1])))
        self._file.close()
        _save(self._folder / SCALES_NAME, np.concatenate(self._scales))
        _save(self._folder / STARTS_NAME, starts)
        _save(self._folder / PASSAGES_NAME, np.asarray(rows, dtype=np.int64))

    def _header(self, count: int) -> bytes:
        """Of an array of so many vectors: of one length whatever their number, for numpy leaves room."""
        written = BytesIO()
        about = {"descr": "|i1", "fortran_order": False, "shape": (count, self._dimension)}
        np.lib.format.write_array_header_1_0(written, about)
        return written.getvalue()


def quantised(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors (n, d) as one byte a number, and the scale (n,) of each."""
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
