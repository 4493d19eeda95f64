"""Killing the program at random moments: ``python -m tests.kill --times 200``.

Each round makes a copy of a library, starts one piece of work on it in a process of its own (taking documents
in, removing one, changing an access, building an index anew and switching to it, bringing an older library
forward, writing a backup, restoring one, publishing), and kills that process without warning after a random
part of the time that the work takes. Afterwards the library must open and verify; hold either what it held
before or what it would hold after, document by document; answer a question; and the work must complete when
it is done again.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.fault import REBUILT
from corpus.replace_folder import earlier
from corpus.sample_corpus import SAMPLES
from corpus.store import STORE_NAME, Store
from index.generation import FOLDER as INDEX
from ui.care_backup import back_up
from ui.care_verify import verify_library
from ui.intake import ingest, remove
from ui.library import open_engine
from ui.published_folder import publish_to_folder
from ui.published_places import CURRENT

ROOT = Path(__file__).parents[1]
FIRST, SECOND, THIRD = (
    SAMPLES / name
    for name in (
        "tsukimiura_r3_inventory.txt",
        "tsukimiura_r4_inventory.txt",
        "shirakabano_reform_report.txt",
    )
)
QUESTION = "多文化共生の取組"
SLOWEST = 120.0
State = frozenset[tuple[str, str, int, str]]
"""Of each document its id, hash, number of passages and access; that its rows are whole, its seal tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of work.

    Attributes:
        name: of it.
        call: Python that does it, with ``library``, ``second``, ``third`` and ``document`` at hand.
        shown: what must be whole whenever it is killed, beside the library's folder: the library itself, or
            what servers read.
        is_index_gone: whether what is there before has no index that fits, and answers nothing.
    """

    name: str
    call: str
    shown: str = "library"
    is_index_gone: bool = False


WORKS = (
    Work(name="ingest", call="intake.ingest(library, [second, third])"),
    Work(name="remove", call="intake.remove(library, document)"),
    Work(name="access", call="intake.set_access(library, [document], INTERNAL, OPERATOR)"),
    Work(name="switch", call="intake.bring_up_to_date(library)", is_index_gone=True),
    Work(name="migrate", call="Store.open(library)"),
    Work(name="backup", call="back_up(library, library.parent / 'backup.zip', is_forced=True)"),
    Work(
        name="restore",
        call="restore(library.parent / 'backup.zip', library, may_replace=True, now=datetime.now())",
    ),
    Work(
        name="publish",
        call="publish_to_folder(library, library.parent / 'published')",
        shown=f"published/{CURRENT}",
    ),
)
_PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from corpus.access import INTERNAL, OPERATOR
from corpus.store import Store
from ui import intake
from ui.care_backup import back_up
from ui.care_restore import restore
from ui.published_folder import publish_to_folder
library, second, third = map(Path, sys.argv[1:4])
document = sys.argv[4]
print("begun", flush=True)
{call}
print("done", flush=True)
"""


