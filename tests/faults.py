"""Disks that fail, are full or may not be written to: ``python -m tests.faults --steps 40``.

Each round does one piece of work on a copy of a library where the disk fails at some point:

- ``size``: a process that may write no file beyond a size (each write is cut short there and then fails).
- ``disk``: a small disk of its own that is nearly full (ENOSPC).
- ``write EIO``, ``write ENOSPC``, ``write SHORT``, ``sync EIO``, ``change EACCES``, ``read EIO``: the n-th
  call of the kind on the library's files fails, also those of SQLite and of the search engines, and all that
  follow it or it alone (``tests.faults_calls``). The rounds of a kind are spread over all its calls.

The program must end with one line that says what to do and no traceback, or complete; the library must then
verify, hold what it held before or what it would hold after, and the work must complete once the disk does.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.access import OPERATOR
from corpus.replace_folder import earlier
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from tests.faults_calls import CALL_FAULTS, CallFault, can_compile, compiled
from ui.care_backup import back_up
from ui.care_verify import verify_library
from ui.intake import ingest

ROOT = Path(__file__).parents[1]
FIRST, SECOND = (SAMPLES / name for name in ("tsukimiura_r3_inventory.txt", "tsukimiura_r4_inventory.txt"))
SMALLEST, LARGEST = 1_000, 8_000_000
_SMALL_DISK = (
    'mount -t tmpfs -o size="$1" tmpfs "$2" && cp -r "$3" "$2/library" && shift 3 && "$@"; code=$?; '
    'cp -r "$DISK/library" "$LEFT"; exit $code'
)
State = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A command.

    Attributes:
        words: its arguments; BACKUP, DOCUMENT and PLACE stand for the paths and the id of a round.
        changes: whether it may change what the library holds.
        is_done_once: whether it cannot be done a second time.
    """

    words: tuple[str, ...]
    changes: bool = True
    is_done_once: bool = False


WORKS = {
    "ingest": Work(words=("ingest", str(SECOND))),
    "remove": Work(words=("remove", "DOCUMENT"), is_done_once=True),
    "access": Work(words=("access", "set", "庁内", "DOCUMENT")),
    "backup": Work(words=("backup", "PLACE/made.zip", "--force"), changes=False),
    "restore": Work(words=("restore", "BACKUP", "--replace")),
    "publish": Work(words=("publish", "PLACE/published"), changes=False),
    "ask": Work(words=("ask", "多文化共生の取組"), changes=False),
}
ON_SMALL_DISKS = ("ingest", "remove", "access", "backup")


