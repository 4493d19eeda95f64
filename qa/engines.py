"""The engines over one library: one for each audience, all of them over what is opened once.

Whoever serves people holds this and no engine: only with a word of who is looking does one get to ask.
"""

from __future__ import annotations

from pathlib import Path

from corpus.access import Audience
from corpus.municipality import MunicipalityTable
from corpus.store import Store
from index.encoder import Encoder
from index.reranker import Reranker
from index.retriever import Opener, RetrieverConfig, open_retriever
from index.terms import TermAnalyzer
from qa.engine import Engine
from qa.generator import Generator
from qa.opened import OpenedLibraries


class Engines:
    """Makes engines. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        table: MunicipalityTable,
        generator: Generator | None = None,
        thesaurus: Path | None = None,
        opener: Opener = open_retriever,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._analyzer = analyzer
        self._encoder = encoder
        self._generator = generator
        self._reranker = reranker
        self._table = table
        self._libraries = OpenedLibraries(
            store, analyzer, encoder, table, RetrieverConfig(), thesaurus, opener
        )

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self._store.folder

    def of(self, audience: Audience) -> Engine:
        """The engine that sees what an audience may see; made anew at no cost."""
        return Engine(
            self._store,
            self._analyzer,
            self._encoder,
            self._table,
            generator=self._generator,
            audience=audience,
            libraries=self._libraries,
            reranker=self._reranker,
        )
