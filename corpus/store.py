"""The library's store: one SQLite file in WAL mode, read by many, written by one at a time.

Everything that a citation rests on is here: the text of each document as decoded, and the spans into it.
The name of the index generation that belongs to the documents is kept in the same file, so that a change of
documents and the switch to their index are one commit: either both are seen or neither.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus import rows
from corpus.document import Document
from corpus.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryMissingError,
    LibraryUnwritableError,
    SchemaVersionError,
)
from corpus.indicator import Indicator
from corpus.passage import Passage
from corpus.schema import SCHEMA_VERSION, TABLES
from corpus.sheet import Sheet
from corpus.span import Span
from corpus.unread import UnreadFile

STORE_NAME = "library.sqlite3"
BUSY_SECONDS = 5.0
BATCH = 500


class StoreReader:
    """Reads of one connection; all lists are in document or row order, ties by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def documents(self) -> list[Document]:
        """Every document, by municipality code, then fiscal year, then source name."""
        sql = f"SELECT {rows.DOCUMENT_COLUMNS} FROM document ORDER BY municipality_code, fiscal_year, source"
        return [rows.document_of(row) for row in self._connection.execute(sql)]

    def document_text(self, document_id: str) -> str | None:
        """The stored text of a document, None if the library does not hold it."""
        sql = "SELECT text FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def text_at(self, document_id: str, span: Span) -> str | None:
        """The characters of a span, read from the store; None if it does not lie in a stored text."""
        sql = (
            "SELECT substr(text, ? + 1, ?) FROM document "
            "WHERE document_id = ? AND ? >= 0 AND ? < ? AND ? <= length(text)"
        )
        values = (span.start, span.end - span.start, document_id, span.start, span.start, span.end, span.end)
        row = self._connection.execute(sql, values).fetchone()
        return None if row is None else str(row[0])

    def origin_of(self, document_id: str) -> str | None:
        """The path that a document was taken from."""
        sql = "SELECT origin FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def reader_of(self, document_id: str) -> str | None:
        """Which version of the reading program made the document's passages."""
        sql = "SELECT reader FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def documents_from(self, origin: str) -> list[str]:
        """Ids of the documents that were taken from a path."""
        sql = "SELECT document_id FROM document WHERE origin = ? ORDER BY document_id"
        return [str(row[0]) for row in self._connection.execute(sql, (origin,))]

    def sheets(self, document_id: str | None = None) -> list[Sheet]:
        """The sheets of a document, or of all."""
        where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        sql = f"SELECT {rows.SHEET_COLUMNS} FROM sheet {where} ORDER BY document_id, ordinal"
        return [rows.sheet_of(row) for row in self._connection.execute(sql, values)]

    def sheet(self, document_id: str, ordinal: int | None) -> Sheet | None:
        """One sheet, None where there is none of the number."""
        sql = f"SELECT {rows.SHEET_COLUMNS} FROM sheet WHERE document_id = ? AND ordinal = ?"
        row = self._connection.execute(sql, (document_id, ordinal)).fetchone()
        return None if row is None else rows.sheet_of(row)

    def passages(self) -> Iterator[tuple[int, Passage]]:
        """Every passage with its row number, ascending."""
        sql = f"SELECT row_id, {rows.PASSAGE_COLUMNS} FROM passage ORDER BY row_id"
        for row in self._connection.execute(sql):
            yield row[0], rows.passage_of(row[1:])

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in source order."""
        sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? ORDER BY ordinal"
        return [rows.passage_of(row) for row in self._connection.execute(sql, (document_id,))]

    def passages_at(self, row_ids: Iterable[int]) -> dict[int, Passage]:
        """The passages of the row numbers that the library still holds."""
        found: dict[int, Passage] = {}
        wanted = list(row_ids)
        for at in range(0, len(wanted), BATCH):
            batch = wanted[at : at + BATCH]
            marks = ",".join("?" * len(batch))
            sql = f"SELECT row_id, {rows.PASSAGE_COLUMNS} FROM passage WHERE row_id IN ({marks})"
            found.update((row[0], rows.passage_of(row[1:])) for row in self._connection.execute(sql, batch))
        return found

    def indicators(self, passage_ids: Iterable[str]) -> list[Indicator]:
        """The indicators of the given passages, in the order of their places."""
        found = []
        for passage_id in passage_ids:
            sql = f"SELECT {rows.INDICATOR_COLUMNS} FROM indicator WHERE passage_id = ? ORDER BY indicator_id"
            found += [rows.indicator_of(row) for row in self._connection.execute(sql, (passage_id,))]
        return found

    def counts(self, document_id: str) -> dict[str, int]:
        """Numbers of sheets, passages and indicators of a document."""
        tables = {
            "sheets": "SELECT count(*) FROM sheet WHERE document_id = ?",
            "passages": "SELECT count(*) FROM passage WHERE document_id = ?",
            "indicators": (
                "SELECT count(*) FROM indicator JOIN passage USING (passage_id) WHERE document_id = ?"
            ),
        }
        return {
            name: int(self._connection.execute(sql, (document_id,)).fetchone()[0])
            for name, sql in tables.items()
        }

    def passage_count(self) -> int:
        """How many passages the library holds."""
        return int(self._connection.execute("SELECT count(*) FROM passage").fetchone()[0])

    def unread_files(self) -> list[UnreadFile]:
        """Files that were offered and could not be read, by name."""
        sql = "SELECT origin, source, reason, noted_at FROM unread_file ORDER BY source, origin"
        return [
            UnreadFile(origin=origin, source=source, reason=reason, noted_at=noted_at)
            for origin, source, reason, noted_at in self._connection.execute(sql)
        ]

    def meta(self, key: str) -> str | None:
        """A value kept beside the documents (index generation, revision)."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @property
    def revision(self) -> int:
        """Grows with each change of the documents; an index belongs to exactly one revision."""
        return int(self.meta("revision") or "0")

    @property
    def index_generation(self) -> str | None:
        """The name of the index generation that belongs to the documents."""
        return self.meta("index_generation")

    @property
    def encoder(self) -> str | None:
        """The embedding model that was chosen for the library, None for the product's own."""
        return self.meta("encoder")


