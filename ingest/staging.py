"""What was read and is not yet in the library: kept beside it, so that a job that is cut short loses nothing.

Each file's result is committed by itself as soon as it is there. The library takes all of them in one
transaction of its own, together with the index built from them, and only then are they dropped here. A next
run over the same files finds what an interrupted one had read. The file may be deleted at any time: all that
it costs is reading again.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from corpus.errors import LibraryUnwritableError

logger = logging.getLogger(__name__)

FOLDER = "intake"
NAME = "staged.sqlite3"
# Programs before kept another form of records in a table "staged": what lies there is read again.
_TABLE = """
CREATE TABLE IF NOT EXISTS packed (
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reading TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (origin, sha256, reading)
)
"""


class StagedKey(NamedTuple):
    """What makes a result valid: the file's place, its bytes, and what else its reading depends on."""

    origin: str
    sha256: str
    reading: str


class Staging:
    """The results of a library's current or interrupted job. Use it as a context manager."""

    def __init__(self, library: Path) -> None:
        self._path = library / FOLDER / NAME

    def __enter__(self) -> Self:
        """Open the file, made anew where it is missing or was left unreadable.

        Raises:
            LibraryUnwritableError: the folder cannot be written.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._connection = self._opened()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # it is no database any more
                self._delete()
                self._connection = self._opened()
        except (OSError, sqlite3.DatabaseError) as exc:
            raise LibraryUnwritableError(
                f"作業用のファイルに書き込めません: {self._path}（{exc}）。"
                "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
            ) from exc
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; it is deleted when it holds nothing more.

        Where the disk does not let it, it stays for next time: the library holds what it was for.
        """
        try:
            empty = self._connection.execute("SELECT 1 FROM packed LIMIT 1").fetchone() is None
            self._connection.close()
            if empty:
                self._delete()
        except (OSError, sqlite3.DatabaseError) as exc:
            logger.info("what was staged stays for now: %s (%s)", self._path, exc)
            self._connection.close()
            return
        if empty:
            with suppress(OSError):  # uploads may lie in it
                self._path.parent.rmdir()

    def holds(self, key: StagedKey) -> bool:
        """Whether a file's result is there."""
        sql = "SELECT 1 FROM packed WHERE origin = ? AND sha256 = ? AND reading = ?"
        return self._connection.execute(sql, key).fetchone() is not None

    def count(self) -> int:
        """How many results are there."""
        return int(self._connection.execute("SELECT count(*) FROM packed").fetchone()[0])

    def knows(self, origin: str) -> bool:
        """Whether any result of a place is there."""
        sql = "SELECT 1 FROM packed WHERE origin = ?"
        return self._connection.execute(sql, (origin,)).fetchone() is not None

    def put(self, key: StagedKey, record: bytes) -> None:
        """Keep a file's result; those of other bytes or readings of the file are dropped.

        Raises:
            LibraryUnwritableError: the disk is full.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM packed WHERE origin = ?", (key.origin,))
            self._connection.execute("INSERT INTO packed VALUES (?, ?, ?, ?)", (*key, record))
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as exc:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise LibraryUnwritableError(
                f"読み取ったものを保存できません: {self._path}（{exc}）。空き容量を確かめてください。"
                "ライブラリは元のままで、もう一度実行すると続きから始まります。"
            ) from exc

    def get(self, key: StagedKey) -> bytes | None:
        """A file's result, None without one."""
        sql = "SELECT record FROM packed WHERE origin = ? AND sha256 = ? AND reading = ?"
        row = self._connection.execute(sql, key).fetchone()
        return None if row is None else bytes(row[0])

    def drop(self, keys: list[StagedKey]) -> None:
        """Forget results that the library holds now; those that the disk does not let go stay."""
        sql = "DELETE FROM packed WHERE origin = ? AND sha256 = ? AND reading = ?"
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(sql, keys)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as exc:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            logger.info("results stay staged for now: %s (%s)", self._path, exc)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        try:
            # One commit a file: the log is not forced to the disk each time, and a lost result is read again.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _delete(self) -> None:
        for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
            (self._path.parent / name).unlink(missing_ok=True)
