"""What the dense index asks of an embedding model, whichever library runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from corpus.errors import InputError

Vectors = NDArray[np.float32]

Rows = list[int]
"""Numbers of rows in a model of terms."""


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
class TermEncoder(Encoder, Protocol):
    """An ``Encoder`` that reads a text as its terms: who has cut it already need not have it cut again."""

    @property
    def terms(self) -> str:
        """Fingerprint of the analyzer whose terms it reads."""
        ...

    def rows_of(self, terms: Sequence[str]) -> Rows:
        """The rows of the words and compounds of a text, in order; terms that have none are left out."""
        ...

    def encode_rows(self, texts: Sequence[Rows]) -> Vectors:
        """What ``encode_passages`` gives for texts of these rows, shape (n, d)."""
        ...
