"""A model that reads a question and a passage together and says how well they fit; none is built in.

The search needs no such model. Whoever has one names it, and it puts the first passages found in a new order.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from corpus.errors import InputError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LONGEST_TEXT = 800
"""Characters of a passage that are read."""


class RerankerUnavailableError(InputError):
    """The model cannot be loaded or used; the message says what to do."""


class Reranker(Protocol):
    """Tells how well passages fit a question. Safe to share between threads."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """A score for each text, higher is better; comparable within one call only.

        Raises:
            RerankerUnavailableError: the model cannot be used.
        """
        ...


class CrossEncoderReranker:
    """A ``Reranker`` on a sentence-transformers cross-encoder, which is loaded when first used.

    Args:
        name_or_folder: a model's name on the Hugging Face Hub, or the folder of a downloaded one.
        local_files_only: never ask the network.
    """

    def __init__(self, name_or_folder: str, *, local_files_only: bool = False) -> None:
        self._name = name_or_folder
        self._local_files_only = local_files_only
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """See ``Reranker``; one reading at a time, for each takes all cores."""
        if not texts:
            return []
        pairs = [(question, text[:LONGEST_TEXT]) for text in texts]
        with self._lock:
            model = self._loaded
            try:
                found = np.asarray(model.predict(pairs, show_progress_bar=False), dtype=np.float64)
            except (RuntimeError, ValueError, IndexError) as exc:
                raise RerankerUnavailableError(
                    f"並べ替えモデル「{self._name}」で計算できません: {exc}"
                ) from exc
        if found.shape != (len(texts),) or not np.isfinite(found).all():
            raise RerankerUnavailableError(
                f"並べ替えモデル「{self._name}」は、質問と文の組に1つの点数を付けるモデルではありません。"
                "リランカー（クロスエンコーダー）を指定してください。"
            )
        return [float(score) for score in found]

    @cached_property
    def _loaded(self) -> CrossEncoder:
        try:
            from sentence_transformers import CrossEncoder

            model: CrossEncoder = CrossEncoder(
                self._name, device="cpu", local_files_only=self._local_files_only
            )
            return model
        except (OSError, ValueError, ImportError, RuntimeError) as exc:
            raise RerankerUnavailableError(
                f"並べ替えモデル「{self._name}」を読み込めません。モデルのフォルダの場所が正しいか、"
                f"名前で指定した場合は取得済みか、ネットワークにつながっているかを確かめてください: {exc}"
            ) from exc
