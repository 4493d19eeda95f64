"""The built-in model as a sentence-transformers module, for people who want it in that library's tools.

Apart from ``static_encoder`` because it imports torch, which the product's own path does without.
``SentenceTransformer(folder, trust_remote_code=True)`` finds this class by the folder's ``modules.json``;
the flag is needed because the class lies outside the library's own package.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule
from torch import Tensor

from index.static_encoder import (
    CONFIG_NAME,
    VOCABULARY_NAME,
    WEIGHTS_NAME,
    StaticModel,
    content_keys,
    load_model,
)
from index.terms import TermAnalyzer

MODULES_NAME = "modules.json"


class StaticTermsModule(InputModule):
    """Term rows × (1 + ln how often), added up and L2-normalised, as in ``StaticEncoder``."""

    def __init__(self, model: StaticModel, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._model = model
        self._folder = folder
        self._analyzer = TermAnalyzer()
        rows = torch.from_numpy(model.vectors())
        self.rows = torch.nn.EmbeddingBag.from_pretrained(rows, freeze=True, mode="sum")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Row numbers and weights of all texts in one line, with the place where each text begins."""
        numbers: list[int] = []
        weights: list[float] = []
        offsets: list[int] = []
        for text in inputs:
            offsets.append(len(numbers))
            known = self._model.weights(content_keys(self._analyzer, (prompt or "") + str(text)))
            numbers.extend(known)
            weights.extend(known.values())
        return {
            "input_ids": torch.tensor(numbers, dtype=torch.long),
            "weights": torch.tensor(weights, dtype=torch.float32),
            "offsets": torch.tensor(offsets, dtype=torch.long),
        }

    def forward(self, features: dict[str, Tensor | Any], **_: Any) -> dict[str, Tensor | Any]:
        """Add ``sentence_embedding``, shape (n, d)."""
        summed = self.rows(features["input_ids"], features["offsets"], features["weights"])
        features["sentence_embedding"] = torch.nn.functional.normalize(summed, dim=1)
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return self._model.dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the model's files; they are not changed by use."""
        target = Path(output_path)
        if target.resolve() != self._folder.resolve():
            for name in (CONFIG_NAME, VOCABULARY_NAME, WEIGHTS_NAME):
                shutil.copyfile(self._folder / name, target / name)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **__: Any) -> StaticTermsModule:
        """Read a model's folder."""
        folder = Path(model_name_or_path, subfolder)
        return cls(load_model(folder), folder)


def write_modules_file(folder: Path) -> None:
    """Tell sentence-transformers which class reads this folder."""
    reference = f"{StaticTermsModule.__module__}.{StaticTermsModule.__qualname__}"
    modules = [{"idx": 0, "name": "0", "path": "", "type": reference}]
    text = json.dumps(modules, indent=2) + "\n"
    (folder / MODULES_NAME).write_text(text, encoding="utf-8", newline="\n")
