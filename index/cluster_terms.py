"""Words cut and texts embedded on the workers of a cluster, with the same result as on this machine.

Both wrap what this machine would use and give it only work that was done elsewhere. Where the cluster is lost
in between, this machine does the rest itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.cluster import Cluster, ClusterError
from index.encoder import Encoder, Vectors
from index.sentence_encoder import SentenceTransformerEncoder
from index.static_encoder import StaticEncoder
from index.terms import Term, TermAnalyzer

logger = logging.getLogger(__name__)

LEAST = 64
"""Fewer texts are worked on here: sending them would take longer."""

A_PIECE = 128
"""Texts that a worker gets at a time."""


class ClusterAnalyzer(TermAnalyzer):
    """A ``TermAnalyzer`` whose lines are cut on workers where it is told of them before."""

    def __init__(self, cluster: Cluster, dictionary_dir: Path | None = None) -> None:
        super().__init__(dictionary_dir)
        self._cluster: Cluster | None = cluster
        self._cut_there: dict[str, tuple[Term, ...]] = {}

    def prepare(self, texts: Iterable[str]) -> None:
        """Cut the lines of texts on workers, for the calls that come next."""
        known = self._cut_there
        lines = list(dict.fromkeys(line for text in texts for line in text.split("\n")))
        self._cut_there = {line: known[line] for line in lines if line in known}
        missing = [line for line in lines if line not in known]
        if self._cluster is None or len(missing) < LEAST:
            return
        try:
            cut = self._cluster.all(cut_lines, _pieces(missing))
        except ClusterError as exc:
            logger.warning("%s 残りはこのパソコンで行います。", exc)
            self._cluster = None
            return
        self._cut_there.update(zip(missing, (one for piece in cut for one in piece), strict=True))

    def _line(self, line: str) -> tuple[Term, ...]:
        found = self._cut_there.get(line)
        return super()._line(line) if found is None else found


class ClusterEncoder:
    """An ``Encoder`` that embeds passages on workers.

    Args:
        cluster: whose workers embed.
        encoder: the same model on this machine.
        encode: embeds texts on a worker; must be that model.
    """

    def __init__(
        self, cluster: Cluster, encoder: Encoder, encode: Callable[[Sequence[str]], Vectors]
    ) -> None:
        self._cluster: Cluster | None = cluster
        self._encoder = encoder
        self._encode = encode

    @property
    def name(self) -> str:
        """The model's name, for people."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """Hash of all that decides a vector."""
        return self._encoder.fingerprint

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, d), rows L2-normalised; a zero row where no word is known."""
        if self._cluster is not None and len(texts) >= LEAST:
            try:
                return np.concatenate(self._cluster.all(self._encode, _pieces(texts)))
            except ClusterError as exc:
                logger.warning("%s 残りはこのパソコンで行います。", exc)
                self._cluster = None
        return self._encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (d,), L2-normalised; zero where no word is known."""
        return self._encoder.encode_query(text)


def cut_lines(lines: Sequence[str]) -> list[tuple[Term, ...]]:
    """The terms of lines, on a worker."""
    return [tuple(_analyzer().analyze(line)) for line in lines]


def encode_texts(texts: Sequence[str], model: str | None) -> Vectors:
    """The vectors of texts, on a worker; ``model`` is of sentence-transformers, None for the built-in one."""
    return _encoder(model).encode_passages(texts)


def fingerprints_here(model: str | None) -> tuple[str, str]:
    """Of this process's analyzer and embedding model: a worker must have the writer's."""
    return _analyzer().fingerprint, _encoder(model).fingerprint


@lru_cache(maxsize=1)
def _analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@lru_cache(maxsize=1)
def _encoder(model: str | None) -> Encoder:
    return StaticEncoder(analyzer=_analyzer()) if model is None else SentenceTransformerEncoder(model)


def _pieces(texts: Sequence[str]) -> list[list[str]]:
    return [list(texts[at : at + A_PIECE]) for at in range(0, len(texts), A_PIECE)]
