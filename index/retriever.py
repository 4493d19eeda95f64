"""From a query to ranked passages: words and meaning, fused."""

from __future__ import annotations

import math
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from corpus.access import Audience
from corpus.errors import AccessError
from corpus.store_reader import StoreReader
from index.encoder import Encoder, Vectors
from index.facets import Facets, read_facets
from index.filters import Filters
from index.fusion import fuse
from index.generation import verified_folder
from index.joined import joined_dense, joined_facets, joined_lexical, joined_windows
from index.lexical import Alternatives, LexicalConfig, WeightedTerm
from index.pairs import character_pairs
from index.parts import (
    DENSE_FOLDER,
    LEXICAL_FOLDER,
    WINDOWS_FOLDER,
    check_parts,
    parts_of,
    permitted,
    scratch_of,
)
from index.terms import TermAnalyzer

_BESIDE = ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="shirube-meaning")


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
        dense: cosine, -1 to 1: of the passage, or its mean with that of the nearest sentence.
    """

    row_id: int
    score: float
    lexical: float
    dense: float


class Retriever(Protocol):
    """Finds passages in one state of a library, as one audience sees it.

    It is opened for that audience (``open_retriever``). What the audience may not see is not there: it is in
    no result, count or facet, and no score of another passage depends on it.
    """

    @property
    def facets(self) -> Facets:
        """The values that can be filtered by."""
        ...

    def search(self, request: SearchRequest) -> list[Scored]:
        """Passages, best first, ties by row number."""
        ...

    def holding(
        self, text: str, groups: Sequence[Alternatives], limits: Sequence[Filters], limit: int
    ) -> list[list[Scored]]:
        """For each of the limits, the passages that hold all terms of one way of every group, best first."""
        ...

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        ...

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages, those that stand over them included, by row number."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrieverConfig:
    """How words typed, words called up and meaning are weighed.

    Words that the documents do not use find little or what is beside the point: the less the words typed are
    met, the more meaning and the words called up count. How well they are met is told by
    ``HybridRetriever.fit``; between ``unmet`` and ``met`` the weights change evenly.

    Attributes:
        lexical: weights of the fields.
        dense_weight: the dense arm's share of the fused score, 0 to 1, where the words typed are met.
        unmet_dense_weight: its share where they are not.
        expansion: what the weights of words called up are multiplied by where the words typed are met.
        unmet_expansion: what they are multiplied by where they are not.
        unmet: the fit up to which words count as not met.
        met: the fit from which they count as met.
        window_share: how much a passage's nearest sentence counts beside the passage as a whole, 0 to 1.
        pool: how many candidates each arm proposes.
    """

    lexical: LexicalConfig = field(default_factory=LexicalConfig)
    dense_weight: float = 0.35
    unmet_dense_weight: float = 0.85
    expansion: float = 0.3
    unmet_expansion: float = 1.8
    unmet: float = 0.3
    met: float = 0.8
    window_share: float = 0.5
    pool: int = 200

    def between(self, fit: float, unmet: float, met: float) -> float:
        """The weight at a fit, from the one where words are not met to the one where they are."""
        share = min(1.0, max(0.0, (fit - self.unmet) / (self.met - self.unmet)))
        return unmet + share * (met - unmet)


class Words(Protocol):
    """The arm of words; see ``index.lexical.LexicalIndex``."""

    def search(
        self,
        terms: Sequence[WeightedTerm],
        pairs: Sequence[str],
        phrases: Sequence[str],
        filters: Filters,
        limit: int,
        alternatives: Sequence[Alternatives] = (),
    ) -> list[tuple[int, float]]:
        """Row numbers with BM25 scores, best first, ties by row number."""
        ...

    def holding(
        self, groups: Sequence[Alternatives], filters: Filters, limit: int
    ) -> list[tuple[int, float]]:
        """Passages that hold every group, best first."""
        ...

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages."""
        ...

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        ...

    def __len__(self) -> int:
        """How many passages there are."""
        ...


class Meaning(Protocol):
    """The arm of vectors; see ``index.dense.DenseIndex``."""

    def search(self, vector: Vectors, limit: int, within: Sequence[int] | None) -> list[tuple[int, float]]:
        """Row numbers with cosines, best first, ties by row number."""
        ...

    def scores(self, vector: Vectors, rows: list[int]) -> list[float]:
        """The cosines of the given rows, in their order."""
        ...


