"""A thousand files of mixed formats in one job, killed midway and resumed: ``python -m tests.many_files``.

Each file is another small plan of a fictional town, as text (UTF-8 or cp932), CSV, HTML, Word, Excel, PDF,
PowerPoint, or in a ZIP. The program is killed without warning when about half are read; the next run must go
on with what was read, and the one after that find all unchanged. Afterwards each file's own figure is looked
up, and the library verified. Exit 1 where anything is missing, read twice or damaged.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psutil

from corpus.store import Store
from ingest.staging import FOLDER, NAME
from tests.bench import machine
from tests.ingest.hostile_files import zipped
from tests.ingest.plain_formats import PLAIN_FORMATS
from ui.care_verify import verify_library
from ui.intake import ingest

TOWNS = ("千鳥ヶ原市", "鳴神沢町", "白樺野町", "月見浦市")
_POLL = 0.1
_SLOWEST = 3600.0
_PROGRAM = (
    "import sys; from pathlib import Path; from ui import intake; "
    "intake.ingest(Path(sys.argv[1]), [Path(sys.argv[2])])"
)


def plan(number: int) -> str:
    """A small plan with a figure of its own."""
    return (
        f"第{number}号 窓口の計画\n令和6年度\n\n"
        f"第1章 現状\n\n{number}番の窓口では、相談の件数が増えています。\n\n"
        f"第2章 目標\n\n指標名\t現状値(令和5年度)\t目標値(令和10年度)\n"
        f"相談の件数\t{figure(number)}件\t{figure(number) + 1}件\n"
    )


def figure(number: int) -> int:
    """The figure that only this file has."""
    return 10_000 + 7 * number


def write_files(folder: Path, count: int) -> None:
    """So many files, in a folder for each town; every format as often, and a ZIP holds one as text."""
    for town in TOWNS:
        (folder / town).mkdir(parents=True)
    makers = sorted(PLAIN_FORMATS.items())
    for number in range(count):
        text = plan(number)
        town = TOWNS[number % len(TOWNS)]
        kind = number // len(TOWNS) % (len(makers) + 1)
        if kind == len(makers):
            name, data = "plan.zip", zipped({f"{number:05d}_plan.txt": text.encode()})
        else:
            name, data = makers[kind][0], makers[kind][1](text)
        (folder / town / f"{number:05d}_{name}").write_bytes(data)


class Run:
    """One job over a folder of files."""

    def __init__(self, folder: Path, count: int) -> None:
        self.files, self.library, self.count = folder / "files", folder / "library", count
        write_files(self.files, count)

    def killed_midway(self) -> dict[str, float]:
        """Begin the job and kill it, its workers too, when half the files are read."""
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(self.library), str(self.files)], start_new_session=True
        )
        peak = 0
        while process.poll() is None and self._staged() < self.count // 2:
            peak = max(peak, _resident(process.pid))
            assert time.monotonic() - began < _SLOWEST, "the job hangs"
            time.sleep(_POLL)
        assert process.returncode is None, "the job ended before it was killed"
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return {
            "staged": self._staged(),
            "documents": len(Store.open(self.library).reader.documents()),
            "seconds": round(time.monotonic() - began, 1),
            "peak_of_all_processes_mb": round(peak / 1e6),
        }

    def gone_on(self) -> dict[str, object]:
        """The job once more, in this process: what is read now, and what comes of each file."""
        read: list[int] = []
        began = time.monotonic()
        found = ingest(
            self.library,
            [self.files],
            told=lambda what, done, _: read.append(done) if what.startswith("読み取り") else None,
        )
        return {
            "read": len(read),
            "outcomes": dict(Counter(one.outcome.value for one in found.reports)),
            "seconds": round(time.monotonic() - began, 1),
        }

    def missing(self) -> list[int]:
        """The files whose figure the library does not give."""
        reader = Store.open(self.library).reader
        passages = [passage.passage_id for _, passage in reader.passages()]
        values = {one.value for one in reader.indicators(passages)}
        return [number for number in range(self.count) if figure(number) not in values]

    def _staged(self) -> int:
        place = self.library / FOLDER / NAME
        if not place.exists():
            return 0
        try:
            with sqlite3.connect(f"file:{place}?mode=ro", uri=True, timeout=1) as connection:
                return int(connection.execute("SELECT count(*) FROM packed").fetchone()[0])
        except sqlite3.OperationalError:  # it is just being made
            return 0


def _resident(pid: int) -> int:
    """Memory of a process and all below it, in bytes; those that end meanwhile count for nothing."""
    total = 0
    try:
        for process in (*(top := psutil.Process(pid)).children(recursive=True), top):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def main() -> int:
    """Run, print, tell by the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shirube-many-") as folder:
        run = Run(Path(folder), asked.files)
        killed = run.killed_midway()
        gone_on = run.gone_on()
        again = run.gone_on()
        missing = run.missing()
        faults = [fault.line for fault in verify_library(run.library).faults]
    told = {
        "machine": machine(),
        "files": asked.files,
        "killed": killed,
        "gone_on": gone_on,
        "again": again,
        "missing": missing,
        "faults": faults,
    }
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    is_whole = (
        gone_on["outcomes"] == {"added": asked.files}
        and gone_on["read"] == asked.files - killed["staged"]
        and again["outcomes"] == {"unchanged": asked.files}
        and not again["read"]
    )
    return int(bool(missing or faults) or not is_whole)


if __name__ == "__main__":
    raise SystemExit(main())
