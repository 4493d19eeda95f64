"""Bringing an older store forward: one transaction, after a copy of the store as it was.

Whoever is killed in between leaves the store as it was or as it is to be; the copy lies beside it until
a person deletes it, or removes a document from the library.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path

from corpus.errors import LibraryBusyError, LibraryUnwritableError
from corpus.schema import SCHEMA_VERSION, STEPS
from corpus.sqlite_busy import is_busy

logger = logging.getLogger(__name__)

PART = ".part"


def copy_name(version: int) -> str:
    """The name of the copy that is kept of a store of an older version."""
    return f"library.before-format-{version + 1}.sqlite3"


def migrate(path: Path, wait: float) -> None:
    """Bring the store of a file forward to this program's version; nothing where it is there already.

    Args:
        path: the store's file.
        wait: seconds to wait for another program that writes.

    Raises:
        LibraryBusyError: another program is writing.
        LibraryUnwritableError: the copy or the store cannot be written; the store is as it was.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)
        if version in STEPS:
            _keep_copy(path, path.with_name(copy_name(version)))
            _take_steps(connection, version)
        connection.execute("COMMIT")
    except (sqlite3.OperationalError, OSError) as exc:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise _told(path, exc) from exc
    finally:
        connection.close()


def drop_copies(folder: Path) -> None:
    """Remove the copies of before migrations: what was removed from a library is not to stay in them."""
    for version in STEPS:
        copy = folder / copy_name(version)
        try:
            copy.unlink(missing_ok=True)
        except OSError as exc:
            logger.warning("a copy of before a migration could not be removed: %s (%s)", copy, exc)


def _take_steps(connection: sqlite3.Connection, version: int) -> None:
    """Make the tables of a version those of the newest, one version after the other."""
    while version in STEPS:
        for statement in _statements(STEPS[version]):
            connection.execute(statement)
        version += 1
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(version),))


def _keep_copy(path: Path, target: Path) -> None:
    """Copy the committed state that the caller's transaction began with, whole or not at all."""
    unfinished = target.with_name(target.name + PART)
    unfinished.unlink(missing_ok=True)
    reading = sqlite3.connect(path)
    try:
        reading.execute("VACUUM INTO ?", (str(unfinished),))
    finally:
        reading.close()
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)


def _version(connection: sqlite3.Connection) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return int(row[0]) if row is not None and str(row[0]).isdigit() else SCHEMA_VERSION


def _statements(script: str) -> list[str]:
    """``executescript`` would commit before it begins."""
    return [one.strip() for one in script.split(";") if one.strip()]


def _told(path: Path, exc: Exception) -> Exception:
    if is_busy(exc):
        return LibraryBusyError(
            f"ほかの取り込みが進んでいるため、ライブラリの形式を新しくできません: {path.parent}。"
            "終わってから、もう一度お試しください。"
        )
    return LibraryUnwritableError(
        f"ライブラリの形式を新しくできません: {path}（{exc}）。"
        "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
    )
