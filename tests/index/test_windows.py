from __future__ import annotations

from pathlib import Path

import pytest

from corpus.passage import Passage
from index.windows import BATCH, WindowIndex, build_windows, windows_of
from tests.corpus.make import a_document, passages_by_line
from tests.index.make import LetterEncoder


def a_passage(text: str) -> Passage:
    return passages_by_line(a_document(text), text)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("窓口を増やす。相談員を2人置く。", ["窓口を増やす。", "相談員を2人置く。"]),
        ("・道路の清掃を行う ・花壇の手入れをする", ["・道路の清掃を行う", "・花壇の手入れをする"]),
        ("窓口を増やす。", []),
        ("短い。これも。相談員を2人置く。", ["相談員を2人置く。"]),
    ],
)
def test_windows_are_sentences_and_list_items(text: str, expected: list[str]) -> None:
    assert windows_of(a_passage(text)) == expected


def test_the_nearest_sentence_equals_brute_force(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    windows = [
        ["窓口を増やす", "相談員を置く"],
        [],
        ["道路の清掃"],
        ["花壇の手入れ", "問いを集める", "市の方針"],
    ]
    rows = [3, 4, 8, 20]
    build_windows(tmp_path / "文", rows, windows, encoder)
    query = encoder.encode_query("問い")
    found = WindowIndex(tmp_path / "文").best(query, [20, 4, 3])
    expected = {
        row: max(float(encoder.encode_query(text) @ query) for text in windows[rows.index(row)])
        for row in (20, 3)
    }
    assert found == pytest.approx(expected, abs=1e-2)


def test_passages_of_one_sentence_have_none(tmp_path: Path) -> None:
    build_windows(tmp_path / "文", [1, 2], [[], []], LetterEncoder())
    assert WindowIndex(tmp_path / "文").best(LetterEncoder().encode_query("問い"), [1, 2]) == {}


def test_windows_written_in_many_batches_are_those_of_one(tmp_path: Path) -> None:
    encoder = LetterEncoder()
    windows = [[f"窓口{number}を増やす", "相談員を置く"] for number in range(BATCH)]
    build_windows(tmp_path / "文", range(BATCH), windows, encoder)
    found = WindowIndex(tmp_path / "文")
    query = encoder.encode_query("相談員")
    expected = max(float(encoder.encode_query(text) @ query) for text in windows[-1])
    assert found.best(query, [BATCH - 1])[BATCH - 1] == pytest.approx(expected, abs=1e-2)
    assert found.rows == list(range(BATCH))
