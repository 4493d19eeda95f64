"""Reading files on the workers of a cluster: as on this machine, in processes of their own and within limits.

A worker looks for a file at the path that it has here. Where machines share no folder, the file's bytes are
sent after it. What comes back are the packed records that a process on this machine would have made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from corpus.cluster import Cluster, WorkLostError, lift_daemon_mark
from corpus.municipality import MunicipalityTable
from ingest.limits import IngestLimits
from ingest.workers import Reading, read_in_workers
from ingest.workers_entry import Task, broken

MOST_FILES = 8
"""Files that a worker gets at a time: one process reads them, and starting it takes a second."""

MOST_BYTES = 20_000_000
"""Of one batch; a larger file goes alone."""

SHARES = 2
"""Batches a worker at the least, as far as there are files: the one that is done first takes another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Files for one worker.

    Attributes:
        tasks: with their numbers.
        data: the bytes of each file by its number; empty while the worker is to look for the files itself.
    """

    tasks: tuple[tuple[int, Task], ...]
    data: dict[int, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRead:
    """What became of a batch.

    Attributes:
        readings: numbered as the batch's tasks.
        missing: numbers of the files that the worker could not find.
    """

    readings: tuple[Reading, ...]
    missing: tuple[int, ...]


def read_on_cluster(
    cluster: Cluster, tasks: Sequence[Task], table: MunicipalityTable, limits: IngestLimits
) -> Iterator[Reading]:
    """Read files on workers; one reading a task, as they are ready.

    Raises:
        ClusterError: the scheduler was lost; what was not given yet was not read.
    """
    work = partial(read_batch, table=table, limits=limits)
    waiting = list(batches(tasks, cluster.workers))
    while waiting:
        again: list[Batch] = []
        for number, made in cluster.each(work, waiting):
            readings, left = _outcome(waiting[number], made)
            yield from readings
            again += left
        waiting = again


def batches(tasks: Sequence[Task], workers: int) -> Iterator[Batch]:
    """The files in order, a few at a time, in batches of about the same size that keep all workers busy."""
    sizes = [_size(_place(task)) for task in tasks]
    share = sum(sizes) / (SHARES * workers) if workers > 1 else MOST_BYTES
    held: list[tuple[int, Task]] = []
    size = 0
    for number, (task, own) in enumerate(zip(tasks, sizes, strict=True)):
        if held and (len(held) == MOST_FILES or size + own > MOST_BYTES or size + own / 2 > share):
            yield Batch(tasks=tuple(held), data={})
            held, size = [], 0
        held.append((number, task))
        size += own
    if held:
        yield Batch(tasks=tuple(held), data={})


def read_batch(batch: Batch, table: MunicipalityTable, limits: IngestLimits) -> BatchRead:
    """Read a batch on this worker."""
    lift_daemon_mark()
    with tempfile.TemporaryDirectory() as folder:
        found = [(number, _at(task, number, batch.data, Path(folder))) for number, task in batch.tasks]
        there = [(number, task) for number, task in found if number in batch.data or _place(task).is_file()]
        numbers = [number for number, _ in there]
        readings = [
            replace(reading, number=numbers[reading.number])
            for reading in read_in_workers([task for _, task in there], table, limits, workers=1)
        ]
    missing = tuple(number for number, _ in found if number not in numbers)
    return BatchRead(readings=tuple(readings), missing=missing)


def _outcome(batch: Batch, made: BatchRead | WorkLostError) -> tuple[tuple[Reading, ...], list[Batch]]:
    """The readings of a batch, and what of it is done again: its files alone, or with their bytes."""
    if not isinstance(made, WorkLostError):
        return made.readings, [_with_bytes(one) for one in batch.tasks if one[0] in made.missing]
    if len(batch.tasks) > 1:
        return (), [replace(batch, tasks=(one,)) for one in batch.tasks]
    number, task = batch.tasks[0]
    refusal = broken(task.file.name, "読み取りのたびにワーカーが異常終了しました")
    return (Reading(number=number, refusal=refusal),), []


def _with_bytes(one: tuple[int, Task]) -> Batch:
    number, task = one
    try:
        data = _place(task).read_bytes()
    except OSError:
        data = b""  # it is gone here as well: reading says so
    return Batch(tasks=(one,), data={number: data})


def _at(task: Task, number: int, data: dict[int, bytes], folder: Path) -> Task:
    """The task with its file where its bytes were sent to."""
    if number not in data or not data[number]:
        return task
    path = folder / str(number)
    path.write_bytes(data[number])
    file = task.file
    moved = replace(file, stored=path) if file.archive is None else replace(file, archive=path)
    return replace(task, file=replace(moved, known_as=file.origin))


def _place(task: Task) -> Path:
    return task.file.archive or task.file.place


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
