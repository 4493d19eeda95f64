"""From trained rows to the model's folder: 8 bits a value and one scale a row."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.static_encoder import StaticModel, save_model
from index.static_module import write_modules_file
from index.training.train import TrainingConfig

TRAINING_NAME = "training.json"


def quantize(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows (terms, d) as int8 and scales (terms,): a row's largest value becomes 127."""
    scales = np.abs(rows).max(axis=1) / 127.0
    scales = np.where(scales > 0, scales, 1.0).astype(np.float32)
    return np.rint(rows / scales[:, None]).astype(np.int8), scales


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedRows:
    """Rows (n, d) of words that no training text has, and the row of each; words share rows."""

    rows: NDArray[np.float32]
    numbers: Mapping[str, int]


def export_model(
    folder: Path,
    rows: NDArray[np.float32],
    vocabulary: Sequence[str],
    shared: SharedRows,
    config: TrainingConfig,
    *,
    terms: str,
) -> None:
    """Write the model's folder: the terms of ``vocabulary`` with a row each, then those that share rows.

    ``terms`` is the fingerprint of the analyzer that made the vocabulary.
    """
    used = sorted(set(shared.numbers.values()))
    places = {number: len(vocabulary) + place for place, number in enumerate(used)}
    values, scales = quantize(np.concatenate([rows, shared.rows[used]]).astype(np.float32))
    model = StaticModel(
        name=f"shirube-static-{config.dimension}",
        vocabulary={term: place for place, term in enumerate(vocabulary)}
        | {term: places[number] for term, number in shared.numbers.items()},
        rows=values,
        scales=scales,
    )
    save_model(model, folder, terms=terms)
    write_modules_file(folder)
    settings = json.dumps(dataclasses.asdict(config), indent=2) + "\n"
    (folder / TRAINING_NAME).write_text(settings, encoding="utf-8", newline="\n")
