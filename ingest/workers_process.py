"""What the system does for a process that reads files: a low rank, what it holds, limits that end it."""

from __future__ import annotations

import time

import psutil

_RANK = 5
_SPARE = 1 << 28


def step_back() -> None:
    """Let searches and other programs go before this process; one that was begun lower stays there."""
    process = psutil.Process()
    if hasattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS"):
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    elif process.nice() < _RANK:
        process.nice(_RANK)  # only the system's operator may go back up


def resident_bytes(process_id: int | None) -> int:
    """The memory that a process holds; 0 for one that has ended."""
    try:
        return int(psutil.Process(process_id).memory_info().rss) if process_id is not None else 0
    except psutil.NoSuchProcess:
        return 0


def is_running(process_id: int) -> bool:
    """Whether there is a process of a number."""
    return bool(psutil.pid_exists(process_id))


def cap_memory(memory_bytes: int) -> None:
    """Let no single demand go far beyond what this process may hold; kept by Linux alone.

    Who started the process looks at what it really holds; this is for what is taken between two looks.
    """
    if hasattr(psutil, "RLIMIT_AS"):
        process = psutil.Process()
        wanted = process.memory_info().vms + 2 * memory_bytes + _SPARE
        _cap(process, psutil.RLIMIT_AS, wanted)


def cap_seconds(seconds: float) -> None:
    """End this process once it has worked so long from now, should nobody be left to stop it; on Linux."""
    if hasattr(psutil, "RLIMIT_CPU"):
        _cap(psutil.Process(), psutil.RLIMIT_CPU, int(time.process_time() + seconds) + 1)


def _cap(process: psutil.Process, kind: int, wanted: int) -> None:
    _, hard = process.rlimit(kind)
    process.rlimit(kind, (wanted if hard == psutil.RLIM_INFINITY else min(wanted, hard), hard))
