"""Putting a backup back: unpacked beside the library, verified there, and only then put in its place."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.backup_manifest import BackupManifest
from corpus.errors import BackupError, InputError, LibraryBusyError, LibraryDamagedError, LibraryError
from corpus.fault import REBUILT, Fault
from corpus.migration import copy_name
from corpus.originals import FOLDER as ORIGINALS
from corpus.replace_folder import earlier, new_beside, put_in_place, unfinished
from corpus.restore import opened_backup
from corpus.schema import STEPS
from corpus.store import STORE_NAME, Store
from index.generation import FOLDER as INDEX
from ui.accounts import NAME as ACCOUNTS
from ui.accounts import Accounts
from ui.audit import FOLDER as AUDIT
from ui.care_verify import Told, verify_library
from ui.intake import bring_up_to_date
from ui.published_places import NAME as PUBLISHED

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDone:
    """What was restored.

    Attributes:
        folder: the library's.
        earlier: where what was there before lies now, None where there was nothing.
        manifest: what the backup held.
        notices: what should be known (Japanese sentences).
    """

    folder: Path
    earlier: Path | None
    manifest: BackupManifest
    notices: tuple[str, ...]


def restore(
    file: Path, folder: Path, *, may_replace: bool = False, now: datetime, told: Told | None = None
) -> RestoreDone:
    """Make a library folder what a backup says.

    Args:
        file: the backup.
        folder: the library's.
        may_replace: whether a library that is there may be put aside.
        now: local time, for the name of what is put aside.
        told: hears of the progress.

    Raises:
        BackupError: the backup cannot be trusted or read, or the folder is in use; all is as it was.
        SchemaVersionError: the backup is of another version of the program.
        LibraryBusyError: documents are being taken in.
    """
    folder = folder.resolve()
    with opened_backup(file) as backup:
        check_folder(folder, may_replace=may_replace)
        replaced = _replaced(folder)
        with new_beside(folder) as made:
            backup.unpack(made, _reading(told))
            notices = _made_usable(made, told)
            _check_idle(folder)
            notices = (*notices, *_keep_people(replaced, made))
            earlier = put_in_place(made, folder, now)
        return RestoreDone(folder=folder, earlier=earlier, manifest=backup.manifest, notices=notices)


def check_folder(folder: Path, *, may_replace: bool) -> None:
    """Refuse a folder that must not be put aside.

    Raises:
        BackupError: it is one.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BackupError(
            f"ライブラリを戻す先がフォルダーではありません: {folder}。--data を確かめてください。"
        )
    if not any(folder.iterdir()):
        return
    if not any((folder / name).exists() for name in (STORE_NAME, INDEX, ORIGINALS)):
        raise BackupError(
            f"ライブラリではないものが入っているフォルダーには戻せません: {folder}。"
            "--data で、別のフォルダーを指定してください。"
        )
    if not may_replace:
        raise BackupError(
            f"すでにライブラリがあります: {folder}。入れ替えてよければ --replace を付けてください"
            "（今のライブラリは、名前を変えて残します）。"
        )


def _made_usable(folder: Path, told: Told | None) -> tuple[str, ...]:
    """Verify what was unpacked; an index of another version of the program is built anew.

    Raises:
        BackupError: it does not hold what it should.
    """
    found = verify_library(folder, told)
    grave = [one for one in found.faults if one.kind not in REBUILT]
    if grave:
        raise _refused(grave)
    for version in STEPS:  # a copy of an older format is in the backup itself
        (folder / copy_name(version)).unlink(missing_ok=True)
    _log_ahead(folder)
    if found.holds:
        return found.notices
    try:
        bring_up_to_date(folder, told)
    except (LibraryError, InputError) as exc:
        return (*found.notices, f"索引を作り直せませんでした。{exc}")
    left = verify_library(folder, told).faults
    if left:
        raise _refused(list(left))
    return (*found.notices, "索引は、このプログラムに合わせて作り直しました。")


def _replaced(folder: Path) -> Path:
    """The library that is replaced; a restore that was killed between its renames put it aside already."""
    was_cut_short = not folder.exists() and unfinished(folder)
    return earlier(folder)[-1] if was_cut_short and earlier(folder) else folder


def _keep_people(folder: Path, made: Path) -> tuple[str, ...]:
    """Let the accounts, the audit log and the places of publishing outlive a library that is replaced.

    A backup brings documents back, not people, and what is published stays published.

    An account that was removed meanwhile, or an old password, does not come back with them.

    Raises:
        BackupError: the accounts cannot be copied.
    """
    if (folder / AUDIT).is_dir():
        shutil.copytree(folder / AUDIT, made / AUDIT)
    if (folder / PUBLISHED).is_file():
        shutil.copy2(folder / PUBLISHED, made / PUBLISHED)
    accounts = Accounts(folder)
    try:
        if not accounts.exist():
            return ()
        (made / ACCOUNTS).unlink(missing_ok=True)
        accounts.copy_to(made / ACCOUNTS)
    except LibraryDamagedError as exc:
        raise BackupError(
            f"今の利用者を引き継げません: {accounts.path}（{exc.__cause__ or exc}）。"
            "壊れているなら、このファイルを別の場所に移してから、もう一度実行すると、控えの利用者に戻ります。"
            "控えの後に取り除いた利用者や変えたパスワードも、控えのときのものになります。"
            "ライブラリは元のままです。"
        ) from exc
    return ("利用者は、控えのものではなく、今のライブラリのものを残しました。ログインはやり直しになります。",)


def _refused(faults: list[Fault]) -> BackupError:
    more = f"ほかに{len(faults) - 1:,}件あります。" if len(faults) > 1 else ""
    return BackupError(
        f"控えの中身に不一致があるため、戻していません（{faults[0].what}: {faults[0].where}）。{more}"
        "別の控えを使ってください。ライブラリは元のままです。"
    )


def _log_ahead(folder: Path) -> None:
    """Give the store the mode in which it is read and written at the same time: a copy comes without it."""
    connection = sqlite3.connect(folder / STORE_NAME)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _check_idle(folder: Path) -> None:
    """Refuse while another program writes; a library that is damaged is nobody's to write to.

    Raises:
        LibraryBusyError: one does.
    """
    try:
        with Store.open(folder).writing():
            pass
    except LibraryBusyError:
        raise
    except (LibraryError, sqlite3.DatabaseError) as exc:
        logger.info("the library in place cannot be used: %s", exc)


def _reading(told: Told | None) -> Callable[[int, int], None] | None:
    return None if told is None else lambda done, total: told("控えの取り出し", done, total)
