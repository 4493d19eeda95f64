"""A document's record as bytes: its file's hash, then the rows that the store will hold, as compressed JSON.

What was read in another process, or in a run that was cut short, comes to the store in this form. It is data
and nothing else: unpacking it runs no code, whatever the process that made it had read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import rows
from corpus.document import Document
from corpus.record import DocumentRecord

_OF_DOCUMENT = ("document_id", "origin", "reader", "text")
_TABLES = (
    ("sheet", rows.SHEET_COLUMNS),
    ("passage", rows.PASSAGE_COLUMNS),
    ("indicator", rows.INDICATOR_COLUMNS),
    ("absence", rows.ABSENCE_COLUMNS),
    ("glossary", rows.GLOSSARY_COLUMNS),
    ("carried", "document_id, start, end"),
    ("left_out", "document_id, start, end, reason"),
)
_HASH = 64  # digits of a SHA-256
_LEVEL = 1  # the text is packed once and unpacked once


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """The rows of one document.

    Attributes:
        document: its values, in the order of ``document_columns``.
        tables: of each other table the columns and the rows, in the order in which they are written.
    """

    document: rows.Row
    tables: tuple[tuple[str, str, tuple[rows.Row, ...]], ...]

    @property
    def described(self) -> Document:
        """What the document is, without what was read from it."""
        return rows.document_of(self.document[len(_OF_DOCUMENT) :])

    @property
    def document_id(self) -> str:
        """The document's identity."""
        return str(self.document[0])

    @property
    def origin(self) -> str:
        """The path that it was taken from."""
        return str(self.document[1])

    @property
    def reader(self) -> str:
        """Which version of the reading program made it, and from what facts."""
        return str(self.document[2])

    def count(self, table: str) -> int:
        """How many rows a table gets."""
        return sum(len(found) for name, _, found in self.tables if name == table)


def document_columns() -> str:
    """The columns of a document's own row."""
    return ", ".join((*_OF_DOCUMENT, rows.DOCUMENT_COLUMNS))


def rows_of(record: DocumentRecord) -> RecordRows:
    """The rows of a record."""
    document_id = record.document.document_id
    carried = ((document_id, span.start, span.end) for span in record.carried)
    left_out = ((document_id, one.span.start, one.span.end, one.reason.value) for one in record.left_out)
    found: tuple[Iterable[rows.Row], ...] = (
        map(rows.sheet_row, record.sheets),
        map(rows.passage_row, record.passages),
        map(rows.indicator_row, record.indicators),
        map(rows.absence_row, record.absences),
        map(rows.glossary_entry_row, record.glossary),
        carried,
        left_out,
    )
    return RecordRows(
        document=(
            *(document_id, record.origin, record.reader, record.text),
            *rows.document_row(record.document),
        ),
        tables=_with_names(found),
    )


def packed(record: DocumentRecord) -> bytes:
    """A record as bytes; equal records give equal bytes."""
    made = rows_of(record)
    text = rows.dump([made.document, [one for _, _, one in made.tables]])
    data = zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)
    return record.document.sha256.encode("ascii") + data


def packed_hash(data: bytes) -> str:
    """The SHA-256 of the file that ``packed`` made bytes of; nothing is unpacked for it."""
    return data[:_HASH].decode("ascii")


def unpacked(data: bytes) -> RecordRows:
    """The rows that ``packed`` made bytes of.

    Raises:
        ValueError: the bytes are no such record.
        zlib.error: they are damaged.
    """
    document, tables = json.loads(zlib.decompress(data[_HASH:]).decode("utf-8", "surrogatepass"))
    return RecordRows(document=tuple(document), tables=_with_names([map(tuple, found) for found in tables]))


def _with_names(found: Iterable[Iterable[rows.Row]]) -> tuple[tuple[str, str, tuple[rows.Row, ...]], ...]:
    return tuple((name, columns, tuple(one)) for (name, columns), one in zip(_TABLES, found, strict=True))
