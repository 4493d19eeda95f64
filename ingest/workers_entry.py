"""The process in which files are read: it takes one task after another and sends back bytes.

It is started anew for a job and again after each file that had to be stopped, so a file can harm nothing but
its own reading. What it sends is a letter and data: ``p`` the number of pages to come, ``r`` why the file is
refused, ``m`` the same where the process then ends because its memory is used up, ``d`` the packed record,
``g`` what the file seems to be.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass
from datetime import datetime
from multiprocessing import parent_process
from multiprocessing.connection import Connection

from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from corpus.packed_record import packed
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.identify_guess import guess
from ingest.limits import IngestLimits
from ingest.pipeline import ToldPages, read_record
from ingest.workers_process import cap_memory, cap_seconds, step_back

logger = logging.getLogger(__name__)

PAGES, REFUSED, SPENT, RECORD, GUESS = b"p", b"r", b"m", b"d", b"g"
_GRACE = 30  # seconds: the process that started this one stops it first, if it is alive


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to read, with what is said of all files and the time to record (UTC).

    Attributes:
        only_guess: whether the file is only looked into, to tell what it seems to be.
    """

    file: FoundFile
    given: GivenFacts
    now: datetime
    only_guess: bool = False


def serve(connection: Connection) -> None:
    """Read files until there are no more; the main function of a worker process.

    First come the table of municipalities and the limits, then the tasks.
    """
    _leave_with_parent()
    _be_silent()
    step_back()
    table: MunicipalityTable
    limits: IngestLimits
    table, limits = connection.recv()
    cap_memory(limits.memory_bytes)

    def told(pages: int) -> None:
        cap_seconds(limits.allowed_seconds(pages) + _GRACE)
        connection.send_bytes(PAGES + str(pages).encode())

    try:
        while True:
            task: Task = connection.recv()
            told(0)
            reply = reading(task, table, limits, told)
            connection.send_bytes(reply)
            if reply.startswith(SPENT):
                return
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return  # the job is over, or whoever asked is gone


def reading(task: Task, table: MunicipalityTable, limits: IngestLimits, told: ToldPages | None) -> bytes:
    """What became of a file, as it is sent."""
    try:
        if task.only_guess:
            guessed = guess(task.file, table, limits)
            return GUESS + json.dumps(asdict(guessed)).encode("ascii")
        record = read_record(task.file, task.given, table, limits, now=task.now, told=told)
        return RECORD + packed(record)
    except InputError as exc:
        return REFUSED + str(exc).encode("utf-8", "backslashreplace")
    except OSError as exc:
        reason = f"ファイルを開けません: {task.file.name}（{exc}）。読み取りの権限を確かめてください。"
        return REFUSED + reason.encode("utf-8", "backslashreplace")
    except MemoryError:
        return SPENT + limits.too_much(task.file.name).encode("utf-8", "backslashreplace")
    except RecursionError:
        reason = (
            f"入れ子が深すぎて読み取れません: {task.file.name}。壊れているおそれがあります。"
            "元のソフトで開き、名前を付けて保存し直してから取り込んでください。"
        )
        return REFUSED + reason.encode("utf-8", "backslashreplace")
    # The only place that takes any error: a damaged file makes libraries raise what they document nowhere,
    # and the other files of the job must go on.
    except Exception as exc:
        logger.info("reading failed: %s", task.file.origin, exc_info=True)
        return REFUSED + broken(task.file.name, type(exc).__name__).encode("utf-8", "backslashreplace")


def broken(name: str, how: str) -> str:
    """What is said of a file on which the reading program itself failed."""
    return (
        f"読み取れませんでした: {name}（{how}）。ファイルが壊れているおそれがあります。"
        "元のソフトで開き、名前を付けて保存し直してから取り込んでください。"
        "正しく開けるファイルなら、開発者に知らせてください。"
    )


def _be_silent() -> None:
    """Let no library write to the person's terminal what it thinks of a damaged file."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _leave_with_parent() -> None:
    """End when the process that started this one has ended, even in the middle of a file."""
    parent = parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
