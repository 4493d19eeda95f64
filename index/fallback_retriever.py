"""A retriever that goes on with the index of this machine while the one in front of it cannot be used."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from corpus.errors import LibraryError
from index.facets import Facets
from index.filters import Filters
from index.lexical import Alternatives
from index.milvus_connection import MilvusError
from index.retriever import Retriever, Scored, SearchRequest

logger = logging.getLogger(__name__)

Found = TypeVar("Found")


AGAIN = 60.0
"""Seconds after which the one in front is tried again, beside the questions."""


class FallbackRetriever:
    """Asks the first retriever while it can be used, and else the other; each is opened when it is needed.

    Args:
        first: opens the one on Milvus.
        other: opens the one of this machine.
    """

    def __init__(self, first: Callable[[], Retriever], other: Callable[[], Retriever]) -> None:
        """Open the first, or the other where that fails.

        Raises:
            LibraryError: the other cannot be used either.
        """
        self._first = first
        self._other = other
        self._lock = threading.Lock()
        self._failed_at: float | None = None
        try:
            self._current = first()
        except MilvusError as exc:
            self._current = self._turned_from(exc)

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
        self._try_again()
        asked = self._current
        try:
            return work(asked)
        except MilvusError as exc:
            return work(self._instead_of(asked, exc))

    def _instead_of(self, failed: Retriever, exc: MilvusError) -> Retriever:
        with self._lock:
            if self._current is failed:
                self._current = self._turned_from(exc)
            return self._current

    def _turned_from(self, exc: MilvusError) -> Retriever:
        logger.warning("%s このパソコンの索引で続けます。", exc)
        self._failed_at = time.monotonic()
        return self._other()

    def _try_again(self) -> None:
        """See now and then whether the first can be used again; no question waits for that."""
        with self._lock:
            if self._failed_at is None or time.monotonic() - self._failed_at < AGAIN:
                return
            self._failed_at = time.monotonic()
        threading.Thread(target=self._return_to_first, name="shirube-milvus", daemon=True).start()

    def _return_to_first(self) -> None:
        try:
            found = self._first()
        except LibraryError as exc:
            logger.info("the first cannot be used yet: %s", exc)
            return
        with self._lock:
            self._current, self._failed_at = found, None
        logger.warning("Milvus を使えるようになったため、Milvus で続けます。")
