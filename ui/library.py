"""A library folder as the commands and the page open it, to look things up and to answer.

Changing a library is apart, in ``ui.intake``: who only asks a question need not load what reads files.
"""

from __future__ import annotations

import os
from pathlib import Path

from corpus.access import OPERATOR
from corpus.errors import InputError, LibraryError, LibraryMissingError
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_former_names, sample_municipalities
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.encoder import Encoder
from index.generation import verified_folder
from index.own_thesaurus import OwnThesaurus, load_own
from index.reranker import CrossEncoderReranker, Reranker
from index.retriever import Opener, open_retriever
from index.sentence_encoder import SentenceTransformerEncoder
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from qa.engines import Engines
from qa.generator import Generator
from qa.openai_generator import OpenAIGenerator
from ui.settings import llm_config, thesaurus_path

BUILT_IN = "built-in"
MILVUS = "SHIRUBE_MILVUS_URI"
RERANKER = "SHIRUBE_RERANKER"


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
    return MunicipalityTable.load(sample_municipalities(), former=(sample_former_names(),))


def open_engine(folder: Path) -> Engine:
    """Search and answers over all of a library: for commands, whose user has its folder open anyway.

    Raises: see ``open_engines``.
    """
    return open_engines(folder).of(OPERATOR)


def open_engines(folder: Path) -> Engines:
    """Search and answers over a library; a language model words the answers where one is set.

    Raises:
        LibraryError: there is no library, or it cannot be used.
        SettingError: the setting of the language model cannot be read.
    """
    store = Store.open(folder)
    analyzer = TermAnalyzer()
    encoder = encoder_of(store.reader.encoder or BUILT_IN, analyzer)
    return Engines(
        store,
        analyzer,
        encoder,
        municipality_table(),
        generator=_generator(),
        thesaurus=thesaurus_path(os.environ),
        opener=_opener(),
        reranker=_reranker(),
    )


def own_thesaurus(folder: Path) -> OwnThesaurus:
    """The user's thesaurus of a library, with what is wrong with it."""
    return load_own(folder, thesaurus_path(os.environ))


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
        encoder = encoder_of(store.encoder or BUILT_IN, analyzer)
        verified_folder(store, folder, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    except LibraryMissingError:
        raise
    except (LibraryError, InputError) as exc:
        return str(exc)
    return None


def encoder_of(model: str, analyzer: TermAnalyzer, *, may_fetch: bool = False) -> Encoder:
    """The embedding model of a name: the product's own, or a sentence-transformers model.

    Args:
        model: the name, or a folder.
        analyzer: cuts the words of the product's own.
        may_fetch: whether the network may be asked for it. Only where a person names it: a library, which may
            come from a backup that somebody sent, is no reason to call out.
    """
    if model == BUILT_IN:
        return StaticEncoder(analyzer=analyzer)
    return SentenceTransformerEncoder(model, local_files_only=not may_fetch)


def _opener() -> Opener:
    if not os.environ.get(MILVUS, "").strip():
        return open_retriever
    from ui.milvus_library import opener

    return opener(os.environ)


def _reranker() -> Reranker | None:
    name = os.environ.get(RERANKER, "").strip()
    return CrossEncoderReranker(name) if name else None


def _generator() -> Generator | None:
    config = llm_config(os.environ)
    return None if config is None else OpenAIGenerator(config)
