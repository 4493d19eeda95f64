from __future__ import annotations

import pytest

from index.terms import TermAnalyzer
from qa.figures import figure_candidates
from qa.question_kind import Asked, QuestionKind, asked_of
from qa.short_changes import computed_change, shown_trend
from qa.short_figure_context import asks_for_change
from qa.short_statements import statements
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, prose, row
from tests.qa.make_short import short_of

ROW = "納税の件数\t903\t636\t1,355"
HEADERS = [("指標", None), ("H29実績", 2017), ("H30実績", 2018), ("R2実績", 2020)]


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


ASKING = [
    ("件数は何件増えたか", True),
    ("どれくらい減りましたか", True),
    ("令和4年度と5年度でどれだけ違いますか", True),
    ("件数は何件か", False),
    ("増やした件数は何件か", False),
]


@pytest.mark.parametrize(("question", "asks"), ASKING)
def test_a_question_of_a_change_is_known(question: str, asks: bool) -> None:
    assert asks_for_change(question) is asks


def _changed(question: str, years: tuple[int, ...], analyzer: TermAnalyzer) -> str:
    document = plan(ROW)
    topic = Topic({"納税": 1.0, "件数": 1.0}, years)
    found = statements([a_hit(document, row(document, ROW, HEADERS))], topic, analyzer)
    values = figure_candidates(question, asked_of(question)[0], found, topic)
    change = computed_change(question, values, years)
    return change.text if change else ""


CHANGES = [
    (
        "平成30年度から令和2年度に納税の件数は何件増えたか",
        (2018, 2020),
        "719件増（平成30年度636件、令和2年度1,355件から計算）",
    ),
    (
        "平成29年度から平成30年度に納税の件数は何件減ったか",
        (2017, 2018),
        "267件減（平成29年度903件、平成30年度636件から計算）",
    ),
    (
        "平成30年度は前年度から納税の件数が何件増えたか",
        (2018,),
        "267件減（平成29年度903件、平成30年度636件から計算）",
    ),
    ("令和元年度から令和2年度に納税の件数は何件増えたか", (2019, 2020), ""),
    ("令和2年度に納税の件数は何件増えたか", (2020,), ""),
]


@pytest.mark.parametrize(("question", "years", "said"), CHANGES)
def test_a_change_is_computed_of_two_printed_values_only(
    question: str, years: tuple[int, ...], said: str, analyzer: TermAnalyzer
) -> None:
    assert _changed(question, years, analyzer) == said


PRINTED = [
    ("登録件数は17,433件となり304件の登録件数増となった。", "登録件数は何件増えたか", "304件"),
    ("登録件数は17,433件となり304件の登録件数増となった。", "登録件数は何件か", "17,433件"),
    ("相談は前年度より31件多い154件であった。", "相談は何件増えたか", "31件"),
]


@pytest.mark.parametrize(("text", "question", "said"), PRINTED)
def test_a_printed_change_is_told_apart_from_the_value(
    text: str, question: str, said: str, analyzer: TermAnalyzer
) -> None:
    document = plan(text)
    assert short_of(question, [a_hit(document, prose(document, text))], analyzer) == said


def _trend(question: str, analyzer: TermAnalyzer) -> str:
    document = plan(ROW)
    topic = Topic({"納税": 1.0, "件数": 1.0})
    found = statements([a_hit(document, row(document, ROW, HEADERS))], topic, analyzer)
    candidates = figure_candidates(question, Asked(kind=QuestionKind.FIGURE), found, topic)
    trend = shown_trend(question, candidates, lambda name: float("納税" in name))
    return trend.text if trend is not None else ""


def test_how_a_row_went_is_told_by_its_first_and_last_year(analyzer: TermAnalyzer) -> None:
    told = "納税の件数 平成29年度 903件→令和2年度 1,355件"
    assert _trend("納税の件数は増えているか", analyzer) == told
    assert _trend("納税は伸びていますか？", analyzer) == told
    assert _trend("納税の件数は何件か", analyzer) == ""
    assert _trend("納税が増えた理由", analyzer) == ""
