"""A library folder as the commands and the page use it: where ingest and index meet.

This is the only place that knows both: documents are taken into one transaction of the store, the index is
built from that transaction's view, and both become visible with its commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import InputError, LibraryError, LibraryMissingError
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from corpus.store_reader import StoreReader
from corpus.store_writer import StoreWriter
from index.build import build_generation
from index.encoder import Encoder
from index.generation import remove_old, verified_folder
from index.sentence_encoder import SentenceTransformerEncoder
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from ingest.found_file import FoundFile
from ingest.identify import GivenFacts
from ingest.pipeline import FileReport, find_files, ingest_files
from qa.engine import Engine
from qa.generator import Generator
from qa.openai_generator import OpenAIGenerator
from ui.settings import llm_config

BUILT_IN = "built-in"

Told = Callable[[str, int, int], None]
"""Told what is being done (Japanese), how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestResult:
    """What an ingest did.

    Attributes:
        reports: one a file, in order.
        index_built: whether the index was made anew.
    """

    reports: tuple[FileReport, ...]
    index_built: bool


def default_library() -> Path:
    """``SHIRUBE_DATA``, or the user's data folder."""
    named = os.environ.get("SHIRUBE_DATA")
    if named:
        return Path(named)
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share")))
    return base / "shirube"


def municipality_table() -> MunicipalityTable:
    """All municipalities, with the fictional ones of the sample corpus."""
    return MunicipalityTable.load(sample_municipalities())


def open_engine(folder: Path) -> Engine:
    """Search and answers over a library; a language model words the answers where one is set.

    Raises:
        LibraryError: there is no library, or it cannot be used.
        SettingError: the setting of the language model cannot be read.
    """
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    encoder = _encoder(store.reader.encoder or BUILT_IN, analyzer)
    return Engine(store, analyzer, encoder, municipality_table(), generator=_generator())


def ingest(
    folder: Path,
    paths: Iterable[Path],
    given: GivenFacts | None = None,
    *,
    manifest: Path | None = None,
    model: str | None = None,
    told: Told | None = None,
) -> IngestResult:
    """Take files into a library, making it where there is none.

    Args:
        folder: the library's.
        paths: files and folders.
        given: what holds for all of the files.
        manifest: one that does not lie beside the files.
        model: name or folder of a sentence-transformers model, ``built-in`` for the product's own; None
            keeps the library's.
        told: hears of the progress.

    Raises:
        InputError: there is nothing to take in, or the manifest cannot be read.
        LibraryError: the library cannot be written; it is as it was.
    """
    table = municipality_table()
    files = find_files(paths, table, manifest)
    store = Store.create(folder)
    analyzer = TermAnalyzer()
    with store.writing() as writer:
        if model is not None:
            writer.set_encoder(model)
        encoder = _encoder(writer.encoder or BUILT_IN, analyzer)
        reports = _take_in(writer, files, given or GivenFacts(), table, told)
        built = _bring_up_to_date(writer, folder, analyzer, encoder, told)
    _clean(store)
    return IngestResult(reports=tuple(reports), index_built=built)


def remove(folder: Path, document_id: str) -> None:
    """Remove a document and all that was read from it, from the store and the index alike.

    Raises:
        InputError: the library has no such document.
        LibraryError: the library cannot be written; it is as it was.
    """
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    with store.writing() as writer:
        if not writer.remove(document_id):
            raise InputError(
                f"その番号の文書はありません: {document_id}。「shirube documents」で番号を確かめてください。"
            )
        _bring_up_to_date(writer, folder, analyzer, _encoder(writer.encoder or BUILT_IN, analyzer), None)
    _clean(store)


def open_store(folder: Path) -> StoreReader:
    """The store of a library, for commands that need no search."""
    return Store.open(folder).reader


def index_fault(folder: Path) -> str | None:
    """Why a library's index cannot be used (Japanese), None if it can.

    Raises:
        LibraryMissingError: there is no library.
    """
    store = Store.open(folder).reader
    analyzer = TermAnalyzer()
    try:
        encoder = _encoder(store.encoder or BUILT_IN, analyzer)
        verified_folder(store, folder, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryMissingError:
        raise
    except (LibraryError, InputError) as exc:
        return str(exc)
    return None


def _encoder(model: str, analyzer: TermAnalyzer) -> Encoder:
    if model == BUILT_IN:
        return StaticEncoder(analyzer=analyzer)
    return SentenceTransformerEncoder(model)


def _generator() -> Generator | None:
    config = llm_config(os.environ)
    return None if config is None else OpenAIGenerator(config)


def _take_in(
    writer: StoreWriter,
    files: list[FoundFile],
    given: GivenFacts,
    table: MunicipalityTable,
    told: Told | None,
) -> list[FileReport]:
    def progress(done: int, total: int, path: Path) -> None:
        if told is not None:
            told(f"読み取り: {path.name}", done, total)

    return ingest_files(writer, files, given, table, now=datetime.now(UTC), progress=progress)


def _bring_up_to_date(
    writer: StoreWriter, folder: Path, analyzer: TermAnalyzer, encoder: Encoder, told: Told | None
) -> bool:
    """Build the index of what the transaction holds, unless the one in place is just that."""
    try:
        verified_folder(writer, folder, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryError:
        pass
    else:
        return False

    def progress(done: int, total: int) -> None:
        if told is not None:
            told("索引づくり", done, total)

    writer.set_index_generation(build_generation(writer, folder, analyzer, encoder, progress))
    return True


def _clean(store: Store) -> None:
    generation = store.reader.index_generation
    if generation is not None:
        remove_old(store.folder, keep=generation)
