"""A ZIP file's members, as far as they are safe to take in.

A ZIP from a Windows machine in a town hall names its files in cp932 unless it says UTF-8. What is sent in may
also be damaged or hostile: more files, more depth or more bytes than a person would pack, names that lead out
of the folder. Such an archive is refused as a whole, before anything of it is unpacked. A package of office
parts is opened at once; an archive of documents is listed first and its files are unpacked one at a time, so
that no more than one of them is ever in memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.errors import InputError, UnsupportedFileError
from corpus.zip_damage import DAMAGE

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_MEGABYTE = 1 << 20
_CHUNK = 1 << 16
_DRIVE = re.compile("[A-Za-z]:")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much an archive may hold.

    Attributes:
        members: files.
        depth: folders within one another.
        member_bytes: of one file, unpacked.
        total_bytes: of all files, unpacked.
        ratio: unpacked to packed bytes, asked of files above ``ratio_from`` bytes.
        ratio_from: bytes below which no ratio is suspicious.
        name_bytes: of a name in UTF-8.
    """

    members: int = 2_000
    depth: int = 12
    member_bytes: int = 300 * _MEGABYTE
    total_bytes: int = 2_000 * _MEGABYTE
    ratio: int = 200
    ratio_from: int = 10 * _MEGABYTE
    name_bytes: int = 1_024


PACKAGE_LIMITS = ArchiveLimits(members=20_000, depth=20)
"""For a package of office parts: a program makes more parts, and deeper ones, than a person packs."""

_ARCHIVES = (".zip", ".lzh", ".7z", ".rar")
_NOT_OPENED = "中の圧縮ファイル「{name}」は開いていません。取り出してから取り込んでください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """A file of an archive: its name with its folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEntry:
    """A file of an archive before it is unpacked.

    Attributes:
        index: its number in the archive, by which it is unpacked: two files may have one name.
        name: its name with its folders.
        refusal: why it is not to be unpacked (Japanese), else empty.
    """

    index: int
    name: str
    refusal: str = ""


def archive_entries(path: Path, limits: ArchiveLimits) -> list[ArchiveEntry]:
    """List an archive of documents; what macOS and Windows add by themselves is left out.

    Raises:
        InputError: it is damaged, too large as a whole, or a name leads out of it.
        OSError: it cannot be read.
    """
    with _opened(path) as archive:
        return [
            ArchiveEntry(index=index, name=name, refusal=_refusal(info, name, limits))
            for index, info, name in _named(archive, limits)
            if not _is_by_product(name)
        ]


def unpack_entry(path: Path, index: int, limits: ArchiveLimits) -> bytes:
    """The bytes of one file of an archive, by its number.

    Raises:
        InputError: it is damaged, locked or too large.
        OSError: the archive cannot be read.
    """
    with _opened(path) as archive:
        infos = archive.infolist()
        if index >= len(infos):
            raise InputError("ZIPファイルが、読み取りの間に変わりました。もう一度取り込んでください。")
        _check_size(infos[index], _name_of(infos[index]), limits)
        return _unpacked(archive, infos[index], limits)


def open_archive(data: bytes, limits: ArchiveLimits) -> list[ArchiveMember]:
    """Unpack the files of an archive, in its order; archives within it are left out.

    Raises:
        InputError: it is damaged, encrypted, too large, or a name leads out of it.
    """
    with _opened(data) as archive:
        return [
            ArchiveMember(name=name, data=_unpacked(archive, info, limits))
            for info, name in _checked(archive, limits)
            if not (name.lower().endswith(_ARCHIVES) or _is_by_product(name))
        ]


def archive_names(data: bytes, limits: ArchiveLimits) -> tuple[str, ...]:
    """The names in an archive that is safe to unpack.

    Raises:
        InputError: see ``open_archive``.
    """
    with _opened(data) as archive:
        return tuple(name for _, name in _checked(archive, limits))


def _opened(source: bytes | Path) -> zipfile.ZipFile:
    try:
        opened: IO[bytes] | Path = io.BytesIO(source) if isinstance(source, bytes) else source
        return zipfile.ZipFile(opened)
    except DAMAGE as exc:
        if isinstance(exc, OSError) and isinstance(source, Path):
            raise
        raise InputError(
            "ZIPファイルとして開けません。壊れているおそれがあります。元のファイルを圧縮し直してください。"
        ) from exc


