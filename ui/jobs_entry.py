"""The process that does a job: it looks into files, takes them in or removes a document, and tells of it.

It is a process of its own so that searches are not slowed, and so that the page's server survives whatever
happens to it. It never writes the job's state: it sends events, and ``ui.jobs`` keeps them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from corpus.access import OPERATOR, PUBLIC, Audience
from corpus.errors import AccessError, ShirubeError
from corpus.fiscal_year import era_label
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.take_in import Job, Offered, opened
from ingest.workers import read_in_workers
from ingest.workers_entry import Task
from ingest.workers_process import step_back
from ui import intake
from ui.accounts import Accounts
from ui.intake_limits import limits_from
from ui.library import municipality_table
from ui.published_places import may_be_shown
from ui.upload_files import confirmed, uploaded
from ui.upload_job import Asked, UploadJob, UploadRow

STILL_PUBLISHED = (
    "この資料は、公開先のフォルダーにまだ出ています。外すには、管理の役割の人が"
    "「shirube publish 公開先」をもう一度実行します。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the job is."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The job is done; its rows with what came of them, and what a person is to know besides (Japanese)."""

    rows: tuple[UploadRow, ...]
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The job cannot be done: why, and what to do (Japanese)."""

    message: str


Event = Progress | Finished | Failed


def guess_rows(connection: Connection, folder: Path, job: UploadJob) -> None:
    """Look into the uploaded files; a ZIP becomes a row a file."""
    try:
        limits, table = limits_from(os.environ), municipality_table()
        rows = [one for row in job.rows for one in _opened(folder, row, limits)]
        now = datetime.now(UTC)
        tasks = [
            Task(file=file, given=GivenFacts(), now=now, only_guess=True)
            for _, file in rows
            if not file.refusal
        ]
        numbers = [number for number, (_, file) in enumerate(rows) if not file.refusal]
        made = [replace(row, error=file.refusal) for row, file in rows]
        connection.send(Progress(what="資料を確かめています", done=len(rows) - len(tasks), total=len(rows)))
        for done, found in enumerate(read_in_workers(tasks, table, limits) if tasks else (), start=1):
            number = numbers[found.number]
            made[number] = _guessed(made[number], found.record, found.refusal)
            connection.send(
                Progress(what="資料を確かめています", done=len(rows) - len(tasks) + done, total=len(rows))
            )
        connection.send(Finished(rows=tuple(made)))
    except ShirubeError as exc:
        connection.send(Failed(message=str(exc)))


def take_in_rows(connection: Connection, library: Path, folder: Path, job: UploadJob) -> None:
    """Take the confirmed rows in."""
    step_back()
    try:
        table = municipality_table()
        wanted = [number for number, row in enumerate(job.rows) if row.is_wanted]
        files = [confirmed(folder, job.rows[number], table) for number in wanted]
        offered = Offered(audience=rights_of(library, job))
        result = intake.ingest_files(library, files, GivenFacts(), offered, told=_teller(connection))
        rows = list(job.rows)
        for number, report in zip(wanted, result.reports, strict=True):
            rows[number] = replace(
                rows[number],
                outcome=report.outcome.value,
                error=report.reason,
                passages=report.passages,
                warnings=report.warnings,
            )
        connection.send(Finished(rows=tuple(rows)))
    except ShirubeError as exc:
        connection.send(Failed(message=str(exc)))


def rights_of(library: Path, job: UploadJob) -> Audience:
    """What the person who asked may see now; it may be less than when the job was begun.

    Raises:
        AccessError: the account is gone, or may not change anything any more.
    """
    accounts = Accounts(library)
    if not job.owner and not accounts.exist():
        return OPERATOR
    account = accounts.get(job.owner)
    if account is None or not account.viewer.may_add:
        raise AccessError(
            "この操作をした利用者は、今は資料を変更できません。管理の役割の人に相談してください。"
        )
    return account.viewer.audience


def open_document(connection: Connection, library: Path, job: UploadJob) -> None:
    """Change who may see a document, and build the index anew."""
    step_back()
    try:
        connection.send(Progress(what="公開範囲を変えています", done=0, total=0))
        audience = rights_of(library, job)
        access = Accounts(library).known_access(job.access)
        intake.set_access(library, [job.opens], access, audience, _teller(connection))
        told = "" if access == PUBLIC else _still_published(library, job.opens)
        connection.send(Finished(rows=(), told=told))
    except ShirubeError as exc:
        connection.send(Failed(message=str(exc)))


def remove_document(connection: Connection, library: Path, job: UploadJob) -> None:
    """Remove a document and build the index anew."""
    step_back()
    try:
        connection.send(Progress(what="削除しています", done=0, total=0))
        intake.remove(library, job.removes, rights_of(library, job))
        connection.send(Finished(rows=(), told=_still_published(library, job.removes)))
    except ShirubeError as exc:
        connection.send(Failed(message=str(exc)))


def _still_published(library: Path, document_id: str) -> str:
    return STILL_PUBLISHED if may_be_shown(library, document_id) else ""


def _opened(folder: Path, row: UploadRow, limits: IngestLimits) -> list[tuple[UploadRow, Any]]:
    job = Job(given=GivenFacts(), table=municipality_table(), limits=limits, now=datetime.now(UTC), workers=0)
    found = opened(uploaded(folder, row), job)
    return [
        (
            replace(
                row,
                place=file.path.as_posix().lstrip("/") if file.archive is not None else row.place,
                member=file.member if file.archive is not None else None,
            ),
            file,
        )
        for file in found
    ]


def _guessed(row: UploadRow, record: bytes, refusal: str) -> UploadRow:
    if refusal:
        return replace(row, error=refusal)
    asked = {name: Asked(**one) for name, one in json.loads(record).items()}
    year = asked["fiscal_year"]
    if year.value:
        asked["fiscal_year"] = replace(year, value=era_label(int(year.value)))
    return replace(row, asked=asked)


def _teller(connection: Connection) -> intake.Told:
    last = datetime.min.replace(tzinfo=UTC)

    def told(what: str, done: int, total: int) -> None:
        nonlocal last
        now = datetime.now(UTC)
        if (now - last).total_seconds() >= 0.3:  # nobody reads faster
            last = now
            connection.send(Progress(what=what, done=done, total=total))

    return told
