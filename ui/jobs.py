"""Doing a library's uploads one after another, in the background of the page's server.

A thread starts a process for each job and writes down what it tells; a job that was under way when the server
ended is taken up again when it starts, and goes on where it stopped.
"""

from __future__ import annotations

import atexit
import logging
import threading
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from corpus.errors import ShirubeError
from ui.jobs_entry import Event, Failed, Progress, guess_rows, open_document, remove_document, take_in_rows
from ui.upload_job import LIVE, JobState, UploadJob
from ui.upload_store import UploadStore
from ui.web_message import web_message

logger = logging.getLogger(__name__)

_ENDED = "処理が途中で止まりました。「もう一度」を押すと、続きから始めます。"


class JobRunner:
    """Does jobs while there are any; close it when the server ends."""

    def __init__(self, library: Path, uploads: UploadStore) -> None:
        self._library = library
        self._uploads = uploads
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: SpawnProcess | None = None
        self._is_closed = False
        atexit.register(self.close)

    def wake(self) -> None:
        """See to it that waiting jobs are done."""
        with self._lock:
            if self._thread is None and not self._is_closed and self._next() is not None:
                self._thread = threading.Thread(target=self._run, name="shirube-jobs", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stop at once; what is under way goes on when a server is started again."""
        self._is_closed = True
        process = self._process
        if process is not None and process.is_alive():
            process.terminate()
            process.join(5)

    def _next(self) -> UploadJob | None:
        return next((job for job in self._uploads.all() if job.state in LIVE), None)

    def _run(self) -> None:
        """Do jobs until there are none; where their state cannot be kept, until somebody wakes it again."""
        try:
            while (job := self._next_or_end()) is not None:
                self._do(job)
        except (ShirubeError, OSError):
            logger.exception("a job could not be done; it waits until the page is used again")
            with self._lock:
                self._thread = None

    def _next_or_end(self) -> UploadJob | None:
        with self._lock:
            job = None if self._is_closed else self._next()
            if job is None:
                self._thread = None
            return job

    def _do(self, job: UploadJob) -> None:
        folder = self._uploads.folder(job.job_id)
        if job.removes:
            self._process, connection = _started(remove_document, self._library, job)
        elif job.opens:
            self._process, connection = _started(open_document, self._library, job)
        elif job.state is JobState.GUESSING:
            self._process, connection = _started(guess_rows, folder, job)
        else:
            self._process, connection = _started(take_in_rows, self._library, folder, job)
        if job.state is JobState.WAITING:
            self._uploads.change(job.job_id, lambda now: replace(now, state=JobState.RUNNING))
        event: Event = Failed(message=_ENDED)
        try:
            while True:
                event = connection.recv()
                if not isinstance(event, Progress):
                    break
                self._note(job.job_id, event)
        except (EOFError, OSError):
            event = Failed(message=_ENDED)
        self._process.join()
        self._process = None
        connection.close()
        if isinstance(event, Failed):
            logger.warning("job %s: %s", job.job_id, event.message)
        if not self._is_closed:
            self._note(job.job_id, event)

    def _note(self, job_id: str, event: Event) -> None:
        job = self._uploads.change(job_id, lambda job: _after(job, event))
        if job is not None and job.state is JobState.DONE:
            self._uploads.drop_files(job_id)


def _started(target: object, *arguments: object) -> tuple[SpawnProcess, Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    # Not a daemon: it has processes of its own.
    process = context.Process(target=target, args=(theirs, *arguments), name="shirube-job")  # type: ignore[arg-type]
    process.start()
    theirs.close()
    return process, ours


def _after(job: UploadJob, event: Event) -> UploadJob:
    if isinstance(event, Progress):
        return replace(job, what=event.what, done=event.done, total=event.total)
    if isinstance(event, Failed):
        return replace(job, state=JobState.FAILED, message=web_message(event.message))
    done = JobState.ASKING if job.state is JobState.GUESSING else JobState.DONE
    if done is JobState.ASKING and not any(row.is_wanted for row in event.rows):
        done = JobState.DONE
    rows = tuple(replace(row, error=web_message(row.error)) for row in event.rows)
    return replace(job, state=done, rows=rows, what="", done=0, total=0, message=event.told)
