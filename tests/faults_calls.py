"""Calls to the disk that fail one by one: a small library, loaded before the C library, that lets them.

``tests/faults_calls.c`` looks at which file a call is for, so that Python's own files are left alone, and
counts the calls; SQLite, tantivy, FAISS and Python itself all go through it. It needs Linux and a C compiler.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFault:
    """A kind of failure.

    Attributes:
        calls: which fail: ``write``, ``sync``, ``change`` (open to write, make, rename, remove) or ``read``.
        error: what with: ``EIO``, ``EACCES``, ``ENOSPC``, or ``SHORT``: half is written, then ENOSPC.
    """

    calls: str
    error: str

    @property
    def name(self) -> str:
        return f"{self.calls} {self.error}"

    def environment(
        self, shim: Path, under: Iterable[Path], first: int, *, is_once: bool, count: Path | None = None
    ) -> dict[str, str]:
        """What lets a program's calls fail.

        Args:
            shim: from ``compiled``.
            under: paths; calls on files whose paths begin otherwise go through.
            first: the number of the first call that fails, from 1; none fails with 0.
            is_once: whether that call alone fails, and not those after it.
            count: a file that gets a byte for each call that counts.
        """
        made = {
            "LD_PRELOAD": str(shim),
            "FAULT_UNDER": ":".join(map(str, under)),
            "FAULT_CALLS": self.calls,
            "FAULT_ERROR": self.error,
            "FAULT_FROM": str(first),
            "FAULT_ONCE": "1" if is_once else "0",
        }
        return made if count is None else {**made, "FAULT_COUNT": str(count)}


CALL_FAULTS = (
    CallFault(calls="write", error="EIO"),
    CallFault(calls="write", error="ENOSPC"),
    CallFault(calls="write", error="SHORT"),
    CallFault(calls="sync", error="EIO"),
    CallFault(calls="change", error="EACCES"),
    CallFault(calls="read", error="EIO"),
)


def can_compile() -> bool:
    """Whether there is what the library needs."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def compiled(folder: Path) -> Path:
    """Compile the library into a folder.

    Raises:
        subprocess.CalledProcessError: it cannot be.
    """
    made = folder / "faults_calls.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", made, SOURCE, "-ldl"], check=True)
    return made
