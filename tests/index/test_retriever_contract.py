"""What every retriever promises, by value: on one machine, and on Milvus.

Milvus is milvus-lite in a file where it is installed, or what ``SHIRUBE_MILVUS_URI`` names where that is set.
"""

from __future__ import annotations

import importlib.util
import os
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.access import INTERNAL, OPERATOR
from corpus.folding import fold
from corpus.store import Store
from index.build import build_generation
from index.filters import Filters
from index.lexical import Alternatives, WeightedTerm
from index.milvus_connection import MilvusAddress, MilvusConnection, MilvusError, MilvusIndexError
from index.milvus_load import TERMS, collection_of, load, loaded_generations
from index.milvus_retriever import open_milvus
from index.retriever import Retriever, RetrieverConfig, SearchRequest, open_retriever
from index.terms import TermAnalyzer
from tests.index.make import LetterEncoder, a_library
from tests.index.retriever_reference import Reference

CONFIG = RetrieverConfig()
CLUSTER = os.environ.get("SHIRUBE_MILVUS_URI", "")
LACKING = "pymilvus and milvus-lite are not installed: pip install '.[milvus]'"
installed = bool(
    importlib.util.find_spec("pymilvus") and (CLUSTER or importlib.util.find_spec("milvus_lite"))
)
needs_milvus = pytest.mark.skipif(not installed, reason=LACKING)

ENGINES = ["local", pytest.param("milvus", marks=needs_milvus)]
FILTERS = {
    "none": Filters(),
    "town": Filters(municipalities=("990027",)),
    "two towns": Filters(municipalities=("990019", "990035")),
    "prefecture": Filters(prefectures=("みほん県",)),
    "kind": Filters(document_kinds=("総合計画",)),
    "year": Filters(fiscal_years=(2024,)),
    "stated year": Filters(stated_years=(2028, 2030)),
    "department": Filters(departments=("企画課",)),
    "section": Filters(sections=("現状と課題",)),
    "nothing": Filters(municipalities=()),
    "odd signs": Filters(sections=("\"\\%' or row_id > 0",)),
    "several": Filters(municipalities=("990035",), stated_years=(2028,)),
}


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, analyzer: TermAnalyzer) -> Store:
    folder = tmp_path_factory.mktemp("library")
    made = a_library(folder)
    with made.writing() as writer:
        writer.set_index_generation(build_generation(writer, folder, analyzer, LetterEncoder()))
    return made


def address(folder: Path) -> MilvusAddress:
    name = f"shirube_test_{uuid.uuid4().hex[:8]}"
    return MilvusAddress(
        uri=CLUSTER or str(folder / "milvus.db"), token=os.environ.get("SHIRUBE_MILVUS_TOKEN", ""), name=name
    )


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusConnection]:
    made = MilvusConnection(address(tmp_path_factory.mktemp("milvus")))
    yield made
    for name in loaded_generations(made):
        made.drop(name)
    made.close()


@pytest.fixture(scope="module", params=ENGINES)
def retriever(request: pytest.FixtureRequest, store: Store, analyzer: TermAnalyzer) -> Retriever:
    if request.param == "local":
        return open_retriever(
            store.reader, store.folder, analyzer, LetterEncoder(), CONFIG, audience=OPERATOR
        )
    connection: MilvusConnection = request.getfixturevalue("connection")
    load(connection, store.reader, str(store.reader.index_generation), analyzer, LetterEncoder())
    return open_milvus(connection, store.reader, store.folder, analyzer, LetterEncoder(), CONFIG)


@pytest.fixture(scope="module")
def reference(store: Store, analyzer: TermAnalyzer) -> Reference:
    return Reference(store.reader, analyzer, LetterEncoder(), CONFIG)


def asked(text: str, analyzer: TermAnalyzer, **changes: object) -> SearchRequest:
    terms = tuple(WeightedTerm(text=term.text) for term in analyzer.analyze(fold(text).text))
    return SearchRequest(text=text, terms=terms, **changes)  # type: ignore[arg-type]


def agrees(retriever: Retriever, reference: Reference, request: SearchRequest) -> None:
    found = retriever.search(request)
    expected = reference.fused(request)
    scores = dict(expected)
    assert {one.row_id: one.score for one in found} == pytest.approx(scores, abs=0.02)
    assert [one.row_id for one in found] == sorted(
        (one.row_id for one in found), key=lambda row: (-next(o.score for o in found if o.row_id == row), row)
    )


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
def test_a_search_finds_what_scoring_every_passage_finds(
    retriever: Retriever, reference: Reference, analyzer: TermAnalyzer, filters: Filters
) -> None:
    for text in ("外国人住民の声", "空き家バンクの登録件数", "研修", "存在しない語彙"):
        agrees(retriever, reference, asked(text, analyzer, filters=filters))


def test_words_called_up_count_by_their_best_way(
    retriever: Retriever, reference: Reference, analyzer: TermAnalyzer
) -> None:
    ways = ((("外国人", "住民"), 0.7), (("声",), 0.5), (("どこにもない",), 1.0))
    alternatives = (Alternatives(ways=ways), Alternatives(ways=((("受講率",), 0.9),)))
    for text in ("雨もり", "外国の人", "防災訓練"):
        agrees(retriever, reference, asked(text, analyzer, alternatives=alternatives))


