"""The library's store: one SQLite file in WAL mode, read by many, written by one at a time.

Everything that a citation rests on is here: the text of each document as decoded, and the spans into it.
The name of the index generation that belongs to the documents is kept in the same file, so that a change of
documents and the switch to their index are one commit: either both are seen or neither.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.access import Audience
from corpus.audience_views import cover, permit
from corpus.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryMissingError,
    LibraryUnwritableError,
    SchemaVersionError,
)
from corpus.migration import migrate
from corpus.replace_folder import earlier
from corpus.schema import SCHEMA_VERSION, STEPS, TABLES
from corpus.sqlite_busy import is_busy
from corpus.sqlite_denied import denied, is_denied
from corpus.store_reader import StoreReader
from corpus.store_writer import StoreWriter

STORE_NAME = "library.sqlite3"
logger = logging.getLogger(__name__)

BUSY_SECONDS = 5.0
_FORGETTING_MILLISECONDS = 2_000
AUDIENCES = 16
"""How many audiences a thread keeps a connection for."""


class Store:
    """A library folder's store. Open it once a process; each thread gets its own connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = str(folder / STORE_NAME)
        self._local = threading.local()

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open an existing library.

        Raises:
            LibraryMissingError: there is none in the folder.
            LibraryDamagedError: the file is no store.
            LibraryUnwritableError: it cannot be opened for want of rights or room.
            SchemaVersionError: it was written by another version of the program.
        """
        if not (folder / STORE_NAME).is_file():
            raise LibraryMissingError(f"ライブラリがありません: {folder}。{_how_to_have(folder)}")
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
        """Reads of everything on this thread's connection; each sees all that was committed before it.

        For commands on the library's folder; whatever answers to a request asks ``seen_by``. A library that
        was put in this one's place meanwhile (``ui.care_restore``) is opened anew.
        """
        held: StoreReader | None = getattr(self._local, "reader", None)
        if held is None or (not held.is_steady and _is_another(self._path, self._local.file)):
            # An earlier connection is not closed: whoever reads on it still ends in the state it began in.
            self._local.reader = StoreReader(self._connect())
            self._local.file = _file_of(self._path)
        reader: StoreReader = self._local.reader
        return reader

    def seen_by(self, audience: Audience) -> StoreReader:
        """Reads of what an audience may see, on a connection of this thread that holds nothing else.

        What the store got since is seen from the next call on.
        """
        if audience.sees_all:
            return self.reader
        held = self._limited()
        if audience not in held or (
            not held[audience].reader.is_steady and _is_another(self._path, held[audience].file)
        ):
            connection = self._connect()
            cover(connection)
            held[audience] = _Limited(
                reader=StoreReader(connection), connection=connection, file=_file_of(self._path)
            )
        one = held[audience]
        held.move_to_end(audience)
        if len(held) > AUDIENCES:
            held.popitem(last=False)  # not closed: whoever reads on it still ends in the state it began in
        one.permit(audience)
        return one.reader

    @contextmanager
    def steady(self, audience: Audience) -> Iterator[None]:
        """Let all that this thread reads in the context, as an audience or as ``reader``, be of one state.

        What is committed meanwhile is seen after it. The context may be nested.
        """
        whole = self.reader
        with ExitStack() as held:
            while True:
                held.enter_context(whole.steady())
                seen = self.seen_by(audience)
                held.enter_context(seen.steady())
                if seen.revision == whole.revision and seen.index_generation == whole.index_generation:
                    break
                held.close()  # a commit came between the two connections
            self.seen_by(audience)  # learns who may see what in this state
            yield

    def _limited(self) -> OrderedDict[Audience, _Limited]:
        if not hasattr(self._local, "limited"):
            self._local.limited = OrderedDict()
        held: OrderedDict[Audience, _Limited] = self._local.limited
        return held

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

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """One committed state to look at, whatever is written meanwhile.

        Characters that are no UTF-8 come as surrogates instead of an error, so that damage can be told.

        Raises:
            LibraryDamagedError: the file cannot be read at all.
            LibraryUnwritableError: it cannot be opened for want of rights or room.
        """
        try:
            connection = self._connect()
        except sqlite3.DatabaseError as exc:
            raise self._unreadable(exc) from exc
        try:
            connection.text_factory = _lenient
            try:
                connection.execute("PRAGMA query_only = ON")
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM meta").fetchone()
            except sqlite3.DatabaseError as exc:
                raise self._unreadable(exc) from exc
            yield connection
        finally:
            connection.close()

    def copy_to(self, path: Path) -> None:
        """Write one committed state into a new file; nothing of removed documents is in it.

        Raises:
            sqlite3.Error: the store is damaged, or the file cannot be written.
        """
        connection = self._connect()
        try:
            connection.execute("VACUUM INTO ?", (str(path),))
        finally:
            connection.close()

    def forget_removed(self) -> None:
        """Empty the write-ahead log, which holds what was removed until SQLite needs the room.

        Where somebody reads an earlier state all the while, it is left for the next time.
        """
        connection = self._connect()
        try:
            connection.execute(f"PRAGMA busy_timeout = {_FORGETTING_MILLISECONDS}")
            is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if is_busy:
                logger.info("the log of changes is still read and was not emptied: %s", self.folder)
        except sqlite3.OperationalError as exc:  # what was to be changed is changed all the same
            logger.warning("the log of changes could not be emptied: %s (%s)", self.folder, exc)
        finally:
            connection.close()

    def close(self) -> None:
        """Close this thread's connections."""
        for one in self._limited().values():
            one.connection.close()
        self._limited().clear()
        if hasattr(self._local, "reader"):
            self._local.reader._connection.close()
            del self._local.reader

    def _connect(self) -> sqlite3.Connection:
        if not (self.folder / STORE_NAME).is_file():  # SQLite would put an empty one there
            raise LibraryMissingError(f"ライブラリがありません: {self.folder}。{_how_to_have(self.folder)}")
        connection = sqlite3.connect(
            self.folder / STORE_NAME, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # by itself only where SQLite was built so
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _check_version(self) -> None:
        if self._version() in STEPS:
            migrate(self.folder / STORE_NAME, BUSY_SECONDS)
        found = self._version()
        if found != SCHEMA_VERSION:
            raise SchemaVersionError(
                f"ライブラリの形式が違います: {self.folder}"
                f"（形式{found}、このプログラムは形式{SCHEMA_VERSION}）。"
                "同じ版のプログラムで開くか、別の場所（--data）に取り込み直してください。"
            )

    def _version(self) -> int | None:
        connection = sqlite3.connect(self.folder / STORE_NAME)
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        except sqlite3.DatabaseError as exc:
            raise self._unreadable(exc) from exc
        finally:
            connection.close()
        found = None if row is None else json.loads(row[0])
        return found if isinstance(found, int) else None

    def _unreadable(self, exc: sqlite3.DatabaseError) -> LibraryError:
        if is_denied(exc):
            return LibraryUnwritableError(denied(self.folder / STORE_NAME, exc))
        return LibraryDamagedError(
            f"ライブラリのファイルを読めません: {self.folder / STORE_NAME}（{exc}）。壊れているなら、"
            "控えから戻すか、別の場所（--data）に取り込み直してください。"
        )

    def _write_error(self, exc: sqlite3.OperationalError) -> Exception:
        if is_busy(exc):
            return LibraryBusyError(
                f"ほかの取り込みが進んでいます: {self.folder}。終わってから、もう一度お試しください。"
            )
        return LibraryUnwritableError(
            f"ライブラリに書き込めません: {self.folder}（{exc}）。"
            "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
        )


@dataclass(slots=True, kw_only=True)
class _Limited:
    """A connection that sees what one audience may see."""

    reader: StoreReader
    connection: sqlite3.Connection
    file: tuple[int, int] | None
    version: int = -1

    def permit(self, audience: Audience) -> None:
        """Learn what the store got since."""
        version = int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        if version != self.version:
            permit(self.connection, audience)
            self.version = version


def _how_to_have(folder: Path) -> str:
    """What to do where there is no library; a restore that was cut short may have left one beside."""
    kept = [] if folder.exists() else earlier(folder)
    if kept:
        return (
            "復元が途中で止まったようです。「shirube restore」をもう一度実行するか、"
            f"{kept[-1].name} の名前を {folder.name} に戻してください。"
        )
    return "先に「shirube ingest フォルダー」で資料を取り込んでください。"


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _file_of(path: str) -> tuple[int, int] | None:
    """What tells a file from another that takes its name."""
    try:
        found = os.stat(path)  # noqa: PTH116 (asked for with every read; a Path costs more than the question)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_another(path: str, file: tuple[int, int] | None) -> bool:
    found = _file_of(path)
    return found is not None and found != file


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
