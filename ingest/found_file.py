"""A file that was offered: on disk, or a member of a ZIP; with its manifest's entry if it has one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from ingest.limits import IngestLimits
from ingest.manifest import MANIFEST_NAME, ManifestEntry, entry_for, parse_manifest
from ingest.zip_archive import archive_entries, unpack_entry

_ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to take in.

    Attributes:
        path: where it lies; for a member of a ZIP the archive's path without its extension, then the
            member's own, so that a folder named after a town counts there too.
        entry: its manifest's entry.
        archive: the ZIP that it is a member of; None for a file on disk.
        member: its number in the ZIP.
        stored: where its bytes lie, if not at ``path``: an upload is kept under a name of the program's own.
        refusal: why it is not even to be opened (Japanese), else empty.
        known_as: what stands for its path in the library, where the path itself is of no lasting use.
    """

    path: Path
    entry: ManifestEntry | None = None
    archive: Path | None = None
    member: int = 0
    stored: Path | None = None
    refusal: str = ""
    known_as: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether it is to be opened and not read."""
        return self.archive is None and self.path.suffix.lower() == _ARCHIVE

    @property
    def place(self) -> Path:
        """Where its bytes lie."""
        return self.stored or self.path

    @property
    def name(self) -> str:
        """Its name as a person writes it: composed characters, whatever the system it comes from keeps."""
        return _readable(unicodedata.normalize("NFC", self.path.name))

    @property
    def origin(self) -> str:
        """What the library knows its place by."""
        return self.known_as or origin_of(self.path)

    def read(self, limits: IngestLimits) -> bytes:
        """Its bytes.

        Raises:
            InputError: it is too large, or its archive is damaged.
            OSError: it cannot be read.
        """
        if self.archive is not None:
            data = unpack_entry(self.archive, self.member, limits.archive)
            limits.check_bytes(self.name, len(data))
            return data
        if not self.place.is_file():
            raise InputError(f"ファイルではありません: {self.name}。資料のファイルを指定してください。")
        limits.check_bytes(self.name, self.place.stat().st_size)
        return self.place.read_bytes()


def origin_of(path: Path) -> str:
    """What the library knows a place on disk by."""
    return _readable(str(path.resolve()))


def _readable(name: str) -> str:
    r"""A name that can be stored and shown: bytes that are no UTF-8 are written as ``\udc83``."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def members_of(archive: FoundFile, table: MunicipalityTable, limits: IngestLimits) -> Iterator[FoundFile]:
    """The files in a ZIP, with the entries of a manifest that lies in it; none is unpacked but the manifest.

    Raises:
        InputError: the archive is damaged or not safe to open, or its manifest cannot be read.
        OSError: it cannot be read.
    """
    entries = [(PurePosixPath(one.name), one) for one in archive_entries(archive.place, limits.archive)]
    manifests = {
        name.parent: parse_manifest(
            unpack_entry(archive.place, one.index, limits.archive), archive.path / name, table
        )
        for name, one in entries
        if name.name == MANIFEST_NAME and not one.refusal
    }
    for name, one in entries:
        if name.name == MANIFEST_NAME:
            continue
        listed = (
            entry_for(found, name.relative_to(folder).as_posix())
            for folder, found in manifests.items()
            if folder in name.parents
        )
        entry = next((entry for entry in listed if entry is not None), None)
        yield FoundFile(
            path=archive.path.with_suffix("").joinpath(*name.parts),
            entry=entry,
            archive=archive.place,
            member=one.index,
            refusal=one.refusal or (entry.refusal if entry else ""),
        )
