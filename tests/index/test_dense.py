from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseIndex, Vectors, build_dense


def unit_vectors(count: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).standard_normal((count, 32)).astype(np.float32)
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


def opened(folder: Path, rows: list[int], vectors: Vectors) -> DenseIndex:
    build_dense(folder / "索引", np.array(rows, dtype=np.int64), vectors)
    return DenseIndex(folder / "索引")


@pytest.mark.parametrize("within", [None, [4, 10, 22], []])
def test_search_equals_brute_force(tmp_path: Path, within: list[int] | None) -> None:
    rows = [2 * number for number in range(50)]
    vectors, query = unit_vectors(50, 1), unit_vectors(1, 2)[0]
    index = opened(tmp_path, rows, vectors)
    cosines = {row: float(vector @ query) for row, vector in zip(rows, vectors, strict=True)}
    allowed = rows if within is None else within
    expected = sorted(allowed, key=lambda row: (-cosines[row], row))[:5]
    found = index.search(query, 5, within)
    assert [row for row, _ in found] == expected
    assert dict(found) == pytest.approx({row: cosines[row] for row in expected}, abs=2e-3)


def test_scores_are_given_in_the_order_asked(tmp_path: Path) -> None:
    vectors, query = unit_vectors(4, 3), unit_vectors(1, 4)[0]
    index = opened(tmp_path, [1, 5, 9, 11], vectors)
    assert index.scores(query, [9, 1]) == pytest.approx(
        [float(vectors[2] @ query), float(vectors[0] @ query)], abs=2e-3
    )
    assert index.scores(query, []) == []


def test_a_query_of_unknown_words_is_near_to_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path, [1, 2], unit_vectors(2, 5))
    assert index.search(np.zeros(32, dtype=np.float32), 5, None) == []


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = opened(tmp_path, [], np.zeros((0, 32), dtype=np.float32))
    assert index.search(unit_vectors(1, 6)[0], 5, None) == []
