"""Taking files in: found, read, laid out, identified, stored; a report for each.

A file that cannot be taken in is reported and remembered, and the others go on. All of it happens in one
transaction of the store, which the caller commits together with the index built from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from corpus.document import Document, content_hash, document_id_of
from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from corpus.record import DocumentRecord
from corpus.store_writer import StoreWriter
from corpus.unread import UnreadFile
from ingest.assemble import assemble_absences, assemble_passages, assemble_sheets
from ingest.csv_reader import CsvReader
from ingest.docx_reader import DocxReader
from ingest.file_type import file_type
from ingest.found_file import FoundFile, members_of
from ingest.glossary import glossary_of
from ingest.html_reader import HtmlReader
from ingest.identify import GivenFacts, Identity, identify
from ingest.indicators import indicators_of
from ingest.layout import BlockDocument, choose_layout
from ingest.manifest import MANIFEST_NAME, ManifestEntry, read_manifest
from ingest.parsed import ParsedDocument
from ingest.pdf_reader import PdfReader
from ingest.pptx_reader import PptxReader
from ingest.reader import Reader, ReadFile, reader_for
from ingest.text_reader import TextReader
from ingest.xls_reader import XlsReader
from ingest.xlsx_reader import XlsxReader

READER_VERSION = "3"
"""Raised when reading or layouts change: documents read by an older version are read anew when offered."""

READERS: tuple[Reader, ...] = (
    TextReader(),
    PdfReader(),
    DocxReader(),
    XlsxReader(),
    XlsReader(),
    PptxReader(),
    HtmlReader(),
    CsvReader(),
)


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file.

    Attributes:
        path: as it was found.
        outcome: see ``Outcome``.
        document_id: None where it was refused.
        passages: how many it has now; 0 where it was refused.
        reason: why it was refused (Japanese), else empty.
        warnings: what a reader should know (Japanese).
    """

    path: Path
    outcome: Outcome
    document_id: str | None = None
    passages: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()


Progress = Callable[[int, int, Path], None]


def find_files(
    paths: Iterable[Path], table: MunicipalityTable, manifest: Path | None = None
) -> list[FoundFile]:
    """The files at the given paths, folders searched to the bottom, in the order of their names.

    Raises:
        InputError: a path does not exist, or there is no file at all.
        ManifestError: a manifest cannot be read.
    """
    given = read_manifest(manifest, table) if manifest else {}
    manifests = _Manifests(table)
    found: dict[Path, FoundFile] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"ファイルもフォルダーもありません: {path}。場所と名前を確かめてください。")
        root = path if path.is_dir() else path.parent
        for file in sorted(_files_in(path)) if path.is_dir() else [path]:
            entry = given.get(file.name) or manifests.entry_of(file, root)
            found.setdefault(file.resolve(), FoundFile(path=file, entry=entry))
    if not found:
        places = "、".join(str(path) for path in paths)
        raise InputError(
            f"取り込むファイルがありません: {places}。資料の入ったフォルダーを指定してください。"
        )
    return list(found.values())


def ingest_files(
    store: StoreWriter,
    files: list[FoundFile],
    given: GivenFacts,
    table: MunicipalityTable,
    *,
    now: datetime,
    progress: Progress | None = None,
) -> list[FileReport]:
    """Take files in, in order; the reports are in the same order.

    Args:
        store: the transaction to write to.
        files: see ``find_files``.
        given: what holds for all of them.
        table: of municipalities.
        now: the time to record, in UTC.
        progress: told (files done, files in all, the file now begun).
    """
    reports: list[FileReport] = []
    for done, file in enumerate(files):
        if progress is not None:
            progress(done, len(files), file.path)
        if file.is_archive:
            reports += _ingest_archive(store, file, given, table, now)
        else:
            reports.append(_reported(store, file, given, table, now))
    return reports


def _ingest_archive(
    store: StoreWriter, archive: FoundFile, given: GivenFacts, table: MunicipalityTable, now: datetime
) -> list[FileReport]:
    """Take in a ZIP's files one by one; what cannot be opened is one refused file."""
    try:
        members = list(members_of(archive, table))
    except (InputError, OSError) as exc:
        return [_refuse(store, archive, f"{archive.path.name}: {exc}", now)]
    store.forget_unread(str(archive.path.resolve()))
    return [_reported(store, member, given, table, now) for member in members]


def _reported(
    store: StoreWriter, file: FoundFile, given: GivenFacts, table: MunicipalityTable, now: datetime
) -> FileReport:
    try:
        return _ingest_file(store, file, given, table, now)
    except InputError as exc:
        return _refuse(store, file, str(exc), now)
    except OSError as exc:
        reason = f"ファイルを開けません: {file.path}（{exc}）。読み取りの権限を確かめてください。"
        return _refuse(store, file, reason, now)


