from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_former_names, sample_municipalities
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
    document_kinds={"方針書": 20, "総合計画": 10},
    sections={"現状と課題": 9, "取組成果": 8},
)
ONE_TOWN = replace(FACETS, municipalities={"990027": 10})
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module")
def expander(analyzer: TermAnalyzer) -> Expander:
    return Expander(analyzer)


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities(), former=(sample_former_names(),))


@pytest.fixture(scope="module")
def read(analyzer: TermAnalyzer, expander: Expander, table: MunicipalityTable):  # type: ignore[no-untyped-def]
    def reading(typed: str, given: Filters | None = None, facets: Facets = FACETS, **more: Any) -> Understood:
        options: dict[str, Any] = {"today": TODAY, **more}
        return understand(
            read_question(typed), given or Filters(), facets, table, analyzer, expander, **options
        )

    return reading


TOWNS = [
    ("千鳥ヶ原市の多文化共生", ("990019",)),
    ("鳴神沢の空き家", ("990027",)),
    ("大泉町と千鳥ヶ原市の違い", ("105244", "990019")),
    ("群馬県大泉町の取組", ("105244",)),
    ("前橋市の取組", ("102016",)),
    ("前橋市と開いた大泉町の催し", ("105244",)),
    ("前橋市との合併協議", None),
    ("前橋市との差", ("102016",)),
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


RELATIVE = [
    ("昨年度のふるさと納税", (2025,), ["昨年度"]),
    ("去年のふるさと納税", (2025,), ["去年"]),
    ("過去3年間のふるさと納税", (2023, 2024, 2025), ["過去3年間"]),
    ("令和5年度と昨年度のふるさと納税", (2023, 2025), ["昨年度"]),
    ("令和5年度から昨年度までのふるさと納税", (2023, 2024, 2025), ["昨年度"]),
    ("ふるさと納税の前年度比", None, []),
    ("「昨年度」という言葉の使い方", None, []),
    ("避難訓練を来年度の取組内容に入れたい", None, []),
    ("来年度のふるさと納税", (2027,), ["来年度"]),
    ("昨年度の避難訓練の事例", (2025,), ["昨年度"]),
]


@pytest.mark.parametrize(("typed", "years", "words"), RELATIVE)
def test_years_relative_to_today_become_limits(  # type: ignore[no-untyped-def]
    read, typed: str, years: tuple[int, ...] | None, words: list[str]
) -> None:
    found = read(typed)
    assert found.filters.stated_years == years
    assert [one.label for one in found.relative] == words
    if years:
        assert "年度" not in found.topic


def test_without_a_day_nothing_is_relative(read) -> None:  # type: ignore[no-untyped-def]
    found = read("昨年度のふるさと納税", today=None)
    assert (found.filters.stated_years, found.relative) == (None, ())


def test_a_given_year_leaves_no_relative_one(read) -> None:  # type: ignore[no-untyped-def]
    found = read("昨年度のふるさと納税", Filters(fiscal_years=(2023,)))
    assert (found.filters.fiscal_years, found.filters.stated_years, found.relative) == ((2023,), None, ())


def test_some_years_are_no_limit_and_this_is_told(read) -> None:  # type: ignore[no-untyped-def]
    found = read("ここ数年のふるさと納税")
    assert found.filters.stated_years is None
    assert "「ここ数年」は年度を限らずに探しました" in found.notices[0]
    assert found.topic == "ふるさと納税"
    assert read("令和5年度のふるさと納税の最近の状況").notices == ()


OWN = [
    ("本市の空き家", FACETS, None, None, 1),
    ("本市の空き家", FACETS, ("990019",), None, 0),
    ("当町の空き家", ONE_TOWN, None, ("990027",), 0),
    ("わが町の空き家", ONE_TOWN, None, ("990027",), 0),
    ("本市の空き家", ONE_TOWN, None, None, 0),
    ("本市の空き家", FACETS, ("990019", "990027"), None, 1),
]


@pytest.mark.parametrize(("typed", "facets", "given", "town", "notices"), OWN)
def test_ones_own_town_is_the_chosen_or_the_only_one(  # type: ignore[no-untyped-def]
    read,
    typed: str,
    facets: Facets,
    given: tuple[str, ...] | None,
    town: tuple[str, ...] | None,
    notices: int,
) -> None:
    found = read(typed, Filters(municipalities=given), facets)
    assert found.read.municipalities == town
    assert len(found.notices) == notices
    assert found.topic == ("本市の空き家" if (facets, typed) == (ONE_TOWN, "本市の空き家") else "空き家")


def test_a_former_name_means_todays_town_and_stays_a_word(read) -> None:  # type: ignore[no-untyped-def]
    facets = replace(FACETS, municipalities={"990019": 1, "990035": 1})
    found = read("浜千草町の空き家", facets=facets)
    assert found.filters.municipalities == ("990035",)
    assert found.towns[0].label == "浜千草町（現 月見浦市）"
    assert "浜千草町" in found.topic
    assert found.topic_words == ("空き家",)


def test_a_former_name_of_a_town_that_is_not_held_needs_its_prefecture(read) -> None:  # type: ignore[no-untyped-def]
    assert read("赤堀町の空き家").municipalities == ()
    assert [town.name for town in read("群馬県赤堀町の空き家").municipalities] == ["伊勢崎市"]


def test_a_kind_and_a_field_become_limits(read) -> None:  # type: ignore[no-untyped-def]
    found = read("千鳥ヶ原市の令和6年度の方針書で、空き家は")
    assert found.filters.document_kinds == ("方針書",)
    assert found.topic == "空き家"
    assert read("取組成果の欄の空き家").filters.sections == ("取組成果",)


def test_a_kind_is_a_word_where_it_must_not_limit(read) -> None:  # type: ignore[no-untyped-def]
    assert read("総合計画の策定").filters.document_kinds is None
    wide = read("方針書の空き家", narrow=False)
    assert (wide.filters.document_kinds, wide.topic) == (None, "方針書の空き家")
    given = read("方針書の空き家", Filters(document_kinds=("総合計画",)))
    assert (given.filters.document_kinds, given.kinds) == (("総合計画",), ())


def test_an_expansion_can_be_left_out(read) -> None:  # type: ignore[no-untyped-def]
    called = [(one.typed, one.called) for one in read("カーブミラーを直す").called]
    typed, word = next(one for one in called if one[1] == "道路反射鏡")
    left = [(one.typed, one.called) for one in read("カーブミラーを直す", without=[f"{typed}→{word}"]).called]
    assert left == [one for one in called if one != (typed, word)]
    assert [one for one in read("カーブミラーを直す", without=[typed]).called if one.typed == typed] == []
    assert (
        read("カーブミラーを直す", without=["別の語→道路反射鏡"]).called == read("カーブミラーを直す").called
    )


@pytest.mark.parametrize("typed", ["これは何ですか", "のはがを", "教えて", "それはどうですか"])
def test_a_question_without_a_topic_is_doubtful(read, typed: str) -> None:  # type: ignore[no-untyped-def]
    assert "話題になる言葉" in read(typed).doubt


@pytest.mark.parametrize("typed", ["課題", "空き家", "「これ」", "令和6年度について教えて", "DX"])
def test_a_question_with_one_is_not(read, typed: str) -> None:  # type: ignore[no-untyped-def]
    assert read(typed).doubt == ""
