"""Taking files in: first all are read, aside; then the library takes what was read, in one transaction.

Reading may take hours and be cut short at any moment: each result is staged as soon as it is there, and a
next run goes on with the rest. Nothing that is searched changes until ``store_files`` writes, whose
transaction the caller commits together with the index. A changed file replaces the earlier one there, when
the new one is whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from corpus.access import PUBLIC, Access, Audience
from corpus.document import Document, content_hash
from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from corpus.packed_record import RecordRows, packed_hash, unpacked
from corpus.store_reader import StoreReader
from corpus.store_writer import StoreWriter
from corpus.unread import UnreadFile, awaits_ocr
from ingest.found_file import FoundFile, members_of, origin_of
from ingest.identify import GivenFacts
from ingest.limits import IngestLimits
from ingest.ocr_document import lacks_ocr
from ingest.pipeline import is_current, reading_of
from ingest.report import FileReport, Outcome
from ingest.staging import StagedKey, Staging
from ingest.workers import Reading, read_in_workers
from ingest.workers_entry import RECORD, Task, reading

Progress = Callable[[int, int, Path], None]

_HANDFUL = 16
_SMALL = 1 << 20
_PLAIN = (".txt", ".text", ".md", ".csv", ".tsv")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What reading made of a file.

    Attributes:
        file: what was offered.
        key: where its record is staged; None where it was refused or is in the library as it is.
        held: the document that the library holds of just this file; None where it was read.
        refusal: why it is not taken in (Japanese), else empty.
    """

    file: FoundFile
    key: StagedKey | None = None
    held: str | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Who offers files, and who may see what is made of them.

    Attributes:
        audience: what the person may see: nothing else is replaced, or named in a report.
        access: who may see the documents, where no manifest says so; None keeps what a document that is
            replaced has, and makes a new one 公開.
    """

    audience: Audience
    access: Access | None = None

    def stated(self, file: FoundFile) -> Access | None:
        """What is said of a file."""
        return file.entry.access if file.entry is not None and file.entry.access else self.access


_CLOSED = (
    "同じ資料が、あなたに公開されていない範囲ですでに入っているため、取り込めませんでした。"
    "管理の役割の人に相談してください。"
)
NOT_YOURS = "その公開範囲を選ぶ権限がありません。自分の入っているグループか、公開・庁内を選んでください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What holds for all files of a job.

    Attributes:
        given: what the person says of all of them.
        table: of municipalities.
        limits: of one file.
        now: the time to record, in UTC.
        workers: how many processes read; None for as many as fit, 0 for none.
        elsewhere: reads the tasks on other machines; None where this one reads.
    """

    given: GivenFacts
    table: MunicipalityTable
    limits: IngestLimits
    now: datetime
    workers: int | None = None
    elsewhere: Callable[[Sequence[Task]], Iterator[Reading]] | None = None


def read_files(
    store: StoreReader,
    staging: Staging,
    files: Sequence[FoundFile],
    job: Job,
    progress: Progress | None = None,
) -> list[ReadResult]:
    """Read what the library does not hold; the results stand in the order of the files, a ZIP's in its place.

    Args:
        store: the library as it is.
        staging: where the records go, and where those of an interrupted run lie.
        files: see ``ingest.find``.
        job: see ``Job``.
        progress: told (files done, files in all, the file last done).
    """
    offered = [one for file in files for one in opened(file, job)]
    results: list[ReadResult | None] = [_without_reading(store, staging, file, job) for file in offered]
    to_read = [number for number, result in enumerate(results) if result is None]
    done = len(offered) - len(to_read)
    for found in _readings([offered[number] for number in to_read], job):
        number = to_read[found.number]
        results[number] = _staged(staging, offered[number], found, job)
        done += 1
        if progress is not None:
            progress(done, len(offered), offered[number].path)
    return [result for result in results if result is not None]


def store_files(
    writer: StoreWriter, staging: Staging, results: Iterable[ReadResult], now: datetime, offered: Offered
) -> Iterator[tuple[FoundFile, FileReport]]:
    """Write what was read, in order; each file with its report."""
    for result in results:
        stated = offered.stated(result.file)
        if stated is not None and not offered.audience.may_see(stated):
            yield result.file, _turned_away(result.file, NOT_YOURS)
            continue
        if result.file.archive is not None:  # it could be opened now
            writer.forget_unread(origin_of(result.file.archive))
        record = staging.get(result.key) if result.key is not None else None
        if record is not None:
            yield result.file, _stored(writer, result.file, unpacked(record), offered)
        elif result.held is not None and (document := writer.document(result.held)) is not None:
            yield result.file, _unchanged(writer, result.file, document, offered)
        else:
            lost = "読み取ったものが、保存の前に失われました。もう一度取り込んでください。"
            yield result.file, _refused(writer, result.file, result.refusal or lost, now, stated or PUBLIC)


def opened(file: FoundFile, job: Job) -> list[FoundFile]:
    """A file, or the files of a ZIP; what cannot be opened is one refused file."""
    if not file.is_archive:
        return [file]
    try:
        members = list(members_of(file, job.table, job.limits))
    except InputError as exc:
        refusal = f"{file.name}: {exc}"
    except OSError as exc:
        refusal = f"ファイルを開けません: {file.origin}（{exc}）。読み取りの権限を確かめてください。"
    else:
        if members:
            return members
        refusal = f"ZIPファイルに資料がありません: {file.name}。中身を確かめてください。"
    return [replace(file, refusal=refusal)]


