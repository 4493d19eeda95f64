"""Quality on the sample corpus holds what ``docs/evaluation.json`` says of it, and what plain BM25 does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.sample_corpus import SAMPLES
from index.terms import TermAnalyzer
from tests.evaluate import Report, evaluate_sample
from tests.evaluate_judged import read_questions
from tests.evaluate_metrics import Shown, means, ranking, says
from tests.evaluate_pairs import PairSet, measured, paired
from tests.evaluate_plain import PlainBm25
from tests.evaluate_table import kind_lines, set_lines
from tests.index.make import LetterEncoder

COMMITTED = Path(__file__).parents[1] / "docs" / "evaluation.json"
NAMES = ("nDCG@10", "R@10", "hit@1", "quoted", "short", "refused rightly")
MAY_FALL = 0.01

TWO_QUOTES = {
    "relevant": [
        {"doc": "a", "quote": "・橋を 直す", "grade": 2},
        {"doc": "a", "quote": "道を 直す", "grade": 1, "also": ["みちをなおす"]},
    ],
    "unjudged_docs": ["c"],
}


def shown(*texts: str, source: str = "a.txt") -> list[Shown]:
    return [Shown(source=source, text=text) for text in texts]


def test_judged_quotes_stand_in_their_files() -> None:
    for question in read_questions():
        for one in question["relevant"]:
            assert one["quote"] in (SAMPLES / f"{one['doc']}.txt").read_text("utf-8"), question["id"]


@pytest.fixture(scope="module")
def sample() -> Report:
    return evaluate_sample()


def test_quality_on_the_sample_corpus_has_not_fallen(sample: Report) -> None:
    committed = json.loads(COMMITTED.read_text("utf-8"))["sets"]["sample"]["shirube"]["all"]
    found = sample["shirube"]["all"]
    fallen = {name: found[name] for name in NAMES if found[name] < committed[name] - MAY_FALL}
    assert not fallen, "\n".join(kind_lines(sample["shirube"], sample["plain"], japanese=False))


def test_search_is_better_than_plain_bm25_over_the_same_passages(sample: Report) -> None:
    ours, plain = sample["shirube"]["all"], sample["plain"]["all"]
    assert all(ours[name] > plain[name] for name in ("nDCG@10", "R@10", "hit@1")), set_lines(
        {"sample": sample}, japanese=False
    )


def test_what_the_documents_answer_is_not_refused(sample: Report) -> None:
    assert sample["shirube"]["all"]["refused wrongly"] <= 0.03


@pytest.mark.parametrize(
    ("found", "ndcg", "recall", "hit"),
    [
        (shown("橋を 直す。", "道を直す。"), 1.0, 1.0, 1.0),
        (shown("道を直す。", "橋を直す。"), 0.8597, 1.0, 0.0),
        (shown("道を直し、橋を直す。", "橋を直す。"), 0.7602, 2 / 3, 1.0),
        (shown("みちをなおす"), 0.3801, 1 / 3, 0.0),
        (shown("橋を直す", source="b.txt"), 0.0, 0.0, 0.0),
        (shown("川を掘る", source="c.txt") + shown("橋を直す。", "道を直す。"), 1.0, 1.0, 1.0),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_ranking_counts_each_quote_once(found: list[Shown], ndcg: float, recall: float, hit: float) -> None:
    values = ranking(TWO_QUOTES, found)
    assert values == pytest.approx({"nDCG@10": ndcg, "R@10": recall, "hit@1": hit}, abs=1e-4)


@pytest.mark.parametrize(
    ("short", "answer", "expected"),
    [
        ("1,355件", "1355件", True),
        ("15", "5", False),
        ("5.2%", "5", False),
        ("R5:5件", "5件", True),
        ("△", "○", False),
    ],
)
def test_an_expected_number_is_met_only_as_a_whole(short: str, answer: str, expected: bool) -> None:
    assert says(short, answer) is expected


def test_means_are_by_kind_and_over_all() -> None:
    found = means([("number", {"hit@1": 1.0}), ("filter", {"hit@1": 0.0}), ("filter", {})])
    assert found["all"] == {"hit@1": 0.5, "n": 3}
    assert found["filter"] == {"hit@1": 0.0, "n": 2}


def test_plain_bm25_finds_by_lemma_and_breaks_ties_by_number() -> None:
    plain = PlainBm25(["橋を直した。", "道路の計画", "橋を直した。"])
    assert [number for number, _ in plain.search("橋は直す", 10)] == [0, 2]
    assert plain.search("の", 10) == []


def test_pairs_are_searched_with_the_product_and_with_plain_bm25(tmp_path: Path) -> None:
    pairs = PairSet(
        passages=("橋の点検を毎年行う。", "図書館を\n夜も開ける。"), queries=(("橋の点検", 0), ("図書館", 1))
    )
    found = paired(pairs, tmp_path / "library", TermAnalyzer(), LetterEncoder())
    assert found.shirube["all"] == found.plain["all"] == {"nDCG@10": 1.0, "R@10": 1.0, "hit@1": 1.0, "n": 2}
    assert measured([4, 3], 3) == pytest.approx({"nDCG@10": 0.6309, "R@10": 1.0, "hit@1": 0.0}, abs=1e-4)
