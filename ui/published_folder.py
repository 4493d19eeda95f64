"""Publishing a library's state into a folder that other servers read: whole, verified, switched at once.

``current`` in the folder names the present version, a folder that can be opened as a library and is never
changed. A server that was given ``current`` finds another store behind the name with its next question and
opens it; one that is in the middle of an answer still has what it began with, for the version before stays.
Indexes lie beside the versions, so that a name that was read just before the switch still leads to its index.

What is published has no accounts to ask for, so documents that are not open to all are left out, with every
word of them: they are removed from the copy, which gets an index of its own. Where a version before still has
a document that the new one must not show, it does not stay.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.access import PUBLIC
from corpus.errors import IndexMissingError, LibraryError, LibraryUnwritableError
from corpus.originals import Originals
from corpus.store import STORE_NAME, Store
from corpus.store_reader import StoreReader
from index.generation import FOLDER as INDEX
from index.generation import REBUILD, generations_folder, verified_folder
from index.own_thesaurus import FILE_NAME as THESAURUS
from index.terms import TermAnalyzer
from ui.intake import bring_up_to_date
from ui.library import BUILT_IN, encoder_of
from ui.published_places import CURRENT, remember

logger = logging.getLogger(__name__)

VERSIONS = "versions"
UNFINISHED = "building-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was published.

    Attributes:
        library: what servers are given, the same for every version.
        version: the folder behind it.
        passages: how many it holds.
        left_out: how many documents are not in it, because they are not open to all.
        is_withdrawn: whether the version before was removed at once, since it showed what must not be shown.
    """

    library: Path
    version: Path
    passages: int
    left_out: int
    is_withdrawn: bool


def publish_to_folder(library: Path, target: Path) -> Published:
    """Publish what a library's present state opens to all.

    Raises:
        LibraryError: the library cannot be used as it is, or the folder cannot be written; servers go on with
            what was published before.
    """
    work = target / VERSIONS / f"{UNFINISHED}{uuid.uuid4().hex[:12]}"
    try:
        _check_target(library, target)
        work.mkdir(parents=True)
        (target / INDEX).mkdir(exist_ok=True)
        Store.open(library).copy_to(work / STORE_NAME)
        left_out = _leave_out(work)
        store = Store.open(work)
        generation = store.reader.index_generation
        if generation is None:
            raise IndexMissingError(f"索引がまだありません: {library}。{REBUILD}")
        _fill(library, work, target, store.reader, generation)
        passages, shown = store.reader.passage_count(), _documents(store)
        store.close()
        version = work.with_name(f"{generation}-{uuid.uuid4().hex[:6]}")
        work.replace(version)
        before = _target_of(target / CURRENT)
        remember(library, target)
        _point(target / CURRENT, version)
        is_withdrawn = before is not None and left_out > 0 and not _all_in(before, shown)
        _remove_others(target, keep={version} if before is None or is_withdrawn else {version, before})
    except (OSError, sqlite3.DatabaseError) as exc:
        raise LibraryUnwritableError(
            f"公開できませんでした: {target}（{exc}）。空き容量と書き込みの権限を確かめ、"
            "取り込みの終わった後でもう一度実行してください。今までに公開したものは元のままです。"
        ) from exc
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Published(
        library=target / CURRENT,
        version=version,
        passages=passages,
        left_out=left_out,
        is_withdrawn=is_withdrawn,
    )


def _check_target(library: Path, target: Path) -> None:
    """Refuse a folder of which something else would be lost: what is not of the present version is removed.

    Raises:
        LibraryUnwritableError: it is a library, lies in the one that is published, or holds other things.
    """
    if target.resolve().is_relative_to(library.resolve()) or (target / STORE_NAME).exists():
        raise LibraryUnwritableError(
            f"ライブラリのフォルダーには公開できません: {target}。公開用に別のフォルダーを指定してください。"
        )
    held = {path.name for path in target.iterdir()} if target.is_dir() else set()
    held = {name for name in held if not name.startswith(f".{CURRENT}-")}  # left where one was killed
    is_own = (target / CURRENT).is_symlink() or (VERSIONS in held and held <= {VERSIONS, INDEX})
    if held and not is_own:
        raise LibraryUnwritableError(
            f"ほかのものが入っているフォルダーには公開できません: {target}。"
            "空のフォルダーか、前に公開したフォルダーを指定してください。"
        )


def _leave_out(work: Path) -> int:
    """Remove from a copy of a store what is not open to all; returns how many documents that were.

    The copy is then written anew, since SQLite leaves removed rows where they were.
    """
    store = Store.open(work)
    with store.writing() as writer:
        left_out = writer.keep_only(PUBLIC)
    if left_out:
        bring_up_to_date(work)
    whole = work / f"{UNFINISHED}{STORE_NAME}"
    store.copy_to(whole)
    store.close()
    for path in work.glob(f"{STORE_NAME}*"):  # with the log and its index, if SQLite has left them
        path.unlink()
    whole.replace(work / STORE_NAME)
    return left_out


def _documents(store: Store) -> set[str]:
    return {document.document_id for document in store.reader.documents()}


def _all_in(version: Path, shown: set[str]) -> bool:
    """Whether a version shows nothing but these documents; one that cannot be read may show anything."""
    try:
        store = Store.open(version)
        found = _documents(store)
        store.close()
    except (LibraryError, sqlite3.DatabaseError) as exc:
        logger.warning("the version before cannot be read, and does not stay: %s (%s)", version, exc)
        return False
    return found <= shown


def _fill(library: Path, work: Path, target: Path, store: StoreReader, generation: str) -> None:
    """Put beside the store what belongs to it, and verify the index where it will be read."""
    wanted = target / INDEX / generation
    is_new = not wanted.exists()
    built = generations_folder(work)  # of its own, where documents were left out
    if is_new:
        _copy_generation(generations_folder(work if built.exists() else library) / generation, wanted)
    shutil.rmtree(built, ignore_errors=True)
    (work / INDEX).symlink_to(Path("..", "..", INDEX), target_is_directory=True)
    analyzer = TermAnalyzer()
    encoder = encoder_of(store.encoder or BUILT_IN, analyzer)
    try:
        verified_folder(store, work, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryError:
        if is_new:  # else a server may be reading it
            shutil.rmtree(wanted, ignore_errors=True)
        raise
    originals = Originals(library)
    for sha256 in {document.sha256 for document in store.documents()}:
        found = originals.find(sha256)
        if found is not None:
            _linked(found.path, work / found.path.relative_to(library))
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
    wanted.parent.mkdir(parents=True, exist_ok=True)
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
