"""Any sentence-transformers model as an ``Encoder``, larger than the built-in one."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import EncoderUnavailableError, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAMPLE = 4096  # values of each tensor that go into the fingerprint


class SentenceTransformerEncoder:
    """An ``Encoder`` on a sentence-transformers model, which is loaded when first used.

    Prompts that the model defines for queries and for passages (e5, Ruri …) are put before the texts.

    Args:
        name_or_folder: a model's name on the Hugging Face Hub, or the folder of a downloaded one.
        trust_remote_code: run code that the model brings along.
        local_files_only: never ask the network.
        batch_size: texts encoded at a time.
    """

    def __init__(
        self,
        name_or_folder: str,
        *,
        trust_remote_code: bool = False,
        local_files_only: bool = False,
        batch_size: int = 32,
    ) -> None:
        self._name = name_or_folder
        self._trust_remote_code = trust_remote_code
        self._local_files_only = local_files_only
        self._batch_size = batch_size
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._name

    @cached_property
    def dimension(self) -> int:
        """Length of every vector."""
        return int(self.encode_query("").shape[0])

    @cached_property
    def fingerprint(self) -> str:
        """Hash of the model's prompts and of a sample of all its weights."""
        digest = hashlib.sha256(repr(sorted(self._model.prompts.items())).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            sample = tensor.detach().cpu().flatten()[:_SAMPLE].float().numpy()
            digest.update(f"{key}{tuple(tensor.shape)}".encode())
            digest.update(np.ascontiguousarray(sample).tobytes())
        return digest.hexdigest()[:16]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (n, d), rows L2-normalised."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode_document(
            list(texts),
            prompt=self._prompt("passage", "document", "corpus"),
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """The vector of a query, shape (d,), L2-normalised."""
        vector = self._model.encode_query(
            text, prompt=self._prompt("query"), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vector, dtype=np.float32)

    def _prompt(self, *names: str) -> str:
        # The library adds empty prompts of its own, and takes an empty "document" before a model's "passage".
        return next((prompt for name in names if (prompt := self._model.prompts.get(name))), "")

    @property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        if self._local_files_only:
            # Read when the library is first imported; its own setting still looks the name up in the network.
            os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(
                self._name,
                device="cpu",
                trust_remote_code=self._trust_remote_code,
                local_files_only=self._local_files_only,
            )
        except (OSError, ValueError, ImportError, RuntimeError) as exc:
            raise EncoderUnavailableError(
                f"埋め込みモデル「{self._name}」を読み込めません。モデルのフォルダの場所が正しいか、"
                "名前で指定した場合は、このパソコンに取得済みかを確かめてください。"
                "取得するのは「shirube ingest 資料のフォルダー --model 名前」だけで、ネットワークを使います"
                f": {exc}"
            ) from exc
