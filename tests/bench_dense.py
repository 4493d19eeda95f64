"""Kinds of FAISS indexes beside each other: ``python -m tests.bench_dense [--size N]``, as a table.

The vectors are those of the sample corpus's passages recombined (see ``tests.bench_recombine``), up to
100,000; beyond, each further one is the mean of two of them with random shares: the built-in model adds words
up, so that is what a passage of parts of both would have. Queries are the judged questions. Each kind is
built by one thread and asked one query at a time, in a process of its own.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import psutil

from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from index.dense import VECTORS_NAME, DenseConfig, Vectors, build_dense, looking_into
from index.passage_terms import Source
from index.passage_text import passage_text
from index.prepared import LocalPreparer
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from tests.bench_sizes import SEED, alone, enough, records_of
from tests.evaluate_judged import UNANSWERABLE, read_questions
from ui.intake import ingest

REAL = 100_000
DEPTHS = (10, 50)
ROUNDS = 5
LINKS = 32
"""Of a vector of HNSW; the usual number."""

BREADTHS = {"HNSW, fp16, 64 wide": 64, "HNSW, fp16, 256 wide": 256}
SAME = 1e-6


def made_vectors(size: int) -> Vectors:
    """The vectors, shape (size, d)."""
    with tempfile.TemporaryDirectory() as folder:
        ingest(Path(folder) / "library", [SAMPLES])
        store = Store.open(Path(folder) / "library")
        records = records_of(store.reader)
        store.close()
        sources = (
            Source(passage_text(passage, record.document, sheets.get(passage.sheet_ordinal or 0)), ())
            for record in enough(records, min(size, REAL), Path(folder) / "towns.csv")
            for sheets in [{sheet.ordinal: sheet for sheet in record.sheets}]
            for passage in record.passages
        )
        analyzer = TermAnalyzer()
        preparer = LocalPreparer(analyzer, StaticEncoder(analyzer=analyzer))
        batches = iter(lambda: list(islice(sources, 512)), [])
        real = np.concatenate([made.vectors for made in preparer.prepared(batches)]).astype(np.float32)
    return np.concatenate([real, _mixed(real, size - len(real))])


def _mixed(real: Vectors, count: int) -> Vectors:
    chance = np.random.default_rng(SEED)
    found = np.zeros((max(0, count), real.shape[1]), dtype=np.float32)
    for at in range(0, count, REAL):
        some = found[at : at + REAL]
        shares = chance.random((len(some), 1), dtype=np.float32)
        one, other = chance.integers(len(real), size=(2, len(some)))
        some[:] = real[one] * shares + real[other] * (1 - shares)
        some /= np.maximum(np.linalg.norm(some, axis=1, keepdims=True), SAME)
    return found


def asked() -> Vectors:
    """The vectors of the judged questions that have an answer."""
    texts = [one["query"] for one in read_questions() if one["kind"] != UNANSWERABLE]
    vectors = StaticEncoder().encode_passages(texts)
    return vectors[vectors.any(axis=1)]


def _scalar(kind: int) -> Callable[[Vectors], Any]:
    def built(vectors: Vectors) -> Any:
        index = faiss.IndexScalarQuantizer(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.add(vectors)
        return index

    return built


def _flat(vectors: Vectors) -> Any:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _lists(vectors: Vectors) -> Any:
    """As ``index.dense`` builds it."""
    with tempfile.TemporaryDirectory() as folder:
        rows = np.arange(len(vectors), dtype=np.int64)
        build_dense(Path(folder) / "dense", rows, vectors, DenseConfig(flat_up_to=0))
        return faiss.deserialize_index(np.fromfile(Path(folder) / "dense" / VECTORS_NAME, dtype=np.uint8))


def _graph(vectors: Vectors) -> Any:
    made: Any = faiss.IndexHNSWSQ  # its stub takes the kind of number for a quantizer
    index = made(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    index.train(vectors[:1])
    index.add(vectors)
    return index


KINDS: dict[str, Callable[[Vectors], Any]] = {
    "flat, single precision": _flat,
    "flat, half precision (fp16)": _scalar(faiss.ScalarQuantizer.QT_fp16),
    "flat, 8 bits": _scalar(faiss.ScalarQuantizer.QT_8bit),
    "lists (IVF), fp16": _lists,
    "HNSW, fp16": _graph,
}


def build(kind: str, vectors_path: Path, folder: Path) -> dict[str, Any]:
    """Build an index of a kind and write it; seconds of processor time, and its size."""
    faiss.omp_set_num_threads(1)
    vectors = np.load(vectors_path)
    begun = time.process_time()
    index = KINDS[kind](vectors)
    spent = time.process_time() - begun
    faiss.write_index(index, str(folder / kind))
    return {"build_s": spent, "mb": (folder / kind).stat().st_size / 1e6}


def ask(kind: str, breadth: int, vectors_path: Path, folder: Path) -> dict[str, Any]:
    """Ask an index that was written, mapped into memory; recall is told by the vectors' own cosines."""
    faiss.omp_set_num_threads(1)
    queries, own = asked(), psutil.Process()
    before = own.memory_info().rss
    data = np.memmap(folder / kind, dtype=np.uint8, mode="r")
    index = looking_into(data)
    if breadth:
        index.hnsw.efSearch = breadth
    found, times, spent = [], [], []
    for number in range(ROUNDS):
        for query in queries:
            begun, begun_at = time.perf_counter(), time.thread_time()
            places = index.search(query[None, :], max(DEPTHS))[1][0]
            spent.append((time.thread_time() - begun_at) * 1000)
            times.append((time.perf_counter() - begun) * 1000)
            if number == 0:
                found.append(places)
    resident = (own.memory_info().rss - before) / 1e6
    vectors = np.load(vectors_path, mmap_mode="r")
    return {
        "ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[18],
        "cpu_ms": statistics.median(spent),
        "resident_mb": resident,
        **recalls(vectors, queries, found),
    }


