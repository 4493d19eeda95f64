"""Whether what was read out of a document beside its passages lies in the stored text as it says."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import chain

from corpus import rows
from corpus.span import Span
from corpus.verify_passages import is_inside

Check = Callable[[rows.Row, str], str]

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What making an object of a damaged row raises."""


def record_faults(connection: sqlite3.Connection, document_id: str, text: str) -> Iterator[str]:
    """What is wrong with a document's indicators, absences, glossary and account (Japanese)."""
    for name, query, check in _QUERIES:
        for row in connection.execute(query, (document_id,)):
            try:
                found = check(row, text)
            except UNREADABLE as exc:
                found = f"読み出せません（{type(exc).__name__}）"
            if found:
                yield f"{name}が{found}"


def _indicator(row: rows.Row, text: str) -> str:
    indicator = rows.indicator_of(row)
    if not is_inside(indicator.span, text):
        return f"原文の外を指しています（{indicator.name[:20]}）"
    if indicator.span.of(text) != indicator.value_text:
        return f"原文のその位置の文字と違います（{indicator.name[:20]} {indicator.value_text[:20]}）"
    return ""


def _absence(row: rows.Row, text: str) -> str:
    absence = rows.absence_of(row)
    return "" if is_inside(absence.span, text) else f"原文の外を指しています（{absence.label[:20]}）"


def _entry(row: rows.Row, text: str) -> str:
    entry = rows.glossary_entry_of(row)
    if not is_inside(entry.span, text):
        return f"原文の外を指しています（{entry.term[:20]}）"
    words = chain(entry.term.split(), entry.meaning.split())
    if not all(word in entry.span.of(text) for word in words):
        return f"原文のその位置にありません（{entry.term[:20]}）"
    return ""


def _place(row: rows.Row, text: str) -> str:
    start, end = row
    return "" if is_inside(Span(start, end), text) else f"原文の外を指しています（{start}〜{end}字目）"


_QUERIES: tuple[tuple[str, str, Check], ...] = (
    (
        "指標",
        (
            f"SELECT {rows.qualified('indicator', rows.INDICATOR_COLUMNS)} FROM indicator "
            "JOIN passage ON passage.passage_id = indicator.passage_id "
            "WHERE passage.document_id = ? ORDER BY indicator_id"
        ),
        _indicator,
    ),
    (
        "記入なしの記録",
        f"SELECT {rows.ABSENCE_COLUMNS} FROM absence WHERE document_id = ? ORDER BY absence_id",
        _absence,
    ),
    (
        "用語の説明",
        f"SELECT {rows.GLOSSARY_COLUMNS} FROM glossary WHERE document_id = ? ORDER BY entry_id",
        _entry,
    ),
    ("見出しの記録", "SELECT start, end FROM carried WHERE document_id = ? ORDER BY start", _place),
    ("載せない字の記録", "SELECT start, end FROM left_out WHERE document_id = ? ORDER BY start", _place),
)
