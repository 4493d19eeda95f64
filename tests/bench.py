"""Speed and memory over a folder of documents and at sizes: ``python -m tests.bench [FOLDER] [--out FILE]``.

Prints the machine first, then medians of several runs, and writes them as JSON; ``--sizes 5000,100000`` says
at how many passages, see ``tests.bench_sizes``. A benchmark is no test: it asserts nothing about time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from corpus.sample_corpus import SAMPLES
from tests.bench_sizes import at_size
from ui.intake import ingest
from ui.library import open_engine

QUESTIONS = (
    "多文化共生の取組",
    "空き家の利活用はどこまで進んだか",
    "令和2年度のふるさと納税の件数",
    "職員研修の実績",
    "「書かない窓口」",
    "お年寄りの見守りをしている人",
    "ごみの分け方を外国の人に教える",
    "防災訓練と要支援者の避難",
)
ROUNDS = 10
PROCESSES = 5


def seconds_of(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(sources: Path) -> dict[str, Any]:
    """All figures, in seconds, milliseconds and megabytes as their names say."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        build = seconds_of(lambda: ingest(library, [sources]))
        engine = open_engine(library)
        engine.ask(QUESTIONS[0])
        asked = [
            seconds_of(lambda question=question: engine.ask(question)) * 1000  # type: ignore[misc]
            for _ in range(ROUNDS)
            for question in QUESTIONS
        ]
        command = [sys.executable, "-m", "ui", "--data", str(library), "ask", QUESTIONS[0]]
        processes = [
            seconds_of(lambda: subprocess.run(command, capture_output=True, check=True))
            for _ in range(PROCESSES)
        ]
        return {
            "documents": len(engine.store.documents()),
            "passages": engine.store.passage_count(),
            "ingest_and_index_s": round(build, 2),
            "ask_in_process_ms_median": round(statistics.median(asked), 1),
            "ask_in_process_ms_p95": round(statistics.quantiles(asked, n=20)[18], 1),
            "ask_new_process_s_median": round(statistics.median(processes), 2),
            "ask_new_process_s_max": round(max(processes), 2),
            "library_mb": round(sum(p.stat().st_size for p in library.rglob("*") if p.is_file()) / 1e6, 1),
            "server_resident_mb": serving(library),
        }


def serving(library: Path) -> float:
    """Resident megabytes of a server once it has given its page, as the system reports them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui", "--data", str(library), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 120
        while not _answers(f"http://127.0.0.1:{port}/"):
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.5)
        resident: int = psutil.Process(process.pid).memory_info().rss
        return round(resident / 1e6)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:
            return int(reply.status) == 200
    except OSError:
        return False


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sources", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--sizes", default="5000", help="numbers of passages by commas; empty for none")
    parser.add_argument("--out", type=Path, help="write the figures here; sizes not measured now stay in it")
    options = parser.parse_args()
    found = {"machine": machine(), "sources": options.sources.name, **measure(options.sources)}
    kept: dict[str, Any] = {}
    if options.out and options.out.exists():
        kept = json.loads(options.out.read_text(encoding="utf-8")).get("sizes", {})
    sizes = {**kept, **{size: at_size(int(size)) for size in options.sizes.split(",") if size}}
    found["sizes"] = {size: sizes[size] for size in sorted(sizes, key=int)}
    text = json.dumps(found, ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
