"""Fusion of two rankings by z-scores.

Plain reciprocal rank fusion loses where one arm is weak (it throws the distances away), so each arm's scores
are brought to mean 0 and deviation 1 over the same candidates and added: ``(1 - w) z_lexical + w z_dense``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray


def z_scores(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values brought to mean 0 and deviation 1; all zeros where they do not differ."""
    deviation = float(values.std())
    if deviation < 1e-12:
        return np.zeros_like(values)
    result: NDArray[np.float64] = (values - values.mean()) / deviation
    return result


def fuse(
    lexical: Mapping[int, float], dense: Mapping[int, float], *, dense_weight: float
) -> list[tuple[int, float]]:
    """Fuse two score tables over the same row numbers, best first, ties by row number.

    Raises:
        ValueError: the tables do not name the same rows.
    """
    rows = sorted(lexical)
    if rows != sorted(dense):
        raise ValueError("both arms must score the same rows")
    if not rows:
        return []
    left = z_scores(np.array([lexical[row] for row in rows]))
    right = z_scores(np.array([dense[row] for row in rows]))
    total = (1 - dense_weight) * left + dense_weight * right
    return sorted(zip(rows, total.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