class Faults:
    """Rounds over copies of one library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = folder / "library"
        ingest(self._library, [FIRST, SECOND])
        back_up(self._library, folder / "backup.zip")
        shutil.rmtree(self._library)
        ingest(self._library, [FIRST])
        self._document = Store.open(self._library).reader.documents()[0].document_id
        self._before = _state(self._library)
        self._shim = compiled(folder) if can_compile() else None
        self._after: dict[str, State] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self.ended: Counter[str] = Counter()

    def limited(self, work: str, largest: int) -> None:
        """Work that may write no file beyond so many bytes."""
        library = self._copy()
        done = self._run(work, library, ["prlimit", f"--fsize={largest}"])
        self._judge(work, library, done, f"{work}, files up to {largest} bytes")

    def full(self, work: str, room: int) -> None:
        """Work on a disk that has so many bytes left; in a name space of its own: no mount is left."""
        place = Path(tempfile.mkdtemp(dir=self._folder))
        disk, left = place / "disk", place / "library"
        disk.mkdir()
        size = sum(path.stat().st_size for path in self._library.rglob("*") if path.is_file())
        blocks = (size // 4096 + 64) * 4096 + room
        shell = ["sh", "-c", _SMALL_DISK, "sh", str(blocks), str(disk), str(self._library)]
        environment = {"DISK": str(disk), "LEFT": str(left), "TMPDIR": str(place)}
        done = self._run(work, disk / "library", ["unshare", "-rm", *shell], environment)
        self._judge(work, left, done, f"{work}, {room} bytes left")

    def failing(self, work: str, kind: CallFault, share: float, *, is_once: bool) -> None:
        """Work in which a call fails.

        Args:
            work: which.
            kind: of failure.
            share: which of the calls of that kind, from 0 (the first) to 1 (the last).
            is_once: whether those that follow succeed again.
        """
        calls = self._calls(work, kind)
        if calls == 0:
            return
        number, library = 1 + round(share * (calls - 1)), self._copy()
        done = self._run(work, library, (), self._fails(kind, library, number, is_once=is_once))
        told = f"{work}, {kind.name} at call {number} of {calls}{' once' if is_once else ''}"
        self._judge(work, library, done, told)

    def _calls(self, work: str, kind: CallFault) -> int:
        """How many calls of the kind the work makes."""
        if (work, kind.calls) not in self._counts:
            library, count = self._copy(), self._folder / "count"
            count.write_bytes(b"")
            done = self._run(work, library, (), self._fails(kind, library, 0, is_once=True, count=count))
            assert done.returncode == 0, done.stderr
            self._counts[work, kind.calls] = count.stat().st_size
        return self._counts[work, kind.calls]

    def _fails(
        self, kind: CallFault, library: Path, number: int, *, is_once: bool, count: Path | None = None
    ) -> dict[str, str]:
        assert self._shim is not None
        return kind.environment(self._shim, [library.parent], number, is_once=is_once, count=count)

    def _judge(self, work: str, library: Path, done: subprocess.CompletedProcess[str], told: str) -> None:
        told = f"{told}: {done.returncode} {done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr, told
        if done.returncode != 0:
            assert done.returncode == 1, told
            assert any("\u3040" < letter < "\u30ff" for letter in done.stderr + done.stdout), told
        self.ended["refused" if done.returncode else "done"] += 1
        if not library.exists():
            _named_back(library, done, told)
        found = verify_library(library)
        assert found.holds, f"{told} {[one.line for one in found.faults]}"
        held = _state(library)
        after = self._state_after(work)
        assert held in (self._before, after), told
        assert done.returncode or held == after, told
        if WORKS[work].is_done_once and held == after:
            return
        again = self._run(work, library)
        assert again.returncode == 0, f"{told}, again: {again.stderr[-600:]}"
        assert verify_library(library).holds, f"{told}, again"
        assert _state(library) == after, f"{told}, again"
        shutil.rmtree(library.parent)

    def _state_after(self, work: str) -> State:
        if not WORKS[work].changes:
            return self._before
        if work not in self._after:
            library = self._copy()
            done = self._run(work, library)
            assert done.returncode == 0, done.stderr
            self._after[work] = _state(library)
        return self._after[work]

    def _run(
        self,
        work: str,
        library: Path,
        prefix: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        words = {
            "DOCUMENT": self._document,
            "BACKUP": str(self._folder / "backup.zip"),
            "PLACE": str(library.parent),
        }
        arguments = []
        for argument in WORKS[work].words:
            for name, value in words.items():
                argument = argument.replace(name, value)
            arguments.append(argument)
        return subprocess.run(
            [*prefix, sys.executable, "-m", "ui.cli", "--data", str(library), *arguments],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def _copy(self) -> Path:
        library = Path(tempfile.mkdtemp(dir=self._folder)) / "library"
        return shutil.copytree(self._library, library)


def _named_back(library: Path, done: subprocess.CompletedProcess[str], told: str) -> None:
    """Do what a restore says whose second rename failed, and the way back too: the disk took neither."""
    kept = [one for one in earlier(library) if f"{one} にあります" in done.stderr]
    assert len(kept) == 1, told
    kept[0].rename(library)


def _state(library: Path) -> State:
    store = Store.open(library)
    found = frozenset(store.seen_by(OPERATOR).accesses().items())
    store.close()
    return found


def has(program: str, *arguments: str) -> bool:
    """Whether the system lets a program do that."""
    if shutil.which(program) is None:
        return False
    return subprocess.run([program, *arguments], capture_output=True, check=False).returncode == 0


def can_mount() -> bool:
    """Whether a disk of one's own can be had."""
    with tempfile.TemporaryDirectory() as folder:
        return has("unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder)


def sizes(steps: int) -> list[int]:
    """From the smallest to the largest, each larger than the one before by the same factor."""
    ratio = (LARGEST / SMALLEST) ** (1 / max(1, steps - 1))
    return [int(SMALLEST * ratio**step) for step in range(steps)]


def kinds_here() -> list[str]:
    """The kinds of failure that this system lets a test have."""
    kinds = ["size"] if has("prlimit", "--fsize=1000000", "true") else []
    kinds += ["disk"] if can_mount() else []
    return kinds + ([one.name for one in CALL_FAULTS] if can_compile() else [])


def run(steps: int, kinds: Sequence[str]) -> dict[str, dict[str, int]]:
    """So many steps of each kind; by kind, how many ended refused and done.

    Raises:
        AssertionError: something is not as it must be; the message tells all that is not.
    """
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="shirube-faults-") as folder:
        faults, ended = Faults(Path(folder)), {}
        for kind in kinds:
            faults.ended.clear()
            for number in range(steps):
                try:
                    _round(faults, kind, number, steps)
                except AssertionError as exc:
                    wrong.append(f"{kind}: {exc}")
            ended[kind] = dict(faults.ended)
    if wrong:
        raise AssertionError("\n\n".join([str(ended), *wrong]))
    return ended


def _round(faults: Faults, kind: str, number: int, steps: int) -> None:
    calls = {one.name: one for one in CALL_FAULTS}
    works = list(WORKS) if kind in calls else list(ON_SMALL_DISKS)
    work = works[number % len(works)]
    if kind == "size":
        faults.limited(work, sizes(steps)[number])
    elif kind == "disk":
        faults.full(work, sizes(steps)[number])
    else:
        share = number / max(1, steps - 1)
        faults.failing(work, calls[kind], share, is_once=number // len(works) % 2 == 1)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument(
        "--kind", action="append", choices=kinds_here(), help="repeat for several; all if none"
    )
    asked = parser.parse_args()
    began = time.monotonic()
    ended = run(asked.steps, asked.kind or kinds_here())
    told = {"steps": asked.steps, **ended, "seconds": round(time.monotonic() - began)}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
