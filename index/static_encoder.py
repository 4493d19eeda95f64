"""The built-in embedding model: one row a term, added up. It runs on numpy alone.

No weights can be downloaded in many municipal networks, and torch takes seconds to start; this model ships
with the product and answers at once. How it is trained stands in ``index.training``, what it can do in
``index/model/README.md``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from corpus.folding import fold_text
from index.encoder import EncoderUnavailableError, Rows, Vectors
from index.terms import LONGEST_KEPT, TermAnalyzer

MODEL_FOLDER = Path(__file__).parent / "model"
"""The model that the product ships."""

WEIGHTS_NAME = "model.safetensors"
VOCABULARY_NAME = "vocabulary.txt"
CONFIG_NAME = "static_config.json"

TEXTS_KEPT = 4_096
"""Of so many short texts the vectors are kept: some 4 MB."""

TOGETHER = 32
"""Texts whose rows are looked up together: as many as the processor's cache holds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StaticModel:
    """The parts of a static model.

    ``rows`` (n, d) int8 times ``scales`` (n,) float32 are the vectors; ``vocabulary`` tells the row of each
    term, and terms may share one.
    """

    name: str
    vocabulary: dict[str, int]
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    def vectors(self) -> Vectors:
        """The rows as they are meant, shape (n, d)."""
        return self.rows.astype(np.float32) * self.scales[:, None]

    def weights(self, keys: Sequence[str]) -> dict[int, float]:
        """Row number → 1 + ln(how often), of the keys that the model knows, by row number."""
        numbers = self.vocabulary
        counts = Counter([numbers[key] for key in keys if key in numbers])
        return {row: 1.0 + math.log(count) if count > 1 else 1.0 for row, count in sorted(counts.items())}


def load_model(folder: Path = MODEL_FOLDER) -> StaticModel:
    """Read a model's folder.

    Raises:
        EncoderUnavailableError: a file is missing or damaged.
    """
    try:
        config = json.loads((folder / CONFIG_NAME).read_text(encoding="utf-8"))
        lines = (folder / VOCABULARY_NAME).read_text(encoding="utf-8").split("\n")[:-1]
        tensors = load_file(folder / WEIGHTS_NAME)
        model = StaticModel(
            name=config["name"],
            vocabulary=_vocabulary(lines),
            rows=tensors["rows"],
            scales=tensors["scales"],
        )
    except (OSError, KeyError, ValueError, SafetensorError) as exc:
        message = f"埋め込みモデルのフォルダ {folder} を読めません。Shirube を入れ直してください: {exc}"
        raise EncoderUnavailableError(message) from exc
    if not max(model.vocabulary.values(), default=-1) + 1 == len(model.rows) == len(model.scales):
        raise EncoderUnavailableError(
            f"埋め込みモデルのフォルダ {folder} の語彙と重みの数が合いません。Shirube を入れ直してください。"
        )
    return model


def _vocabulary(lines: Sequence[str]) -> dict[str, int]:
    """Term → row: the line's own number, or the one that it names after a tab."""
    parts = (line.partition("\t") for line in lines)
    return {term: int(row) if row else place for place, (term, _, row) in enumerate(parts)}


