"""The uploads of a library: a folder for each, with its files and its state, under the library's ``uploads``.

Files are kept under names of the program's own, so that no name from a browser ever becomes a path.
"""

from __future__ import annotations

import json
import logging
import shutil
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath

from ui.upload_job import JobState, UploadJob, UploadRow

logger = logging.getLogger(__name__)

FOLDER = "uploads"
STATE = "job.json"


class UploadStore:
    """The uploads of one library; safe to share between threads of one server."""

    def __init__(self, library: Path) -> None:
        self._folder = library / FOLDER
        self._lock = threading.RLock()

    def folder(self, job_id: str) -> Path:
        """A job's folder."""
        return self._folder / job_id

    def add(self, files: Iterable[tuple[Path, str]], owner: str = "") -> UploadJob:
        """Begin an upload with files that the server received, each moved here, with the names they had."""
        what = "資料を確かめています"
        job = UploadJob(job_id=_new_id(), state=JobState.GUESSING, what=what, owner=owner)
        self.folder(job.job_id).mkdir(parents=True)
        rows = []
        for number, (path, name) in enumerate(files, start=1):
            stored = f"{number:04d}{PurePath(name).suffix.lower()[:12]}"
            shutil.move(path, self.folder(job.job_id) / stored)
            rows.append(UploadRow(place=name, stored=stored))
        return self.put(replace(job, rows=tuple(rows)))

    def add_removal(self, document_id: str, title: str, owner: str = "") -> UploadJob:
        """Ask for a document to be removed."""
        job = UploadJob(job_id=_new_id(), state=JobState.WAITING, removes=document_id, owner=owner)
        return self._begun(replace(job, removes_title=title))

    def add_opening(self, document_id: str, title: str, access: str, owner: str) -> UploadJob:
        """Ask for a document's access to be changed."""
        job = UploadJob(job_id=_new_id(), state=JobState.WAITING, opens=document_id, owner=owner)
        return self._begun(replace(job, removes_title=title, access=access))

    def _begun(self, job: UploadJob) -> UploadJob:
        self.folder(job.job_id).mkdir(parents=True)
        return self.put(job)

    def disown(self, name: str) -> None:
        """Take the jobs of an account that is gone from its name: they are left to who manages."""
        for job in self.all():
            if job.owner == name:
                self.change(job.job_id, lambda now: replace(now, owner=""))

    def put(self, job: UploadJob) -> UploadJob:
        """Write a job's state, whole or not at all."""
        with self._lock:
            path = self.folder(job.job_id) / STATE
            unfinished = path.with_suffix(".part")
            unfinished.write_text(json.dumps(job.to_json(), ensure_ascii=False), encoding="utf-8")
            unfinished.replace(path)
        return job

    def change(self, job_id: str, changed: Callable[[UploadJob], UploadJob]) -> UploadJob | None:
        """Change a job by what it is now; None if it is gone."""
        with self._lock:
            job = self.get(job_id)
            return None if job is None else self.put(changed(job))

    def get(self, job_id: str) -> UploadJob | None:
        """A job by its name; None if there is none that can be read."""
        return next((job for job in self.all() if job.job_id == job_id), None)

    def all(self) -> list[UploadJob]:
        """Every job, the oldest first."""
        found = []
        with self._lock:
            for path in sorted(self._folder.glob(f"*/{STATE}")):
                try:
                    found.append(UploadJob.of_json(json.loads(path.read_text(encoding="utf-8"))))
                except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
                    logger.warning("upload cannot be read: %s (%s)", path, exc)
        return found

    def drop_files(self, job_id: str) -> None:
        """Delete a job's files; what it did stays."""
        for path in self.folder(job_id).glob("*"):
            if path.name != STATE:
                path.unlink(missing_ok=True)

    def drop(self, job_id: str) -> None:
        """Forget a job with its files."""
        with self._lock:
            if self.get(job_id) is not None:
                shutil.rmtree(self.folder(job_id), ignore_errors=True)


def _new_id() -> str:
    """A name that sorts by time."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:6]}"
