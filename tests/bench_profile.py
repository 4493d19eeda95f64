"""Where the time of questions and of an index goes: ``python -m tests.bench_profile [PASSAGES]``, as tables.

Each stage is a function of the product, timed by the processor time of the thread that runs it: it says
little about a busy machine's waits and much about the work. A stage that calls another holds its time too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fugashi
import numpy as np
import psutil

import index.build
import index.passage_terms
import index.retriever
import qa.engine
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.build import build_generation
from index.dense import DenseIndex
from index.encoder import Encoder, Rows, Vectors
from index.expansion import Expander
from index.lexical import LexicalIndex
from index.morphemes import Tagger
from index.retriever import LocalRetriever
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from ingest.identify import GivenFacts
from ingest.report import Outcome
from qa.engine import Engine
from tests.bench_sizes import alone, build, opened, questions
from ui.intake import ingest
from ui.library import municipality_table

ROUNDS = 2
TURNS = 3
SAMPLE_TOWN = "990019"

Seconds = defaultdict[str, float]

ASKING: tuple[tuple[Any, str, str], ...] = (
    (qa.engine, "understand", "reading the question"),
    (Expander, "expand", "– of it, words called up"),
    (LocalRetriever, "search", "retriever, without the vectors' thread"),
    (LexicalIndex, "search", "– of it, words (tantivy)"),
    (index.retriever, "fuse", "– of it, fusion"),
    (DenseIndex, "search", "vectors (FAISS), beside the words"),
    (Engine, "_hits", "making hits"),
    (StoreReader, "passages_at", "– of it, passages from the store"),
    (StoreReader, "sheets_over", "– of it, sheets from the store"),
    (StoreReader, "linked", "– of it, linked passages from the store"),
    (LexicalIndex, "keys", "– of it, terms of the passages (tantivy)"),
    (qa.engine, "reordered", "corrections by kind of passage"),
    (qa.engine, "supported", "weight lent by sheets"),
    (qa.engine, "collapsed", "repetitions shown once"),
    (qa.engine, "searched", "what was searched"),
    (qa.engine, "answer", "refusal, short answer, quotations"),
)
BUILDING: tuple[tuple[Any, str, str], ...] = (
    (TermAnalyzer, "cuts", "cutting terms"),
    (Tagger, "_entries", "– of it, and of cells and list items, MeCab"),
    (StaticEncoder, "encode_rows", "vectors"),
    (index.passage_terms, "pairs_in_line", "character pairs"),
    (index.passage_terms, "find_fiscal_years", "years that a text names"),
    (index.build, "build_dense", "writing the vectors"),
)


@contextmanager
def timed(stages: tuple[tuple[Any, str, str], ...]) -> Iterator[Seconds]:
    """Count the seconds of each stage while the block runs."""
    seconds: Seconds = defaultdict(float)
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in stages]
    for owner, name, label in stages:
        setattr(owner, name, _counting(getattr(owner, name), label, seconds))
    try:
        yield seconds
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def _counting(function: Callable[..., Any], label: str, seconds: Seconds) -> Callable[..., Any]:
    def counted(*values: Any, **named: Any) -> Any:
        begun = time.thread_time()
        try:
            found = function(*values, **named)
            return list(found) if isinstance(found, Iterator) else found
        finally:
            seconds[label] += time.thread_time() - begun

    return counted


def asking(folder: Path) -> dict[str, dict[str, float]]:
    """Milliseconds a question of each stage, for search and for ask."""
    engine, asked = opened(folder), questions()
    found: dict[str, dict[str, float]] = {}
    for name, work in (("search", engine.search), ("ask", engine.ask)):
        for question in asked:
            work(question)
        with timed(ASKING) as seconds:
            begun = time.process_time()
            for question in asked * ROUNDS:
                work(question)
            whole = time.process_time() - begun
        stages = {"all": whole, **{label: seconds[label] for _, _, label in ASKING}}
        found[name] = {label: value * 1000 / len(asked) / ROUNDS for label, value in stages.items()}
    return found


def building(folder: Path) -> dict[str, str]:
    """Seconds of each stage of building the index."""
    store = Store.open(folder).reader
    with tempfile.TemporaryDirectory() as other, timed(BUILDING) as seconds:
        build_generation(store, Path(other), TermAnalyzer(), StaticEncoder())
    return {label: f"{seconds[label]:.2f}" for _, _, label in BUILDING}


def beside_fugashi(folder: Path) -> dict[str, str]:
    """Building the index beside bare fugashi over the same texts: characters a second of processor time.

    Both in turn, several times; the shares are of each turn by itself, with the lowest and the highest.
    """
    store, analyzer = Store.open(folder).reader, TermAnalyzer()
    texts = [passage.text for _, passage in store.passages()]
    characters = sum(map(len, texts))
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(TURNS):
        seconds["bare fugashi, each word asked for its lemma"].append(bare_seconds(texts))
        seconds["the index"].append(index_seconds(store, analyzer, StaticEncoder(analyzer=analyzer)))
        seconds["the index without vectors"].append(index_seconds(store, analyzer, NoVectors(analyzer)))
    bare = next(iter(seconds.values()))
    found = {}
    for label, own in seconds.items():
        shares = [one / other for one, other in zip(bare, own, strict=True)]
        spread = f"{statistics.median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"
        found[label] = f"{characters / statistics.median(own) / 1e6:.2f} | {spread}"
    return found


class NoVectors:
    """An encoder that makes nothing of terms."""

    name = fingerprint = "none"
    dimension = 1

    def __init__(self, analyzer: TermAnalyzer) -> None:
        self.terms = analyzer.fingerprint

    def rows_of(self, terms: Sequence[str]) -> Rows:
        return []

    def encode_rows(self, texts: Sequence[Rows]) -> Vectors:
        return np.zeros((len(texts), 1), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 1), dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        return np.zeros(1, dtype=np.float32)


def index_seconds(store: StoreReader, analyzer: TermAnalyzer, encoder: Encoder) -> float:
    """Processor seconds of building an index, all threads; the analyzer's memory is empty, as a new one's."""
    analyzer.forget()
    with tempfile.TemporaryDirectory() as other:
        begun = time.process_time()
        build_generation(store, Path(other), analyzer, encoder)
        return time.process_time() - begun


def bare_seconds(texts: Sequence[str]) -> float:
    """Processor seconds of fugashi over texts, each word asked for its lemma."""
    tagger = fugashi.Tagger()
    begun = time.process_time()
    for text in texts:
        for word in tagger(text):
            word.feature.lemma  # noqa: B018 (read from the dictionary when asked for)
    return time.process_time() - begun


def taking_in(folder: Path) -> dict[str, str]:
    """A whole ingest of the library's documents as text files, in turn with bare fugashi over their text.

    Starting the processes that read costs the same for one file as for all: it is measured by one file.
    """
    store = Store.open(folder).reader
    texts = [store.document_text(document.document_id) or "" for document in store.documents()]
    shares, own, starts = [], [], []
    for _ in range(TURNS):
        started, _ = ingest_seconds(texts[:1])
        whole, added = ingest_seconds(texts)
        shares.append(bare_seconds(added) / whole)
        own.append(sum(map(len, added)) / whole / 1e6)
        starts.append(started)
    spread = f"{statistics.median(shares):.2f} ({min(shares):.2f} to {max(shares):.2f})"
    return {
        "taking text files in, with all that it starts": f"{statistics.median(own):.2f} | {spread}",
        "– of it, seconds for the first file alone": f"{statistics.median(starts):.2f} |",
        "– files refused": f"{len(texts) - len(added)} |",
    }


def ingest_seconds(texts: Sequence[str]) -> tuple[float, list[str]]:
    """Processor seconds of taking texts in, and those of them that were."""
    town = municipality_table().by_code(SAMPLE_TOWN)
    with tempfile.TemporaryDirectory() as other:
        sources = Path(other) / "資料"
        sources.mkdir()
        for number, text in enumerate(texts):
            (sources / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        begun = processor_seconds()
        taken = ingest(Path(other) / "library", [sources], given=GivenFacts(municipality=town))
        whole = processor_seconds() - begun
    return whole, [texts[int(one.path.stem)] for one in taken.reports if one.outcome is Outcome.ADDED]


def processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    spent = psutil.Process().cpu_times()
    return float(spent.user + spent.system + spent.children_user + spent.children_system)


def main() -> None:
    """Build a library of recombined samples, or of the text files of a folder; measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("passages", nargs="?", type=int, default=5_000)
    parser.add_argument("--files", type=Path, help="a folder of other text files: only building is measured")
    options = parser.parse_args()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        if options.files:
            ingest(
                library,
                [options.files],
                given=GivenFacts(municipality=municipality_table().by_code(SAMPLE_TOWN)),
            )
            taken: dict[str, str] = {}
        else:
            alone(build, library, options.passages)
            asked = asking(library)
            lines += ["| stage | search, ms | ask, ms |", "|---|---:|---:|"]
            lines += [
                f"| {one} | {asked['search'][one]:.2f} | {asked['ask'][one]:.2f} |" for one in asked["ask"]
            ]
            taken = taking_in(library)
        lines += ["", "| building the index | s of processor time |", "|---|---:|"]
        lines += [f"| {label} | {value} |" for label, value in building(library).items()]
        lines += ["", "| text | million characters a second | share of bare fugashi |", "|---|---:|---:|"]
        lines += [f"| {label} | {value} |" for label, value in {**beside_fugashi(library), **taken}.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
