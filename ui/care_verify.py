"""Verifying 「検査」 a library as a whole: store, index and originals, in one state of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import (
    IndexDamagedError,
    IndexMissingError,
    InputError,
    LibraryDamagedError,
    LibraryUnwritableError,
)
from corpus.fault import Fault, FaultKind, fault
from corpus.sqlite_denied import denied, is_denied
from corpus.store import STORE_NAME, Store
from corpus.store_reader import StoreReader
from corpus.verification import store_faults, unsealed
from corpus.verify_originals import held_originals, original_faults, unkept
from corpus.verify_structure import REMEDY, has_tables
from index.generation import REBUILD, sealed_files
from index.terms import TermAnalyzer
from index.verification import index_faults
from ui.care_people import people_faults
from ui.library import BUILT_IN, encoder_of

Told = Callable[[str, int, int], None]
"""Told what is being done (Japanese), how much of it is done, and how much there is."""

_TRIES = 3
_COUNTED = {
    "documents": "SELECT count(*) FROM document",
    "sheets": "SELECT count(*) FROM sheet",
    "passages": "SELECT count(*) FROM passage",
    "indicators": "SELECT count(*) FROM indicator",
    "seals": "SELECT count(*) FROM meta WHERE substr(key, 1, 5) = 'seal:'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a verification found.

    Attributes:
        checked: how many documents, sheets, passages, indicators, seals, originals and index files there are.
        faults: in the order in which they were found.
        notices: what is no fault and should be known (Japanese sentences).
    """

    checked: dict[str, int]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all is as it should be."""
        return not self.faults


def verify_library(folder: Path, told: Told | None = None) -> Verification:
    """Verify documents, index and originals of a library; where it changes under the eyes, once more.

    Raises:
        LibraryMissingError: there is none.
        LibraryUnwritableError: it cannot be opened for want of rights or room.
        SchemaVersionError: it was written by another version of the program.
    """
    try:
        store = Store.open(folder)
        for _ in range(_TRIES):
            before = _state(store)
            found = verify_files(store, folder, told)
            if found.holds or _state(store) == before:
                break
    except (LibraryDamagedError, sqlite3.DatabaseError) as exc:
        if is_denied(exc):
            raise LibraryUnwritableError(denied(folder / STORE_NAME, exc)) from exc
        what = f"ライブラリのファイルを読めません（{exc.__cause__ or exc}）"
        damage = fault(FaultKind.STORE, what, str(folder / STORE_NAME), REMEDY)
        return Verification(checked={}, faults=(damage,))
    return found


def verify_all(folder: Path, told: Told | None = None) -> Verification:
    """Verify a library with the accounts and what people keep beside the documents.

    Raises: see ``verify_library``.
    """
    found = verify_library(folder, told)
    return replace(found, faults=(*found.faults, *people_faults(folder)))


def verify_files(store: Store, library: Path, told: Told | None = None) -> Verification:
    """Verify a store with the files of a library, which may lie in another folder.

    Raises:
        sqlite3.DatabaseError: the store cannot be read at all.
    """
    with store.snapshot() as connection:
        faults = list(store_faults(connection, _documents(told)))
        if not has_tables(connection):
            return Verification(checked={}, faults=tuple(faults))
        checked = {name: _count(connection, sql) for name, sql in _COUNTED.items()}
        _tell(told, "索引の検査")
        faults += _index(connection, library)
        _tell(told, "原本の検査")
        try:
            faults += original_faults(connection, library)
            checked["originals"] = len(held_originals(connection, library))
            notices = _notices(connection, library)
        except sqlite3.DatabaseError as exc:
            faults.append(fault(FaultKind.STORE, f"文書の表を読めません（{exc}）", STORE_NAME, REMEDY))
            notices = ()
        checked["index_files"] = _index_files(connection, library)
    return Verification(checked=checked, faults=tuple(faults), notices=notices)


def _index(connection: sqlite3.Connection, library: Path) -> list[Fault]:
    analyzer = TermAnalyzer()
    try:
        encoder = encoder_of(StoreReader(connection).encoder or BUILT_IN, analyzer)
    except InputError as exc:
        return [fault(FaultKind.STALE, f"埋め込みモデルを使えません（{exc}）", str(library), REBUILD)]
    names = {"analyzer": analyzer.fingerprint, "encoder": encoder.fingerprint}
    try:
        return list(index_faults(connection, library, **names))
    except sqlite3.DatabaseError as exc:
        return [fault(FaultKind.STORE, f"検索単位の表を読めません（{exc}）", STORE_NAME, REMEDY)]


def _notices(connection: sqlite3.Connection, library: Path) -> tuple[str, ...]:
    found = []
    if count := unsealed(connection):
        found.append(
            f"{count:,}件の文書は、以前の版で取り込んだため、取り込んだときの内容の記録がありません。"
            "原文と検索単位の照合だけをしました。"
        )
    if count := unkept(connection, library):
        found.append(
            f"{count:,}件の文書には、原本の控えがありません。元のファイルを取り込み直すと補われます。"
        )
    return tuple(found)


def _count(connection: sqlite3.Connection, sql: str) -> int:
    try:
        return int(connection.execute(sql).fetchone()[0])
    except sqlite3.DatabaseError:
        return 0  # the damage is told as a fault of the store


def _index_files(connection: sqlite3.Connection, library: Path) -> int:
    name = StoreReader(connection).index_generation
    if name is None:
        return 0
    try:
        return len(sealed_files(library, name)[1])
    except (IndexMissingError, IndexDamagedError, OSError):
        return 0  # told as a fault of the index


def _state(store: Store) -> tuple[str | None, int]:
    with store.snapshot() as connection:
        reader = StoreReader(connection)
        return reader.index_generation, reader.revision


def _documents(told: Told | None) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, total: told("文書の検査", done, total)


def _tell(told: Told | None, what: str) -> None:
    if told is not None:
        told(what, 0, 1)
