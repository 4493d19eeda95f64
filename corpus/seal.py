"""The seal 「封」 of a document: one hash over all that the store keeps of it.

It is taken from the store when a document is added and taken again when the library is verified, so that a
byte that changed anywhere in between (text, headings, figures, places) is found. Left out is what may change
by itself: row numbers, and which version of the reading program last found the document unchanged.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3

from corpus import rows

PREFIX = "seal:"
"""Before a document's id: the name under which the store keeps its seal."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_OF_DOCUMENT = "SELECT {columns} FROM {table} WHERE document_id = ? ORDER BY {order}"
_OF_INDICATORS = (
    f"SELECT {rows.qualified('indicator', rows.INDICATOR_COLUMNS)} "
    "FROM indicator JOIN passage AS held USING (passage_id) "
    "WHERE held.document_id = ? ORDER BY indicator_id"
)


def seal_of(connection: sqlite3.Connection, document_id: str) -> str:
    """The SHA-256 of a document's rows as the connection sees them, hexadecimal."""
    digest = hashlib.sha256()
    for table, query in _QUERIES:
        digest.update(f"{table}\n".encode())
        for row in connection.execute(query, (document_id,)):
            digest.update(_ENCODER.encode(row).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
    return digest.hexdigest()


def _of(table: str, columns: str, order: str) -> str:
    return _OF_DOCUMENT.format(table=table, columns=columns, order=order)


_QUERIES = (
    ("document", _of("document", f"document_id, origin, text, {rows.DOCUMENT_COLUMNS}", "document_id")),
    ("sheet", _of("sheet", rows.SHEET_COLUMNS, "ordinal")),
    ("passage", _of("passage", rows.PASSAGE_COLUMNS, "ordinal, passage_id")),
    ("indicator", _OF_INDICATORS),
    ("absence", _of("absence", rows.ABSENCE_COLUMNS, "absence_id")),
    ("glossary", _of("glossary", rows.GLOSSARY_COLUMNS, "entry_id")),
    ("carried", _of("carried", "document_id, start, end", "start")),
    ("left_out", _of("left_out", "document_id, start, end, reason", "start")),
)
