"""Whether the store's file is a sound database with the tables that this program writes, and no others.

A view or a trigger would act when the library is read or written, and the program makes none: a store that
has one was made by somebody else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from corpus.fault import Fault, FaultKind, fault
from corpus.schema import TABLES
from corpus.store import STORE_NAME

REMEDY = (
    "控えがあれば「shirube restore 控えのファイル --replace」で戻してください。"
    "なければ、別の場所（--data）に取り込み直してください。"
)


def structure_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Foreign or missing tables, damaged pages and rows without what they belong to."""
    yield from _table_faults(connection)
    for (message,) in connection.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield _fault(f"データベースの構造が壊れています（{message}）")
    orphans: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    for (table, parent), count in sorted(orphans.items()):
        yield _fault(f"親の行（{parent}）を失った行が、表 {table} に{count:,}行あります")


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether every table is there with its columns, so that rows can be looked at."""
    return not any(True for _ in _missing(connection))


def _table_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    expected = _columns_of_tables(_model())
    yield from (_fault(f"表の形が違います（{table}）") for table in _missing(connection))
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master ORDER BY name"):
        is_foreign = kind in ("trigger", "view") or (kind == "table" and name not in expected)
        if is_foreign and not name.startswith("sqlite_"):
            yield _fault(f"このプログラムの作らないもの（{kind} {name}）があります")


def _missing(connection: sqlite3.Connection) -> Iterator[str]:
    found = _columns_of_tables(connection)
    for table, columns in _columns_of_tables(_model()).items():
        if found.get(table) != columns:
            yield table


def _columns_of_tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [str(name) for (name,) in connection.execute(sql).fetchall()]
    sql = "SELECT name FROM pragma_table_info(?) ORDER BY cid"
    return {name: [str(column) for (column,) in connection.execute(sql, (name,))] for name in names}


def _model() -> sqlite3.Connection:
    """An empty store in memory."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    return connection


def _fault(what: str) -> Fault:
    return fault(FaultKind.STORE, what, STORE_NAME, REMEDY)
