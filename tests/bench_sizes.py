"""Speed and memory at a number of passages, beside bare tantivy and bare FAISS on the same passages.

The passages are the sample corpus and, up to the number wanted, recombinations of it as other towns (see
``tests.bench_recombine``), written straight into a library. Its words are those of the sample corpus, so
every word of a question is met by very many passages: harder than as many passages of real plans. Building
and asking are processes of their own, so that each peak of memory is its own.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import psutil

from corpus.access import OPERATOR
from corpus.municipality import MunicipalityTable
from corpus.record import DocumentRecord
from corpus.sample_corpus import SAMPLES, sample_former_names, sample_municipalities
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.build import build_generation
from index.dense import VECTORS_NAME, DenseIndex
from index.generation import generations_folder
from index.parts import DENSE_FOLDER
from index.retriever import HybridRetriever, Scored, SearchRequest
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from tests.bench_recombine import pools_of, recombined
from tests.bench_towns import MadeUpTown, Renamed, made_up_towns, write_towns
from tests.evaluate_judged import UNANSWERABLE, read_questions
from tests.evaluate_plain import PlainBm25
from ui.intake import ingest
from ui.library import municipality_table

SEED = 1
BARE_LIMIT = 50
ROUNDS = 3
RECALL_DEPTH = 100
EQUAL = 1e-3
"""Cosines that differ by less are equal: half precision tells them no better."""

A_SLICE = 100_000
EVERY = 4
"""Which of the judged questions that have an answer are asked: every fourth."""

TOWNS = "towns.csv"
TODAY = date(2026, 4, 1)


def records_of(store: StoreReader) -> list[DocumentRecord]:
    """What a store holds of its documents, as far as search and answers need it."""
    found = []
    for document in store.documents():
        passages = store.passages_of(document.document_id)
        found.append(
            DocumentRecord(
                document=document,
                text=store.document_text(document.document_id) or "",
                origin=document.source,
                reader="1",
                sheets=tuple(store.sheets(document.document_id)),
                passages=tuple(passages),
                indicators=tuple(store.indicators([passage.passage_id for passage in passages])),
                absences=tuple(store.absences(document.document_id)),
                glossary=tuple(store.glossary(document.document_id)),
            )
        )
    return found


def enough(records: Sequence[DocumentRecord], size: int, table: Path) -> Iterator[DocumentRecord]:
    """The records themselves, then recombinations of them, to exactly ``size`` passages.

    Each time through, every town of the records gets one made-up town in its place; after the last one the
    first gets more documents. ``table`` receives the towns.
    """
    pools, chance = pools_of(records), random.Random(SEED)
    names = tuple(dict.fromkeys(record.document.municipality for record in records))
    towns = cycle(tuple(made_up_towns(municipality_table())))
    used: dict[str, MadeUpTown] = {}
    left = size
    current: dict[str, Renamed] = {}
    for turn in range(size):
        for record in records:
            if left <= 0:
                write_towns(list(used.values()), table)
                return
            if turn == 0:
                made = record
            else:
                key = f"{turn} {record.document.municipality}"
                if key not in current:
                    town = next(towns)
                    used[town.code] = town
                    current[key] = Renamed(names, town)
                made = recombined(record, current[key].town, pools, current[key], chance)
            made = shortened(made, left)
            left -= len(made.passages)
            yield made
    write_towns(list(used.values()), table)


def shortened(record: DocumentRecord, most: int) -> DocumentRecord:
    """A record with at most so many of its passages."""
    passages = record.passages[:most]
    held = {passage.passage_id for passage in passages}
    indicators = tuple(one for one in record.indicators if one.passage_id in held)
    return replace(record, passages=passages, indicators=indicators)


def build(folder: Path, size: int) -> dict[str, Any]:
    """Write the library of a size and its index."""
    with tempfile.TemporaryDirectory() as samples:
        ingest(Path(samples) / "library", [SAMPLES])
        sample = Store.open(Path(samples) / "library")
        records = records_of(sample.reader)
        sample.close()
    store = Store.create(folder)
    analyzer = TermAnalyzer()
    encoder = StaticEncoder(analyzer=analyzer)
    with store.writing() as writer:
        begun = time.perf_counter()
        for record in enough(records, size, folder / TOWNS):
            writer.add(record)
        written = time.perf_counter()
        writer.set_index_generation(build_generation(writer, folder, analyzer, encoder))
        built = time.perf_counter()
    return {
        "documents": len(store.reader.documents()),
        "passages": store.reader.passage_count(),
        "write_s": round(written - begun, 1),
        "index_s": round(built - written, 1),
        "building_peak_mb": peak_mb(),
        "library_mb": round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6, 1),
    }


def questions() -> list[str]:
    """What is asked: judged questions of every kind that the sample corpus answers."""
    answerable = [one["query"] for one in read_questions() if one["kind"] != UNANSWERABLE]
    return list(islice(answerable, 0, None, EVERY))


def opened(folder: Path) -> Engine:
    """The library's engine; it knows the made-up towns."""
    store, analyzer = Store.open(folder), TermAnalyzer()
    table = MunicipalityTable.load(sample_municipalities(), folder / TOWNS, former=(sample_former_names(),))
    return Engine(
        store, analyzer, StaticEncoder(analyzer=analyzer), table, today=lambda: TODAY, audience=OPERATOR
    )


