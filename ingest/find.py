"""Which files are offered: paths and folders searched to the bottom, each file with its manifest's entry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import InputError
from corpus.municipality import MunicipalityTable
from ingest.found_file import FoundFile
from ingest.manifest import MANIFEST_NAME, ManifestEntry, entry_for, read_manifest


def find_files(
    paths: Iterable[Path], table: MunicipalityTable, manifest: Path | None = None
) -> list[FoundFile]:
    """The files at the given paths, folders searched to the bottom, in the order of their names.

    Raises:
        InputError: a path does not exist, or there is no file at all.
        ManifestError: a manifest cannot be read.
    """
    given = read_manifest(manifest, table) if manifest else {}
    manifests = _Manifests(table)
    found: dict[Path, FoundFile] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"ファイルもフォルダーもありません: {path}。場所と名前を確かめてください。")
        root = path if path.is_dir() else path.parent
        for file in sorted(_files_in(path)) if path.is_dir() else [path]:
            entry = entry_for(given, file.name) or manifests.entry_of(file, root)
            found.setdefault(
                file.resolve(), FoundFile(path=file, entry=entry, refusal=entry.refusal if entry else "")
            )
    if not found:
        places = "、".join(str(path) for path in paths)
        raise InputError(
            f"取り込むファイルがありません: {places}。資料の入ったフォルダーを指定してください。"
        )
    return list(found.values())


def _files_in(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST_NAME and not path.name.startswith((".", "~$"))
    ]


class _Manifests:
    """The manifests met on the way, each read once."""

    def __init__(self, table: MunicipalityTable) -> None:
        self._table = table
        self._read: dict[Path, dict[str, ManifestEntry]] = {}

    def entry_of(self, file: Path, root: Path) -> ManifestEntry | None:
        """The entry of the nearest manifest from the file's folder up to the root that was given."""
        for folder in file.parents:
            entry = entry_for(self._entries(folder), file.relative_to(folder).as_posix())
            if entry is not None or folder == root:
                return entry
        return None

    def _entries(self, folder: Path) -> dict[str, ManifestEntry]:
        if folder not in self._read:
            manifest = folder / MANIFEST_NAME
            self._read[folder] = read_manifest(manifest, self._table) if manifest.is_file() else {}
        return self._read[folder]