def save_model(model: StaticModel, folder: Path, *, terms: str) -> None:
    """Write a model's folder. ``terms`` is the fingerprint of the analyzer that made the vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {"name": model.name, "dimension": model.dimension, "terms": terms}
    (folder / CONFIG_NAME).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8", newline="\n")
    lines = (
        f"{term}\n" if row == place else f"{term}\t{row}\n"
        for place, (term, row) in enumerate(model.vocabulary.items())
    )
    (folder / VOCABULARY_NAME).write_text("".join(lines), encoding="utf-8", newline="\n")
    # Not save_file: it leaves the file readable by its writer only.
    (folder / WEIGHTS_NAME).write_bytes(save({"rows": model.rows, "scales": model.scales}))


def content_keys(analyzer: TermAnalyzer, text: str) -> list[str]:
    """The keys that a static model looks up: words and compounds, for a number has no meaning to learn."""
    return analyzer.word_keys(fold_text(text))


class StaticEncoder:
    """An ``Encoder`` on a static model.

    Args:
        folder: the model; the one that the product ships if not given.
        analyzer: cuts the texts; one with the product's word list if None.
    """

    def __init__(self, folder: Path = MODEL_FOLDER, analyzer: TermAnalyzer | None = None) -> None:
        self._analyzer = TermAnalyzer() if analyzer is None else analyzer
        self._model = load_model(folder)
        self._fingerprint = _fingerprint(folder, self._analyzer)
        self._kept = lru_cache(maxsize=TEXTS_KEPT)(self._encoded)

    @property
    def name(self) -> str:
        """The model's name, for people."""
        return self._model.name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._model.dimension

    @property
    def fingerprint(self) -> str:
        """Hash of the model's files and of the analyzer."""
        return self._fingerprint

    @property
    def terms(self) -> str:
        """Fingerprint of the analyzer whose terms it reads."""
        return self._analyzer.fingerprint

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, d), rows L2-normalised; a zero row where no word is known."""
        return self.encode_rows([self.rows_of(content_keys(self._analyzer, text)) for text in texts])

    def rows_of(self, terms: Sequence[str]) -> Rows:
        """The rows of the words and compounds of a text, in order; terms that have none are left out."""
        return [row for row in map(self._model.vocabulary.get, terms) if row is not None]

    def encode_rows(self, texts: Sequence[Rows]) -> Vectors:
        """What ``encode_passages`` gives for texts of these rows, shape (n, d)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at in range(0, len(texts), TOGETHER):
            self._encode_some(texts[at : at + TOGETHER], vectors[at : at + TOGETHER])
        return vectors

    def _encode_some(self, texts: Sequence[Rows], vectors: Vectors) -> None:
        """As ``encode_keys``, each by the same sums, with the rows of all texts looked up at once."""
        model = self._model
        lengths = list(map(len, texts))
        flat = np.fromiter(chain.from_iterable(texts), dtype=np.int64, count=sum(lengths))
        numbers = np.repeat(np.arange(len(texts)) * len(model.rows), lengths)
        placed, counts = np.unique(numbers + flat, return_counts=True)
        if not len(placed):
            return
        numbers, flat = np.divmod(placed, len(model.rows))
        shares = [0.0, *(1.0 + math.log(count) for count in range(1, int(counts.max()) + 1))]
        factors = np.array(shares, dtype=np.float32)[counts] * model.scales[flat]
        rows = model.rows[flat].astype(np.float32)
        ends = np.searchsorted(numbers, np.arange(len(texts)), side="right").tolist()
        start = 0
        for place, end in enumerate(ends):
            if end > start:
                vectors[place] = factors[start:end] @ rows[start:end]
            start = end
        # Row by column is the same product as that of two vectors, to the last bit.
        norms = np.sqrt(vectors[:, None, :] @ vectors[:, :, None])[:, :, 0]
        norms[norms == 0] = 1
        vectors /= norms

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (d,), L2-normalised; zero where no word is known. Not to be changed.

        Those of short texts are kept: a question is encoded several times, and plans repeat their sentences.
        """
        return self._kept(text) if len(text) <= LONGEST_KEPT else self._encoded(text)

    def _encoded(self, text: str) -> Vectors:
        vector = self.encode_keys(content_keys(self._analyzer, text))
        vector.setflags(write=False)
        return vector

    def encode_keys(self, keys: Sequence[str]) -> Vectors:
        """The vector of a text that is cut already, shape (d,), L2-normalised; unknown keys count nothing."""
        weights = self._model.weights(keys)
        if not weights:
            return np.zeros(self.dimension, dtype=np.float32)
        rows = list(weights)
        factors = np.fromiter(weights.values(), dtype=np.float32) * self._model.scales[rows]
        vector = factors @ self._model.rows[rows].astype(np.float32)
        return _normalised(vector)


def _normalised(vector: NDArray[np.floating[Any]]) -> Vectors:
    norm = np.sqrt(vector @ vector)
    return np.asarray(vector / norm if norm > 0 else vector, dtype=np.float32)


def _fingerprint(folder: Path, analyzer: TermAnalyzer) -> str:
    digest = hashlib.sha256(analyzer.fingerprint.encode())
    for name in (VOCABULARY_NAME, WEIGHTS_NAME):
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]
