"""Index generations: folders built aside, sealed by a manifest of hashes, and never changed afterwards.

``index/<name>/manifest.json`` tells what a generation was built from and the SHA-256 of each of its files.
A generation is opened only if every hash holds and it was built from the revision of the documents that the
store now has, with the analyzer and the embedding model that this program now uses.
"""

from __future__ import annotations

import json
import logging
import shutil
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import content_hash, file_hash
from corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.store_reader import StoreReader
from index.lexical_entry import ALL_FIELDS

logger = logging.getLogger(__name__)

FORMAT = "3"
"""Raised when a generation's files change their form, or another text of a passage goes into a field."""

FOLDER = "index"
MANIFEST_NAME = "manifest.json"
REBUILD = "「shirube ingest 資料のフォルダー」をもう一度実行すると、作り直します。"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFrom:
    """What a generation depends on; one that was built from anything else is stale.

    Attributes:
        revision: of the store's documents.
        passages: how many were indexed.
        analyzer: fingerprint of the term analyzer.
        encoder: fingerprint of the embedding model.
        form: of the generation's files: ``FORMAT`` and the lexical index's fields.
    """

    revision: int
    passages: int
    analyzer: str
    encoder: str
    form: str


def generations_folder(library: Path) -> Path:
    """The folder that holds a library's generations."""
    return library / FOLDER


def new_folder(library: Path) -> Path:
    """A fresh folder to build a generation in; its name says that it is not finished."""
    folder = generations_folder(library) / f"building-{uuid.uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    return folder


def current_form() -> str:
    """The form of the generations that this program builds."""
    return f"{FORMAT} {' '.join(ALL_FIELDS)}"


def seal(folder: Path, built_from: BuiltFrom) -> str:
    """Hash a finished folder's files, write its manifest, give it its final name and return that name."""
    files = {path.relative_to(folder).as_posix(): file_hash(path) for path in _files(folder)}
    manifest = {"built_from": asdict(built_from), "files": files}
    text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST_NAME).write_text(text, encoding="utf-8")
    name = f"generation-{built_from.revision:06d}-{content_hash(text.encode())[:12]}"
    final = folder.with_name(name)
    if final.exists():
        shutil.rmtree(folder)
    else:
        folder.replace(final)
    return name


def verified_folder(store: StoreReader, library: Path, *, analyzer: str, encoder: str) -> Path:
    """The folder of the generation that the store points to, after every check.

    Raises:
        IndexMissingError: there is none.
        IndexDamagedError: a file is missing or its hash is another.
        IndexStaleError: it was built from other documents, or by another analyzer or model.
    """
    name = store.index_generation
    if name is None:
        raise IndexMissingError(f"索引がまだありません: {library}。{REBUILD}")
    folder = generations_folder(library) / name
    built_from, files = sealed_files(library, name)
    for relative, expected in files.items():
        try:
            found = file_hash(folder / relative)
        except OSError as exc:
            raise IndexDamagedError(f"索引のファイルが読めません: {folder / relative}。{REBUILD}") from exc
        if found != expected:
            raise IndexDamagedError(f"索引のファイルが壊れています: {folder / relative}。{REBUILD}")
    if built_from != expected_from(store, analyzer=analyzer, encoder=encoder):
        raise IndexStaleError(f"索引が今の資料・辞書・モデルと合っていません: {folder}。{REBUILD}")
    return folder


def expected_from(store: StoreReader, *, analyzer: str, encoder: str) -> BuiltFrom:
    """What an index of the documents that the store has now must have been built from."""
    return BuiltFrom(
        revision=store.revision,
        passages=store.passage_count(),
        analyzer=analyzer,
        encoder=encoder,
        form=current_form(),
    )


def sealed_files(library: Path, name: str) -> tuple[BuiltFrom, dict[str, str]]:
    """What a generation was built from, and its files below its folder with their hashes, as sealed.

    Raises:
        IndexMissingError: there is no such generation.
        IndexDamagedError: its manifest is not what was sealed.
    """
    folder = generations_folder(library) / name
    try:
        text = (folder / MANIFEST_NAME).read_text(encoding="utf-8")
        if not name.endswith(f"-{content_hash(text.encode())[:12]}"):
            raise ValueError("another manifest than the one that the name was made from")
        data = json.loads(text)
        return BuiltFrom(**data["built_from"]), dict(data["files"])
    except OSError as exc:
        raise IndexMissingError(f"索引のフォルダーがありません: {folder}。{REBUILD}") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise IndexDamagedError(f"索引の目録が壊れています: {folder / MANIFEST_NAME}。{REBUILD}") from exc


def remove_old(library: Path, *, keep: str | None) -> None:
    """Remove all generations but one and what broken builds left; a folder in use stays for next time."""
    for folder in sorted(generations_folder(library).glob("*")):
        if folder.name != keep:
            try:
                shutil.rmtree(folder)
            except OSError as exc:
                logger.info("generation stays for now: %s (%s)", folder, exc)


def _files(folder: Path) -> list[Path]:
    """The files of a generation; an engine's lock files are no part of it."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