def _without_reading(store: StoreReader, staging: Staging, file: FoundFile, job: Job) -> ReadResult | None:
    """A result that needs no reading: refused at once, held by the library, or staged by an earlier run."""
    if file.refusal:
        return ReadResult(file=file, refusal=file.refusal)
    known = store.documents_from(file.origin)
    try:
        sha256 = content_hash(file.read(job.limits)) if known or staging.knows(file.origin) else ""
    except (InputError, OSError):
        return None  # reading it says what is wrong
    key = StagedKey(file.origin, sha256, reading_of(file.entry, job.given))
    for document_id in known:
        document = store.document(document_id)
        if document is None or document.sha256 != sha256 or lacks_ocr(document):
            continue
        if store.reader_of(document_id) == key.reading:
            return ReadResult(file=file, held=document_id)
    return ReadResult(file=file, key=key) if staging.holds(key) else None


def _readings(files: Sequence[FoundFile], job: Job) -> Iterator[Reading]:
    tasks = [Task(file=file, given=job.given, now=job.now) for file in files]
    if job.elsewhere is not None:
        yield from job.elsewhere(tasks)
    elif job.workers == 0 or (job.workers is None and _is_small(files)):
        for number, task in enumerate(tasks):
            reply = reading(task, job.table, job.limits, None)
            if reply.startswith(RECORD):
                yield Reading(number=number, record=reply[1:])
            else:
                yield Reading(number=number, refusal=reply[1:].decode("utf-8"))
    else:
        yield from read_in_workers(tasks, job.table, job.limits, workers=job.workers)


def _is_small(files: Sequence[FoundFile]) -> bool:
    """Whether files are read sooner than a process starts: a handful of small texts, which hold no traps."""
    return len(files) <= _HANDFUL and all(
        file.archive is None
        and file.path.suffix.lower() in _PLAIN
        and file.place.is_file()
        and file.place.stat().st_size <= _SMALL
        for file in files
    )


def _staged(staging: Staging, file: FoundFile, found: Reading, job: Job) -> ReadResult:
    if found.refusal:
        return ReadResult(file=file, refusal=found.refusal)
    key = StagedKey(file.origin, packed_hash(found.record), reading_of(file.entry, job.given))
    staging.put(key, found.record)
    return ReadResult(file=file, key=key)


def _stored(writer: StoreWriter, file: FoundFile, record: RecordRows, offered: Offered) -> FileReport:
    described = record.described
    earlier = sorted({*writer.documents_from(record.origin), record.document_id})
    held_by = [access for one in earlier if (access := writer.access_of(one)) is not None]
    if not all(map(offered.audience.may_see, held_by)):
        return _turned_away(file, _CLOSED)
    held = writer.document(record.document_id)
    is_known = held is not None and is_current(writer.reader_of(record.document_id))
    if held is not None and is_known and _as_told(held, described) and not _is_more(described, held):
        if writer.origin_of(record.document_id) == record.origin:
            writer.set_reader(record.document_id, record.reader)
        return _unchanged(writer, file, held, offered)
    replaced = sum(writer.remove(document_id) for document_id in earlier) > 0
    writer.add_rows(record, offered.stated(file) or _narrowest(held_by))
    return FileReport(
        path=file.path,
        outcome=Outcome.REPLACED if replaced else Outcome.ADDED,
        document_id=record.document_id,
        passages=record.count("passage"),
        warnings=described.warnings,
    )


def _narrowest(accesses: Sequence[Access]) -> Access:
    """Of the documents that one replaces: whatever was not open to all stays so."""
    return next((one for one in accesses if one != PUBLIC), PUBLIC)


def _as_told(held: Document, described: Document) -> bool:
    """Whether people say of a document what the library holds of it."""
    return (held.title, held.fiscal_year, held.document_kind) == (
        described.title,
        described.fiscal_year,
        described.document_kind,
    )


def _is_more(described: Document, held: Document) -> bool:
    """Whether pages were read now that could not be read before."""
    return awaits_ocr(held.warnings) and not awaits_ocr(described.warnings)


def _unchanged(writer: StoreWriter, file: FoundFile, held: Document, offered: Offered) -> FileReport:
    access, stated = writer.access_of(held.document_id), offered.stated(file)
    if access is None or not offered.audience.may_see(access):
        return _turned_away(file, _CLOSED)
    warnings = held.warnings
    if stated is not None and writer.set_access(held.document_id, stated):
        warnings = (*warnings, f"公開範囲を「{access.label}」から「{stated.label}」に変えました。")
    if writer.origin_of(held.document_id) != file.origin:
        warnings = (*warnings, f"同じ内容の資料が、すでに「{held.source}」として入っています。")
    writer.forget_unread(file.origin)
    return FileReport(
        path=file.path,
        outcome=Outcome.UNCHANGED,
        document_id=held.document_id,
        passages=writer.counts(held.document_id)["passages"],
        warnings=warnings,
    )


def _refused(writer: StoreWriter, file: FoundFile, reason: str, now: datetime, access: Access) -> FileReport:
    noted = now.isoformat(timespec="seconds")
    note = UnreadFile(origin=file.origin, source=file.name, reason=reason, noted_at=noted)
    writer.note_unread(note, access)
    return _turned_away(file, reason)


def _turned_away(file: FoundFile, reason: str) -> FileReport:
    """A refusal that leaves no note in the library."""
    return FileReport(path=file.path, outcome=Outcome.REFUSED, reason=reason)