class Killing:
    """Rounds over copies of one library."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._library = folder / "library"
        ingest(self._library, [FIRST])
        self._document = Store.open(self._library).reader.documents()[0].document_id
        self._before: dict[str, State] = {}
        self._after: dict[str, State] = {}
        self._takes: dict[str, float] = {}
        self.ended: Counter[str] = Counter()
        for work in WORKS:
            self._measure(work)

    def round(self, work: Work) -> None:
        """Kill a piece of work at a random moment, and look at what is left.

        Raises:
            AssertionError: it is not as it must be; the message says which round it was.
        """
        place = self._copy(work)
        moment = self._random.uniform(0, self._takes[work.name])
        was_done = self._killed(work, place, moment)
        told = f"{work.name} after {moment:.3f} s"
        found = _state(_standing(place / work.shown))
        assert found in (self._before[work.name], self._after[work.name]), f"{told}: {sorted(found)}"
        assert not was_done or found == self._after[work.name], told
        self.ended["after" if found == self._after[work.name] else "before"] += 1
        self._look(_standing(place / work.shown), told, is_index_gone=work.is_index_gone)
        if work.name != "remove" or found == self._before[work.name]:
            done = self._run(work, place)
            assert done.wait(SLOWEST) == 0, f"{told}: {done.stderr.read() if done.stderr else ''}"
        assert _state(place / work.shown) == self._after[work.name], f"{told}: done again"
        self._look(place / work.shown, f"{told}: done again")
        shutil.rmtree(place)

    def _measure(self, work: Work) -> None:
        self._make(work)
        place = self._copy(work)
        # To look at an older library brings it forward.
        self._before[work.name] = _state(self._library if work.name == "migrate" else place / work.shown)
        process, began = self._run(work, place), time.monotonic()
        assert process.wait(SLOWEST) == 0, process.stderr.read() if process.stderr else ""
        self._takes[work.name] = time.monotonic() - began
        self._after[work.name] = _state(place / work.shown)
        shutil.rmtree(place)

    def _killed(self, work: Work, place: Path, moment: float) -> bool:
        """Whether it had ended already."""
        process = self._run(work, place)
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False
        return process.returncode == 0

    def _run(self, work: Work, place: Path) -> subprocess.Popen[str]:
        """The work in a process of its own, from the moment when it begins."""
        program = _PROGRAM.format(call=work.call)
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(place / "library"), str(SECOND), str(THIRD), self._document],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n", process.stderr.read() if process.stderr else ""
        return process

    def _make(self, work: Work) -> None:
        """What a kind of work begins with, to be copied for each round."""
        place = self._folder / f"made-{work.name}"
        library = place / "library"
        shutil.copytree(self._library, library)
        if work.name == "migrate":
            _age(library)
        elif work.name == "switch":
            shutil.rmtree(library / INDEX)
        elif work.name == "publish":
            publish_to_folder(library, place / "published")
            ingest(library, [SECOND])
        elif work.name == "restore":
            ingest(library, [SECOND])
            back_up(library, place / "backup.zip")
            remove(library, self._document)

    def _copy(self, work: Work) -> Path:
        place = Path(tempfile.mkdtemp(dir=self._folder)) / "place"
        return shutil.copytree(self._folder / f"made-{work.name}", place, symlinks=True)

    def _look(self, library: Path, told: str, *, is_index_gone: bool = False) -> None:
        found = verify_library(library)
        grave = [one.line for one in found.faults if not is_index_gone or one.kind not in REBUILT]
        assert not grave, f"{told}: {grave}"
        if found.holds and _state(library):
            open_engine(library).ask(QUESTION)


def _standing(library: Path) -> Path:
    """The library; a restore that was killed between its two renames has left it under another name."""
    return library if library.exists() else earlier(library)[-1]


def _age(library: Path) -> None:
    """The library as the version before accesses left it."""
    connection = sqlite3.connect(library / STORE_NAME)
    connection.executescript(
        "DROP TABLE document_access; ALTER TABLE unread_file DROP COLUMN access; "
        "UPDATE meta SET value = '2' WHERE key = 'schema_version'; PRAGMA wal_checkpoint(TRUNCATE);"
    )
    connection.close()


def _state(library: Path) -> State:
    store = Store.open(library)
    reader = store.reader
    held = reader.accesses()
    found = frozenset(
        (one.document_id, one.sha256, reader.counts(one.document_id)["passages"], held[one.document_id])
        for one in reader.documents()
    )
    store.close()
    return found


def run(times: int, seed: int, works: Sequence[Work] = WORKS) -> dict[str, int]:
    """So many rounds, one kind of work after another; how many ended as before and as after.

    Raises:
        AssertionError: see ``Killing.round``.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-kill-") as folder:
        killing = Killing(Path(folder), seed)
        for number in range(times):
            killing.round(works[number % len(works)])
        return dict(killing.ended)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261130)
    asked = parser.parse_args()
    began = time.monotonic()
    ended = run(asked.times, asked.seed)
    told = {"kills": asked.times, "seed": asked.seed, **ended, "seconds": round(time.monotonic() - began)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
