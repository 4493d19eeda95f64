"""Questions as residents talk, in other words than the documents', asked of the whole engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from qa.answer import Answer
from tests.calibrate import EVERYDAY
from tests.qa.test_shorts_questions import says
from ui.intake import ingest
from ui.library import open_engine

LEAST_EXACT = 0.3
MOST_WRONGLY_REFUSED = 0.25
LEAST_RIGHTLY_REFUSED = 0.5

Asked = tuple[str, str, str]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Asked, Answer]]:
    library = tmp_path_factory.mktemp("everyday") / "library"
    ingest(library, [SAMPLES])
    engine = open_engine(library)
    return [(one, engine.ask(one[1]).answer) for one in questions(EVERYDAY)]


def questions(path: Path) -> list[Asked]:
    """Kind, question and what will do for an answer, divided by 「|」; empty where none is expected."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [(line[0], line[1], line[2] if len(line) > 2 else "") for line in lines]


def test_facts_are_found_in_other_words(answers: list[tuple[Asked, Answer]]) -> None:
    right = [
        not answer.abstained and says(answer.short, wanted) for (_, _, wanted), answer in answers if wanted
    ]
    assert len(right) > 100
    assert sum(right) / len(right) >= LEAST_EXACT


def test_everyday_words_are_no_reason_to_refuse(answers: list[tuple[Asked, Answer]]) -> None:
    refused = [answer.abstained for (kind, _, _), answer in answers if kind.startswith("answered")]
    assert sum(refused) / len(refused) <= MOST_WRONGLY_REFUSED


def test_what_no_document_says_is_refused_in_everyday_words_too(answers: list[tuple[Asked, Answer]]) -> None:
    refused = [answer.abstained for (kind, _, _), answer in answers if not kind.startswith("answered")]
    assert sum(refused) / len(refused) >= LEAST_RIGHTLY_REFUSED


DEPARTMENTS = [
    ("令和5年度の鳴神沢で、畑を荒らす猿や鹿のことはどこの課？", "農林課"),
    ("令和5年度の白樺野、地面の下で水がもれてるのを探して直すのはどこの課？", "建設水道課"),
]


@pytest.mark.parametrize(("question", "department"), DEPARTMENTS)
def test_which_department_is_told(
    question: str, department: str, answers: list[tuple[Asked, Answer]]
) -> None:
    short = next(answer.short for (_, asked, _), answer in answers if asked == question)
    assert department in short
