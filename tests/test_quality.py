from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from tests.evaluate import evaluate, read_questions, table
from ui.intake import ingest
from ui.library import open_engine

COMMITTED = Path(__file__).parents[1] / "docs" / "evaluation.json"
NAMES = ("nDCG@10", "R@10", "hit@1", "short", "refused rightly")
MAY_FALL = 0.01


def test_judged_quotes_stand_in_their_files() -> None:
    for question in read_questions():
        for one in question["relevant"]:
            assert one["quote"] in (SAMPLES / f"{one['doc']}.txt").read_text("utf-8"), question["id"]


@pytest.fixture(scope="module")
def means(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    library = tmp_path_factory.mktemp("quality") / "library"
    ingest(library, [SAMPLES])
    return evaluate(open_engine(Path(library)), read_questions())


def test_quality_on_the_sample_corpus_has_not_fallen(means: dict[str, dict[str, float]]) -> None:
    committed = json.loads(COMMITTED.read_text("utf-8"))["all"]
    fallen = {name: means["all"][name] for name in NAMES if means["all"][name] < committed[name] - MAY_FALL}
    assert not fallen, table(means)


def test_what_the_documents_answer_is_not_refused(means: dict[str, dict[str, float]]) -> None:
    assert means["all"]["refused wrongly"] <= 0.03
