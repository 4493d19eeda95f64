"""What the dense index asks of an embedding model, whichever library runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError

Vectors = NDArray[np.float32]


class EncoderUnavailableError(InputError):
    """An embedding model cannot be loaded."""


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their nearness in meaning."""

    @property
    def name(self) -> str:
        """The model's name, for people."""
        ...

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hash of all that decides a vector: an index holds vectors of one fingerprint only."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, d), rows L2-normalised; a zero row where no word is known."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (d,), L2-normalised; zero where no word is known."""
        ...


@runtime_checkable
class TermEncoder(Protocol):
    """An ``Encoder`` that reads a text as its terms: who has cut it already need not have it cut again."""

    @property
    def terms(self) -> str:
        """Fingerprint of the analyzer whose terms it reads."""
        ...

    def encode_terms(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """What ``encode_passages`` gives for texts whose words and compounds these are, shape (n, d)."""
        ...
