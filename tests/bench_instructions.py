"""What building an index costs beside bare fugashi, in machine instructions.

Processor time depends on what else a machine does; instructions do not, so that a change of some per cent can
be seen: ``python -m tests.bench_instructions [PASSAGES]``. They tell nothing of waits for memory. valgrind
counts them (Debian's package of that name); what a process does before its work is counted apart, taken off.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fugashi

from corpus.store import Store
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from tests.bench_profile import NoVectors, bare_seconds, index_seconds
from tests.bench_sizes import alone, build

WORKS = ("index", "index without vectors", "bare fugashi")
_COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")


def work(name: str, folder: Path, *, only_start: bool) -> None:
    """Make ready for a work on a library, and do it."""
    store = Store.open(folder).reader
    if name == "bare fugashi":
        texts = [passage.text for _, passage in store.passages()]
        fugashi.Tagger()("あ")[0].feature.lemma  # noqa: B018 (loads the dictionary)
        if not only_start:
            bare_seconds(texts)
        return
    analyzer = TermAnalyzer()
    analyzer.analyze("あ")
    encoder = StaticEncoder(analyzer=analyzer) if name == "index" else NoVectors(analyzer)
    if not only_start:
        index_seconds(store, analyzer, encoder)


def instructions(name: str, folder: Path, *, only_start: bool) -> int:
    """Those of a process that does a work; the same each time, give or take a thousandth."""
    count = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    command = [sys.executable, "-m", __spec__.name, "--work", name, "--library", str(folder)]
    done = subprocess.run(
        [*count, *command, *(["--only-start"] if only_start else [])],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = _COUNT.search(done.stderr)
    if found is None:
        raise RuntimeError(f"valgrind tells no count: {done.stderr[-500:]}")
    return int(found[1].replace(",", ""))


def main() -> None:
    """Build a library of recombined samples, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("passages", nargs="?", type=int, default=5_000)
    parser.add_argument("--work", choices=WORKS)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--only-start", action="store_true")
    options = parser.parse_args()
    if options.work:
        work(options.work, options.library, only_start=options.only_start)
        return
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        library = Path(folder) / "library"
        alone(build, library, options.passages)
        counts = {
            (name, only_start): pool.submit(instructions, name, library, only_start=only_start)
            for name in WORKS
            for only_start in (False, True)
        }
        spent = {name: counts[name, False].result() - counts[name, True].result() for name in WORKS}
    bare = spent["bare fugashi"]
    lines = ["| work | thousand million instructions | share of bare fugashi |", "|---|---:|---:|"]
    lines += [f"| {name} | {count / 1e9:.2f} | {bare / count:.2f} |" for name, count in spent.items()]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
