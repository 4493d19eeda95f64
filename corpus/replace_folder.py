"""Putting a folder in another's place by two renames, the earlier one kept under a name of its own."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from corpus.errors import BackupError

UNPACKED = "-restoring-"
EARLIER = "-before-restore-"


@contextmanager
def new_beside(folder: Path) -> Iterator[Path]:
    """A new folder on the same disk; removed when the block ends, unless it was put in place.

    What earlier runs that were killed left there is removed first.

    Raises:
        BackupError: none can be made.
    """
    for left in unfinished(folder):
        shutil.rmtree(left, ignore_errors=True)
    made = folder.with_name(f"{folder.name}{UNPACKED}{uuid.uuid4().hex[:12]}")
    try:
        made.mkdir(parents=True)
    except OSError as exc:
        raise BackupError(
            f"ライブラリを戻すフォルダーを作れません: {made}（{exc}）。"
            "書き込みのできる場所を --data で指定してください。"
        ) from exc
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def unfinished(folder: Path) -> list[Path]:
    """The folders of restores that were cut short."""
    if not folder.parent.is_dir():
        return []
    return sorted(
        path
        for path in folder.parent.iterdir()
        if path.name.startswith(folder.name + UNPACKED) and path.is_dir()
    )


def earlier(folder: Path) -> list[Path]:
    """The folders that restores have kept, the oldest first."""
    if not folder.parent.is_dir():
        return []
    return sorted(path for path in folder.parent.iterdir() if path.name.startswith(folder.name + EARLIER))


def put_in_place(made: Path, folder: Path, now: datetime) -> Path | None:
    """Give a new folder its name; a folder of that name keeps what it holds under another.

    Args:
        made: the new folder, beside.
        folder: the name that it gets.
        now: local time, for the name that the earlier one gets.

    Returns:
        The earlier folder's new name, None where there was none, or an empty one.

    Raises:
        BackupError: a file in it is open (Windows), or it may not be renamed; all is as it was.
    """
    kept = _moved_away(folder, now)
    try:
        made.rename(folder)
    except OSError as exc:
        raise _in_use(folder, exc, _moved_back(kept, folder)) from exc
    return kept


def _moved_away(folder: Path, now: datetime) -> Path | None:
    if not folder.exists():
        return None
    try:
        if not any(folder.iterdir()):
            folder.rmdir()
            return None
        kept = _free_name(folder, now)
        return folder.rename(kept)
    except OSError as exc:
        raise _in_use(folder, exc) from exc


def _moved_back(kept: Path | None, folder: Path) -> str:
    """Undo the first rename; says where the earlier folder is."""
    try:
        if kept is not None:
            kept.rename(folder)
    except OSError:
        return f"元のライブラリは {kept} にあります。名前を {folder.name} に戻してください。"
    return "ライブラリは元のままです。"


def _free_name(folder: Path, now: datetime) -> Path:
    name = f"{folder.name}{EARLIER}{now:%Y%m%d-%H%M%S}"
    number = 1
    while (kept := folder.with_name(name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return kept


def _in_use(folder: Path, exc: OSError, left: str = "ライブラリは元のままです。") -> BackupError:
    return BackupError(
        f"ライブラリのフォルダーを入れ替えられません: {folder}（{exc}）。"
        "画面（shirube serve）や取り込みを終え、中のファイルを閉じてから、もう一度お試しください。"
        f"{left}"
    )
