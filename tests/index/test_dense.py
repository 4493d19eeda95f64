from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.dense import DenseConfig, DenseIndex, Vectors, build_dense


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


def clustered(count: int) -> Vectors:
    chance = np.random.default_rng(7)
    centres = chance.standard_normal((40, 32))
    vectors = centres[chance.integers(0, 40, count)] + 0.35 * chance.standard_normal((count, 32))
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


@pytest.fixture(scope="module")
def in_lists(tmp_path_factory: pytest.TempPathFactory) -> tuple[DenseIndex, DenseIndex, Vectors]:
    """One set of vectors in lists and flat; row numbers are ten times their places."""
    vectors, folder = clustered(6_000), tmp_path_factory.mktemp("dense")
    rows = np.arange(6_000, dtype=np.int64) * 10
    build_dense(folder / "lists", rows, vectors, DenseConfig(flat_up_to=1_000))
    build_dense(folder / "flat", rows, vectors)
    return DenseIndex(folder / "lists"), DenseIndex(folder / "flat"), vectors


def test_lists_find_what_looking_at_all_vectors_finds(
    in_lists: tuple[DenseIndex, DenseIndex, Vectors],
) -> None:
    lists, flat, _ = in_lists
    assert lists.looks_at < 1.0 == flat.looks_at
    shares = []
    for query in clustered(50):
        found, exact = dict(lists.search(query, 50, None)), dict(flat.search(query, 50, None))
        shares.append(len(found.keys() & exact.keys()) / 50)
        for row in found.keys() & exact.keys():
            assert found[row] == pytest.approx(exact[row], abs=1e-6)
    assert np.mean(shares) >= 0.97


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6])
def test_selected_vectors_are_found_wherever_they_lie(
    in_lists: tuple[DenseIndex, DenseIndex, Vectors], share: float
) -> None:
    lists, flat, vectors = in_lists
    for query in vectors[:5]:
        farthest = np.argsort(vectors @ query)[: int(share * len(vectors))]
        scattered = np.random.default_rng(3).random(len(vectors)) < share
        for places in (np.sort(farthest), np.flatnonzero(scattered)):
            within = [10 * int(place) for place in places]
            found, exact = lists.search(query, 30, within), flat.search(query, 30, within)
            assert [row for row, _ in found] == [row for row, _ in exact]
            assert dict(found) == pytest.approx(dict(exact), abs=1e-6)
    few = list(range(0, 60_000, 7_000))
    assert lists.scores(vectors[0], few) == pytest.approx(flat.scores(vectors[0], few), abs=1e-6)