@pytest.mark.parametrize(
    "phrase", ["外国人住民が参加", "空き家", "声", "コンビニ", "どこにもない語句", "8件", "100%"]
)
def test_a_phrase_stands_in_every_passage_found(
    retriever: Retriever, reference: Reference, analyzer: TermAnalyzer, phrase: str
) -> None:
    request = asked(phrase, analyzer, phrases=(phrase,))
    agrees(retriever, reference, request)
    agrees(retriever, reference, replace(request, filters=FILTERS["town"]))


def test_lexical_scores_are_bm25_as_written_down(
    retriever: Retriever, reference: Reference, analyzer: TermAnalyzer
) -> None:
    request = asked("多文化共生の取組と日本語教室", analyzer)
    expected = reference.lexical(request, 0.0)
    found = {one.row_id: one.lexical for one in retriever.search(request) if one.lexical > 0}
    assert found == pytest.approx(expected, rel=1e-4)


def test_holding_needs_a_way_of_every_group(
    retriever: Retriever, reference: Reference, analyzer: TermAnalyzer
) -> None:
    groups = (
        Alternatives(ways=((("多文化共生",), 1.0), (("外国人", "住民"), 0.6))),
        Alternatives(ways=((("声",), 1.0), (("取り組み",), 0.8), (("参加",), 0.8))),
    )
    limits = [FILTERS["none"], FILTERS["town"], FILTERS["nothing"]]
    found = retriever.holding("外国人住民の声", groups, limits, 10)
    for one, filters in zip(found, limits, strict=True):
        expected = reference.holding(groups, filters)
        assert {hit.row_id: hit.score for hit in one} == pytest.approx(expected, rel=1e-4)
    assert found[0]


def test_holders_keys_facets_and_limits(
    retriever: Retriever, reference: Reference, store: Store, analyzer: TermAnalyzer
) -> None:
    for term in ("多文化共生", "外国人", "どこにもない", '"\\'):
        assert retriever.holders(term) == reference.holders(term)
    rows = [row for row, _ in store.reader.passages()]
    assert retriever.keys(rows[:4]) == {row: reference.keys(row) for row in rows[:4]}
    assert retriever.keys([]) == {}
    assert sum(retriever.facets.municipalities.values()) == len(rows)
    assert len(retriever.search(asked("外国人", analyzer, limit=2))) == 2


@needs_milvus
def test_the_alias_turns_to_a_new_generation_and_the_old_one_goes(
    tmp_path: Path, analyzer: TermAnalyzer
) -> None:
    library = a_library(tmp_path / "library")
    connection = MilvusConnection(address(tmp_path))
    encoder = LetterEncoder()
    loaded = []
    for removed in (None, "990019"):
        with library.writing() as writer:
            for document in writer.documents():
                if document.municipality_code == removed:
                    writer.remove(document.document_id)
            generation = build_generation(writer, library.folder, analyzer, encoder)
            writer.set_index_generation(generation)
        loaded.append(load(connection, library.reader, generation, analyzer, encoder))
        assert connection.target_of(connection.address.name) == loaded[-1]
    assert loaded_generations(connection) == [loaded[1], loaded[1] + TERMS]
    retriever = open_milvus(connection, library.reader, library.folder, analyzer, encoder)
    rows = {row for row, _ in library.reader.passages()}
    assert {one.row_id for one in retriever.search(asked("防災訓練の外国人", analyzer))} <= rows
    for name in loaded_generations(connection):
        connection.drop(name)
    connection.close()


@needs_milvus
def test_a_collection_that_is_not_whole_or_not_ours_is_refused(
    tmp_path: Path, store: Store, analyzer: TermAnalyzer
) -> None:
    connection = MilvusConnection(address(tmp_path))
    generation = str(store.reader.index_generation)

    def opened() -> Retriever:
        return open_milvus(connection, store.reader, store.folder, analyzer, LetterEncoder())

    with pytest.raises(MilvusIndexError, match="途中まで"):
        opened()
    load(connection, store.reader, generation, analyzer, LetterEncoder())
    opened()
    name = collection_of(connection, generation)
    connection.delete(name, "row_id >= 0")
    with pytest.raises(MilvusIndexError, match="合っていません"):
        opened()
    connection.delete(name + TERMS, 'term == "\\tabout"')
    with pytest.raises(MilvusIndexError, match="途中まで"):
        opened()
    for one in loaded_generations(connection):
        connection.drop(one)
    connection.close()


@needs_milvus
def test_documents_that_are_not_open_to_all_stay_out_of_milvus(
    tmp_path: Path, analyzer: TermAnalyzer
) -> None:
    library, encoder = a_library(tmp_path / "library"), LetterEncoder()
    connection = MilvusConnection(address(tmp_path))
    with library.writing() as writer:
        generation = build_generation(writer, library.folder, analyzer, encoder)
        writer.set_index_generation(generation)
    load(connection, library.reader, generation, analyzer, encoder)
    with library.writing() as writer:
        writer.set_access(writer.documents()[0].document_id, INTERNAL)
        generation = build_generation(writer, library.folder, analyzer, encoder)
        writer.set_index_generation(generation)
    with pytest.raises(MilvusIndexError, match="公開でない資料が1件"):
        open_milvus(connection, library.reader, library.folder, analyzer, encoder)
    with pytest.raises(MilvusIndexError, match="公開でない資料が1件"):
        load(connection, library.reader, generation, analyzer, encoder)
    for name in loaded_generations(connection):
        connection.drop(name)
    connection.close()


@needs_milvus
def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(MilvusError, match="SHIRUBE_MILVUS_URI"):
        MilvusConnection(MilvusAddress(uri="http://127.0.0.1:9", timeout=1.0))
