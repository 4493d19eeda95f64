"""What a second worker saves: ``python -m tests.bench_cluster [--files N] [--pages N]``, as JSON.

The same PDF files of ruled tables are taken in on a cluster of one worker process and of two. Reading
is what workers share; store and index are written by one process, so the whole gains less than reading does.
Cores that other work keeps busy cannot be shared: ``load`` says how busy they were (1: all of them).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from corpus.cluster import Cluster
from tests.bench_files import table_pdf
from ui.intake import ingest

ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds of one ingest: by the clock, and of processor time.

    Attributes:
        clock: from the call to its end.
        writer: of the process that writes; the scheduler runs in it here.
        workers: of the worker processes and of all that they started.
    """

    clock: float
    writer: float
    workers: float


def ingest_with(workers: int, sources: Path) -> Taken:
    """Take the files in on so many workers, which are running already."""
    from distributed import LocalCluster

    with (
        LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            memory_limit=None,
        ) as made,
        Cluster(made.scheduler_address) as cluster,
        tempfile.TemporaryDirectory() as folder,
    ):
        own = psutil.Process()
        others = [psutil.Process(one.process.pid) for one in made.workers.values()]
        writer, there = spent(own), sum(map(spent_with_children, others))
        begun = time.perf_counter()
        ingest(Path(folder) / "library", [sources], cluster=cluster)
        clock = time.perf_counter() - begun
        return Taken(
            clock=clock, writer=spent(own) - writer, workers=sum(map(spent_with_children, others)) - there
        )


def spent(process: psutil.Process) -> float:
    """Processor seconds of a process without those that it started."""
    times = process.cpu_times()
    return float(times.user + times.system)


def spent_with_children(process: psutil.Process) -> float:
    """The same with those that it started and that have ended."""
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)


def main() -> None:
    """Make the files, measure in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=40)
    parser.add_argument("--pages", type=int, default=40, help="of the shortest file; each has one more")
    options = parser.parse_args()
    taken: dict[int, list[Taken]] = {1: [], 2: []}
    loads = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.files):
            pages = options.pages + number
            (Path(folder) / f"{number:02d}_施策一覧.pdf").write_bytes(table_pdf(pages))
        for _ in range(ROUNDS):
            for workers, found in taken.items():
                loads.append(psutil.getloadavg()[0] / (psutil.cpu_count() or 1))
                found.append(ingest_with(workers, Path(folder)))
    medians = {workers: statistics.median(one.clock for one in found) for workers, found in taken.items()}
    figures = {
        "files": options.files,
        "load": round(statistics.median(loads), 1),
        "one_worker_s": round(medians[1], 1),
        "two_workers_s": round(medians[2], 1),
        "times": round(medians[1] / medians[2], 2),
        "processor_s": {
            f"{who}, {workers} worker(s)": round(statistics.median(getattr(one, who) for one in found), 1)
            for workers, found in taken.items()
            for who in ("writer", "workers")
        },
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
