"""Reading files in processes of their own, each file within its limits; the job survives whatever one does.

A few processes take files in order. One that takes too long is killed, one that dies is replaced, and the
file is reported; results come back as they are ready, and the caller puts them in order.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import current_process, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from corpus.errors import WorkerStartError
from corpus.municipality import MunicipalityTable
from ingest.limits import IngestLimits
from ingest.workers_entry import GUESS, PAGES, RECORD, SPENT, Task, broken, serve
from ingest.workers_process import resident_bytes

_MOST_WORKERS = 4
_STARTING = 60.0  # seconds a process may take until it is ready, beside the file's own
_ENDING = 5.0
_FAILED = 1  # the exit code of a program that an error ended
_NO_GUARD = (
    "ファイルを読み取るプロセスを始められません。自作のスクリプトから取り込むときは、呼び出しを"
    '「if __name__ == "__main__":」の中に書いてください。'
)
_GLANCE = 0.2  # seconds between two looks at the memory of the processes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a task.

    Attributes:
        number: of the task, from 0.
        record: packed, or what the file seems to be as JSON; empty where it was refused.
        refusal: why (Japanese), else empty.
    """

    number: int
    record: bytes = b""
    refusal: str = ""


def _worker_count(files: int) -> int:
    """How many processes read so many files on this machine."""
    return max(1, min(files, os.cpu_count() or 1, _MOST_WORKERS))


def read_in_workers(
    tasks: Sequence[Task], table: MunicipalityTable, limits: IngestLimits, *, workers: int | None = None
) -> Iterator[Reading]:
    """Read files in processes; one reading a task, as they are ready.

    The processes are ended when the iterator is closed, be all files read or not.

    Raises:
        WorkerStartError: no process comes to its work, as where a script calls this without a main guard.
    """
    waiting = deque(enumerate(tasks))
    team = [_Worker(table, limits) for _ in range(workers or _worker_count(len(tasks)))]
    try:
        for worker in team:
            worker.begin(waiting)
        while busy := [worker for worker in team if worker.task is not None]:
            ready = wait([worker.connection for worker in busy], timeout=min(_GLANCE, _until_next(busy)))
            for worker, reading in _done(busy, ready):
                yield reading
                worker.begin(waiting)
    finally:
        for worker in team:
            worker.end()


def _done(busy: Sequence[_Worker], ready: Collection[object]) -> Iterator[tuple[_Worker, Reading]]:
    """The processes that are done with their file, or had to be stopped, each with what became of it."""
    for worker in busy:
        reading = worker.heard() if worker.connection in ready else worker.beyond_limits()
        if reading is not None:
            yield worker, reading


def _until_next(busy: Sequence[_Worker]) -> float:
    return max(0.0, min(worker.deadline for worker in busy) - time.monotonic())


@dataclass(slots=True)
class _Worker:
    """A process with the task that it is at."""

    table: MunicipalityTable
    limits: IngestLimits
    task: tuple[int, Task] | None = None
    deadline: float = 0.0
    _pages: int = 0
    _is_ready: bool = False
    _process: SpawnProcess | None = None
    _connection: Connection | None = None

    @property
    def connection(self) -> Connection:
        """Where the process speaks; a new one is started where there is none."""
        if self._connection is None:
            self._connection = self._started()
        return self._connection

    def begin(self, waiting: deque[tuple[int, Task]]) -> None:
        """Take the next task; it begins to count when the process says that it has it."""
        self.task = waiting.popleft() if waiting else None
        if self.task is None:
            return
        self._pages = 0
        self.deadline = time.monotonic() + _STARTING + self.limits.allowed_seconds(0)
        try:
            self.connection.send(self.task[1])
        except OSError as exc:
            was_ready = self._is_ready
            self.end()
            if not was_ready:
                raise WorkerStartError(_NO_GUARD) from exc
            self.connection.send(self.task[1])  # it had ended while it had nothing to do

    def heard(self) -> Reading | None:
        """What the process sends; None for news of the number of pages."""
        number, task = self._at_work()
        try:
            reply = self.connection.recv_bytes()
        except (EOFError, OSError):
            return self._died(number, task)
        self._is_ready = True
        if reply.startswith(PAGES):
            self._pages = min(int(reply[1:]), self.limits.pages)
            self.deadline = time.monotonic() + self.limits.allowed_seconds(self._pages)
            return None
        if reply.startswith(SPENT):
            self.end()
        if reply.startswith((RECORD, GUESS)):
            return Reading(number=number, record=reply[1:])
        return Reading(number=number, refusal=reply[1:].decode("utf-8"))

    def beyond_limits(self) -> Reading | None:
        """Stop a process whose time is up or whose memory is too large; None if it is within its limits."""
        number, task = self._at_work()
        if time.monotonic() >= self.deadline:
            refusal = self.limits.too_long(task.file.name, self._pages)
        elif self._process is not None and resident_bytes(self._process.pid) > self.limits.memory_bytes:
            refusal = self.limits.too_much(task.file.name)
        else:
            return None
        self.end()
        return Reading(number=number, refusal=refusal)

    def end(self) -> None:
        """End the process at once; nothing that it holds is needed any more."""
        if self._process is not None:
            self._process.kill()
            self._process.join(_ENDING)
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _started(self) -> Connection:
        if getattr(current_process(), "_inheriting", False):  # a started process that runs the script again
            raise WorkerStartError(_NO_GUARD)
        self._is_ready = False
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True, name="shirube-reader")
        self._process.start()
        theirs.close()
        # Not as arguments: were the process to end before it takes them, this one would wait for ever.
        ours.send((self.table, self.limits))
        return ours

    def _died(self, number: int, task: Task) -> Reading:
        process = self._process
        if process is not None:
            process.join(_ENDING)
        code = process.exitcode if process is not None else None
        self.end()
        if code == _FAILED and not self._is_ready:
            raise WorkerStartError(_NO_GUARD)
        how = f"読み取りが異常終了しました。符号{code}。メモリーの不足かもしれません"
        return Reading(number=number, refusal=broken(task.file.name, how))

    def _at_work(self) -> tuple[int, Task]:
        if self.task is None:
            raise RuntimeError("the process has no task")
        return self.task
