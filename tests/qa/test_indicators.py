"""Finding indicators by their words: which are in the list, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corpus.document import Document
from corpus.errors import QuestionError
from corpus.indicator import Indicator, IndicatorRole
from corpus.municipality import MunicipalityTable
from corpus.passage import PassageKind
from corpus.record import DocumentRecord
from corpus.sample_corpus import sample_municipalities
from corpus.span import Span
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.expansion import Expander
from index.facets import Facets
from index.terms import TermAnalyzer
from qa.filter_words import FilterWords
from qa.indicators import IndicatorsFound, list_indicators
from tests.corpus.make import a_document, a_passage, a_sheet

Find = Callable[..., IndicatorsFound]

ROWS = [
    # name, measure, departments, role, (year, value) from the last to the first
    (
        "ふるさと納税事業 決算額",
        "06 自主財源を確保する",
        ("企画課",),
        "settlement",
        ((2020, 39820), (2019, 31785)),
    ),
    ("ふるさと納税の件数", "06 自主財源を確保する", ("企画課",), "actual", ((2020, 1355), (2019, 787))),
    ("返礼品の種類", "0601 ふるさと納税制度を拡充する", ("企画課",), "actual", ((None, 150), (2020, 144))),
    ("空き家登録件数", "0403 空家の利活用", ("都市住宅課",), "actual", ((2020, 8), (2019, 6))),
]
TEXT = "\n".join(name for name, *_ in ROWS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> StoreReader:
    """The same rows in two towns."""
    folder = tmp_path_factory.mktemp("indicators")
    with Store.create(folder).writing() as writer:
        for code in ("990035", "990019"):
            writer.add(record(a_document(TEXT, code=code, source=f"{code}.txt")))
    return Store.open(folder).reader


def record(document: Document) -> DocumentRecord:
    passages, indicators, at = [], [], 0
    for number, (name, measure, departments, role, values) in enumerate(ROWS, start=1):
        span = Span(at, at + len(name))
        passage = replace(a_passage(document, TEXT, span, number), kind=PassageKind.ROW)
        passages.append(passage)
        for offset, (year, value) in enumerate(values):
            indicators.append(
                Indicator(
                    passage_id=passage.passage_id,
                    name=name,
                    role=IndicatorRole(role),
                    fiscal_year=year,
                    value=float(value),
                    value_text=str(value),
                    unit="",
                    direction=None,
                    achieved=None,
                    span=Span(at + offset, at + offset + 1),
                    measure=measure,
                    departments=departments,
                )
            )
        at += len(name) + 1
    return DocumentRecord(
        document=document,
        text=TEXT,
        origin=f"/plans/{document.source}",
        reader="1",
        sheets=(a_sheet(document, TEXT),),
        passages=tuple(passages),
        indicators=tuple(indicators),
    )


@pytest.fixture(scope="module")
def find(store: StoreReader) -> Find:
    analyzer, table = TermAnalyzer(), MunicipalityTable.load(sample_municipalities())
    expander = Expander(analyzer)
    facets = Facets(
        municipalities={"990019": 4, "990035": 4},
        departments={"多文化共生課": 8},
        document_kinds={"方針書": 8},
        sections={"現状と課題": 8},
        documents={document.document_id: 4 for document in store.documents()},
    )

    def finding(
        query: str = "", words: FilterWords | None = None, roles: tuple[IndicatorRole, ...] = ()
    ) -> IndicatorsFound:
        return list_indicators(store, facets, table, analyzer, query, words, roles, expander)

    return finding


def names(found: IndicatorsFound) -> list[str]:
    return list(dict.fromkeys(one.indicator.name for one in found.indicators))


def figures(found: IndicatorsFound) -> list[tuple[str, int | None, float | None]]:
    return [(one.municipality, one.indicator.fiscal_year, one.indicator.value) for one in found.indicators]


TSUKIMIURA = FilterWords(municipalities=("月見浦市",))


def test_without_a_query_all_are_listed_in_the_order_of_the_library(find: Find) -> None:
    found = find()
    assert len(found.indicators) == 16
    assert [one.municipality for one in found.indicators] == ["千鳥ヶ原市"] * 8 + ["月見浦市"] * 8
    assert names(found) == [name for name, *_ in ROWS]


def test_the_name_that_was_typed_comes_first_and_each_row_by_year(find: Find) -> None:
    found = find("ふるさと納税の件数", TSUKIMIURA)
    assert figures(found)[:2] == [("月見浦市", 2019, 787.0), ("月見浦市", 2020, 1355.0)]
    assert names(found) == ["ふるさと納税の件数", "ふるさと納税事業 決算額", "返礼品の種類"]


def test_a_value_without_a_year_comes_last_in_its_row(find: Find) -> None:
    assert figures(find("返礼品", TSUKIMIURA)) == [("月見浦市", 2020, 144.0), ("月見浦市", None, 150.0)]


QUERIES = [
    ("空き家の登録", ["空き家登録件数"]),
    ("空家", ["空き家登録件数"]),
    ("都市住宅課", ["空き家登録件数"]),
    ("ふるさと納税制度", ["返礼品の種類"]),
    ("フルサト納税の件数", []),
    ("自主財源 件数", ["ふるさと納税の件数", "ふるさと納税事業 決算額"]),
    ("「納税の件数」", ["ふるさと納税の件数"]),
    ("多文化共生課", []),  # of the sheet; these rows name others
    ("宇宙開発", []),
]


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_all_words_of_the_topic_must_stand_over_the_value(
    find: Find, query: str, expected: list[str]
) -> None:
    assert sorted(names(find(query, TSUKIMIURA))) == sorted(expected)


def test_a_town_and_a_year_in_the_query_are_limits(find: Find) -> None:
    found = find("月見浦市のふるさと納税の件数 令和2年度")
    assert figures(found)[0] == ("月見浦市", 2020, 1355.0)
    assert {(town, year) for town, year, _ in figures(found)} == {("月見浦市", 2020)}
    assert len(find("月見浦市").indicators) == 8


def test_roles_limit(find: Find) -> None:
    assert names(find(roles=(IndicatorRole.SETTLEMENT,))) == ["ふるさと納税事業 決算額"]
    assert find(roles=(IndicatorRole.EFFECT,)).indicators == ()


LIMITS = [
    (FilterWords(departments=("都市住宅",)), 4),
    (FilterWords(fiscal_years=("2019",)), 6),
    (FilterWords(prefectures=("みほん県",)), 16),
    (FilterWords(document_kinds=("方針書",)), 16),
    (FilterWords(sections=("現状",)), 16),
    (FilterWords(municipalities=("鳴神沢町",)), 0),
    (FilterWords(departments=("宇宙課",)), 0),
    (FilterWords(fiscal_years=("1990",)), 0),
    (FilterWords(sections=("最終レビュー",)), 0),
]


@pytest.mark.parametrize(("words", "count"), LIMITS)
def test_filters_limit_and_one_that_matches_nothing_gives_nothing(
    find: Find,
    words: FilterWords,
    count: int,
) -> None:
    assert len(find(words=words).indicators) == count


def test_what_stands_over_a_value_comes_with_it(find: Find) -> None:
    one = find("空き家登録件数", TSUKIMIURA).indicators[0]
    assert (one.labels.sheet, one.labels.measure, one.labels.section_path) == (
        "多文化共生課",
        "0403 空家の利活用",
        ("現状と課題",),
    )
    assert (one.source, one.title, one.locators[0].label()) == ("990035.txt", "令和6年度 方針書", "4行目")


def test_a_query_of_no_words_is_refused(find: Find) -> None:
    with pytest.raises(QuestionError, match="言葉がありません"):
        find("、。")


def test_the_list_of_a_missing_town_says_what_was_looked_at(find: Find) -> None:
    found = find("ふるさと納税", FilterWords(municipalities=("鳴神沢町",)))
    assert (found.indicators, found.searched.documents) == ((), 0)
    assert "検索した文書はありません" in found.searched.sentence()


def test_measure_departments_and_identity_survive_the_store(store: StoreReader) -> None:
    passage = store.passages_of(store.documents()[0].document_id)[1]
    first, second = store.indicators([passage.passage_id])
    assert (first.measure, first.departments, first.cumulative) == (
        "06 自主財源を確保する",
        ("企画課",),
        False,
    )
    assert first.indicator_id != second.indicator_id
