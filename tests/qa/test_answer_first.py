from __future__ import annotations

from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from ui.intake import ingest
from ui.library import open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    ingest(folder, [SAMPLES])
    return open_engine(folder)


def test_the_passage_of_a_short_answer_leads_the_list(engine: Engine) -> None:
    result = engine.ask("月見浦市 外国人相談の件数 平成30年度は")
    assert result.answer.short
    assert result.search.hits[0].passage.passage_id == result.answer.lines[0].citation.passage_id
    assert [hit.rank for hit in result.search.hits] == list(range(1, len(result.search.hits) + 1))
    assert len({hit.passage.passage_id for hit in result.search.hits}) == len(result.search.hits)


def test_without_a_short_answer_the_list_is_as_searched(engine: Engine) -> None:
    question = "多文化共生の取組"
    result = engine.ask(question)
    assert not result.answer.short
    scores = [hit.score for hit in result.search.hits]
    searched = [hit.passage.passage_id for hit in engine.search(question, limit=len(scores)).hits]
    found = [hit.passage.passage_id for hit in result.search.hits]
    assert [one for one in found if one in searched][:5] == searched[:5]
