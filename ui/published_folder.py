"""Publishing a library's state into a folder that other servers read: whole, verified, switched at once.

``current`` in the folder names the present version, a folder that can be opened as a library and is never
changed. A server that was given ``current`` finds another store behind the name with its next question and
opens it; one that is in the middle of an answer still has what it began with, for the version before stays.
Indexes lie beside the versions, so that a name that was read just before the switch still leads to its index.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.access import PUBLIC
from corpus.errors import AccessError, IndexMissingError, LibraryError, LibraryUnwritableError
from corpus.originals import FOLDER as ORIGINALS
from corpus.originals import Originals
from corpus.store import STORE_NAME, Store
from corpus.store_reader import StoreReader
from index.generation import FOLDER as INDEX
from index.generation import REBUILD, generations_folder, verified_folder
from index.own_thesaurus import FILE_NAME as THESAURUS
from index.terms import TermAnalyzer
from ui.library import BUILT_IN, encoder_of

CURRENT = "current"
VERSIONS = "versions"
UNFINISHED = "building-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published.

    Attributes:
        library: what servers are given, the same for every version.
        version: the folder behind it.
        passages: how many it holds.
    """

    library: Path
    version: Path
    passages: int


def publish_to_folder(library: Path, target: Path) -> Published:
    """Publish a library's present state.

    Raises:
        LibraryError: the library cannot be used as it is, or the folder cannot be written; servers go on with
            what was published before.
        AccessError: it holds documents that are not open to all.
    """
    work = target / VERSIONS / f"{UNFINISHED}{uuid.uuid4().hex[:12]}"
    try:
        work.mkdir(parents=True)
        (target / INDEX).mkdir(exist_ok=True)
        Store.open(library).copy_to(work / STORE_NAME)
        store = Store.open(work)
        _check_public(store.reader)
        generation = store.reader.index_generation
        if generation is None:
            raise IndexMissingError(f"索引がまだありません: {library}。{REBUILD}")
        _fill(library, work, target, store.reader, generation)
        passages = store.reader.passage_count()
        store.close()
        version = work.with_name(f"{generation}-{uuid.uuid4().hex[:6]}")
        work.replace(version)
        before = _target_of(target / CURRENT)
        _point(target / CURRENT, version)
        _remove_others(target, keep={version, before or version})
    except (OSError, sqlite3.DatabaseError) as exc:
        raise LibraryUnwritableError(
            f"公開できませんでした: {target}（{exc}）。空き容量と書き込みの権限を確かめ、"
            "取り込みの終わった後でもう一度実行してください。今までに公開したものは元のままです。"
        ) from exc
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Published(library=target / CURRENT, version=version, passages=passages)


def _check_public(store: StoreReader) -> None:
    """Refuse documents that are not open to all: what is published has no accounts to ask for."""
    limited = sum(access != PUBLIC.key for access in store.accesses().values())
    if limited:
        raise AccessError(
            f"公開でない資料が{limited:,}件あるため、公開できません。"
            "その資料を外したライブラリを公開するか、元のライブラリを利用者を登録して使ってください。"
        )


def _fill(library: Path, work: Path, target: Path, store: StoreReader, generation: str) -> None:
    """Put beside the store what belongs to it, and verify the index where it will be read."""
    wanted = target / INDEX / generation
    is_new = not wanted.exists()
    if is_new:
        _copy_generation(generations_folder(library) / generation, wanted)
    (work / INDEX).symlink_to(Path("..", "..", INDEX), target_is_directory=True)
    analyzer = TermAnalyzer()
    encoder = encoder_of(store.encoder or BUILT_IN, analyzer)
    try:
        verified_folder(store, work, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryError:
        if is_new:  # else a server may be reading it
            shutil.rmtree(wanted, ignore_errors=True)
        raise
    (work / ORIGINALS).mkdir()
    originals = Originals(library)
    for sha256 in {document.sha256 for document in store.documents()}:
        found = originals.find(sha256)
        if found is not None:
            _linked(found.path, work / ORIGINALS / found.path.name)
    if (library / THESAURUS).is_file():
        shutil.copy2(library / THESAURUS, work / THESAURUS)


def _copy_generation(source: Path, wanted: Path) -> None:
    """Copy a generation; under its name it is whole."""
    part = wanted.with_name(f"{UNFINISHED}{uuid.uuid4().hex[:12]}")
    try:
        shutil.copytree(source, part)
        part.replace(wanted)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _linked(source: Path, wanted: Path) -> None:
    """A second name for a file that never changes; a copy where the disk gives none."""
    try:
        os.link(source, wanted)
    except OSError:
        shutil.copy2(source, wanted)


def _target_of(current: Path) -> Path | None:
    return current.parent / current.readlink() if current.is_symlink() else None


def _point(current: Path, version: Path) -> None:
    """Let the name stand for another version; whoever looks sees the old one or the new one."""
    made = current.with_name(f".{CURRENT}-{uuid.uuid4().hex[:12]}")
    made.symlink_to(version.relative_to(current.parent), target_is_directory=True)
    made.replace(current)


def _remove_others(target: Path, *, keep: set[Path]) -> None:
    """Remove the versions but these, and the indexes that none of these has."""
    names = {path.name.rpartition("-")[0] for path in keep}
    for path in (target / VERSIONS).iterdir():
        if path not in keep:
            shutil.rmtree(path, ignore_errors=True)
    for path in (target / INDEX).iterdir():
        if path.name not in names:
            with suppress(OSError):
                shutil.rmtree(path)