def _ingest_file(
    store: StoreWriter, file: FoundFile, given: GivenFacts, table: MunicipalityTable, now: datetime
) -> FileReport:
    data = file.read()
    try:
        read = reader_for(file_type(file.path.name, data).value, READERS).read(data)
    except InputError as exc:
        raise type(exc)(f"{file.path.name}: {exc}") from exc
    block_document = BlockDocument(text=read.text, blocks=read.blocks)
    parsed = choose_layout(block_document).parse(block_document)
    identity = identify(file.path, read.text, parsed, file.entry, given, table)
    document = _document(file.path, data, read, parsed, identity, now)
    origin = str(file.path.resolve())
    kept = _kept(store, document, origin)
    if kept is not None:
        return kept
    passages = assemble_passages(document, parsed, read)
    if not passages:
        raise InputError(f"本文がありません: {file.path.name}。文字の入った資料か確かめてください。")
    earlier = set(store.documents_from(origin)) | {document.document_id}
    replaced = sum(store.remove(document_id) for document_id in sorted(earlier)) > 0
    store.add(
        DocumentRecord(
            document=document,
            text=read.text,
            origin=origin,
            reader=READER_VERSION,
            sheets=tuple(assemble_sheets(document, parsed)),
            passages=tuple(passages),
            indicators=tuple(one for passage in passages for one in indicators_of(passage)),
            carried=parsed.carried,
            left_out=parsed.left_out,
            absences=tuple(assemble_absences(document, parsed)),
            glossary=tuple(glossary_of(document, passages)),
        )
    )
    return FileReport(
        path=file.path,
        outcome=Outcome.REPLACED if replaced else Outcome.ADDED,
        document_id=document.document_id,
        passages=len(passages),
        warnings=document.warnings,
    )


def _document(
    path: Path, data: bytes, read: ReadFile, parsed: ParsedDocument, identity: Identity, now: datetime
) -> Document:
    return Document(
        source=path.name,
        municipality_code=identity.municipality.code,
        municipality=identity.municipality.name,
        prefecture=identity.municipality.prefecture,
        title=identity.title,
        fiscal_year=identity.fiscal_year,
        document_kind=identity.document_kind,
        sha256=content_hash(data),
        encoding=read.encoding,
        layout=parsed.layout,
        added_at=now.isoformat(timespec="seconds"),
        warnings=(*read.warnings, *parsed.warnings),
    )


def _kept(store: StoreWriter, document: Document, origin: str) -> FileReport | None:
    """A report that nothing changes, if the library holds the document as it would be stored now."""
    document_id = document_id_of(document.municipality_code, document.sha256)
    held = next((one for one in store.documents() if one.document_id == document_id), None)
    if held is None or store.reader_of(document_id) != READER_VERSION:
        return None
    told = (document.title, document.fiscal_year, document.document_kind)
    if (held.title, held.fiscal_year, held.document_kind) != told:
        return None
    warnings: tuple[str, ...] = held.warnings
    if store.origin_of(document_id) != origin:
        warnings = (*warnings, f"同じ内容の資料が、すでに「{held.source}」として入っています。")
    store.forget_unread(origin)
    return FileReport(
        path=Path(origin),
        outcome=Outcome.UNCHANGED,
        document_id=document_id,
        passages=store.counts(document_id)["passages"],
        warnings=warnings,
    )


def _refuse(store: StoreWriter, file: FoundFile, reason: str, now: datetime) -> FileReport:
    store.note_unread(
        UnreadFile(
            origin=str(file.path.resolve()),
            source=file.path.name,
            reason=reason,
            noted_at=now.isoformat(timespec="seconds"),
        )
    )
    return FileReport(path=file.path, outcome=Outcome.REFUSED, reason=reason)


def _files_in(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST_NAME and not path.name.startswith((".", "~$"))
    ]


class _Manifests:
    """The manifests met on the way, each read once."""

    def __init__(self, table: MunicipalityTable) -> None:
        self._table = table
        self._read: dict[Path, dict[str, ManifestEntry]] = {}

    def entry_of(self, file: Path, root: Path) -> ManifestEntry | None:
        """The entry of the nearest manifest from the file's folder up to the root that was given."""
        for folder in file.parents:
            entry = self._entries(folder).get(file.relative_to(folder).as_posix())
            if entry is not None or folder == root:
                return entry
        return None

    def _entries(self, folder: Path) -> dict[str, ManifestEntry]:
        if folder not in self._read:
            manifest = folder / MANIFEST_NAME
            self._read[folder] = read_manifest(manifest, self._table) if manifest.is_file() else {}
        return self._read[folder]
