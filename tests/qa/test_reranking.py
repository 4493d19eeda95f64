from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from corpus.access import OPERATOR
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from index.reranker import RerankerUnavailableError
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from qa.engine import Engine
from ui.intake import ingest
from ui.library import municipality_table


class Prefers:
    """A model that finds fitting what holds a word."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read = 0

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        assert question
        self.read = len(texts)
        return [float(self.word in text) for text in texts]


class Unusable:
    """A model that cannot be loaded."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        raise RerankerUnavailableError("並べ替えモデルを読み込めません。")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reranking") / "library"
    ingest(folder, [SAMPLES])
    return folder


def _engine(library: Path, reranker: Prefers | Unusable | None) -> Engine:
    analyzer = TermAnalyzer()
    return Engine(
        Store.open(library),
        analyzer,
        StaticEncoder(analyzer=analyzer),
        municipality_table(),
        today=lambda: date(2026, 11, 20),
        audience=OPERATOR,
        reranker=reranker,
    )


def test_the_model_lifts_what_it_finds_fitting(library: Path) -> None:
    plain = _engine(library, None).search("空き家対策", limit=30).hits
    late = plain[24]
    model = Prefers(late.passage.text[:12])
    hits = _engine(library, model).search("空き家対策", limit=10).hits
    assert model.read == 30
    assert late.row_id in [hit.row_id for hit in hits]
    assert [hit.rank for hit in hits] == list(range(1, 11))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_model_that_finds_all_alike_changes_nothing(library: Path) -> None:
    plain = _engine(library, None).search("多文化共生の取組", limit=30).hits
    hits = _engine(library, Prefers("この言葉はどこにもない")).search("多文化共生の取組", limit=10).hits
    assert [hit.row_id for hit in hits] == [hit.row_id for hit in plain[:10]]


def test_without_the_model_the_search_goes_on_and_says_so(library: Path) -> None:
    plain = _engine(library, None).search("空き家対策", limit=30).hits
    found = _engine(library, Unusable()).search("空き家対策", limit=10)
    assert [hit.row_id for hit in found.hits] == [hit.row_id for hit in plain[:10]]
    assert any("並べ替えモデル" in notice for notice in found.notices)
