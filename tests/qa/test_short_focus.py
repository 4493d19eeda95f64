from __future__ import annotations

import pytest

from corpus.folding import fold
from index.terms import TermAnalyzer
from qa.short_focus import focus_of


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("女性の管理職の割合は？", "管理職"),
        ("財政調整基金の残高", "残高"),
        ("図書館の利用者数の推移", "図書館"),
        ("防犯カメラは何台設置した？", "防犯カメラ"),
        ("オンラインでできる手続の数", "手続き"),
        ("消防団の団員数は何人ですか", "団員"),
        ("交換した施設と台数", ""),
        ("何台の防犯カメラを設置したか", ""),
        ("利用実績は何件", ""),
    ],
)
def test_the_noun_that_a_figure_is_asked_of(question: str, focus: str, analyzer: TermAnalyzer) -> None:
    text = fold(question).text
    weights = {key: 1.0 for key in analyzer.keys(text) if key not in ("何", "台")}
    assert focus_of(text, weights, analyzer) == focus
