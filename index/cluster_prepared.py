"""Passages prepared on the workers of a cluster, with the same result as on this machine.

A worker gets a batch of texts and gives back all that writing takes: terms, pairs, years and vectors. Where
the cluster is lost in between, this machine does the rest itself.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from socket import gethostname

from corpus.cluster import FORM, Cluster, ClusterError, other_version
from index.encoder import Encoder
from index.passage_terms import Source
from index.prepared import LocalPreparer, Prepared
from index.sentence_encoder import SentenceTransformerEncoder
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer

logger = logging.getLogger(__name__)

AHEAD = 3
"""Batches a worker that are sent before they are waited for: one that is worked on, and two on their way."""


class ClusterPreparer:
    """A ``Preparer`` on workers.

    Args:
        cluster: whose workers prepare.
        model: of sentence-transformers, None for the built-in one.
        here: prepares with the same model on this machine.
        ours: the fingerprints of its analyzer and its model, as ``fingerprints`` gives them.
    """

    def __init__(
        self, cluster: Cluster, model: str | None, here: LocalPreparer, ours: tuple[str, str]
    ) -> None:
        self._cluster: Cluster | None = cluster
        self._work = partial(prepare_there, model=model, ours=ours)
        self._here = here

    def prepared(self, batches: Iterable[Sequence[Source]]) -> Iterator[Prepared]:
        """One for each batch, in order; some are taken ahead."""
        sent: deque[Sequence[Source]] = deque()
        coming = iter(batches)

        def sending() -> Iterator[Sequence[Source]]:
            for batch in coming:
                sent.append(batch)
                yield batch

        if self._cluster is not None:
            try:
                for made in self._cluster.in_order(self._work, sending(), AHEAD):
                    sent.popleft()
                    yield made
            except ClusterError as exc:
                logger.warning("%s 残りはこのパソコンで行います。", exc)
                self._cluster = None
        yield from self._here.prepared(chain(sent, coming))


def prepare_there(batch: Sequence[Source], model: str | None, ours: tuple[str, str]) -> Prepared:
    """Prepare a batch on a worker.

    Raises:
        OtherVersionError: its analyzer or model is another than the writer's; it may have come late.
    """
    if fingerprints_here(model) != ours:
        raise other_version([gethostname()])
    return _preparer(model).prepare(batch)


def fingerprints_here(model: str | None) -> tuple[str, str]:
    """Of this process's analyzer and embedding model: a worker must have the writer's."""
    return fingerprints(_analyzer(), _encoder(model))


def fingerprints(analyzer: TermAnalyzer, encoder: Encoder) -> tuple[str, str]:
    """Of an analyzer and a model, and of the form in which what they make is given back."""
    return f"{FORM} {analyzer.fingerprint}", encoder.fingerprint


@lru_cache(maxsize=1)
def _preparer(model: str | None) -> LocalPreparer:
    return LocalPreparer(_analyzer(), _encoder(model))


@lru_cache(maxsize=1)
def _analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@lru_cache(maxsize=1)
def _encoder(model: str | None) -> Encoder:
    return StaticEncoder(analyzer=_analyzer()) if model is None else SentenceTransformerEncoder(model)
