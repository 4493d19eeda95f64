"""Writing a backup 「控え」: one ZIP file with a list of hashes, whole under its name or not there.

It is written in a folder aside, read again from the disk and only then given its name. Where the files come
from and which of them belong together is for the caller to say (``ui.care_backup``).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from corpus.backup_manifest import MANIFEST_NAME, BackedUpFile, BackupManifest, check_name
from corpus.errors import BackupError

PART = ".part"

_BLOCK = 1 << 20
_PACKED = frozenset({".pdf", ".xlsx", ".xlsm", ".docx", ".pptx", ".zip", ".png", ".jpg", ".faiss"})
"""Endings of files that do not get smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToKeep:
    """A file that goes into a backup.

    Attributes:
        path: where it lies now.
        sha256: what it must be, empty where nothing says so.
    """

    path: Path
    sha256: str = ""


class FileChangedError(Exception):
    """A file is gone or is not what it was expected to be."""


@contextmanager
def aside(target: Path) -> Iterator[Path]:
    """A folder beside a file that is to be written; gone when the block ends, with all in it.

    What earlier runs that were killed left for the same file is removed.

    Raises:
        BackupError: nothing can be written there.
    """
    _drop_unfinished(target)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{target.name}.", suffix=PART, dir=target.parent))
    except OSError as exc:
        raise unwritable(target, exc) from exc
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_archive(
    path: Path,
    files: Mapping[str, FileToKeep],
    manifest: BackupManifest,
    now: datetime,
) -> BackupManifest:
    """Write the files and their manifest into a new archive and make it durable.

    Args:
        path: of the archive.
        files: by their names in the backup.
        manifest: what the backup is made of; its list of files is made here.
        now: the time that the archive's entries bear.

    Raises:
        FileChangedError: a file is gone or its hash is another than expected.
        OSError: the archive cannot be written.
    """
    written: dict[str, BackedUpFile] = {}
    with path.open("xb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            for name in sorted(files):
                check_name(name)
                written[name] = _write(archive, name, files[name], now)
            made = BackupManifest(
                made_at=manifest.made_at,
                schema_version=manifest.schema_version,
                revision=manifest.revision,
                generation=manifest.generation,
                documents=manifest.documents,
                passages=manifest.passages,
                files=written,
            )
            archive.writestr(_entry(MANIFEST_NAME, now), made.to_json())
        raw.flush()
        os.fsync(raw.fileno())
    return made


def give_name(path: Path, target: Path, *, is_forced: bool) -> None:
    """Give a finished archive its name.

    Raises:
        BackupError: there is a file by that name meanwhile, or the folder does not let it.
    """
    check_target(target, is_forced=is_forced)
    try:
        path.replace(target)
    except OSError as exc:
        raise unwritable(target, exc) from exc


def check_target(target: Path, *, is_forced: bool) -> None:
    """Refuse a place where no backup can be written.

    Raises:
        BackupError: it is one.
    """
    if target.is_dir():
        raise BackupError(
            f"控えの書き込み先がフォルダーです: {target}。"
            f"{target / '控え.zip'} のように、ファイルの名前を付けてください。"
        )
    if not target.parent.is_dir():
        raise BackupError(f"控えを置くフォルダーがありません: {target.parent}。先に作ってください。")
    if target.exists() and not is_forced:
        raise BackupError(
            f"同じ名前のファイルがすでにあります: {target}。"
            "別の名前にするか、置き換えてよければ --force を付けてください。"
        )


def unwritable(target: Path, exc: Exception) -> BackupError:
    """What is said where a backup cannot be written."""
    return BackupError(
        f"控えを書き込めません: {target}（{exc}）。空き容量と書き込みの権限を確かめてください。"
        "ライブラリは元のままで、作りかけの控えは残していません。"
    )


def _write(archive: zipfile.ZipFile, name: str, file: FileToKeep, now: datetime) -> BackedUpFile:
    entry = _entry(name, now)
    if file.path.suffix.lower() in _PACKED:
        entry.compress_type = zipfile.ZIP_STORED
    try:
        source = file.path.open("rb")
    except OSError as exc:
        raise FileChangedError(f"{file.path}: {exc}") from exc
    digest, size = hashlib.sha256(), 0
    with source, archive.open(entry, "w", force_zip64=True) as packed:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            packed.write(block)
    if file.sha256 and digest.hexdigest() != file.sha256:
        raise FileChangedError(str(file.path))
    return BackedUpFile(size=size, sha256=digest.hexdigest())


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100600 << 16
    return entry


def _drop_unfinished(target: Path) -> None:
    for folder in target.parent.glob("*" + PART):
        if folder.name.startswith(f"{target.name}.") and folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)
