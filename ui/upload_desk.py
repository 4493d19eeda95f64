"""What the 資料 tab does, without any of Gradio: it receives files, keeps answers, begins and ends jobs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.municipality import MunicipalityTable
from corpus.store import Store
from ui.jobs import JobRunner
from ui.upload_files import ORIGIN, checked
from ui.upload_job import LIVE, JobState, UploadJob, UploadRow
from ui.upload_store import UploadStore
from ui.upload_view import EXTENSIONS, asking_html, documents_html, running_html

_LONGEST_NAME = 255
_MOST_FILES = 2_000


class UploadDesk:
    """Takes what the browser sends; every value of it may be anything."""

    def __init__(self, library: Path, table: MunicipalityTable, received: Path) -> None:
        """Open the uploads of a library.

        Args:
            library: its folder.
            table: of municipalities.
            received: the folder in which the server puts what browsers upload; nothing else is taken.
        """
        self._store = Store(library)
        self._table = table
        self._received = received.resolve()
        self.uploads = UploadStore(library)
        self._runner = JobRunner(library, self.uploads)

    def start(self) -> None:
        """Go on with what an earlier server left."""
        self._runner.wake()

    def close(self) -> None:
        """Stop what is under way."""
        self._runner.close()

    def asking(self) -> str:
        """The jobs that ask for confirmation, as HTML."""
        return asking_html(self.uploads.all())

    def running(self) -> str:
        """The other jobs, as HTML."""
        return running_html(self.uploads.all())

    def documents(self) -> str:
        """The library's documents, as HTML."""
        store = self._store.reader
        documents = store.documents()
        counts = {one.document_id: store.counts(one.document_id)["passages"] for one in documents}
        removing = frozenset(job.removes for job in self.uploads.all() if job.state in LIVE)
        return documents_html(documents, counts, removing)

    def is_live(self) -> bool:
        """Whether anything changes by itself."""
        return any(job.state in LIVE for job in self.uploads.all())

    def act(self, sent: Any) -> None:
        """Do what the browser asks for; what makes no sense is left undone."""
        if not isinstance(sent, dict):
            return
        acts: dict[str, Callable[[dict[str, Any]], None]] = {
            "uploaded": self._uploaded,
            "edit": self._edit,
            "begin": self._begin,
            "again": self._again,
            "drop": self._drop,
            "remove": self._remove,
        }
        does = acts.get(str(sent.get("act", "")))
        if does is not None:
            does(sent)
            self._runner.wake()

    def _uploaded(self, sent: dict[str, Any]) -> None:
        files = [found for one in _list(sent.get("files"))[:_MOST_FILES] if (found := self._file(one))]
        if files:
            self.uploads.add(files)

    def _file(self, sent: Any) -> tuple[Path, str] | None:
        """A file that the server received, with a name that is safe to show."""
        if not isinstance(sent, dict):
            return None
        path = Path(str(sent.get("path", ""))).resolve()
        name = PurePosixPath(str(sent.get("name", "")).replace("\\", "/")).name[:_LONGEST_NAME]
        if not path.is_relative_to(self._received) or not path.is_file() or not name:
            return None
        if not name.lower().endswith(EXTENSIONS):
            path.unlink()
            return None
        return path, name

    def _edit(self, sent: dict[str, Any]) -> None:
        self.uploads.change(str(sent.get("job", "")), lambda job: _edited(job, sent.get("rows")))

    def _begin(self, sent: dict[str, Any]) -> None:
        def begun(job: UploadJob) -> UploadJob:
            if job.state is not JobState.ASKING:
                return job
            job, fine = checked(_edited(job, sent.get("rows")), self._table, self._store.reader)
            return replace(job, state=JobState.WAITING) if fine else job

        self.uploads.change(str(sent.get("job", "")), begun)

    def _again(self, sent: dict[str, Any]) -> None:
        def again(job: UploadJob) -> UploadJob:
            if job.state is not JobState.FAILED:
                return job
            was_asked = bool(job.removes) or any(row.asked for row in job.rows)
            state = JobState.WAITING if was_asked else JobState.GUESSING
            return replace(job, state=state, message="")

        self.uploads.change(str(sent.get("job", "")), again)

    def _drop(self, sent: dict[str, Any]) -> None:
        job = self.uploads.get(str(sent.get("job", "")))
        if job is None or job.state in LIVE:
            return
        self.uploads.drop(job.job_id)
        if any(row.error for row in job.rows):
            self._forget_refused(job)

    def _forget_refused(self, job: UploadJob) -> None:
        """A person has seen what could not be read, and it lies nowhere to be read again."""
        names = {row.name for row in job.rows if row.error}
        with self._store.writing() as writer:
            for file in writer.unread_files():
                if file.origin.startswith(ORIGIN) and file.source in names:
                    writer.forget_unread(file.origin)

    def _remove(self, sent: dict[str, Any]) -> None:
        document = self._store.reader.document(str(sent.get("value", "")))
        pending = {job.removes for job in self.uploads.all() if job.state in LIVE}
        if document is not None and document.document_id not in pending:
            self.uploads.add_removal(document.document_id, f"{document.municipality}「{document.title}」")


def _edited(job: UploadJob, rows: Any) -> UploadJob:
    """A job with what a person typed, row by row."""
    found = list(job.rows)
    for sent in _list(rows):
        number = sent.get("row") if isinstance(sent, dict) else None
        if isinstance(number, int) and 0 <= number < len(found):
            found[number] = _edited_row(found[number], sent)
    return replace(job, rows=tuple(found))


def _edited_row(row: UploadRow, sent: dict[str, Any]) -> UploadRow:
    values = sent.get("values")
    typed = {
        str(name): str(value)[:200] for name, value in (values.items() if isinstance(values, dict) else ())
    }
    return replace(row.with_values(typed), is_left_out=sent.get("take") is False)


def _list(value: Any) -> Sequence[Any]:
    """What a browser sent as a list: the event carries plain values only, so longer ones come as JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return ()
    return value if isinstance(value, list) else ()
