"""Making a backup 「控え」 of a library, also while it serves and while documents are taken in.

The store is copied in one state, verified, and the files that belong to that state are added. Files may go
while they are copied, since an ingest removes what its new state no longer needs: then all begins anew.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.backup import (
    FileChangedError,
    FileToKeep,
    aside,
    check_target,
    give_name,
    unwritable,
    write_archive,
)
from corpus.backup_manifest import BackupManifest
from corpus.errors import BackupError, LibraryBusyError, LibraryDamagedError, LibraryError
from corpus.fault import REBUILT
from corpus.originals import FOLDER as ORIGINALS
from corpus.restore import opened_backup
from corpus.schema import SCHEMA_VERSION
from corpus.store import STORE_NAME, Store
from corpus.store_reader import StoreReader
from corpus.user_data import USER_DATA_NAME, UserData
from corpus.verify_originals import held_originals
from index.generation import FOLDER as INDEX
from index.generation import MANIFEST_NAME, generations_folder, sealed_files
from index.own_thesaurus import FILE_NAME, KEPT_NAME
from ui.accounts import NAME as ACCOUNTS
from ui.accounts import Accounts
from ui.care_people import people_faults
from ui.care_verify import Told, Verification, verify_files

logger = logging.getLogger(__name__)

_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDone:
    """What was backed up.

    Attributes:
        path: the backup.
        size: of the file, in bytes.
        manifest: what it holds.
        notices: what should be known (Japanese sentences).
    """

    path: Path
    size: int
    manifest: BackupManifest
    notices: tuple[str, ...]


def back_up(folder: Path, target: Path, *, is_forced: bool = False, told: Told | None = None) -> BackupDone:
    """Write a library into one file.

    Args:
        folder: the library's.
        target: the file.
        is_forced: whether a file of that name may be replaced.
        told: hears of the progress.

    Raises:
        BackupError: the file is there, cannot be written, or the library does not hold what it should.
        LibraryError: there is no library, or it changes all the time.
    """
    store, target = Store.open(folder), target.resolve()
    if target.is_relative_to(folder.resolve()):
        raise BackupError(
            f"控えは、ライブラリのフォルダーの外に置いてください: {target}。別のディスクをお勧めします。"
        )
    check_target(target, is_forced=is_forced)
    for _ in range(_TRIES):
        try:
            return _tried(store, target, is_forced=is_forced, told=told)
        except FileChangedError as exc:
            logger.info("the library changed while it was copied: %s", exc)
    raise LibraryBusyError(
        f"控えを取る間にライブラリが変わり続けています: {folder}。"
        "取り込みが終わってから、もう一度お試しください。"
    )


def _tried(store: Store, target: Path, *, is_forced: bool, told: Told | None) -> BackupDone:
    now = datetime.now(UTC)
    try:
        with aside(target) as work:
            copy = _copied(store, work)
            found = verify_files(copy, store.folder, told)
            _check(found, store, copy)
            files, manifest = _contents(copy, store.folder, found, now)
            if UserData(store.folder).copy_to(work / USER_DATA_NAME):
                files[USER_DATA_NAME] = FileToKeep(path=work / USER_DATA_NAME)
            accounts = Accounts(store.folder)
            if accounts.path.is_file():
                accounts.copy_to(work / ACCOUNTS)
                files[ACCOUNTS] = FileToKeep(path=work / ACCOUNTS)
            _check_people(work, store.folder)
            archive = work / "backup.zip"
            written = write_archive(archive, files, manifest, now.astimezone())
            with opened_backup(archive) as backup:
                backup.check(_reading(told))
            size = archive.stat().st_size
            give_name(archive, target, is_forced=is_forced)
    except OSError as exc:
        raise unwritable(target, exc) from exc
    return BackupDone(path=target, size=size, manifest=written, notices=_notices(found))


def _copied(store: Store, work: Path) -> Store:
    """One state of the store, in a folder of its own."""
    try:
        store.copy_to(work / STORE_NAME)
    except sqlite3.OperationalError as exc:
        raise OSError(str(exc)) from exc
    except sqlite3.DatabaseError as exc:
        raise LibraryDamagedError(
            f"ライブラリのファイルが壊れているため、控えを取れません: {store.folder / STORE_NAME}（{exc}）。"
            "「shirube verify」で確かめてください。"
        ) from exc
    return Store.open(work)


def _check(found: Verification, store: Store, copy: Store) -> None:
    """Refuse a library that could not be restored from its backup.

    Raises:
        FileChangedError: it has changed since it was copied, which may be all there is to it.
        BackupError: it does not hold what it should.
    """
    if found.holds:
        return
    if store.reader.index_generation != copy.reader.index_generation:
        copy.close()
        raise FileChangedError("another generation is in place")
    copy.close()
    grave = [one for one in found.faults if one.kind not in REBUILT]
    if grave:
        more = f"ほかに{len(grave) - 1:,}件あります。" if len(grave) > 1 else ""
        raise BackupError(
            f"ライブラリに不一致があるため、控えを取っていません。{grave[0].line}{more}"
            "「shirube verify」ですべてを確かめられます。"
        )


def _check_people(work: Path, library: Path) -> None:
    """Refuse what people keep where the copy of it is damaged, for a restore would bring nothing else.

    Raises:
        BackupError: it is.
    """
    for one in people_faults(work):
        raise BackupError(f"{one.what}: {library / Path(one.where).name}。控えを取っていません。{one.remedy}")


def _contents(
    copy: Store, library: Path, found: Verification, now: datetime
) -> tuple[dict[str, FileToKeep], BackupManifest]:
    """The files of one state with their names in the backup."""
    files = {STORE_NAME: FileToKeep(path=copy.folder / STORE_NAME)}
    with copy.snapshot() as connection:
        reader = StoreReader(connection)
        name = "" if any(one.kind in REBUILT for one in found.faults) else reader.index_generation or ""
        originals = held_originals(connection, library)
        if len(originals) != found.checked["originals"]:
            raise FileChangedError("an original is gone")
        for sha256, path in originals.items():
            files[f"{ORIGINALS}/{sha256[:2]}/{path.name}"] = FileToKeep(path=path, sha256=sha256)
        manifest = BackupManifest(
            made_at=now.isoformat(timespec="seconds"),
            schema_version=SCHEMA_VERSION,
            revision=reader.revision,
            generation=name,
            documents=found.checked["documents"],
            passages=found.checked["passages"],
            files={},
        )
    if name:
        files |= _index_files(library, name)
    for own in (FILE_NAME, KEPT_NAME):
        if (library / own).is_file():
            files[own] = FileToKeep(path=library / own)
    return files, manifest


def _index_files(library: Path, name: str) -> dict[str, FileToKeep]:
    folder = generations_folder(library) / name
    try:
        _, hashes = sealed_files(library, name)
    except LibraryError as exc:
        raise FileChangedError(str(exc)) from exc
    files = {
        f"{INDEX}/{name}/{one}": FileToKeep(path=folder / one, sha256=sha256)
        for one, sha256 in hashes.items()
    }
    return {**files, f"{INDEX}/{name}/{MANIFEST_NAME}": FileToKeep(path=folder / MANIFEST_NAME)}


def _notices(found: Verification) -> tuple[str, ...]:
    if found.holds:
        return found.notices
    return (
        *found.notices,
        "索引は今の資料・辞書と合わないため、控えに入れていません。戻すときに作り直します。",
    )


def _reading(told: Told | None) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, total: told("控えの確認", done, total)
