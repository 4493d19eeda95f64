"""One phase of one peer in a process of its own: ``python -m tests.peers.run NAME build|ask FOLDER``.

``FOLDER`` holds ``passages.jsonl`` (text and terms), ``vectors.npy``, ``questions.jsonl`` and
``question_vectors.npy``; the peer's index goes into ``FOLDER/index``. What came of it is printed as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from tests.peers.engines import PEERS, Asked, Data

DEPTH = 10
ROUNDS = 3
MOST_SECONDS = 60.0
"""A peer that needs longer for its rounds is measured on fewer questions."""


def read_data(folder: Path, *, whole: bool) -> Data:
    """The passages; only their vectors' shape where they are not wanted."""
    if not whole:
        return Data(texts=(), terms=(), vectors=np.zeros((0, 1), dtype=np.float32))
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return Data(
        texts=[row["text"] for row in rows],
        terms=[row["terms"] for row in rows],
        vectors=np.load(folder / "vectors.npy"),
    )


def read_questions(folder: Path) -> list[Asked]:
    """The questions in every form."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = np.load(folder / "question_vectors.npy")
    rows = [json.loads(line) for line in lines]
    return [
        Asked(text=row["text"], terms=row["terms"], vector=vector)
        for row, vector in zip(rows, vectors, strict=True)
    ]


def peak_mb() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return round(int(status.split("VmHWM:")[1].split()[0]) * 1024 / 1e6)


def build(name: str, folder: Path) -> dict[str, Any]:
    """Build the index."""
    data, target = read_data(folder, whole=True), folder / "index"
    target.mkdir(exist_ok=True)
    before = peak_mb()
    begun, spent = time.perf_counter(), time.process_time()
    PEERS[name].build(target, data)
    return {
        "build_s": round(time.perf_counter() - begun, 2),
        "build_cpu_s": round(time.process_time() - spent, 2),
        "build_peak_mb": peak_mb(),
        "data_mb": before,
        "disk_mb": round(sum(p.stat().st_size for p in target.rglob("*") if p.is_file()) / 1e6, 3),
    }


def ask(name: str, folder: Path) -> dict[str, Any]:
    """Open, and ask every question in rounds."""
    peer = PEERS[name]
    asked = read_questions(folder)
    data = read_data(folder, whole=not peer.keeps)
    begun = time.perf_counter()
    search = peer.open(folder / "index", data)
    search(asked[0], DEPTH)
    cold = time.perf_counter() - begun
    found = [search(one, DEPTH) for one in asked]
    rounds: list[list[float]] = []
    cpu: list[float] = []
    started = time.perf_counter()
    for _ in range(ROUNDS):
        times = []
        for one in asked:
            begun, spent = time.perf_counter(), time.process_time()
            search(one, DEPTH)
            times.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - spent) * 1000)
            if time.perf_counter() - started > MOST_SECONDS:
                break
        rounds.append(times)
        if time.perf_counter() - started > MOST_SECONDS:
            break
    return {
        "cold_start_s": round(cold, 2),
        "peak_mb": peak_mb(),
        "rounds": rounds,
        "cpu_ms": cpu,
        "found": found,
    }


def main() -> None:
    """Run one phase; the versions are the first line, what came of it is the last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("name", choices=PEERS)
    parser.add_argument("phase", choices=("build", "ask"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    versions = {package: installed(package) for package in PEERS[options.name].packages}
    sys.stdout.write(json.dumps(versions) + "\n")
    sys.stdout.flush()
    work = build if options.phase == "build" else ask
    sys.stdout.write("\n" + json.dumps(work(options.name, options.folder)) + "\n")


def installed(package: str) -> str:
    """The version of a package, or that there is none."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