class StoreWriter(StoreReader):
    """Writes of one transaction; reads of it see what it has written."""

    def add(
        self,
        document: Document,
        text: str,
        *,
        origin: str,
        reader: str,
        sheets: Iterable[Sheet],
        passages: Iterable[Passage],
        indicators: Iterable[Indicator] = (),
    ) -> None:
        """Add a document with all that was read from it; the caller removed an earlier one of its id."""
        execute, many = self._connection.execute, self._connection.executemany
        execute(
            f"INSERT INTO document (document_id, origin, reader, text, {rows.DOCUMENT_COLUMNS}) "
            f"VALUES ({_marks(16)})",
            (document.document_id, origin, reader, text, *rows.document_row(document)),
        )
        many(
            f"INSERT INTO sheet ({rows.SHEET_COLUMNS}) VALUES ({_marks(9)})",
            (rows.sheet_row(sheet) for sheet in sheets),
        )
        many(
            f"INSERT INTO passage ({rows.PASSAGE_COLUMNS}) VALUES ({_marks(13)})",
            (rows.passage_row(passage) for passage in passages),
        )
        many(
            f"INSERT INTO indicator ({rows.INDICATOR_COLUMNS}) VALUES ({_marks(10)})",
            (rows.indicator_row(indicator) for indicator in indicators),
        )
        execute("DELETE FROM unread_file WHERE origin = ?", (origin,))
        self._changed()

    def remove(self, document_id: str) -> bool:
        """Remove a document with its sheets, passages and indicators; False if there was none."""
        cursor = self._connection.execute("DELETE FROM document WHERE document_id = ?", (document_id,))
        if cursor.rowcount:
            self._changed()
        return cursor.rowcount > 0

    def move_origin(self, document_id: str, origin: str) -> None:
        """Record that a document's file now lies elsewhere."""
        self._connection.execute(
            "UPDATE document SET origin = ? WHERE document_id = ?", (origin, document_id)
        )

    def note_unread(self, file: UnreadFile) -> None:
        """Remember a file that could not be read, so that every answer can say so."""
        self._connection.execute(
            "INSERT OR REPLACE INTO unread_file (origin, source, reason, noted_at) VALUES (?, ?, ?, ?)",
            (file.origin, file.source, file.reason, file.noted_at),
        )

    def forget_unread(self, origin: str) -> None:
        """Drop the note about a file."""
        self._connection.execute("DELETE FROM unread_file WHERE origin = ?", (origin,))

    def set_index_generation(self, name: str) -> None:
        """Point to the index generation that was built from what this transaction holds."""
        self._set_meta("index_generation", name)

    def set_encoder(self, name: str) -> None:
        """Choose the library's embedding model."""
        self._set_meta("encoder", name)

    def _changed(self) -> None:
        self._set_meta("revision", str(self.revision + 1))

    def _set_meta(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


class Store:
    """A library folder's store. Open it once a process; each thread gets its own connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open an existing library.

        Raises:
            LibraryMissingError: there is none in the folder.
            LibraryDamagedError: the file is no store.
            SchemaVersionError: it was written by another version of the program.
        """
        if not (folder / STORE_NAME).is_file():
            raise LibraryMissingError(
                f"ライブラリがありません: {folder}。"
                "先に「shirube ingest フォルダー」で資料を取り込んでください。"
            )
        store = cls(folder)
        store._check_version()
        return store

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Open a library, making an empty one where there is none.

        Raises:
            LibraryUnwritableError: the folder cannot be made or written to.
        """
        if not (folder / STORE_NAME).is_file():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                _make_tables(folder / STORE_NAME)
            except (OSError, sqlite3.OperationalError) as exc:
                raise LibraryUnwritableError(
                    f"ライブラリのフォルダーに書き込めません: {folder}（{exc}）。"
                    "書き込みのできる場所を --data で指定してください。"
                ) from exc
        return cls.open(folder)

    @property
    def reader(self) -> StoreReader:
        """Reads on this thread's connection; each sees all that was committed before it."""
        if not hasattr(self._local, "reader"):
            self._local.reader = StoreReader(self._connect())
        reader: StoreReader = self._local.reader
        return reader

    @contextmanager
    def writing(self) -> Iterator[StoreWriter]:
        """One transaction: committed when the block ends, undone when it raises.

        Raises:
            LibraryBusyError: another program is writing.
            LibraryUnwritableError: the file cannot be written.
        """
        connection = self._connect()
        try:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as exc:
                raise self._write_error(exc) from exc
            try:
                yield StoreWriter(connection)
                connection.execute("COMMIT")
            except sqlite3.OperationalError as exc:
                _roll_back(connection)
                raise self._write_error(exc) from exc
            except BaseException:
                _roll_back(connection)
                raise
        finally:
            connection.close()

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._local, "reader"):
            self._local.reader._connection.close()
            del self._local.reader

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.folder / STORE_NAME, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _check_version(self) -> None:
        connection = sqlite3.connect(self.folder / STORE_NAME)
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        except sqlite3.DatabaseError as exc:
            raise LibraryDamagedError(
                f"ライブラリのファイルを読めません: {self.folder / STORE_NAME}（{exc}）。壊れているなら、"
                "控えから戻すか、別の場所（--data）に取り込み直してください。"
            ) from exc
        finally:
            connection.close()
        found = None if row is None else json.loads(row[0])
        if found != SCHEMA_VERSION:
            raise SchemaVersionError(
                f"ライブラリの形式が違います: {self.folder}"
                f"（形式{found}、このプログラムは形式{SCHEMA_VERSION}）。"
                "同じ版のプログラムで開くか、別の場所（--data）に取り込み直してください。"
            )

    def _write_error(self, exc: sqlite3.OperationalError) -> Exception:
        if "locked" in str(exc) or "busy" in str(exc):
            return LibraryBusyError(
                f"ほかの取り込みが進んでいます: {self.folder}。終わってから、もう一度お試しください。"
            )
        return LibraryUnwritableError(
            f"ライブラリに書き込めません: {self.folder}（{exc}）。"
            "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
        )


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _make_tables(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(
            f"BEGIN IMMEDIATE; {TABLES} "
            f"INSERT INTO meta (key, value) VALUES ('schema_version', '{SCHEMA_VERSION}'); COMMIT;"
        )
    finally:
        connection.close()
