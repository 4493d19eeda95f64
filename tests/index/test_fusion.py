from __future__ import annotations

import statistics

import numpy as np
import pytest

from index.fusion import fuse, z_scores


def test_z_scores_have_mean_0_and_deviation_1() -> None:
    values = [3.0, 8.0, 1.0, 4.0]
    expected = [(value - statistics.fmean(values)) / statistics.pstdev(values) for value in values]
    assert z_scores(np.array(values)).tolist() == pytest.approx(expected)
    assert z_scores(np.array([2.0, 2.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("weight", "best"), [(0.0, 1), (1.0, 2), (0.5, 3)])
def test_the_weight_decides_between_the_arms(weight: float, best: int) -> None:
    lexical = {1: 10.0, 2: 0.0, 3: 9.0}
    dense = {1: 0.0, 2: 1.0, 3: 0.9}
    assert fuse(lexical, dense, dense_weight=weight)[0][0] == best


def test_ties_are_broken_by_row_and_nothing_gives_nothing() -> None:
    assert [row for row, _ in fuse({4: 1.0, 2: 1.0}, {4: 0.5, 2: 0.5}, dense_weight=0.3)] == [2, 4]
    assert fuse({}, {}, dense_weight=0.3) == []


def test_arms_over_other_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="same rows"):
        fuse({1: 1.0}, {2: 1.0}, dense_weight=0.3)
