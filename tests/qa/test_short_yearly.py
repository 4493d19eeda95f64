from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.passage import Passage
from corpus.span import Span
from corpus.store import Store
from index.terms import TermAnalyzer
from qa.figures import figure_candidates
from qa.question_kind import Asked, QuestionKind
from qa.short_dates import date_candidate, extreme_year
from qa.short_statements import statements
from qa.short_topic import Topic
from qa.short_yearly import yearly_siblings
from tests.qa.make import a_hit, plan, prose, row, stored

YEARS = {
    2021: "来館者は3,120人となった。",
    2022: "来館者は980人にとどまった。",
    2023: "来館者は2,450人に戻った。",
}
TEXT = "\n".join(YEARS.values())


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def told() -> list[Passage]:
    """What one field of a sheet says of each year, in a passage of its own."""
    document, found = plan(TEXT), []
    for number, (year, text) in enumerate(YEARS.items(), start=1):
        start = TEXT.index(text)
        own = prose(document, TEXT, number, Span(start, start + len(text)))
        heading = (f"取組成果 令和{year - 2018}年度",)
        found.append(replace(own, fiscal_years=(year,), section_path=heading))
    return found


@pytest.mark.parametrize(("words", "year"), [("一番落ち込んだ", "令和4年度"), ("最も多かった", "令和3年度")])
def test_the_year_of_most_is_told_by_all_years_that_the_sheet_states(
    words: str, year: str, tmp_path: Path, analyzer: TermAnalyzer
) -> None:
    store, document, passages = Store.create(tmp_path), plan(TEXT), told()
    stored(store, TEXT, passages, document)
    first = a_hit(document, passages[2])
    beside = yearly_siblings(store.reader, [first])
    assert [hit.passage.fiscal_years for hit in beside] == [(2021,), (2022,)]
    topic = Topic(dict.fromkeys(analyzer.keys("来館者"), 1.0))
    asked = Asked(kind=QuestionKind.FIGURE, units=("人",))
    question = f"来館者が{words}年は"
    values = figure_candidates(question, asked, statements([first, *beside], topic, analyzer), topic)
    found = extreme_year(question, values)
    assert found is not None
    assert found.text.startswith(year)


def test_a_year_in_brackets_behind_a_figure_dates_it(analyzer: TermAnalyzer) -> None:
    text = "利用率は38.5%(R3)、満足度は71.2%(R5)となった。"
    document = plan(text)
    topic = Topic(dict.fromkeys(analyzer.keys("利用率 満足度"), 1.0))
    asked = Asked(kind=QuestionKind.FIGURE, units=("%",))
    stated = statements([a_hit(document, prose(document, text))], topic, analyzer)
    found = {one.text: one.year for one in figure_candidates("利用率と満足度", asked, stated, topic)}
    assert found == {"38.5%": 2021, "71.2%": 2023}


@pytest.mark.parametrize(
    ("values", "said"), [("0\t3\t0", "令和4年度（3件）"), ("1\t3\t2", ""), ("0\t0\t0", "")]
)
def test_a_thing_happened_in_the_year_whose_cell_is_not_0(
    values: str, said: str, analyzer: TermAnalyzer
) -> None:
    text = f"漏水事故の件数\t{values}"
    document = plan(text)
    headers = [("指標", None), ("R3実績", 2021), ("R4実績", 2022), ("R5実績", 2023)]
    passage = row(document, text, headers)
    topic = Topic(dict.fromkeys(analyzer.keys("漏水事故"), 1.0))
    asked = Asked(kind=QuestionKind.DATE, words="何年度", units=("年度",))
    stated = statements([a_hit(document, passage)], topic, analyzer)
    found = date_candidate("漏水事故が起きたのは何年度か", asked, stated, topic)
    assert (found.text if found else "") in {said, "" if said else "令和5年度"}
