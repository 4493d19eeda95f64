"""A retriever that goes on with the index of this machine when the one in front of it fails."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from index.facets import Facets
from index.filters import Filters
from index.lexical import Alternatives
from index.milvus_connection import MilvusError
from index.retriever import Retriever, Scored, SearchRequest

logger = logging.getLogger(__name__)

Found = TypeVar("Found")


class FallbackRetriever:
    """Asks the first retriever until it fails, and from then on the other, which is opened only then.

    Args:
        first: on Milvus.
        other: opens the one of this machine.
    """

    def __init__(self, first: Retriever, other: Callable[[], Retriever]) -> None:
        self._current = first
        self._other: Callable[[], Retriever] | None = other
        self._lock = threading.Lock()

    @property
    def facets(self) -> Facets:
        """The values that can be filtered by."""
        return self._asked(lambda one: one.facets)

    def search(self, request: SearchRequest) -> list[Scored]:
        """Passages, best first, ties by row number."""
        return self._asked(lambda one: one.search(request))

    def holding(
        self, text: str, groups: Sequence[Alternatives], limits: Sequence[Filters], limit: int
    ) -> list[list[Scored]]:
        """For each of the limits, the passages that hold a way of every group, best first."""
        return self._asked(lambda one: one.holding(text, groups, limits, limit))

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        return self._asked(lambda one: one.holders(term))

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages, by row number."""
        return self._asked(lambda one: one.keys(rows))

    def _asked(self, work: Callable[[Retriever], Found]) -> Found:
        asked = self._current
        try:
            return work(asked)
        except MilvusError as exc:
            return work(self._instead_of(asked, exc))

    def _instead_of(self, failed: Retriever, exc: MilvusError) -> Retriever:
        with self._lock:
            if self._current is failed and self._other is not None:
                logger.warning("%s このパソコンの索引で続けます。", exc)
                self._current, self._other = self._other(), None
            return self._current
