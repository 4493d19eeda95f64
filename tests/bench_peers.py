"""Shirube beside other retrievers in one run: ``python -m tests.bench_peers --python PEERS/bin/python``.

Quality over the sample corpus and, where it is, the judged set of ../shared; speed, memory, disk and cold
start at sizes. Peers run in their own environment, each phase in a process of its own, over the same
passages, lemmas and vectors. One that fails is written down as failing, with version and last words.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from corpus.sample_corpus import SAMPLES
from corpus.store_reader import StoreReader
from index.build import passage_entries
from index.encoder import Encoder
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from tests.bench import machine
from tests.bench_sizes import alone, build, opened, peak_mb, questions
from tests.evaluate_judged import QUESTIONS, UNANSWERABLE, read_questions
from tests.evaluate_metrics import Row, Shown, means, ranking
from tests.evaluate_plain import PlainBm25
from tests.peers.engines import PEERS
from tests.peers.run import DEPTH, ROUNDS
from ui.intake import ingest
from ui.library import open_engine

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
OURS = "Shirube"
ASKED_MORE = 10
MOST_SECONDS = 3_600.0
"""That one phase of a peer may take."""

Report = dict[str, Any]


def write_data(folder: Path, store: StoreReader, asked: Sequence[str]) -> None:
    """What the peers are given: passages with lemmas and vectors, questions likewise."""
    analyzer, plain = TermAnalyzer(), PlainBm25(())
    encoder = StaticEncoder(analyzer=analyzer)
    texts: list[str] = []
    with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
        for _, passage, text, _ in passage_entries(store, analyzer):
            texts.append(text.embedded)
            row = {"text": text.embedded, "terms": plain.lemmas(text.embedded)}
            file.write(json.dumps(row | {"id": passage.passage_id}, ensure_ascii=False) + "\n")
    np.save(folder / "vectors.npy", in_batches(encoder, texts))
    rows = [{"text": one, "terms": plain.lemmas(one)} for one in asked]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "questions.jsonl").write_text(lines, encoding="utf-8")
    np.save(folder / "question_vectors.npy", np.stack([encoder.encode_query(one) for one in asked]))


def in_batches(encoder: Encoder, texts: Sequence[str]) -> Any:
    """The vectors of many texts."""
    return np.concatenate([encoder.encode_passages(texts[at : at + 512]) for at in range(0, len(texts), 512)])


def run_peer(python: Path, name: str, phase: str, folder: Path) -> Report:
    """What a phase of a peer printed, or how it failed."""
    command = [str(python), "-m", "tests.peers.run", name, phase, str(folder)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired:
        return {"failed": f"{phase}: longer than {MOST_SECONDS:.0f} s"}
    lines = done.stdout.strip().splitlines()
    versions = json.loads(lines[0]) if lines else {}
    if done.returncode != 0 or len(lines) < 2:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        return {"failed": f"{phase}: {said[-1][:200]}", "versions": versions}
    found: Report = json.loads(lines[-1])
    return found | {"versions": versions}


def peer(python: Path, name: str, folder: Path) -> Report:
    """Both phases of a peer."""
    built = run_peer(python, name, "build", folder)
    return built if "failed" in built else built | run_peer(python, name, "ask", folder)


def spread(rounds: Sequence[Sequence[float]], cpu: Sequence[float]) -> Report:
    """Median and 95th percentile over all rounds, the medians of single rounds, and queries a second."""
    times = [one for times in rounds for one in times]
    medians = [round(statistics.median(times), 2) for times in rounds if times]
    return {
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(float(np.percentile(times, 95)), 2),
        "p50_by_round": medians,
        "cpu_p50_ms": round(statistics.median(cpu), 2),
        "queries_a_second": round(1000 * len(times) / sum(times), 1),
        "asked": len(times),
    }


def told(found: Report) -> Report:
    """A peer's report as it is written down: times spread, lists left out."""
    if "failed" in found:
        return {key: found[key] for key in ("failed", "versions") if key in found}
    kept = {key: value for key, value in found.items() if key not in ("rounds", "cpu_ms", "found")}
    return kept | spread(found["rounds"], found["cpu_ms"])


def ours(library: Path, asked: Sequence[str]) -> Report:
    """Shirube's search by the same measure, in this process."""
    begun = time.perf_counter()
    engine = opened(library)
    engine.search(asked[0], limit=DEPTH)
    cold = time.perf_counter() - begun
    rounds: list[list[float]] = []
    cpu: list[float] = []
    for question in asked:
        engine.search(question, limit=DEPTH)
    for _ in range(ROUNDS):
        times = []
        for question in asked:
            begun, spent = time.perf_counter(), time.process_time()
            engine.search(question, limit=DEPTH)
            times.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - spent) * 1000)
        rounds.append(times)
    return {"cold_start_s": round(cold, 2), "peak_mb": peak_mb(), "rounds": rounds, "cpu_ms": cpu}


