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
from pathlib import Path

import psutil

from corpus.cluster import Cluster
from tests.bench_files import table_pdf
from ui.intake import ingest

ROUNDS = 3


def seconds_with(workers: int, sources: Path) -> float:
    """Wall-clock seconds of taking the files in on so many workers, which are running already."""
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
        begun = time.perf_counter()
        ingest(Path(folder) / "library", [sources], cluster=cluster)
        return time.perf_counter() - begun


def main() -> None:
    """Make the files, measure in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--pages", type=int, default=20, help="of the shortest file; each has one more")
    options = parser.parse_args()
    times: dict[int, list[float]] = {1: [], 2: []}
    loads = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.files):
            pages = options.pages + number
            (Path(folder) / f"{number:02d}_施策一覧.pdf").write_bytes(table_pdf(pages))
        for _ in range(ROUNDS):
            for workers, found in times.items():
                loads.append(psutil.getloadavg()[0] / (psutil.cpu_count() or 1))
                found.append(seconds_with(workers, Path(folder)))
    medians = {workers: statistics.median(found) for workers, found in times.items()}
    figures = {
        "files": options.files,
        "load": round(statistics.median(loads), 1),
        "one_worker_s": round(medians[1], 1),
        "two_workers_s": round(medians[2], 1),
        "times": round(medians[1] / medians[2], 2),
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
