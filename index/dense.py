"""Nearness of meaning: a FAISS index of passage vectors in half precision, its kind chosen by their number.

Up to half a million vectors every one is looked at: 256 numbers each are read as fast as memory gives them.
Beyond, vectors are kept in lists around centres (IVF), and a query looks into the nearest lists; how many is
measured when the index is built. Within limits all vectors selected are looked at: the nearest lists may hold
none of a kind or a year. The vectors themselves are the same in both, so scores are, too. The file is mapped
into memory, not read: processes that serve one library share it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Halves = NDArray[np.float16] | Vectors
Rows = NDArray[np.int64]

VECTORS_NAME = "vectors.faiss"
ROWS_NAME = "rows.npy"

ROUNDS = 8
"""Of k-means."""

A_LIST = 40
"""How many vectors a list the centres are found from."""

SLICE = 50_000
"""Vectors that are turned into single precision at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseConfig:
    """Which index is built.

    Attributes:
        flat_up_to: so many vectors are all looked at; of more, the nearest lists are.
        recall: the share of the nearest vectors that looking into lists must find, of the stored ones.
        depth: how many nearest vectors that is measured on.
        sample: with how many of the stored vectors as queries.
        seed: of the samples.
    """

    flat_up_to: int = 500_000
    recall: float = 0.99
    depth: int = 100
    sample: int = 200
    seed: int = 1


def build_dense(folder: Path, rows: Rows, vectors: Halves, config: DenseConfig | None = None) -> None:
    """Write vectors (n, d), L2-normalised, and their row numbers (n,), ascending, into a new folder.

    Vectors may come in single precision too; half of it is kept.
    """
    config = config or DenseConfig()
    folder.mkdir(parents=True)
    if len(vectors) <= config.flat_up_to:
        index: Any = _flat(vectors)
    else:
        index = _in_lists(vectors, config)
    # Written by Python, not by FAISS: its own writer cannot open a Japanese path on Windows.
    with (folder / VECTORS_NAME).open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]
    with (folder / ROWS_NAME).open("wb") as file:
        np.save(file, rows, allow_pickle=False)


def _add(index: Any, vectors: Halves) -> None:
    for at in range(0, len(vectors), SLICE):
        index.add(vectors[at : at + SLICE].astype(np.float32))


def _flat(vectors: Halves) -> faiss.IndexScalarQuantizer:
    index = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.train(vectors[:SLICE].astype(np.float32))  # half precision has nothing to learn
    _add(index, vectors)
    return index


def _in_lists(vectors: Halves, config: DenseConfig) -> faiss.IndexIVFScalarQuantizer:
    """The vectors in lists around centres, as many of them looked into as the recall takes."""
    count, dimension = vectors.shape
    lists = 1 << round(math.log2(4 * math.sqrt(count)))
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, lists, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index.by_residual = False  # the vectors themselves, as in the flat index
    index.cp.niter, index.cp.seed, index.cp.spherical = ROUNDS, config.seed, True
    chosen = np.random.default_rng(config.seed)
    index.train(_some(vectors, A_LIST * lists, chosen))
    _add(index, vectors)
    queries = _some(vectors, config.sample, chosen)
    exact = _nearest(index, queries, config.depth, lists)
    index.nprobe = 1
    while index.nprobe < lists and _recall(index, queries, exact, config.depth) < config.recall:
        index.nprobe *= 2
    return index


def _some(vectors: Halves, most: int, chosen: np.random.Generator) -> Vectors:
    count = len(vectors)
    return vectors[np.sort(chosen.choice(count, min(count, most), replace=False))].astype(np.float32)


def _nearest(index: Any, queries: Vectors, depth: int, lists: int) -> NDArray[np.int64]:
    found: NDArray[np.int64] = index.search(
        queries,
        depth,
        params=faiss.SearchParametersIVF(nprobe=lists),  # type: ignore[call-arg]
    )[1]
    return found


def _recall(index: Any, queries: Vectors, exact: NDArray[np.int64], depth: int) -> float:
    found = _nearest(index, queries, depth, index.nprobe)
    shares = [len(set(one) & set(other)) / depth for one, other in zip(found, exact, strict=True)]
    return float(np.mean(shares))


def looking_into(data: np.memmap[Any, np.dtype[np.uint8]]) -> Any:
    """The index in a mapped file, which must stay mapped as long as the index lives.

    Python maps it: FAISS itself cannot open a Japanese path on Windows.
    """
    return faiss.read_index(faiss.ZeroCopyIOReader(faiss.swig_ptr(data), data.size))  # type: ignore[attr-defined]


class DenseIndex:
    """A finished index, opened for reading; only on files whose hash was verified."""

    def __init__(self, folder: Path) -> None:
        self._data = np.memmap(folder / VECTORS_NAME, dtype=np.uint8, mode="r")
        self._index = looking_into(self._data)
        self._lists = int(getattr(self._index, "nlist", 0))
        if self._lists:
            self._index.make_direct_map()
        with (folder / ROWS_NAME).open("rb") as file:
            self._rows: Rows = np.load(file, allow_pickle=False)

    def __len__(self) -> int:
        """How many vectors the index holds."""
        return int(self._index.ntotal)

    @property
    def looks_at(self) -> float:
        """Which share of the lists a query without limits looks into; 1 where every vector is looked at."""
        return float(self._index.nprobe / self._lists) if self._lists else 1.0

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
            parameters = self._limited(places)
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

    def _limited(self, places: Rows) -> faiss.SearchParameters:
        """Search among the selected, in all lists: the nearest may hold few or none of them."""
        selector = self._selector(places)
        if not self._lists:
            return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        return faiss.SearchParametersIVF(sel=selector, nprobe=self._lists)  # type: ignore[call-arg]

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