def at_size(size: int, python: Path, names: Sequence[str]) -> Report:
    """Speed of Shirube and the peers at a number of passages."""
    with tempfile.TemporaryDirectory() as made:
        library, asked = Path(made) / "library", questions()
        load = round(psutil.getloadavg()[0] / (psutil.cpu_count() or 1), 1)
        built = alone(build, library, size)
        found = {
            OURS: told(alone(ours, library, asked))
            | {
                "build_s": built["write_s"] + built["index_s"],
                "build_peak_mb": built["building_peak_mb"],
                "disk_mb": built["library_mb"],
            }
        }
        engine = opened(library)
        write_data(Path(made), engine.store, asked)
        for name in names:
            found[name] = told(peer(python, name, emptied(Path(made))))
            sys.stderr.write(f"{size:,} {name}: {found[name].get('p50_ms', found[name].get('failed'))}\n")
    return {"load": load, "systems": found}


def emptied(folder: Path) -> Path:
    """The folder without the index of the peer before."""
    for path in sorted((folder / "index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    return folder


def quality(sources: Path, rows: list[Row], python: Path, names: Sequence[str]) -> Report:
    """nDCG@10, R@10 and hit@1 of Shirube and the peers over judged questions."""
    answerable = [row for row in rows if row["kind"] != UNANSWERABLE]
    with tempfile.TemporaryDirectory() as made:
        library = Path(made) / "library"
        ingest(library, [sources])
        engine = open_engine(library)
        asked = [row["query"] for row in answerable]
        write_data(Path(made), engine.store, asked)
        passages = [passage for _, passage in engine.store.passages()]
        documents = engine.store.documents_by_id()
        shown = [Shown(source=documents[one.document_id].source, text=one.text) for one in passages]
        systems: Report = {OURS: judged(answerable, of_engine(engine, asked))}
        for name in names:
            found = peer(python, name, emptied(Path(made)))
            if "failed" in found:
                systems[name] = told(found)
            else:
                lists = ([shown[number] for number in one] for one in found["found"])
                systems[name] = judged(answerable, lists)
            sys.stderr.write(f"quality {name}: {systems[name]}\n")
    return {"questions": len(answerable), "passages": len(passages), "systems": systems}


def of_engine(engine: Engine, asked: Sequence[str]) -> Iterator[list[Shown]]:
    """What Shirube lists for each question."""
    for question in asked:
        hits = engine.search(question, limit=DEPTH + ASKED_MORE).hits
        yield [Shown(source=hit.document.source, text=hit.passage.text) for hit in hits]


def judged(rows: Sequence[Row], lists: Iterator[list[Shown]]) -> Report:
    """The means over all questions."""
    found = means(("all", ranking(row, one)) for row, one in zip(rows, lists, strict=True))["all"]
    return {metric: value for metric, value in found.items() if metric != "n"}


def main() -> None:
    """Measure and write; sizes and sets that are not measured now stay in the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--python", type=Path, required=True, help="of the peers' environment")
    parser.add_argument("--sizes", default="5000", help="numbers of passages by commas; empty for none")
    parser.add_argument("--sets", default="sample,judged", help="judged sets by commas; empty for none")
    parser.add_argument("--peers", default=",".join(PEERS), help="names by commas")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "peers.json")
    options = parser.parse_args()
    names = [one for one in options.peers.split(",") if one]
    python = options.python.absolute()
    sets = {
        "sample": (SAMPLES, QUESTIONS),
        "judged": (SHARED / "seeds", SHARED / "eval" / "dev.jsonl"),
    }
    report: Report = {"quality": {}, "sizes": {}}
    if options.out.exists():
        report = json.loads(options.out.read_text(encoding="utf-8"))
    report["machine"] = machine()
    for name in (one for one in options.sets.split(",") if one):
        sources, path = sets[name]
        if sources.exists() and path.exists():
            report["quality"][name] = quality(sources, read_questions(path), python, names)
        else:
            sys.stderr.write(f"{name}: passed over, {sources} or {path} is not there\n")
    for size in (int(one) for one in options.sizes.split(",") if one):
        report["sizes"][str(size)] = at_size(size, python, names)
    report["sizes"] = {size: report["sizes"][size] for size in sorted(report["sizes"], key=int)}
    options.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
