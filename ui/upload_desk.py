"""What the 資料 tab does, without any of Gradio: it receives files, keeps answers, begins and ends jobs."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from corpus.access import INTERNAL, Access
from corpus.document import Document
from corpus.errors import AccessError
from corpus.municipality import MunicipalityTable
from corpus.store import Store
from corpus.store_reader import StoreReader
from ui.audit import Act
from ui.jobs import JobRunner
from ui.opening_view import accesses_html
from ui.upload_files import ORIGIN, checked
from ui.upload_job import LIVE, Asked, JobState, UploadJob, UploadRow
from ui.upload_store import UploadStore
from ui.upload_view import EXTENSIONS, asking_html, documents_html, running_html
from ui.viewer import Viewer

logger = logging.getLogger(__name__)

_LONGEST_NAME = 255
_MOST_FILES = 2_000


Deed = tuple[Act, tuple[str, ...]]
"""What was done, and to what, a line each."""


class UploadRoom:
    """The uploads of a library, and what does them; one for all who come to its desk."""

    def __init__(self, library: Path, table: MunicipalityTable, received: Path) -> None:
        """Open the uploads of a library.

        Args:
            library: its folder.
            table: of municipalities.
            received: the folder in which the server puts what browsers upload; nothing else is taken.
        """
        self.store = Store(library)
        self.table = table
        self.received = received.resolve()
        self.uploads = UploadStore(library)
        self.runner = JobRunner(library, self.uploads)

    def start(self) -> None:
        """Go on with what an earlier server left."""
        self.runner.wake()

    def close(self) -> None:
        """Stop what is under way."""
        self.runner.close()


class UploadDesk:
    """Shows a person their own uploads and takes what their browser sends, which may be anything."""

    def __init__(self, room: UploadRoom, viewer: Viewer) -> None:
        self.room = room
        self._viewer = viewer
        self.uploads = room.uploads

    def jobs(self) -> list[UploadJob]:
        """The jobs that the person began; all for who manages."""
        every = self.uploads.all()
        return [job for job in every if self._viewer.may_manage or job.owner == self._viewer.name]

    def asking(self) -> str:
        """The jobs that ask for confirmation, as HTML."""
        asked = [_with_access(job) if self._viewer.name else job for job in self.jobs()]
        choices = accesses_html(self._viewer.groups) if self._viewer.name else ""
        return choices + asking_html(asked, asks_access=bool(self._viewer.name))

    def running(self) -> str:
        """The other jobs, as HTML."""
        return running_html(self.jobs())

    def documents(self) -> str:
        """The library's documents that the person may see, as HTML."""
        store = self._store()
        documents = store.documents()
        counts = {one.document_id: store.counts(one.document_id)["passages"] for one in documents}
        changing = frozenset(job.concerns for job in self.uploads.all() if job.state in LIVE)
        words = (
            {key: _label(access) for key, access in store.accesses().items()} if self._viewer.name else None
        )
        return documents_html(documents, counts, changing, words, may_change=self._viewer.may_add)

    def is_live(self) -> bool:
        """Whether anything changes by itself."""
        return any(job.state in LIVE for job in self.jobs())

    def act(self, sent: Any) -> Deed | None:
        """Do what the browser asks for; what makes no sense, or is not the person's to do, is left undone.

        Returns:
            What is now done or under way that changes the library, None for anything else.
        """
        if not isinstance(sent, dict) or not self._viewer.may_add:
            return None
        acts: dict[str, Callable[[dict[str, Any]], Deed | None]] = {
            "uploaded": self._uploaded,
            "edit": self._edit,
            "begin": self._begin,
            "again": self._again,
            "drop": self._drop,
            "remove": self._remove,
            "open-to": self._open_to,
        }
        does = acts.get(str(sent.get("act", "")))
        deed = None
        if does is not None:
            deed = does(sent)
            self.room.runner.wake()
        return deed

    def _store(self) -> StoreReader:
        return self.room.store.seen_by(self._viewer.audience)

    def _job(self, sent: dict[str, Any]) -> UploadJob | None:
        """The job that is named, if it is the person's."""
        named = str(sent.get("job", ""))
        return next((job for job in self.jobs() if job.job_id == named), None)

    def _change(self, sent: dict[str, Any], changed: Callable[[UploadJob], UploadJob]) -> UploadJob | None:
        job = self._job(sent)
        return None if job is None else self.uploads.change(job.job_id, changed)

    def _uploaded(self, sent: dict[str, Any]) -> Deed | None:
        files = [found for one in _list(sent.get("files"))[:_MOST_FILES] if (found := self._file(one))]
        if not files:
            return None
        job = self.uploads.add(files, self._viewer.name)
        return Act.ADD, tuple(f"{job.job_id} {name}" for _, name in files)

    def _file(self, sent: Any) -> tuple[Path, str] | None:
        """A file that the server received, with a name that is safe to show."""
        if not isinstance(sent, dict):
            return None
        path = Path(str(sent.get("path", ""))).resolve()
        name = PurePosixPath(str(sent.get("name", "")).replace("\\", "/")).name[:_LONGEST_NAME]
        if not path.is_relative_to(self.room.received) or not path.is_file() or not name:
            return None
        if not name.lower().endswith(EXTENSIONS):
            path.unlink()
            return None
        return path, name

    def _edit(self, sent: dict[str, Any]) -> None:
        self._change(sent, lambda job: _edited(job, sent.get("rows")))

    def _begin(self, sent: dict[str, Any]) -> Deed | None:
        was = self._job(sent)

        def begun(job: UploadJob) -> UploadJob:
            if job.state is not JobState.ASKING:
                return job
            job = _edited(_with_access(job) if self._viewer.name else job, sent.get("rows"))
            job, fine = checked(job, self.room.table, self._store(), self._viewer.audience)
            return replace(job, state=JobState.WAITING) if fine else job

        job = self._change(sent, begun)
        if job is None or was is None or (was.state, job.state) != (JobState.ASKING, JobState.WAITING):
            return None
        return Act.ADD, tuple(f"{job.job_id} {_told(row)}" for row in job.rows if row.is_wanted)

    def _again(self, sent: dict[str, Any]) -> None:
        def again(job: UploadJob) -> UploadJob:
            if job.state is not JobState.FAILED:
                return job
            was_asked = bool(job.concerns) or any(row.asked for row in job.rows)
            state = JobState.WAITING if was_asked else JobState.GUESSING
            return replace(job, state=state, message="")

        self._change(sent, again)

    def _drop(self, sent: dict[str, Any]) -> None:
        job = self._job(sent)
        if job is None or job.state in LIVE:
            return
        self.uploads.drop(job.job_id)
        if any(row.error for row in job.rows):
            self._forget_refused(job)

    def _forget_refused(self, job: UploadJob) -> None:
        """A person has seen what could not be read, and it lies nowhere to be read again."""
        names = {row.name for row in job.rows if row.error}
        seen = [one.origin for one in self._store().unread_files() if one.source in names]
        with self.room.store.writing() as writer:
            for origin in seen:
                if origin.startswith(ORIGIN):
                    writer.forget_unread(origin)

    def _remove(self, sent: dict[str, Any]) -> Deed | None:
        document = self._free_document(sent)
        if document is None:
            return None
        title = f"{document.municipality}「{document.title}」"
        self.uploads.add_removal(document.document_id, title, self._viewer.name)
        return Act.REMOVE, (f"{document.document_id} {title}",)

    def _open_to(self, sent: dict[str, Any]) -> Deed | None:
        document, words = self._free_document(sent), str(sent.get("access", ""))[:400]
        if document is None:
            return None
        try:
            words = Access.of_words(words).label
        except AccessError as exc:
            logger.info("%s", exc)
            return None
        title = f"{document.municipality}「{document.title}」"
        self.uploads.add_opening(document.document_id, title, words, self._viewer.name)
        return Act.ACCESS, (f"{document.document_id} {words} {title}",)

    def _free_document(self, sent: dict[str, Any]) -> Document | None:
        """The document that is named, if the person may see it and nothing is being done to it."""
        document = self._store().document(str(sent.get("value", "")))
        pending = {job.concerns for job in self.uploads.all() if job.state in LIVE}
        return None if document is None or document.document_id in pending else document


def _with_access(job: UploadJob) -> UploadJob:
    """The job with an access in every row: where nothing was chosen, not beyond the town hall."""
    default = {"access": Asked(value=INTERNAL.label, is_sure=True)}
    return replace(job, rows=tuple(replace(row, asked={**default, **row.asked}) for row in job.rows))


def _told(row: UploadRow) -> str:
    """A file with who may see it, where that was asked."""
    access = row.value("access")
    return f"{row.place}（{access}）" if access else row.place


def _label(key: str) -> str:
    try:
        return Access.of_key(key).label
    except AccessError:
        return "不明"


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