def ask(folder: Path) -> dict[str, Any]:
    """Time search and answers, and in turn with them the bare engines."""
    begun = time.perf_counter()
    engine = opened(folder)
    engine.ask("防災訓練")
    opening = time.perf_counter() - begun
    asked = questions()
    for question in asked:
        engine.ask(question)
    peak = peak_mb()
    retrieved = requests_of(engine, asked)
    works: dict[str, Callable[[str], object]] = {
        "search_ms": engine.search,
        "ask_ms": engine.ask,
        "hybrid_ms": lambda question: [
            retriever.search(request) for retriever, request in retrieved[question]
        ],
    }
    flat = flat_index(engine, folder)
    works.update(bare(engine, flat))
    times: dict[str, list[float]] = {name: [] for name in works}
    processor: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for question in asked:
            for name, work in works.items():
                begun, begun_at = time.perf_counter(), time.process_time()
                work(question)
                processor[name].append((time.process_time() - begun_at) * 1000)
                times[name].append((time.perf_counter() - begun) * 1000)
    return {
        "questions": len(asked),
        "open_s": round(opening, 2),
        "asking_peak_mb": peak,
        **{name: spread(found) for name, found in times.items()},
        **{f"{name.removesuffix('_ms')}_cpu_ms": spread(found) for name, found in processor.items()},
        "hybrid_to_bare": ratio(times, "hybrid_ms"),
        "search_to_bare": ratio(times, "search_ms"),
        "search_to_bare_cpu": ratio(processor, "search_ms"),
        "hybrid_to_bare_cpu": ratio(processor, "hybrid_ms"),
        "dense_recall": recall(engine, folder, flat, asked),
    }


def ratio(times: dict[str, list[float]], name: str) -> float:
    """The median of a work beside the medians of the two bare engines, added up."""
    floor = statistics.median(times["bare_tantivy_ms"]) + statistics.median(times["bare_faiss_ms"])
    return round(statistics.median(times[name]) / floor, 2)


def requests_of(
    engine: Engine, asked: Sequence[str]
) -> dict[str, list[tuple[HybridRetriever, SearchRequest]]]:
    """What a search asks its retriever, by question: retrieval alone, without reading and showing."""
    found: dict[str, list[tuple[HybridRetriever, SearchRequest]]] = {question: [] for question in asked}
    searching = HybridRetriever.search
    current = ""

    def noting(retriever: HybridRetriever, request: SearchRequest) -> list[Scored]:
        found[current].append((retriever, request))
        return searching(retriever, request)

    setattr(HybridRetriever, "search", noting)  # noqa: B010 (mypy takes the method for bound)
    try:
        for current in asked:
            engine.search(current)
    finally:
        setattr(HybridRetriever, "search", searching)  # noqa: B010
    return found


def recall(engine: Engine, folder: Path, flat: faiss.IndexFlatIP, asked: Sequence[str]) -> float:
    """Which share of the passages nearest to the questions the library's index finds; equals count alike."""
    index = DenseIndex(generation_of(engine, folder) / DENSE_FOLDER)
    encoder = StaticEncoder(analyzer=engine.analyzer)
    shares = []
    for question in asked:
        vector = encoder.encode_query(question)
        if vector.any():
            least = flat.search(vector[None, :], RECALL_DEPTH)[0][0].min() - EQUAL
            shares.append(
                sum(score >= least for _, score in index.search(vector, RECALL_DEPTH, None)) / RECALL_DEPTH
            )
    return float(round(statistics.mean(shares), 4))


def generation_of(engine: Engine, folder: Path) -> Path:
    """The folder of the index that the library points to."""
    return generations_folder(folder) / str(engine.store.index_generation)


def flat_index(engine: Engine, folder: Path) -> faiss.IndexFlatIP:
    """A flat index in single precision of the library's own vectors."""
    data = np.memmap(generation_of(engine, folder) / DENSE_FOLDER / VECTORS_NAME, dtype=np.uint8, mode="r")
    stored = faiss.deserialize_index(np.asarray(data))
    if hasattr(stored, "make_direct_map"):
        stored.make_direct_map()
    flat = faiss.IndexFlatIP(stored.d)
    for at in range(0, stored.ntotal, A_SLICE):
        flat.add(stored.reconstruct_n(at, min(A_SLICE, stored.ntotal - at)))
    return flat


def bare(engine: Engine, flat: faiss.IndexFlatIP) -> dict[str, Callable[[str], object]]:
    """Bare tantivy over the lemmas of every passage, and the flat index."""
    plain = PlainBm25(passage.text for _, passage in engine.store.passages())
    encoder = StaticEncoder(analyzer=engine.analyzer)
    return {
        "bare_tantivy_ms": lambda question: plain.search(question, BARE_LIMIT),
        "bare_faiss_ms": lambda question: flat.search(encoder.encode_query(question)[None, :], BARE_LIMIT),
    }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {
        "median": round(statistics.median(values), 1),
        "p95": round(statistics.quantiles(values, n=20)[18], 1),
    }


def peak_mb() -> int:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: on Linux a process that was started by a larger one inherits its peak.
        lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
        return round(int(lines["VmHWM"].split()[0]) * 1024 / 1e6)
    if sys.platform == "win32":
        return round(psutil.Process().memory_info().peak_wset / 1e6)
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def at_size(size: int) -> dict[str, Any]:
    """All figures at a number of passages; the load says how quiet the machine was (1: every core busy)."""
    load = round(psutil.getloadavg()[0] / (psutil.cpu_count() or 1), 1)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        return {"load": load, **alone(build, library, size), **alone(ask, library)}


def alone(work: Callable[..., dict[str, Any]], *values: object) -> dict[str, Any]:
    """The result of some work in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *values).result()
