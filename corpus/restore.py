"""Reading a backup back: nothing of it is believed before it is checked, and it is unpacked beside.

An archive is refused as a whole where a name, a size or a kind of entry is not of this program's own making,
or where a hash does not hold. What was unpacked from a refused one is removed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus.backup_manifest import LARGEST_MANIFEST, MANIFEST_NAME, BackedUpFile, BackupManifest, manifest_of
from corpus.errors import BackupError, SchemaVersionError
from corpus.schema import SCHEMA_VERSION, STEPS
from corpus.zip_damage import DAMAGE

Told = Callable[[int, int], None]

_BLOCK = 1 << 20
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_OTHER = "別の控えを使ってください。ライブラリは元のままです。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreLimits:
    """How much a backup may hold.

    Attributes:
        files: entries.
        ratio: unpacked to packed bytes, asked of files above ``ratio_from`` bytes.
        ratio_from: bytes below which no ratio is suspicious.
        spare_bytes: what must stay free on the disk.
    """

    files: int = 500_000
    ratio: int = 300
    ratio_from: int = 50_000_000
    spare_bytes: int = 50_000_000


class OpenedBackup:
    """A backup whose list and entries were checked; its files' bytes are checked as they are read."""

    def __init__(self, archive: zipfile.ZipFile, limits: RestoreLimits) -> None:
        """Check an archive as a whole.

        Raises:
            BackupError: it is none of this program's backups, or is damaged.
            SchemaVersionError: its store is of another version of the program.
        """
        self._archive = archive
        self._entries = _entries(archive, limits)
        self.manifest = _manifest(archive, self._entries)
        _check_against(self.manifest, self._entries, limits)

    def check(self, told: Told | None = None) -> None:
        """Read every file and hold it against its hash.

        Raises:
            BackupError: one is damaged.
        """
        for name in self._names(told):
            for _ in self._blocks(name):
                pass

    def unpack(self, folder: Path, told: Told | None = None, limits: RestoreLimits | None = None) -> None:
        """Unpack every file into an empty folder, durably.

        Raises:
            BackupError: one is damaged, or there is no room.
        """
        spare = (limits or RestoreLimits()).spare_bytes
        try:
            free = shutil.disk_usage(folder).free
            if self.manifest.size + spare > free:
                raise BackupError(
                    f"空き容量が足りません: {folder.parent}（必要{_megabytes(self.manifest.size + spare)}MB、"
                    f"空き{_megabytes(free)}MB）。空きを作るか、--data で別の場所を指定してください。"
                )
            for name in self._names(told):
                self._unpack(name, folder)
        except OSError as exc:
            raise BackupError(
                f"控えを取り出せません: {folder.parent}（{exc}）。"
                "空き容量と書き込みの権限を確かめてください。ライブラリは元のままです。"
            ) from exc

    def _names(self, told: Told | None) -> Iterator[str]:
        for done, name in enumerate(sorted(self.manifest.files)):
            if told is not None:
                told(done, len(self.manifest.files))
            yield name

    def _unpack(self, name: str, folder: Path) -> None:
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for block in self._blocks(name):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def _blocks(self, name: str) -> Iterator[bytes]:
        """A file's bytes; never more than its manifest says, whatever its header does."""
        expected = self.manifest.files[name]
        digest, size = hashlib.sha256(), 0
        packed = _open(self._archive, self._entries[name])
        with packed:
            while block := _read(packed, name):
                size += len(block)
                if size > expected.size:
                    break
                digest.update(block)
                yield block
        if size != expected.size or digest.hexdigest() != expected.sha256:
            raise BackupError(f"控えの中のファイルが、目録のハッシュと合いません: {name}。{_OTHER}")


