from __future__ import annotations

import pytest

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from ui.intake import ingest
from ui.library import open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    library = tmp_path_factory.mktemp("quoted") / "library"
    ingest(library, [SAMPLES])
    return open_engine(library)


def test_a_quoted_heading_is_where_to_look(engine: Engine) -> None:
    hits = engine.search("千鳥ヶ原市総合計画「循環型社会の構築」の主な取組").hits
    assert len(hits) > 3
    assert all("循環型社会の構築" in f"{hit.context} {hit.passage.text}".replace(" ", "") for hit in hits)


def test_a_quoted_wording_must_stand_there(engine: Engine) -> None:
    hits = engine.search("「分別アプリ」の登録").hits
    assert hits
    assert all("分別アプリ" in f"{hit.context} {hit.passage.text}" for hit in hits)


def test_what_is_quoted_and_stands_nowhere_is_told(engine: Engine) -> None:
    found = engine.search("「宇宙港の整備」の取組")
    assert found.hits
    assert any("そのまま含む箇所はありません" in notice for notice in found.notices)
