"""Disks that are full, limits on files, folders that are read-only: ``python -m tests.faults --steps 40``.

Each round does one piece of work on a copy of a library where writing fails at some point: a process that may
write no file beyond a size (each write is cut short there and then fails, also those of SQLite and of the
search engines), or a small disk of its own that is nearly full (ENOSPC). The program must end with one line
that says what to do and no traceback, or complete; the library must then open and verify, hold what it held
before or what it would hold after, and the work must complete once there is room again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.access import OPERATOR
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from ui.care_verify import verify_library
from ui.intake import ingest

ROOT = Path(__file__).parents[1]
FIRST, SECOND = (SAMPLES / name for name in ("tsukimiura_r3_inventory.txt", "tsukimiura_r4_inventory.txt"))
WORKS = {
    "ingest": ("ingest", str(SECOND)),
    "remove": ("remove", "DOCUMENT"),
    "access": ("access", "set", "庁内", "DOCUMENT"),
    "backup": ("backup", "BACKUP", "--force"),
}
SMALLEST, LARGEST = 1_000, 8_000_000
_SMALL_DISK = (
    'mount -t tmpfs -o size="$1" tmpfs "$2" && cp -r "$3" "$2/library" && shift 3 && "$@"; code=$?; '
    'cp -r "$DISK/library" "$LEFT"; exit $code'
)
State = frozenset[tuple[str, str]]


class Faults:
    """Rounds over copies of one library."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._library = folder / "library"
        ingest(self._library, [FIRST])
        self._document = Store.open(self._library).reader.documents()[0].document_id
        self._before = _state(self._library)
        self.ended: Counter[str] = Counter()

    def limited(self, work: str, largest: int) -> None:
        """Work that may write no file beyond so many bytes."""
        library = self._copy()
        done = self._run(["prlimit", f"--fsize={largest}"], work, library)
        self._judge(work, library, done, f"{work}, files up to {largest} bytes")

    def full(self, work: str, room: int) -> None:
        """Work on a disk that has so many bytes left; in a name space of its own: no mount is left."""
        place = Path(tempfile.mkdtemp(dir=self._folder))
        disk, left = place / "disk", place / "library"
        disk.mkdir()
        size = sum(path.stat().st_size for path in self._library.rglob("*") if path.is_file())
        blocks = (size // 4096 + 64) * 4096 + room
        command = [
            "unshare",
            "-rm",
            "sh",
            "-c",
            _SMALL_DISK,
            "sh",
            str(blocks),
            str(disk),
            str(self._library),
        ]
        environment = {"DISK": str(disk), "LEFT": str(left), "TMPDIR": str(place)}
        done = self._run(command, work, disk / "library", environment)
        self._judge(work, left, done, f"{work}, {room} bytes left")

    def _judge(self, work: str, library: Path, done: subprocess.CompletedProcess[str], told: str) -> None:
        told = f"{told}: {done.returncode} {done.stderr[-600:]}"
        assert "Traceback" not in done.stderr, told
        if done.returncode != 0:
            assert done.returncode == 1, told
            assert any("\u3040" < letter < "\u30ff" for letter in done.stderr), told
        self.ended["refused" if done.returncode else "done"] += 1
        found = verify_library(library)
        assert found.holds, f"{told} {[one.line for one in found.faults]}"
        if done.returncode and work != "backup":
            assert _state(library) == self._before, told
        if work == "remove" and not done.returncode:
            return
        again = self._run([], work, library)
        assert again.returncode == 0, f"{told}, again: {again.stderr[-600:]}"
        assert verify_library(library).holds, f"{told}, again"

    def _run(
        self, prefix: Sequence[str], work: str, library: Path, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        backup = str(self._folder / "backup.zip")
        words = {"DOCUMENT": self._document, "BACKUP": backup}
        arguments = [words.get(one, one) for one in WORKS[work]]
        command = [*prefix, sys.executable, "-m", "ui.cli", "--data", str(library), *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def _copy(self) -> Path:
        library = Path(tempfile.mkdtemp(dir=self._folder)) / "library"
        shutil.copytree(self._library, library)
        return library


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


def run(steps: int) -> dict[str, int]:
    """So many steps of each kind; how many ended refused and done.

    Raises:
        AssertionError: something is not as it must be.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-faults-") as folder:
        faults, works = Faults(Path(folder)), list(WORKS)
        kinds: list[Callable[[str, int], None]] = (
            [faults.limited] if has("prlimit", "--fsize=1000000", "true") else []
        )
        kinds += [faults.full] if can_mount() else []
        for number, size in enumerate(sizes(steps)):
            for kind in kinds:
                kind(works[number % len(works)], size)
        return {**faults.ended, "kinds": len(kinds)}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=40)
    asked = parser.parse_args()
    sys.stdout.write(json.dumps(run(asked.steps)) + "\n")


if __name__ == "__main__":
    main()
