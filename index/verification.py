"""Whether an index generation is whole and holds just the passages of the store.

``index.generation.verified_folder`` stops at the first fault, since all it decides is whether to open. Here
every file is looked at, and the rows of each arm are held against the store's.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.document import file_hash
from corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.fault import Fault, FaultKind, fault
from corpus.store_reader import StoreReader
from index.facets import FACETS_NAME, read_facets
from index.filters import Filters
from index.generation import REBUILD, BuiltFrom, current_form, generations_folder, sealed_files
from index.joined import joined_dense, joined_facets, joined_windows
from index.lexical import LexicalConfig, LexicalIndex
from index.parts import DENSE_FOLDER, LEXICAL_FOLDER, WINDOWS_FOLDER, check_parts, parts_of

_NAMED = 3
_FORM = "索引の形式"


def index_faults(
    connection: sqlite3.Connection, library: Path, *, analyzer: str, encoder: str
) -> Iterator[Fault]:
    """The faults of a library's index; none for a library that holds nothing.

    Args:
        connection: a snapshot of the store.
        library: the folder that the generations lie in.
        analyzer: fingerprint of the program's term analyzer.
        encoder: fingerprint of the library's embedding model.
    """
    store = StoreReader(connection)
    name = store.index_generation
    if name is None:
        if store.passage_count():
            yield fault(FaultKind.INDEX, "索引がありません", str(library), REBUILD)
        return
    folder = generations_folder(library) / name
    try:
        built_from, files = sealed_files(library, name)
    except (IndexMissingError, IndexDamagedError, OSError) as exc:
        yield fault(FaultKind.INDEX, "索引の目録を読めません", f"{folder}（{exc}）", REBUILD)
        return
    damaged = list(_file_faults(folder, files))
    yield from damaged
    stale = _stale(built_from, store, analyzer, encoder)
    if stale:
        what = f"索引が、今の{'・'.join(stale)}と合っていません"
        yield fault(FaultKind.STALE, what, str(folder), REBUILD)
    if damaged or _FORM in stale:
        return
    try:
        yield from _row_faults(connection, folder)
    except (ValueError, RuntimeError, KeyError, OSError) as exc:
        yield fault(FaultKind.INDEX, f"索引を開けません（{exc}）", str(folder), REBUILD)


def _file_faults(folder: Path, files: dict[str, str]) -> Iterator[Fault]:
    for name, expected in sorted(files.items()):
        try:
            found = file_hash(folder / name)
        except OSError as exc:
            yield fault(FaultKind.INDEX, "索引のファイルを読めません", f"{folder / name}（{exc}）", REBUILD)
            continue
        if found != expected:
            yield fault(FaultKind.INDEX, "索引のファイルが壊れています", str(folder / name), REBUILD)


def _stale(built_from: BuiltFrom, store: StoreReader, analyzer: str, encoder: str) -> list[str]:
    """What the index was not built from (Japanese)."""
    pairs = {
        "資料": (built_from.revision, store.revision),
        "検索単位の数": (built_from.passages, store.passage_count()),
        "辞書": (built_from.analyzer, analyzer),
        "埋め込みモデル": (built_from.encoder, encoder),
        _FORM: (built_from.form, current_form()),
    }
    return [name for name, (then, now) in pairs.items() if then != now]


def _row_faults(connection: sqlite3.Connection, folder: Path) -> Iterator[Fault]:
    names = {
        int(row): str(name) for row, name in connection.execute("SELECT row_id, passage_id FROM passage")
    }
    parts = parts_of(folder)
    lexical = [
        row
        for part in parts
        for row in LexicalIndex(part.folder / LEXICAL_FOLDER, LexicalConfig()).rows(Filters()).tolist()
    ]
    yield from _differences("語の索引", folder / LEXICAL_FOLDER, lexical, names)
    dense = joined_dense([part.folder / DENSE_FOLDER for part in parts])
    yield from _differences("意味の索引", folder / DENSE_FOLDER, dense.rows, names)
    if len(dense) != len(dense.rows):
        what = f"意味の索引のベクトル（{len(dense):,}）と行（{len(dense.rows):,}）の数が違います"
        yield fault(FaultKind.INDEX, what, str(folder / DENSE_FOLDER), REBUILD)
    windows = joined_windows([part.folder / WINDOWS_FOLDER for part in parts])
    yield from _differences("文の索引", folder / WINDOWS_FOLDER, windows.rows, names)
    held = Counter(name.rpartition("/")[0] for name in names.values())
    if joined_facets([read_facets(part.folder) for part in parts]).documents != dict(held):
        what = "絞り込みの表にある文書と数が、保存した資料と違います"
        yield fault(FaultKind.INDEX, what, str(folder / FACETS_NAME), REBUILD)
    try:
        check_parts(parts, StoreReader(connection).accesses())
    except IndexStaleError:
        what = "索引の区分が、資料の公開範囲と違います"
        yield fault(FaultKind.INDEX, what, str(folder), REBUILD)


def _differences(what: str, folder: Path, rows: Iterable[int], names: dict[int, str]) -> Iterator[Fault]:
    found = Counter(rows)
    missing = [name for row, name in sorted(names.items()) if row not in found]
    if missing:
        named = "、".join(missing[:_NAMED]) + (" ほか" if len(missing) > _NAMED else "")
        yield fault(FaultKind.INDEX, f"{what}にない検索単位が{len(missing):,}か所あります", named, REBUILD)
    foreign = sum(count if row not in names else count - 1 for row, count in found.items())
    if foreign:
        what = f"{what}に、保存した資料にない行が{foreign:,}あります"
        yield fault(FaultKind.INDEX, what, str(folder), REBUILD)
