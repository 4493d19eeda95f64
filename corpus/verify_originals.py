"""Whether the kept originals are, byte for byte, the files that the documents were read from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from corpus.document import file_hash
from corpus.fault import Fault, FaultKind, fault
from corpus.originals import Original, Originals
from corpus.store_writer import KEPT


def original_faults(connection: sqlite3.Connection, library: Path) -> Iterator[Fault]:
    """Damaged originals, and those that were kept and are gone.

    Args:
        connection: a snapshot of the store.
        library: the folder that the originals lie in.
    """
    originals = Originals(library)
    for document_id, source, sha256, noted in _documents(connection):
        found, why = _found(originals, sha256)
        if why:
            remedy = "フォルダーとファイルを読む権限を確かめてください。"
            yield fault(
                FaultKind.ORIGINAL,
                f"原本を読めません（{why}）",
                f"{source}（{document_id}）",
                remedy,
                document_id,
            )
            continue
        if found is None:
            if noted:
                remedy = "元のファイルをもう一度取り込むと、補われます。"
                yield fault(
                    FaultKind.ORIGINAL,
                    "原本がなくなっています",
                    f"{source}（{document_id}）",
                    remedy,
                    document_id,
                )
            continue
        try:
            is_whole, why = file_hash(found.path) == sha256, ""
        except OSError as exc:
            is_whole, why = False, f"（{exc}）"
        if not is_whole:
            remedy = "このファイルを消して、元のファイルをもう一度取り込むと、補われます。"
            what = f"原本が、取り込んだときと違います{why}"
            yield fault(FaultKind.ORIGINAL, what, f"{found.path}（{source}）", remedy, document_id)


def held_originals(connection: sqlite3.Connection, library: Path) -> dict[str, Path]:
    """The originals of the documents that have one, by hash."""
    originals = Originals(library)
    found = {sha256: _found(originals, sha256)[0] for _, _, sha256, _ in _documents(connection)}
    return {sha256: one.path for sha256, one in found.items() if one is not None}


def unkept(connection: sqlite3.Connection, library: Path) -> int:
    """How many documents never had their original kept, as far as the library knows."""
    originals = Originals(library)
    return sum(
        not noted and _found(originals, sha256) == (None, "")
        for _, _, sha256, noted in _documents(connection)
    )


def _found(originals: Originals, sha256: str) -> tuple[Original | None, str]:
    """The copy of a hash, and why it cannot be looked for, empty where it can."""
    try:
        return originals.find(sha256), ""
    except OSError as exc:
        return None, str(exc)


def _documents(connection: sqlite3.Connection) -> list[tuple[str, str, str, bool]]:
    sql = (
        "SELECT document_id, source, sha256, EXISTS (SELECT 1 FROM meta WHERE key = ? || document_id) "
        "FROM document ORDER BY document_id"
    )
    return [(str(a), str(b), str(c), bool(noted)) for a, b, c, noted in connection.execute(sql, (KEPT,))]
