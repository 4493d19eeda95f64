"""Nearness of meaning: a flat FAISS index of passage vectors in half precision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

VECTORS_NAME = "vectors.faiss"
ROWS_NAME = "rows.npy"


def build_dense(folder: Path, rows: Rows, vectors: Vectors) -> None:
    """Write vectors (n, d), L2-normalised, and their row numbers (n,), ascending, into a new folder."""
    folder.mkdir(parents=True)
    index = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.train(vectors)
    index.add(vectors)
    # Written by Python, not by FAISS: its own writer cannot open a Japanese path on Windows.
    (folder / VECTORS_NAME).write_bytes(faiss.serialize_index(index).tobytes())
    with (folder / ROWS_NAME).open("wb") as file:
        np.save(file, rows, allow_pickle=False)


class DenseIndex:
    """A finished index, opened for reading; only on files whose hash was verified."""

    def __init__(self, folder: Path) -> None:
        data = np.frombuffer((folder / VECTORS_NAME).read_bytes(), dtype=np.uint8)
        self._index = faiss.deserialize_index(data)
        with (folder / ROWS_NAME).open("rb") as file:
            self._rows: Rows = np.load(file, allow_pickle=False)

    def __len__(self) -> int:
        """How many vectors the index holds."""
        return int(self._index.ntotal)

    @property
    def rows(self) -> list[int]:
        """The row numbers of its vectors, in their order."""
        return [int(row) for row in self._rows]

    def search(
        self, vector: Vectors, limit: int, within: Sequence[int] | Rows | None
    ) -> list[tuple[int, float]]:
        """Row numbers with cosines, best first, ties by row number.

        Args:
            vector: the query, shape (d,), L2-normalised.
            limit: how many rows at the most.
            within: the row numbers to look at, ascending; None for all.
        """
        parameters = None
        available = len(self._rows)
        if within is not None:
            places = self._places(within)
            available = len(places)
            parameters = faiss.SearchParameters(sel=self._selector(places))  # type: ignore[call-arg]
        if available == 0 or limit <= 0 or not vector.any():
            return []
        # One query is one thread's work: waking others costs more than the whole search. The setting is the
        # calling thread's own.
        faiss.omp_set_num_threads(1)
        scores, places = self._index.search(vector[None, :], min(limit, available), params=parameters)
        found = [
            (int(self._rows[place]), float(score))
            for place, score in zip(places[0], scores[0], strict=True)
            if place >= 0
        ]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def _selector(self, places: Rows) -> faiss.IDSelectorBitmap:
        """The places as one bit each: asked of every vector, so it must be cheap."""
        allowed = np.zeros(len(self._rows), dtype=bool)
        allowed[places] = True
        return faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]

    def scores(self, vector: Vectors, rows: list[int]) -> list[float]:
        """The cosines of the given rows, in their order; the rows must be in the index."""
        if not rows:
            return []
        vectors = self._index.reconstruct_batch(self._places(rows))
        return [float(score) for score in vectors @ vector]

    def _places(self, rows: Sequence[int] | Rows) -> Rows:
        return np.searchsorted(self._rows, np.asarray(rows, dtype=np.int64)).astype(np.int64)
