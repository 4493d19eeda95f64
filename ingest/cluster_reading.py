"""Reading files on the workers of a cluster: as on this machine, in processes of their own and within limits.

A worker looks for a file at the path that it has here. Where machines share no folder, or another file lies
at that path, the file's bytes are sent after it. What comes back are the packed records that a process on
this machine would have made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from socket import gethostname

from corpus.cluster import FORM, Cluster, ClusterError, WorkLostError, lift_daemon_mark, other_version
from corpus.document import content_hash
from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from ingest.found_file import FoundFile
from ingest.limits import IngestLimits
from ingest.ocr_tesseract import installed
from ingest.pipeline import READER_VERSION
from ingest.workers import Reading, read_in_workers
from ingest.workers_entry import Task, broken

MOST_FILES = 8
"""Files that a worker gets at a time: one process reads them, and starting it takes a second."""

MOST_BYTES = 20_000_000
"""Of one batch; a larger file goes alone."""

SHARES = 2
"""Batches a worker at the least, as far as there are files: the one that is done first takes another."""

AHEAD = 2
"""Batches a worker that are under way at once: one that is worked on, and one on its way."""


Numbered = tuple[tuple[int, Task], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """Files that a worker gets together.

    Attributes:
        tasks: with their numbers.
        is_sent: whether its bytes go with it; it is one file then.
    """

    tasks: Numbered
    is_sent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Files for one worker, as they are sent.

    Attributes:
        tasks: with their numbers.
        data: the bytes of each file by its number; empty while the worker is to look for the files itself.
        reader: what must read them, see ``reader_here``.
    """

    tasks: Numbered
    data: dict[int, bytes]
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRead:
    """What became of a batch.

    Attributes:
        readings: numbered as the batch's tasks.
        missing: numbers of the files that the worker could not find.
        hashes: of what lay at the paths of the others.
    """

    readings: tuple[Reading, ...]
    missing: tuple[int, ...]
    hashes: dict[int, str]


def reader_here() -> str:
    """What reads files in this process: the versions of the program, of what it gives back, and of OCR's."""
    found = installed()
    ocr = (found.version, found.has_latin, found.has_direction) if found else None
    return f"{FORM} {READER_VERSION} {ocr}"


def read_on_cluster(
    cluster: Cluster, tasks: Sequence[Task], table: MunicipalityTable, limits: IngestLimits
) -> Iterator[Reading]:
    """Read files on workers; one reading a task, as they are ready.

    Raises:
        ClusterError: the scheduler or the last worker was lost; what was not given yet was not read.
    """
    work = partial(read_batch, table=table, limits=limits)
    reader = reader_here()
    waiting = [_Share(tasks=one) for one in batches([_placed(task) for task in tasks], cluster.workers)]
    try:
        while waiting:
            again: list[_Share] = []
            sent = (_batch(share, reader, limits) for share in waiting)
            for number, made in cluster.each(work, sent, AHEAD):
                share = waiting[number]
                if isinstance(made, WorkLostError):
                    yield from _lost(share, again)
                else:
                    yield from _made(share, made, table, limits, again)
            waiting = again
    except ClusterError as exc:
        told = f"{exc}読み取ったものは残っています。もう一度実行すると続きから始まります。"
        raise type(exc)(told) from exc


def _placed(task: Task) -> Task:
    """The task with where its file lies and what that is known by, whatever folder a worker is in."""
    file = task.file
    archive = file.archive.resolve() if file.archive is not None else None
    moved = replace(file, stored=file.place.resolve(), archive=archive, known_as=file.origin)
    return replace(task, file=moved)


def batches(tasks: Sequence[Task], workers: int) -> Iterator[Numbered]:
    """The files in order, a few at a time, in batches of about the same size that keep all workers busy."""
    sizes = [_size(task.file.archive or task.file.place) for task in tasks]
    share = sum(sizes) / (SHARES * workers) if workers > 1 else MOST_BYTES
    held: list[tuple[int, Task]] = []
    size = 0
    for number, (task, own) in enumerate(zip(tasks, sizes, strict=True)):
        if held and (len(held) == MOST_FILES or size + own > MOST_BYTES or size + own / 2 > share):
            yield tuple(held)
            held, size = [], 0
        held.append((number, task))
        size += own
    if held:
        yield tuple(held)


def read_batch(batch: Batch, table: MunicipalityTable, limits: IngestLimits) -> BatchRead:
    """Read a batch on this worker.

    Raises:
        OtherVersionError: this worker reads otherwise than the command's machine; it may have come late.
    """
    if batch.reader != reader_here():
        raise other_version([gethostname()])
    lift_daemon_mark()
    with tempfile.TemporaryDirectory() as folder:
        found = [(number, _at(task, number, batch.data, Path(folder))) for number, task in batch.tasks]
        hashes = {number: _hash(task.file, limits) for number, task in found}
        there = [(number, task) for number, task in found if hashes[number]]
        numbers = [number for number, _ in there]
        readings = [
            replace(reading, number=numbers[reading.number])
            for reading in read_in_workers([task for _, task in there], table, limits, workers=1)
        ]
    missing = tuple(number for number, _ in found if not hashes[number])
    return BatchRead(readings=tuple(readings), missing=missing, hashes=hashes)


def _batch(share: _Share, reader: str, limits: IngestLimits) -> Batch:
    """What is sent: the files' names, or the bytes of one; of one that cannot be read here nothing."""
    if not share.is_sent:
        return Batch(tasks=share.tasks, data={}, reader=reader)
    ((number, task),) = share.tasks
    try:
        data = task.file.read(limits)
    except (InputError, OSError):
        return Batch(tasks=(), data={}, reader=reader)
    return Batch(tasks=share.tasks, data={number: data}, reader=reader)


def _lost(share: _Share, again: list[_Share]) -> Iterator[Reading]:
    """What ended its workers: the files are read again alone; one that was alone is refused."""
    if len(share.tasks) > 1:
        again += [replace(share, tasks=(one,)) for one in share.tasks]
        return
    ((number, task),) = share.tasks
    yield Reading(number=number, refusal=broken(task.file.name, "読み取りのたびにワーカーが異常終了しました"))


def _made(
    share: _Share, made: BatchRead, table: MunicipalityTable, limits: IngestLimits, again: list[_Share]
) -> Iterator[Reading]:
    """The readings of what lies here; the others' files are sent, and what cannot be is refused here."""
    if share.is_sent:
        yield from made.readings
        if not made.readings:
            ((number, task),) = share.tasks
            yield from (replace(one, number=number) for one in read_in_workers([task], table, limits))
        return
    tasks = dict(share.tasks)
    other = set(made.missing)
    for one in made.readings:
        if made.hashes[one.number] == _hash(tasks[one.number].file, limits):
            yield one
        else:
            other.add(one.number)
    again += [_Share(tasks=((number, tasks[number]),), is_sent=True) for number in sorted(other)]


def _at(task: Task, number: int, data: dict[int, bytes], folder: Path) -> Task:
    """The task with its file where its bytes were sent to."""
    if number not in data:
        return task
    path = folder / str(number)
    path.write_bytes(data[number])
    file = task.file
    return replace(task, file=replace(file, stored=path, archive=None, member=0, known_as=file.origin))


def _hash(file: FoundFile, limits: IngestLimits) -> str:
    """Of a file's bytes; empty where it cannot be read."""
    try:
        return content_hash(file.read(limits))
    except (InputError, OSError):
        return ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
