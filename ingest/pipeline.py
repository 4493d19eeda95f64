"""One file's way in: read, laid out, identified, and put together as what the store keeps of it.

Nothing here writes. What is made of a file depends on its bytes, its place and what people say of it alone,
so that it is the same in this process and in a worker's (``ingest.workers``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from corpus.document import Document, content_hash
from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from corpus.record import DocumentRecord
from ingest.assemble import assemble_absences, assemble_passages, assemble_sheets
from ingest.blocks import BlockDocument
from ingest.file_type import FileType, file_type
from ingest.found_file import FoundFile
from ingest.glossary import glossary_of
from ingest.identify import GivenFacts, Identity, identify
from ingest.indicator_roles import paper_of
from ingest.indicators import indicators_of
from ingest.layout import choose_layout, parsed_by
from ingest.limits import IngestLimits, LimitError
from ingest.manifest import ManifestEntry
from ingest.parsed import ParsedDocument
from ingest.printed_title import title_or_none
from ingest.reader import Reader, ReadFile
from ingest.readers import reader_of

READER_VERSION = "14"
"""Raised when reading or layouts change: documents read by an older version are read anew when offered."""

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")

ToldPages = Callable[[int], None]


def reading_of(entry: ManifestEntry | None, given: GivenFacts) -> str:
    """What a reading depends on beside bytes and place: the program's version, what people say.

    A file whose bytes, place and this are as the library holds them need not be read again.
    """
    told = "\n".join(map(repr, (entry, given)))
    return f"{READER_VERSION}.{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def is_current(reading: str | None) -> bool:
    """Whether a document was read by this version of the program."""
    return reading is not None and reading.split(".")[0] == READER_VERSION


def read_record(
    file: FoundFile,
    given: GivenFacts,
    table: MunicipalityTable,
    limits: IngestLimits,
    *,
    now: datetime,
    told: ToldPages | None = None,
) -> DocumentRecord:
    """Read a file into what the store keeps of it.

    Args:
        file: what was offered.
        given: what holds for all files.
        table: of municipalities.
        limits: see ``IngestLimits``; time and memory are the worker's to keep.
        now: the time to record, in UTC.
        told: hears of the number of pages before they are read.

    Raises:
        InputError: the file cannot be taken in; the message says why and what to do.
    """
    if file.refusal:
        raise InputError(file.refusal)
    data = _bytes_of(file, limits)
    read = _read(file, data, limits, told)
    block_document = BlockDocument(text=read.text, blocks=read.blocks)
    parsed = parsed_by(choose_layout(block_document), block_document)
    if not parsed.title and not (file.entry and file.entry.title):
        printed = title_or_none(file_type(file.path.name, data), data, read.title)
        parsed = parsed if printed is None else replace(parsed, title=printed.text)
    identity = identify(file.path, read.text, parsed, file.entry, given, table)
    document = _document(file, data, read, parsed, identity, now)
    passages = assemble_passages(document, parsed, read)
    if not passages:
        raise InputError(f"本文がありません: {file.name}。文字の入った資料か確かめてください。")
    paper = paper_of(document.title, document.fiscal_year, passages)
    return DocumentRecord(
        document=document,
        text=read.text,
        origin=file.origin,
        reader=reading_of(file.entry, given),
        sheets=tuple(assemble_sheets(document, parsed)),
        passages=tuple(passages),
        indicators=tuple(one for passage in passages for one in indicators_of(passage, paper)),
        carried=parsed.carried,
        left_out=parsed.left_out,
        absences=tuple(assemble_absences(document, parsed)),
        glossary=tuple(glossary_of(document, passages)),
    )


def _bytes_of(file: FoundFile, limits: IngestLimits) -> bytes:
    try:
        return file.read(limits)
    except OSError as exc:
        raise InputError(
            f"ファイルを開けません: {file.origin}（{exc}）。読み取りの権限を確かめてください。"
        ) from exc


def _read(file: FoundFile, data: bytes, limits: IngestLimits, told: ToldPages | None) -> ReadFile:
    """A file's bytes as read; what its reader says against it is said with the file's name."""
    try:
        return _storable(_reader_of(file, data, limits, told).read(data))
    except LimitError:
        raise
    except InputError as exc:
        raise type(exc)(f"{file.name}: {exc}") from exc


def _reader_of(file: FoundFile, data: bytes, limits: IngestLimits, told: ToldPages | None) -> Reader:
    """The reader for what a file is; whoever waits is told of a PDF's pages, then of each that takes long."""
    kind = file_type(file.path.name, data)
    if kind is not FileType.PDF:
        return reader_of(kind)
    # Loaded where there is one, as by ``ingest.readers``.
    from ingest.pdf_pdfium import page_count
    from ingest.pdf_reader import PdfReader

    pages = page_count(data)
    limits.check_pages(file.name, pages)
    if told is None:
        return PdfReader()
    told(pages)
    return PdfReader(told=partial(told, pages))


def _storable(read: ReadFile) -> ReadFile:
    """A text that the store can keep and count: what is no character becomes U+FFFD, one for one."""
    text, count = _NO_CHARACTER.subn("\ufffd", read.text)
    if not count:
        return read
    return replace(
        read, text=text, warnings=(*read.warnings, f"文字として扱えない符号が{count}か所ありました。")
    )


def _document(
    file: FoundFile, data: bytes, read: ReadFile, parsed: ParsedDocument, identity: Identity, now: datetime
) -> Document:
    given = (file.entry.warning,) if file.entry and file.entry.warning else ()
    return Document(
        source=file.name,
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
        warnings=(*given, *read.warnings, *parsed.warnings),
    )
