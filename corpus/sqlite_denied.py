"""Whether SQLite could not open a file for want of rights or room, which is no damage of the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_PRIMARY = 0xFF
_CODES = frozenset(
    {sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL}
)


def is_denied(exc: BaseException) -> bool:
    """Whether an error of SQLite tells that a file or its log cannot be opened or written."""
    return getattr(exc, "sqlite_errorcode", 0) & _PRIMARY in _CODES


def denied(place: Path | str, exc: BaseException) -> str:
    """What a person is told then (Japanese).

    Also reading needs the right to write: SQLite keeps the list of who reads beside the file.
    """
    return (
        f"ライブラリを開けません: {place}（{exc}）。フォルダーと中のファイルを読み書きする権限が、"
        "このプログラムを動かす利用者にあるか、ディスクに空きがあるかを確かめてください。"
    )
