"""Files of queries and of their answers, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError, QuestionError
from qa.engine import Engine
from qa.results import AskResult

PASSAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuery:
    """A query of a file, with the number of its line."""

    query_id: str
    text: str
    line: int


def read(path: Path) -> list[AskedQuery]:
    """The queries of a file, in order.

    Raises:
        InputError: the file cannot be read, or a line is no object with ``id`` and ``query``.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise InputError(
            f"質問のファイルを読めません: {path}（{exc}）。UTF-8 のファイルを指定してください。"
        ) from exc
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
                found.append(AskedQuery(query_id=str(row["id"]), text=str(row["query"]), line=number))
            except (ValueError, KeyError, TypeError) as exc:
                raise InputError(
                    f"質問のファイルの{number}行目を読めません: {path}。"
                    '{"id": "…", "query": "…"} の形で書いてください。'
                ) from exc
    return found


def answer(engine: Engine, asked: AskedQuery) -> AskResult:
    """Answer one query.

    Raises:
        QuestionError: the query cannot be asked; says which line.
    """
    try:
        return engine.ask(asked.text, limit=PASSAGES)
    except QuestionError as exc:
        raise QuestionError(f"質問のファイルの{asked.line}行目: {exc}") from exc


def write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write the rows, one a line.

    Raises:
        InputError: the file cannot be written.
    """
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise InputError(f"結果を書き込めません: {path}（{exc}）。別の場所を指定してください。") from exc
