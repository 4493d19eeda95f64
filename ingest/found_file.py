"""A file that was offered: on disk, or a member of a ZIP; with its manifest's entry if it has one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.municipality import MunicipalityTable
from ingest.manifest import MANIFEST_NAME, ManifestEntry, parse_manifest
from ingest.zip_archive import open_archive

ARCHIVE = ".zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to take in.

    Attributes:
        path: where it lies; for a member of a ZIP the archive's path without its extension, then the
            member's own, so that a folder named after a town counts there too.
        entry: its manifest's entry.
        data: the bytes of a member; None for a file on disk.
        warnings: what a person should know of how it was found (Japanese).
    """

    path: Path
    entry: ManifestEntry | None = None
    data: bytes | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_archive(self) -> bool:
        """Whether it is to be opened and not read."""
        return self.path.suffix.lower() == ARCHIVE

    def read(self) -> bytes:
        """Its bytes.

        Raises:
            OSError: the file cannot be read.
        """
        return self.path.read_bytes() if self.data is None else self.data


def members_of(archive: FoundFile, table: MunicipalityTable) -> Iterator[FoundFile]:
    """The files in a ZIP, with the entries of a manifest that lies in it.

    Raises:
        InputError: the archive is damaged, locked or not safe to open, or its manifest cannot be read.
        OSError: it cannot be read.
    """
    opened = open_archive(archive.read())
    manifests = {
        PurePosixPath(member.name).parent: parse_manifest(member.data, archive.path / member.name, table)
        for member in opened.members
        if PurePosixPath(member.name).name == MANIFEST_NAME
    }
    warnings = opened.warnings
    for member in opened.members:
        name = PurePosixPath(member.name)
        if name.name == MANIFEST_NAME:
            continue
        entry = next(
            (
                entries[name.relative_to(folder).as_posix()]
                for folder, entries in manifests.items()
                if folder in name.parents and name.relative_to(folder).as_posix() in entries
            ),
            None,
        )
        path = archive.path.with_suffix("").joinpath(*name.parts)
        yield FoundFile(path=path, entry=entry, data=member.data, warnings=warnings)
        warnings = ()
