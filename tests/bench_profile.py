"""Where the time of questions and of an index goes: ``python -m tests.bench_profile [PASSAGES]``, as tables.

Each stage is a function of the product, timed by the processor time of the thread that runs it: it says
little about a busy machine's waits and much about the work. A stage that calls another holds its time too.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fugashi
import psutil

import index.build
import index.retriever
import qa.engine
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.build import build_generation
from index.dense import DenseIndex
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
    (TermAnalyzer, "keys", "cutting terms"),
    (Tagger, "lines", "– of it and of the vectors, MeCab"),
    (StaticEncoder, "encode_passages", "vectors"),
    (index.build, "character_pairs", "character pairs"),
    (index.build, "stated_years", "years that a text names"),
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


def building(folder: Path) -> dict[str, float]:
    """Seconds of each stage of building the index, and characters a second beside bare MeCab."""
    store, analyzer = Store.open(folder).reader, TermAnalyzer()
    encoder = StaticEncoder(analyzer=analyzer)
    with tempfile.TemporaryDirectory() as other:
        begun = time.process_time()
        build_generation(store, Path(other), analyzer, encoder)
        whole = time.process_time() - begun
    with tempfile.TemporaryDirectory() as other, timed(BUILDING) as seconds:
        build_generation(store, Path(other), TermAnalyzer(), StaticEncoder())
    texts = [passage.text for _, passage in store.passages()]
    characters = sum(map(len, texts))
    return {
        "all": whole,
        **{label: seconds[label] for _, _, label in BUILDING},
        "million characters a second": characters / whole / 1e6,
        "the same, bare fugashi with lemmas": characters / bare_seconds(texts) / 1e6,
    }


def bare_seconds(texts: Sequence[str]) -> float:
    """Processor seconds of fugashi over texts, each word asked for its lemma."""
    tagger = fugashi.Tagger()
    begun = time.process_time()
    for text in texts:
        for word in tagger(text):
            word.feature.lemma  # noqa: B018 (read from the dictionary when asked for)
    return time.process_time() - begun


def taking_in(folder: Path) -> dict[str, float]:
    """Processor seconds of a whole ingest of the library's documents as text files, beside bare fugashi."""
    store = Store.open(folder).reader
    texts = [store.document_text(document.document_id) or "" for document in store.documents()]
    town = municipality_table().by_code(SAMPLE_TOWN)
    with tempfile.TemporaryDirectory() as other:
        sources = Path(other) / "資料"
        sources.mkdir()
        for number, text in enumerate(texts):
            (sources / f"{number:06d}.txt").write_text(text, encoding="utf-8")
        begun = processor_seconds()
        taken = ingest(Path(other) / "library", [sources], given=GivenFacts(municipality=town))
        whole = processor_seconds() - begun
    added = [texts[int(one.path.stem)] for one in taken.reports if one.outcome is Outcome.ADDED]
    characters = sum(map(len, added))
    return {
        "all": whole,
        "files refused": len(texts) - len(added),
        "million characters a second": characters / whole / 1e6,
        "the same, bare fugashi with lemmas": characters / bare_seconds(added) / 1e6,
    }


def processor_seconds() -> float:
    """Of this process and of those that it has started and that have ended."""
    spent = psutil.Process().cpu_times()
    return float(spent.user + spent.system + spent.children_user + spent.children_system)


def main() -> None:
    """Build a library of recombined samples, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("passages", nargs="?", type=int, default=5_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        alone(build, library, options.passages)
        asked, built, taken = asking(library), building(library), taking_in(library)
    lines = ["| stage | search, ms | ask, ms |", "|---|---:|---:|"]
    lines += [
        f"| {label} | {asked['search'][label]:.2f} | {asked['ask'][label]:.2f} |" for label in asked["ask"]
    ]
    lines += ["", "| building the index | s of processor time |", "|---|---:|"]
    lines += [f"| {label} | {value:.2f} |" for label, value in built.items()]
    lines += ["", "| taking text files in | s of processor time |", "|---|---:|"]
    lines += [f"| {label} | {value:.2f} |" for label, value in taken.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
