"""Verifying 「検査」 a store: every row of every document, read again and held against the stored text.

It goes on past what is damaged, so that one run tells all. What a document's rows were when it was taken in
is told by its seal; documents of libraries older than seals are held against their text alone.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

from corpus import rows
from corpus.document import Document
from corpus.fault import Fault, FaultKind, fault
from corpus.seal import PREFIX, seal_of
from corpus.sheet import Sheet
from corpus.store import STORE_NAME
from corpus.verify_passages import is_inside, passage_faults
from corpus.verify_records import UNREADABLE, record_faults
from corpus.verify_structure import REMEDY, has_tables, structure_faults

Told = Callable[[int, int], None]

_SURROGATE = re.compile("[\ud800-\udfff]")
_AGAIN = (
    "控えがあれば「shirube restore 控えのファイル --replace」で戻してください。"
    "なければ「shirube remove {id}」のあと、元のファイルを取り込み直してください。"
)


def store_faults(connection: sqlite3.Connection, told: Told | None = None) -> Iterator[Fault]:
    """The faults of a store.

    Args:
        connection: a snapshot of it (``Store.snapshot``).
        told: hears (documents done, documents in all).
    """
    try:
        yield from structure_faults(connection)
        if not has_tables(connection):
            return
        held = connection.execute("SELECT document_id FROM document ORDER BY document_id").fetchall()
        for done, (document_id,) in enumerate(held):
            if told is not None:
                told(done, len(held))
            yield from _guarded(connection, str(document_id))
        yield from _lost(connection)
    except sqlite3.DatabaseError as exc:
        yield fault(FaultKind.STORE, f"ライブラリのファイルを読めません（{exc}）", STORE_NAME, REMEDY)


def unsealed(connection: sqlite3.Connection) -> int:
    """How many documents have no seal, since an older version of the program took them in."""
    sql = "SELECT count(*) FROM document WHERE ? || document_id NOT IN (SELECT key FROM meta)"
    return int(connection.execute(sql, (PREFIX,)).fetchone()[0])


def _guarded(connection: sqlite3.Connection, document_id: str) -> Iterator[Fault]:
    try:
        yield from _document_faults(connection, document_id)
    except sqlite3.DatabaseError as exc:
        yield _of(FaultKind.DOCUMENT, f"文書を読み出せません（{exc}）", document_id, document_id)


def _document_faults(connection: sqlite3.Connection, document_id: str) -> Iterator[Fault]:
    sql = f"SELECT text, length(text), {rows.DOCUMENT_COLUMNS} FROM document WHERE document_id = ?"
    text, length, *values = connection.execute(sql, (document_id,)).fetchone()
    try:
        document = rows.document_of(tuple(values))
    except UNREADABLE as exc:
        what = f"文書の記録を読み出せません（{type(exc).__name__}）"
        yield _of(FaultKind.DOCUMENT, what, document_id, document_id)
        return
    where = f"{document.source}（{document_id}）"
    for what in _own_faults(connection, document, document_id, text, length):
        yield _of(FaultKind.DOCUMENT, what, where, document_id)
    sheets: dict[int, Sheet] = {}
    sql = f"SELECT {rows.SHEET_COLUMNS} FROM sheet WHERE document_id = ? ORDER BY ordinal"
    for row in connection.execute(sql, (document_id,)):
        what = _sheet_fault(row, text, sheets)
        if what:
            yield _of(FaultKind.RECORD, what, where, document_id)
    yield from _passages(connection, document, document_id, text, sheets)
    for what in record_faults(connection, document_id, text):
        yield _of(FaultKind.RECORD, what, where, document_id)


def _own_faults(
    connection: sqlite3.Connection, document: Document, document_id: str, text: str, length: int
) -> Iterator[str]:
    if document.document_id != document_id:
        yield "文書の番号が、自治体のコードと原本のハッシュに合いません"
    if length != len(text) or _SURROGATE.search(text):
        yield "原文に、文字として読めないところがあります"
    sealed = connection.execute("SELECT value FROM meta WHERE key = ?", (PREFIX + document_id,)).fetchone()
    if sealed is not None and sealed[0] != seal_of(connection, document_id):
        yield "保存した内容が、取り込んだときと違います"


def _sheet_fault(row: rows.Row, text: str, sheets: dict[int, Sheet]) -> str:
    """What is wrong with a sheet, empty where nothing is; it is added to the sheets."""
    try:
        sheet = rows.sheet_of(row)
        is_fine = is_inside(sheet.span, text)
    except UNREADABLE as exc:
        return f"シートを読み出せません（{type(exc).__name__}）"
    sheets[sheet.ordinal] = sheet
    return "" if is_fine else f"シートの範囲が原文の外を指しています（{sheet.title[:20]}）"


def _passages(
    connection: sqlite3.Connection, document: Document, document_id: str, text: str, sheets: dict[int, Sheet]
) -> Iterator[Fault]:
    sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? ORDER BY ordinal"
    for row in connection.execute(sql, (document_id,)):
        place = f"（{row[0]}）"
        try:
            passage = rows.passage_of(row)
            place = f"{''.join(locator.label() for locator in passage.locators[:1])}{place}"
            found = list(passage_faults(passage, text, sheets))
        except UNREADABLE as exc:
            found = [f"検索単位を読み出せません（{type(exc).__name__}）"]
        for what in found:
            yield _of(FaultKind.PASSAGE, what, f"{document.source} {place}", document_id)


def _lost(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Documents whose seal is there and they are not."""
    sql = (
        "SELECT substr(key, ?) FROM meta WHERE substr(key, 1, ?) = ? "
        "AND substr(key, ?) NOT IN (SELECT document_id FROM document) ORDER BY key"
    )
    start = len(PREFIX) + 1
    for (document_id,) in connection.execute(sql, (start, len(PREFIX), PREFIX, start)):
        remedy = "控えから戻すか、元のファイルを取り込み直してください。"
        yield fault(FaultKind.DOCUMENT, "文書が失われています", document_id, remedy, document_id)


def _of(kind: FaultKind, what: str, where: str, document_id: str) -> Fault:
    return fault(kind, what, where, _AGAIN.format(id=document_id), document_id)
