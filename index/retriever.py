"""From a query to ranked passages: words and meaning, fused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.store_reader import StoreReader
from index.build import DENSE_FOLDER, LEXICAL_FOLDER
from index.dense import DenseIndex
from index.encoder import Encoder
from index.facets import Facets, read_facets
from index.filters import Filters
from index.fusion import fuse
from index.generation import verified_folder
from index.lexical import Alternatives, LexicalConfig, LexicalIndex, WeightedTerm, character_pairs
from index.terms import TermAnalyzer


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What to look for.

    Attributes:
        text: the query without its filters, folded or not; what the embedding model reads.
        terms: words with their weights.
        phrases: texts that a passage must hold exactly.
        filters: limits.
        limit: how many passages at the most.
        alternatives: what the words call up.
    """

    text: str
    terms: tuple[WeightedTerm, ...]
    phrases: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    alternatives: tuple[Alternatives, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A passage found.

    Attributes:
        row_id: its row in the store.
        score: fused z-score, higher is better; comparable within one result only.
        lexical: BM25 sum, 0 where no word matched.
        dense: cosine, -1 to 1.
    """

    row_id: int
    score: float
    lexical: float
    dense: float


class Retriever(Protocol):
    """Finds passages in one state of a library."""

    @property
    def facets(self) -> Facets:
        """The values that can be filtered by."""
        ...

    def search(self, request: SearchRequest) -> list[Scored]:
        """Passages, best first, ties by row number."""
        ...

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieverConfig:
    """How the two arms are weighed.

    Attributes:
        lexical: weights of the fields.
        dense_weight: the dense arm's share of the fused score, 0 to 1.
        pool: how many candidates each arm proposes.
    """

    lexical: LexicalConfig = field(default_factory=LexicalConfig)
    dense_weight: float = 0.35
    pool: int = 200


class LocalRetriever:
    """The retriever of one machine: tantivy and FAISS over one verified index generation."""

    def __init__(self, folder: Path, encoder: Encoder, config: RetrieverConfig) -> None:
        """Open a generation's folder whose files were verified (see ``open_retriever``)."""
        self._lexical = LexicalIndex(folder / LEXICAL_FOLDER, config.lexical)
        self._dense = DenseIndex(folder / DENSE_FOLDER)
        self._facets = read_facets(folder)
        self._encoder = encoder
        self._config = config

    @property
    def facets(self) -> Facets:
        """The values that can be filtered by."""
        return self._facets

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        return self._lexical.holders(term)

    def search(self, request: SearchRequest) -> list[Scored]:
        """Passages, best first, ties by row number."""
        pool = max(self._config.pool, request.limit)
        pairs = character_pairs(request.text)
        lexical = dict(
            self._lexical.search(
                request.terms, pairs, request.phrases, request.filters, pool, request.alternatives
            )
        )
        vector = self._encoder.encode_query(request.text)
        within = None
        if request.phrases:
            within = sorted(lexical)
        elif not request.filters.unlimited:
            within = self._lexical.rows(request.filters)
        dense = dict(self._dense.search(vector, pool, within))
        floor = min(lexical.values()) if len(lexical) >= pool else 0.0
        for row in dense:
            lexical.setdefault(row, floor)
        missing = sorted(set(lexical) - set(dense))
        dense.update(zip(missing, self._dense.scores(vector, missing), strict=True))
        fused = fuse(lexical, dense, dense_weight=self._config.dense_weight)
        return [
            Scored(row_id=row, score=score, lexical=lexical[row], dense=dense[row])
            for row, score in fused[: request.limit]
        ]


def open_retriever(
    store: StoreReader,
    library: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    config: RetrieverConfig | None = None,
) -> LocalRetriever:
    """Verify and open the generation that the store points to.

    Raises:
        IndexMissingError, IndexDamagedError, IndexStaleError: see ``index.generation``.
    """
    folder = verified_folder(store, library, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    return LocalRetriever(folder, encoder, config or RetrieverConfig())
