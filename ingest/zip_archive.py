"""A ZIP file's members, as far as they are safe to take in.

A ZIP from a Windows machine in a town hall names its files in cp932 unless it says UTF-8. What is sent in may
also be damaged or hostile: more files, more depth or more bytes than a person would pack, names that lead out
of the folder. Such an archive is refused as a whole, before anything of it is unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.errors import InputError, UnsupportedFileError

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
    total_bytes: int = 1_000 * _MEGABYTE
    ratio: int = 200
    ratio_from: int = 10 * _MEGABYTE
    name_bytes: int = 1_024


LIMITS = ArchiveLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """A file of an archive: its name with its folders, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedArchive:
    """What an archive holds.

    Attributes:
        members: the files, in the archive's order.
        warnings: what was left in it (Japanese).
    """

    members: tuple[ArchiveMember, ...]
    warnings: tuple[str, ...] = ()


def open_archive(data: bytes, limits: ArchiveLimits = LIMITS) -> OpenedArchive:
    """Unpack an archive; ZIP files within it are left unopened, with a warning.

    Raises:
        InputError: it is damaged, encrypted, too large, or a name leads out of it.
    """
    members = []
    warnings = []
    with _opened(data) as archive:
        for info, name in _checked(archive, limits):
            if name.lower().endswith((".zip", ".lzh", ".7z", ".rar")):
                warnings.append(
                    f"中の圧縮ファイル「{name}」は開いていません。取り出してから取り込んでください。"
                )
            elif not _is_by_product(name):
                members.append(ArchiveMember(name=name, data=_unpacked(archive, info, limits)))
    return OpenedArchive(members=tuple(members), warnings=tuple(warnings))


def archive_names(data: bytes, limits: ArchiveLimits = LIMITS) -> tuple[str, ...]:
    """The names in an archive that is safe to unpack.

    Raises:
        InputError: see ``open_archive``.
    """
    with _opened(data) as archive:
        return tuple(name for _, name in _checked(archive, limits))


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as exc:
        raise InputError(
            "ZIPファイルとして開けません。壊れているおそれがあります。元のファイルを圧縮し直してください。"
        ) from exc


def _checked(archive: zipfile.ZipFile, limits: ArchiveLimits) -> list[tuple[zipfile.ZipInfo, str]]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > limits.members:
        raise InputError(
            f"ZIPファイルの中のファイルが多すぎます（{len(infos)}件、上限{limits.members}件）。"
            "分けてください。"
        )
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        raise InputError(
            f"ZIPファイルを展開すると大きすぎます（{total // _MEGABYTE}MB、"
            f"上限{limits.total_bytes // _MEGABYTE}MB）。分けてください。"
        )
    named = [(info, _name_of(info)) for info in infos]
    for info, name in named:
        _check_name(name, limits)
        _check_size(info, name, limits)
    return named


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
    found = bytearray()
    allowed = min(info.file_size, limits.member_bytes)
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                found += chunk
                if len(found) > allowed:
                    raise InputError(
                        f"ZIPファイルの中の「{info.filename}」は、記録された大きさと合いません。"
                    )
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as exc:
        raise InputError(
            f"ZIPファイルの中の「{info.filename}」を取り出せません。壊れているおそれがあります。"
            "元のファイルを圧縮し直してください。"
        ) from exc
    return bytes(found)


def _is_by_product(name: str) -> bool:
    """Whether a file is what macOS or Windows adds by itself."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].lower() in (".ds_store", "thumbs.db", "desktop.ini")
