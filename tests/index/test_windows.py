from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.passage import Passage
from index.windows import WindowIndex, Windows, WindowsWriter, quantised, windows_of
from tests.corpus.make import a_document, passages_by_line
from tests.index.make import LetterEncoder


def a_passage(text: str) -> Passage:
    return passages_by_line(a_document(text), text)[0]


def build_windows(
    folder: Path,
    rows: Sequence[int],
    windows: Sequence[Sequence[str]],
    encoder: LetterEncoder,
    together: int = 2,
) -> None:
    """Write the windows of passages, so many passages at a time."""
    with WindowsWriter(folder, encoder.dimension) as writer:
        for at in range(0, len(windows), together):
            batch = windows[at : at + together]
            texts = [text for one in batch for text in one]
            vectors = (
                encoder.encode_passages(texts)
                if texts
                else np.zeros((0, encoder.dimension), dtype=np.float32)
            )
            values, scales = quantised(vectors)
            counts = np.array([len(one) for one in batch], dtype=np.int64)
            writer.add(Windows(counts=counts, values=values, scales=scales))
        writer.finish(rows)


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
    windows = [[f"窓口{number}を増やす", "相談員を置く"][number % 3 :] for number in range(20)]
    build_windows(tmp_path / "一度に", range(20), windows, encoder, together=20)
    build_windows(tmp_path / "文", range(20), windows, encoder, together=3)
    for one in (tmp_path / "一度に").iterdir():
        assert one.read_bytes() == (tmp_path / "文" / one.name).read_bytes()
    found = WindowIndex(tmp_path / "文")
    query = encoder.encode_query("相談員")
    expected = max(float(encoder.encode_query(text) @ query) for text in windows[18])
    assert found.best(query, [18])[18] == pytest.approx(expected, abs=1e-2)
    assert found.rows == list(range(20))
