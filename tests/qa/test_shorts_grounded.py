"""Figures and whose they are, asked of the whole engine over the sample corpus."""

from __future__ import annotations

import pytest

from corpus.sample_corpus import SAMPLES
from index.terms import TermAnalyzer
from qa.engine import Engine
from qa.short_statements import statements
from qa.short_topic import Topic
from tests.qa.make import a_hit, plan, prose
from ui.intake import ingest
from ui.library import open_engine


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    library = tmp_path_factory.mktemp("grounded") / "library"
    ingest(library, [SAMPLES])
    return open_engine(library)


def test_a_figure_of_another_year_does_not_answer(engine: Engine) -> None:
    assert engine.ask("コピー用紙の使用量 白樺野町 R4").answer.short == "241万枚"


def test_no_town_is_given_the_figure_of_another(engine: Engine) -> None:
    short = engine.ask("令和4年度の外国人からの相談件数、月見浦市と白樺野町").answer.short
    assert short == "月見浦市 561件"


def test_what_is_held_against_each_other_is_of_one_unit(engine: Engine) -> None:
    short = engine.ask("白樺野町と鳴神沢町、令和5年度のふるさと納税はどちらが多い？").answer.short
    assert short == "白樺野町 66,480千円、鳴神沢町 78,300千円"


def test_two_years_held_against_each_other_give_both_values(engine: Engine) -> None:
    short = engine.ask("白樺野町の消防団の団員数は令和3年度と令和5年度でどちらが多い").answer.short
    assert short == "令和3年度155人、令和5年度161人"


def test_a_budget_compiled_is_of_the_next_year() -> None:
    text = "財源の確保に努め、412億円の予算を編成した。補助金を見直した。"
    document = plan(text)
    stated = statements([a_hit(document, prose(document, text))], Topic({"予算": 1.0}), TermAnalyzer())
    assert {one.text: one.year for one in stated} == {
        "財源の確保に努め、412億円の予算を編成した。": 2025,
        "補助金を見直した。": None,
    }
