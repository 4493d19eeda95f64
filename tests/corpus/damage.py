"""Doing real damage to a store's file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.store import STORE_NAME


def flip(path: Path, at: int, bit: int = 1) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= bit
    path.write_bytes(bytes(data))


def flip_in(path: Path, words: str, bit: int = 1) -> None:
    """Change one bit of the last byte of each place where a file holds some words."""
    data = bytearray(path.read_bytes())
    wanted = words.encode()
    at, count = data.find(wanted), 0
    while at >= 0:
        data[at + len(wanted) - 1] ^= bit
        at, count = data.find(wanted, at + len(wanted)), count + 1
    assert count, words
    path.write_bytes(bytes(data))


def execute(folder: Path, *statements: str) -> None:
    """Change a store behind the program's back: nothing cascades."""
    connection = sqlite3.connect(folder / STORE_NAME)
    try:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
