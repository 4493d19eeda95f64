"""The retriever on Milvus: words, vectors and limits are searched there, and fused as on one machine.

What only candidates are looked up in, the sentences' vectors, and the values to filter by are read from the
published generation's folder, which every server has beside the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.store_reader import StoreReader
from index.encoder import Encoder, Vectors
from index.facets import read_facets
from index.filters import Filters
from index.generation import expected_from, generations_folder
from index.milvus_connection import MilvusConnection, MilvusIndexError
from index.milvus_filters import both, expression, rows_among
from index.milvus_load import TERMS, About, about_of, check_public, collection_of
from index.milvus_words import MilvusWords
from index.parts import WINDOWS_FOLDER
from index.retriever import HybridRetriever, RetrieverConfig
from index.terms import TermAnalyzer
from index.windows import WindowIndex


class MilvusMeaning:
    """The vectors of a loaded generation; its methods are those of ``index.dense.DenseIndex``."""

    def __init__(self, connection: MilvusConnection, name: str) -> None:
        self._connection = connection
        self._name = name

    def search(self, vector: Vectors, limit: int, within: Sequence[int] | None) -> list[tuple[int, float]]:
        """Row numbers with cosines, best first, ties by row number."""
        if within is not None and not len(within):
            return []
        return self.limited(vector, limit, "" if within is None else rows_among(within))

    def limited(self, vector: Vectors, limit: int, limits: str) -> list[tuple[int, float]]:
        """The same among the passages that meet an expression."""
        if limit <= 0 or not vector.any():
            return []
        found = self._connection.search(self._name, "meaning", vector.tolist(), limit, limits)
        return sorted(((row, score) for row, score, _ in found), key=lambda pair: (-pair[1], pair[0]))

    def scores(self, vector: Vectors, rows: list[int]) -> list[float]:
        """The cosines of the given rows, in their order."""
        if not vector.any():
            return [0.0] * len(rows)
        found = dict(self.search(vector, len(rows), rows))
        return [found[row] for row in rows]


class MilvusRetriever(HybridRetriever):
    """Finds passages in the collection of one generation."""

    def __init__(
        self,
        connection: MilvusConnection,
        name: str,
        about: About,
        folder: Path,
        encoder: Encoder,
        config: RetrieverConfig,
    ) -> None:
        """Look into a collection that was loaded whole; ``folder`` is its generation's."""
        self._limited = MilvusMeaning(connection, name)
        super().__init__(
            MilvusWords(connection, name, about, config.lexical),
            self._limited,
            WindowIndex(folder / WINDOWS_FOLDER),
            read_facets(folder),
            encoder,
            config,
        )

    def _meant(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[int, float]]:
        limits = expression(filters)
        return [] if limits is None else self._limited.limited(vector, limit, both(limits))


def open_milvus(
    connection: MilvusConnection,
    store: StoreReader,
    library: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    config: RetrieverConfig | None = None,
) -> MilvusRetriever:
    """Open the collection of the generation that the store points to.

    It may serve anybody: what is loaded is open to all (see ``index.milvus_load.check_public``).

    Raises:
        MilvusError: Milvus cannot be used.
        MilvusIndexError: it holds no such collection, only a part of it, or one made by another model; or
            the library holds documents that are not open to all.
    """
    check_public(store)
    generation = store.index_generation or ""
    name = collection_of(connection, generation)
    again = "「shirube publish」で、入れ直してください。"
    for part in (name, name + TERMS):
        if connection.exists(part) and not connection.is_loaded(part):
            connection.load(part, seconds=connection.address.timeout)
    about = about_of(connection, name)
    wanted = expected_from(store, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    if about is None:
        raise MilvusIndexError(
            f"Milvus（{connection.address.uri}）に、このライブラリの索引 {name} がないか、"
            f"途中までしか入っていません。{again}"
        )
    if about.built_from != wanted or connection.count(name) != wanted.passages:
        raise MilvusIndexError(
            f"Milvus（{connection.address.uri}）の索引 {name} は、今の資料・辞書・埋め込みモデルと"
            f"合っていません。{again}"
        )
    folder = generations_folder(library) / generation
    return MilvusRetriever(connection, name, about, folder, encoder, config or RetrieverConfig())