def _checked(archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[tuple[zipfile.ZipInfo, str]]:
    named = [(info, name) for _, info, name in _named(archive, limits)]
    for info, name in named:
        _check_size(info, name, limits)
    return named


def _named(archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[tuple[int, zipfile.ZipInfo, str]]:
    """The files with their numbers and names, once the archive as a whole and the names are safe."""
    infos = [(index, info) for index, info in enumerate(archive.infolist()) if not info.is_dir()]
    if len(infos) > limits.members:
        raise InputError(
            f"ZIPファイルの中のファイルが多すぎます（{len(infos)}件、上限{limits.members}件）。"
            "分けてください。"
        )
    total = sum(info.file_size for _, info in infos)
    if total > limits.total_bytes:
        raise InputError(
            f"ZIPファイルを展開すると大きすぎます（{total // _MEGABYTE}MB、"
            f"上限{limits.total_bytes // _MEGABYTE}MB）。分けてください。"
        )
    named = [(index, info, _name_of(info)) for index, info in infos]
    for _, _, name in named:
        _check_name(name, limits)
    return named


def _refusal(info: zipfile.ZipInfo, name: str, limits: ArchiveLimits) -> str:
    if name.lower().endswith(_ARCHIVES):
        return _NOT_OPENED.format(name=name)
    try:
        _check_size(info, name, limits)
    except InputError as exc:
        return str(exc)
    return ""


def _name_of(info: zipfile.ZipInfo) -> str:
    """A name as it was packed; zipfile takes one without the UTF-8 flag for cp437 and cuts it at a NUL."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        packed = name.encode("cp437")
        try:
            name = packed.decode("utf-8")  # macOS leaves the flag out
        except UnicodeDecodeError:
            name = packed.decode("cp932", errors="replace")
    return name.replace("\\", "/")


def _check_name(name: str, limits: ArchiveLimits) -> None:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or _DRIVE.match(name) or any(ord(sign) < 0x20 for sign in name):
        raise InputError(
            f"ZIPファイルの中に、フォルダーの外を指す名前や使えない文字の名前があります: {name!r}。"
            "安全のため取り込みません。中のファイルを取り出し、確かめてから取り込んでください。"
        )
    if len(parts) > limits.depth or len(name.encode("utf-8", "replace")) > limits.name_bytes:
        raise InputError(
            f"ZIPファイルの中のフォルダーが深すぎるか、名前が長すぎます: {name[:60]}。"
            f"フォルダーは{limits.depth}段までにしてください。"
        )


def _check_size(info: zipfile.ZipInfo, name: str, limits: ArchiveLimits) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise UnsupportedFileError(
            f"ZIPファイルにパスワードがかかっています: {name}。パスワードを外してから取り込んでください。"
        )
    packed = max(info.compress_size, 1)
    is_bomb = info.file_size > limits.ratio_from and info.file_size / packed > limits.ratio
    if is_bomb or info.file_size > limits.member_bytes:
        raise InputError(
            f"ZIPファイルの中の「{name}」は、展開すると{info.file_size // _MEGABYTE}MBになります。"
            "安全のため取り込みません。大きなファイルは分けて保存し直してください。"
        )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: ArchiveLimits) -> bytes:
    """A file's bytes, counted while they come: what a header says of its size may be a lie."""
    allowed = min(info.file_size, limits.member_bytes)
    try:
        with archive.open(info) as file:
            found = _read_up_to(file, allowed)
    except DAMAGE as exc:
        raise InputError(
            f"ZIPファイルの中の「{info.filename}」を取り出せません。壊れているおそれがあります。"
            "元のファイルを圧縮し直してください。"
        ) from exc
    if len(found) > allowed:
        raise InputError(f"ZIPファイルの中の「{info.filename}」は、記録された大きさと合いません。")
    return found


def _read_up_to(file: IO[bytes], most: int) -> bytes:
    """The bytes of a file; of one that holds more than so many, a few more than these."""
    found = bytearray()
    while len(found) <= most and (chunk := file.read(_CHUNK)):
        found += chunk
    return bytes(found)


def _is_by_product(name: str) -> bool:
    """Whether a file is what macOS or Windows adds by itself."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].lower() in (".ds_store", "thumbs.db", "desktop.ini")