class Sentences(Protocol):
    """The vectors of sentences; see ``index.windows.WindowIndex``."""

    def best(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """The cosine of the nearest sentence, of those rows that have sentences of their own."""
        ...


class HybridRetriever(ABC):
    """Two arms fused, whichever engines they are of."""

    def __init__(
        self,
        words: Words,
        meaning: Meaning,
        windows: Sentences,
        facets: Facets,
        encoder: Encoder,
        config: RetrieverConfig,
    ) -> None:
        self._lexical = words
        self._dense = meaning
        self._windows = windows
        self._facets = facets
        self._encoder = encoder
        self._config = config

    @property
    def facets(self) -> Facets:
        """The values that can be filtered by."""
        return self._facets

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        return self._lexical.holders(term)

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages, those that stand over them included, by row number."""
        return self._lexical.keys(rows)

    def holding(
        self, text: str, groups: Sequence[Alternatives], limits: Sequence[Filters], limit: int
    ) -> list[list[Scored]]:
        """For each of the limits, the passages that hold all terms of one way of every group, best first.

        They are scored by their words alone, ties by row number; the cosine to ``text`` comes with each.
        """
        vector = self._encoder.encode_query(text)
        return [self._held(vector, self._lexical.holding(groups, filters, limit)) for filters in limits]

    def _held(self, vector: Vectors, found: Sequence[tuple[int, float]]) -> list[Scored]:
        cosines = self._dense.scores(vector, [row for row, _ in found])
        return [
            Scored(row_id=row, score=score, lexical=score, dense=cosine)
            for (row, score), cosine in zip(found, cosines, strict=True)
        ]

    def fit(self, request: SearchRequest) -> float:
        """How well the words typed are met: the best passage's BM25 against the sum of the words' rarities.

        Near 0 where no passage holds more than a common word of the question; 1 and more where one passage
        holds all of them. A rare word that no passage holds counts against it.
        """
        rarities = sum(term.weight * self._rarity(term.text) for term in request.terms)
        best = self._lexical.search(request.terms, character_pairs(request.text), (), request.filters, 1)
        return best[0][1] / rarities if best and rarities > 0 else 0.0

    def _rarity(self, term: str) -> float:
        """Inverse document frequency as BM25 has it."""
        holders = self._lexical.holders(term)
        return math.log1p((len(self._lexical) - holders + 0.5) / (holders + 0.5))

    def search(self, request: SearchRequest) -> list[Scored]:
        """Passages, best first, ties by row number."""
        pool = max(self._config.pool, request.limit)
        pairs = character_pairs(request.text)
        config = self._config
        vector = self._encoder.encode_query(request.text)
        # Meaning is searched beside the words, on another core: both engines work outside of Python's lock.
        meant = None if request.phrases else _BESIDE.submit(self._meant, vector, pool, request.filters)
        fit = self.fit(request)
        alternatives = _scaled(
            request.alternatives, config.between(fit, config.unmet_expansion, config.expansion)
        )
        lexical = dict(
            self._lexical.search(request.terms, pairs, request.phrases, request.filters, pool, alternatives)
        )
        found = self._dense.search(vector, pool, sorted(lexical)) if meant is None else meant.result()
        dense = dict(found)
        floor = min(lexical.values()) if len(lexical) >= pool else 0.0
        for row in dense:
            lexical.setdefault(row, floor)
        missing = sorted(set(lexical) - set(dense))
        dense.update(zip(missing, self._dense.scores(vector, missing), strict=True))
        for row, nearest in self._windows.best(vector, list(dense)).items():
            dense[row] += config.window_share * (nearest - dense[row])
        fused = fuse(
            lexical, dense, dense_weight=config.between(fit, config.unmet_dense_weight, config.dense_weight)
        )
        return [
            Scored(row_id=row, score=score, lexical=lexical[row], dense=dense[row])
            for row, score in fused[: request.limit]
        ]

    @abstractmethod
    def _meant(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[int, float]]:
        """The nearest passages within limits."""


class LocalRetriever(HybridRetriever):
    """The retriever of one machine: tantivy and FAISS over one verified index generation."""

    def __init__(
        self, folders: Sequence[Path], encoder: Encoder, config: RetrieverConfig, scratch: Path
    ) -> None:
        """Open parts of a generation whose files were verified (see ``open_retriever``)."""
        self._words = joined_lexical([one / LEXICAL_FOLDER for one in folders], config.lexical, scratch)
        self._vectors = joined_dense([one / DENSE_FOLDER for one in folders])
        super().__init__(
            self._words,
            self._vectors,
            joined_windows([one / WINDOWS_FOLDER for one in folders]),
            joined_facets([read_facets(one) for one in folders]),
            encoder,
            config,
        )

    def _meant(self, vector: Vectors, limit: int, filters: Filters) -> list[tuple[int, float]]:
        within = None if filters.unlimited else self._words.rows(filters)
        return self._vectors.search(vector, limit, within)


def _scaled(alternatives: tuple[Alternatives, ...], factor: float) -> list[Alternatives]:
    return [
        Alternatives(ways=tuple((terms, weight * factor) for terms, weight in one.ways))
        for one in alternatives
    ]


def open_retriever(
    store: StoreReader,
    library: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    config: RetrieverConfig | None = None,
    *,
    audience: Audience,
) -> LocalRetriever:
    """Verify the generation that the store points to, and open what of it an audience may see.

    Args:
        store: all of the store, since the generation is held against it.
        library: its folder.
        analyzer: cuts terms.
        encoder: makes vectors.
        config: weights.
        audience: who will ask.

    Raises:
        IndexMissingError, IndexDamagedError, IndexStaleError: see ``index.generation``.
    """
    folder = verified_folder(store, library, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    return open_parts(store, folder, encoder, audience, config)


def open_parts(
    store: StoreReader,
    folder: Path,
    encoder: Encoder,
    audience: Audience,
    config: RetrieverConfig | None = None,
) -> LocalRetriever:
    """Open what an audience may see of a generation that was verified; see ``open_retriever``.

    Raises:
        IndexDamagedError, IndexStaleError: the parts are not those of the store's documents.
        AccessError: nothing is open to the audience.
    """
    parts = parts_of(folder)
    check_parts(parts, store.accesses())
    folders = [part.folder for part in permitted(parts, audience)]
    if not folders:
        raise AccessError("この利用者に公開されている資料はありません。")
    return LocalRetriever(folders, encoder, config or RetrieverConfig(), scratch_of(folder))


class Opener(Protocol):
    """Opens the index of a library as it stands: ``open_retriever``, or one that looks elsewhere first."""

    def __call__(
        self,
        store: StoreReader,
        library: Path,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        config: RetrieverConfig | None = None,
        *,
        audience: Audience,
    ) -> Retriever:
        """The retriever, which finds only what the audience may see.

        Raises:
            LibraryError: the index cannot be used.
            AccessError: nothing is open to the audience.
        """
        ...