def recalls(vectors: Vectors, queries: Vectors, found: list[Any]) -> dict[str, float]:
    """Which share of what was found is as near as the nearest are, by depth; equals count alike."""
    shares: dict[int, list[float]] = {depth: [] for depth in DEPTHS}
    cosines = np.concatenate([vectors[at : at + REAL] @ queries.T for at in range(0, len(vectors), REAL)])
    for number, places in enumerate(found):
        nearest = -np.partition(-cosines[:, number], max(DEPTHS))[: max(DEPTHS)]
        nearest = np.sort(nearest)[::-1]
        for depth in DEPTHS:
            held = [place for place in places[:depth] if place >= 0]
            shares[depth].append(float(np.sum(cosines[held, number] >= nearest[depth - 1] - SAME)) / depth)
    return {f"recall_{depth}": statistics.mean(one) for depth, one in shares.items()}


def main() -> None:
    """Make the vectors, measure each kind, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=REAL)
    parser.add_argument("--without", nargs="*", default=[], choices=list(KINDS))
    options = parser.parse_args()
    columns = ("build_s", "mb", "resident_mb", "ms", "p95_ms", "cpu_ms", "recall_10", "recall_50")
    heads = (
        "build, s | on disk, MB | resident, MB | p50, ms | p95, ms | processor, ms | recall@10 | recall@50"
    )
    sys.stdout.write(f"| {options.size:,} vectors | {heads} |\n|---|{'---:|' * len(columns)}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.save(folder / "vectors.npy", made_vectors(options.size))
        for kind in KINDS:
            if kind in options.without:
                continue
            built = alone(build, kind, folder / "vectors.npy", folder)
            asked_with = {label: one for label, one in BREADTHS.items() if label.startswith(kind)} or {
                kind: 0
            }
            for label, breadth in asked_with.items():
                figures = {**built, **alone(ask, kind, breadth, folder / "vectors.npy", folder)}
                cells = [f"{figures[column]:.3f}" if "recall" in column else f"{figures[column]:.1f}"
                         for column in columns]  # fmt: skip
                sys.stdout.write(f"| {label} | {' | '.join(cells)} |\n")
                sys.stdout.flush()
            (folder / kind).unlink()


if __name__ == "__main__":
    main()