@contextmanager
def opened_backup(path: Path, limits: RestoreLimits | None = None) -> Iterator[OpenedBackup]:
    """Open a backup.

    Raises:
        BackupError: see ``OpenedBackup``; or the file cannot be read.
        SchemaVersionError: see ``OpenedBackup``.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as exc:
        raise BackupError(f"控えのファイルがありません: {path}。名前と場所を確かめてください。") from exc
    except (PermissionError, IsADirectoryError) as exc:
        raise BackupError(f"控えのファイルを読めません: {path}（{exc}）。権限を確かめてください。") from exc
    except DAMAGE as exc:
        raise BackupError(
            f"控えとして開けません: {path}。途中で切れているか、壊れています。{_OTHER}"
        ) from exc
    with archive:
        yield OpenedBackup(archive, limits or RestoreLimits())


def _entries(archive: zipfile.ZipFile, limits: RestoreLimits) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > limits.files:
        raise BackupError(f"控えの中のファイルが多すぎます（{len(infos):,}件）。安全のため戻しません。")
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.orig_filename
        if name in entries:
            raise BackupError(f"控えの中に同じ名前が2回あります: {name[:80]!r}。安全のため戻しません。")
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.is_dir() or kind not in (0, stat.S_IFREG):
            raise BackupError(
                f"控えの中に、リンクなどファイルでないものがあります: {name[:80]!r}。安全のため戻しません。"
            )
        if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
            raise BackupError(f"控えの中に、このプログラムの使わない圧縮があります: {name[:80]!r}。{_OTHER}")
        entries[name] = info
    return entries


def _manifest(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> BackupManifest:
    info = entries.get(MANIFEST_NAME)
    if info is None or info.file_size > LARGEST_MANIFEST:
        raise BackupError(
            f"控えの目録（{MANIFEST_NAME}）がありません。「shirube backup」の作った控えか確かめてください。"
        )
    with _open(archive, info) as file:
        text = bytearray()
        while block := _read(file, MANIFEST_NAME):
            text += block
            if len(text) > LARGEST_MANIFEST:
                raise BackupError(f"控えの目録（{MANIFEST_NAME}）が大きすぎます。安全のため戻しません。")
    return manifest_of(bytes(text))


def _check_against(
    manifest: BackupManifest, entries: dict[str, zipfile.ZipInfo], limits: RestoreLimits
) -> None:
    if manifest.schema_version not in (SCHEMA_VERSION, *STEPS):
        raise SchemaVersionError(
            f"控えのライブラリの形式が違います（形式{manifest.schema_version}、このプログラムは形式{SCHEMA_VERSION}）。"
            "控えを作ったときと同じ版のプログラムで戻してください。"
        )
    listed, held = set(manifest.files), set(entries) - {MANIFEST_NAME}
    if listed != held:
        odd = sorted(listed ^ held)[0]
        raise BackupError(f"控えの目録と中身が合いません: {odd[:80]!r}。安全のため戻しません。{_OTHER}")
    if len({name.casefold() for name in listed}) != len(listed):
        raise BackupError(
            f"控えの中に、大文字と小文字だけが違う名前があります。安全のため戻しません。{_OTHER}"
        )
    for name, file in manifest.files.items():
        _check_size(name, file, entries[name], limits)


def _check_size(name: str, file: BackedUpFile, info: zipfile.ZipInfo, limits: RestoreLimits) -> None:
    is_bomb = file.size > limits.ratio_from and file.size / max(info.compress_size, 1) > limits.ratio
    if file.size != info.file_size or is_bomb:
        raise BackupError(
            f"控えの中の「{name}」の大きさ（{_megabytes(file.size)}MB）が不自然です。安全のため戻しません。"
        )


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> zipfile.ZipExtFile:
    try:
        return archive.open(info)  # type: ignore[return-value]
    except DAMAGE as exc:
        raise _damaged(info.filename) from exc


def _read(file: zipfile.ZipExtFile, name: str) -> bytes:
    try:
        return file.read(_BLOCK)
    except DAMAGE as exc:
        raise _damaged(name) from exc


def _damaged(name: str) -> BackupError:
    return BackupError(f"控えの中のファイルが壊れています: {name[:80]}。{_OTHER}")


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
