"""The first passages of a search in the order of a model that reads question and passage together.

The model's score and that of the search are put on one scale (z-scores over these passages) and added: a
model that is sure moves a passage far, one that is not leaves the order as it was.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.reranker import Reranker, RerankerUnavailableError
from qa.hits import Hit, ranked
from qa.results import SearchResult

logger = logging.getLogger(__name__)

READ = 30
"""How many of the first passages the model reads: each takes some milliseconds."""


def reranked(hits: Sequence[Hit], question: str, reranker: Reranker) -> list[Hit]:
    """The hits, the first ``READ`` of them in a new order; ranks counted anew, scores still falling.

    Args:
        hits: best first.
        question: as it was searched for.
        reranker: the model.

    Raises:
        RerankerUnavailableError: the model cannot be used.
    """
    first, rest = list(hits[:READ]), list(hits[READ:])
    if len(first) < 2:
        return list(hits)
    told = reranker.scores(question, [f"{hit.context}\n{hit.passage.text}" for hit in first])
    total = _standard(told) + _standard([hit.score for hit in first])
    lowest = max((hit.score for hit in rest), default=0.0)
    lifted = total - total.min() + lowest
    return ranked([*zip(lifted.tolist(), first, strict=True), *((hit.score, hit) for hit in rest)])


def _standard(scores: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = np.asarray(scores, dtype=np.float64)
    spread = values.std()
    return (values - values.mean()) / spread if spread else np.zeros_like(values)


def in_order_of(reranker: Reranker, result: SearchResult, limit: int) -> SearchResult:
    """The first hits as a model orders them; where it cannot be used, as they are, which is told."""
    try:
        hits = reranked(result.hits, result.understood.question.text, reranker)
    except RerankerUnavailableError as exc:
        logger.warning("%s", exc)
        notice = f"検索の順のまま示します。{exc}"
        return replace(result, hits=result.hits[:limit], notices=(*result.notices, notice))
    return replace(result, hits=tuple(hits[:limit]))
