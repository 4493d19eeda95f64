from __future__ import annotations

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from index.expansion import Expander
from index.facets import Facets
from index.filters import Filters
from index.terms import TermAnalyzer
from qa.question import read_question
from qa.understand import Understood, understand

FACETS = Facets(
    municipalities={"990019": 10, "990027": 10, "105244": 10},
    fiscal_years={2023: 5, 2024: 5},
    departments={"企画部": 1, "市民協働部多文化共生推進課": 3, "総務部防災課、建設部道路維持課": 2},
)


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module")
def expander(analyzer: TermAnalyzer) -> Expander:
    return Expander(analyzer)


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


@pytest.fixture(scope="module")
def read(analyzer: TermAnalyzer, expander: Expander, table: MunicipalityTable):  # type: ignore[no-untyped-def]
    def reading(typed: str, given: Filters | None = None) -> Understood:
        return understand(read_question(typed), given or Filters(), FACETS, table, analyzer, expander)

    return reading


TOWNS = [
    ("千鳥ヶ原市の多文化共生", ("990019",)),
    ("鳴神沢の空き家", ("990027",)),
    ("大泉町と千鳥ヶ原市の違い", ("105244", "990019")),
    ("群馬県大泉町の取組", ("105244",)),
    ("前橋市の取組", ("102016",)),
    ("前橋市と開いた大泉町の催し", ("105244",)),
    ("鳴神沢場外の売上", None),
    ("東鳴神沢の道路", None),
    ("移住の促進", None),
]


@pytest.mark.parametrize(("typed", "codes"), TOWNS)
def test_towns_become_limits(read, typed: str, codes: tuple[str, ...] | None) -> None:  # type: ignore[no-untyped-def]
    found = read(typed).filters.municipalities
    assert (None if found is None else tuple(sorted(found))) == codes


YEARS = [
    ("令和6年度の目標", (2024,)),
    ("R5とＲ６の実績", (2023, 2024)),
    ("平成30年度から令和2年度までの件数", (2018, 2019, 2020)),
    ("2029年度の目標値", (2029,)),
    ("第6次総合計画", None),
]


@pytest.mark.parametrize(("typed", "years"), YEARS)
def test_years_become_limits_on_what_a_passage_states(  # type: ignore[no-untyped-def]
    read, typed: str, years: tuple[int, ...] | None
) -> None:
    assert read(typed).filters.stated_years == years


DEPARTMENTS = [
    ("多文化共生推進課の方針", ("市民協働部多文化共生推進課",)),
    ("市民協働部の方針", ("市民協働部多文化共生推進課",)),
    ("道路維持課が担当する工事", ("総務部防災課、建設部道路維持課",)),
    ("道路の維持", None),
    ("宇宙課の方針", None),
]


@pytest.mark.parametrize(("typed", "values"), DEPARTMENTS)
def test_departments_are_found_by_their_parts(  # type: ignore[no-untyped-def]
    read, typed: str, values: tuple[str, ...] | None
) -> None:
    assert read(typed).filters.departments == values


def test_a_given_limit_wins_over_the_question(read) -> None:  # type: ignore[no-untyped-def]
    given = Filters(municipalities=("990027",), fiscal_years=(2023,))
    found = read("千鳥ヶ原市の令和6年度の空き家", given).filters
    assert found.municipalities == ("990027",)
    assert (found.fiscal_years, found.stated_years) == ((2023,), None)


def test_what_became_a_limit_is_no_search_word(read) -> None:  # type: ignore[no-untyped-def]
    found = read("千鳥ヶ原市の令和6年度の空き家バンク")
    assert [term.text for term in found.terms if "千鳥" in term.text or "令和" in term.text] == []
    assert "空き家" in found.topic_words


def test_a_question_that_names_only_a_town_is_searched_as_it_is(read) -> None:  # type: ignore[no-untyped-def]
    assert read("千鳥ヶ原市").terms


def test_words_of_the_request_weigh_less_than_the_topic(read) -> None:  # type: ignore[no-untyped-def]
    found = {term.text: term.weight for term in read("空き家対策の課題を教えて").terms}
    assert found["空き家"] == 1.0
    assert found["課題"] < found["空き家"]
    assert found["教え"] < found["課題"]
    assert read("空き家対策の課題を教えて").topic_words == ("空き家",)


def test_words_of_the_request_count_fully_when_alone(read) -> None:  # type: ignore[no-untyped-def]
    assert {term.weight for term in read("課題").terms} == {1.0}


def test_everyday_words_call_up_administrative_terms(read) -> None:  # type: ignore[no-untyped-def]
    found = read("カーブミラーを直す")
    assert "道路反射鏡" in {one.called for one in found.called}
    assert all(way[1] < 1 for alternatives in found.alternatives for way in alternatives.ways)


def test_an_exact_phrase_calls_up_nothing(read) -> None:  # type: ignore[no-untyped-def]
    assert read("「カーブミラー」").called == ()
