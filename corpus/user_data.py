"""What people put into a library beside its documents: one SQLite file, apart from that of the documents.

An ingest never touches it, and it never makes the store busy. Each change is one transaction that begins by
taking the write lock, so that two people who change something at once wait for each other and lose nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus.errors import LibraryDamagedError

USER_DATA_NAME = "user_data.sqlite3"
BUSY_SECONDS = 20.0
_TABLES = """
CREATE TABLE IF NOT EXISTS basket (
    basket_id TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    owner TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS basket_item (
    item_id INTEGER PRIMARY KEY AUTOINCREMENT,
    basket_id TEXT NOT NULL REFERENCES basket (basket_id),
    place TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL,
    removed_at TEXT,
    UNIQUE (basket_id, place)
) STRICT;
CREATE TABLE IF NOT EXISTS track_link (
    earlier TEXT NOT NULL,
    later TEXT NOT NULL,
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    decided_at TEXT NOT NULL,
    PRIMARY KEY (earlier, later)
) STRICT;
"""


class UserData:
    """The file of one library; it is made when something is first put in."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / USER_DATA_NAME

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that sees one state; None where nothing was ever put in.

        Raises:
            LibraryDamagedError: the file cannot be read.
        """
        if not self.path.is_file():
            yield None
            return
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept when the block ends well, and none of them otherwise.

        Raises:
            LibraryDamagedError: the file cannot be read or written.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def copy_to(self, path: Path) -> bool:
        """Copy one state into a new file; False where there is nothing to copy."""
        if not self.path.is_file():
            return False
        with closing(sqlite3.connect(path)) as copy, self._connected() as connection:
            connection.backup(copy)
        return True

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(
                sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA foreign_keys = ON")
                connection.executescript(_TABLES)
                _add_owner(connection)
                yield connection
        except sqlite3.Error as exc:
            raise LibraryDamagedError(
                f"資料かごなどの記録を読み書きできません: {self.path}（{exc}）。"
                "空き容量と書き込みの権限を確かめてください。資料と索引には影響ありません。"
            ) from exc


def _add_owner(connection: sqlite3.Connection) -> None:
    """Bring a file up to date that was made before baskets had owners."""
    if "owner" in {row[1] for row in connection.execute("PRAGMA table_info(basket)")}:
        return
    connection.execute("BEGIN IMMEDIATE")  # another process may be doing just this
    try:
        if "owner" not in {row[1] for row in connection.execute("PRAGMA table_info(basket)")}:
            connection.execute("ALTER TABLE basket ADD COLUMN owner TEXT NOT NULL DEFAULT ''")
    finally:
        connection.commit()
