"""Questions of every kind over the sample corpus, asked of the whole engine."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from corpus.folding import match_key
from corpus.sample_corpus import SAMPLES
from qa.engine import Engine
from ui.intake import ingest
from ui.library import open_engine

QUESTIONS = Path(__file__).parents[1] / "data" / "short_questions.tsv"
LEAST_RIGHT = 0.9
MOST_WRONG = 0.05
LONGEST = 120


def questions() -> list[tuple[str, str, str]]:
    """Kind, question and expected answer: 「|」 divides what will do, 「&」 what must all be said."""
    with QUESTIONS.open(encoding="utf-8", newline="") as lines:
        return [(row[0], row[1], row[2]) for row in csv.reader(lines, delimiter="\t")]


def says(short: str, expected: str) -> bool:
    """Whether a short answer holds an expected one, a number only as a whole number."""
    return any(all(_holds(short, part) for part in answer.split("&")) for answer in expected.split("|"))


def _holds(short: str, part: str) -> bool:
    said, wanted = match_key(short), match_key(part)
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, said) is not None


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    library = tmp_path_factory.mktemp("shorts") / "library"
    ingest(library, [SAMPLES])
    return open_engine(library)


@pytest.fixture(scope="module")
def answered(engine: Engine) -> list[tuple[str, str, str, str, bool]]:
    rows = []
    for kind, question, expected in questions():
        answer = engine.ask(question).answer
        rows.append((kind, question, expected, answer.short, answer.abstained))
    return rows


def test_the_questions_are_of_many_kinds() -> None:
    kinds = {kind for kind, _, _ in questions()}
    assert len(questions()) >= 60
    assert {"figure", "difference", "extreme", "reason", "organisation", "date", "list", "none"} <= kinds


def test_short_answers_hold_what_the_documents_say(
    answered: list[tuple[str, str, str, str, bool]],
) -> None:
    asked = [row for row in answered if row[0] != "none" and not row[4]]
    wrong = [(question, short) for _, question, expected, short, _ in asked if not says(short, expected)]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(asked), wrong
    given = [entry for entry in wrong if entry[1]]
    assert len(given) <= MOST_WRONG * len(asked), given


def test_keywords_precedents_and_comparisons_get_no_short_answer(
    answered: list[tuple[str, str, str, str, bool]],
) -> None:
    assert [(question, short) for kind, question, _, short, _ in answered if kind == "none" and short] == []


def test_no_short_answer_is_longer_than_it_may_be(answered: list[tuple[str, str, str, str, bool]]) -> None:
    assert max(len(short) for _, _, _, short, _ in answered) <= LONGEST


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("移住支援金の件数は", "令和3年度 5件"),  # the inventory of the year before ends with 3件
        ("令和2年度の移住支援金の件数は", "3件"),
        ("ふるさと納税の寄附額", "令和5年度 66,480千円"),
    ],
)
def test_of_yearly_editions_the_latest_value_is_told(question: str, short: str, engine: Engine) -> None:
    assert engine.ask(question).answer.short == short


def test_a_figure_told_before_the_asked_noun_is_not_of_it(engine: Engine) -> None:
    answer = engine.ask("放課後児童クラブの待機児童数").answer
    assert (answer.short, answer.abstained) == ("", True)
    assert engine.ask("待機児童数は何人か").answer.short == "令和3年度 11人"


def test_a_plan_for_something_that_no_passage_names_is_not_told(engine: Engine) -> None:
    assert engine.ask("保育料を無料にする計画はあるか").answer.short == ""
    assert "空き家" in engine.ask("空き家を活用する取組はあるか").answer.short
