from __future__ import annotations

import numpy as np
import pytest

from corpus.access import OPERATOR
from corpus.folding import fold
from corpus.store import Store
from index.build import build_generation
from index.filters import Filters
from index.fusion import z_scores
from index.lexical import Alternatives, WeightedTerm
from index.passage_text import passage_text
from index.retriever import LocalRetriever, RetrieverConfig, SearchRequest, open_retriever
from index.terms import TermAnalyzer
from tests.index.make import LetterEncoder, a_library


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


def retriever(store: Store, analyzer: TermAnalyzer, weight: float = 0.3) -> LocalRetriever:
    config = RetrieverConfig(dense_weight=weight, unmet_dense_weight=weight)
    return open_retriever(store.reader, store.folder, analyzer, LetterEncoder(), config, audience=OPERATOR)


def request(text: str, analyzer: TermAnalyzer, **changes: object) -> SearchRequest:
    terms = tuple(WeightedTerm(text=term.text) for term in analyzer.analyze(fold(text).text))
    return SearchRequest(text=text, terms=terms, **changes)  # type: ignore[arg-type]


def towns(store: Store, found: list[int]) -> list[str]:
    passages = store.reader.passages_at(found)
    return [passages[row].document_id[:6] for row in found]


@pytest.mark.parametrize(
    ("query", "town"), [("空き家バンクの登録", "990027"), ("コンビニ交付", "990035"), ("防災訓練", "990019")]
)
def test_the_passage_that_says_it_comes_first(
    store: Store, analyzer: TermAnalyzer, query: str, town: str
) -> None:
    found = retriever(store, analyzer).search(request(query, analyzer))
    assert towns(store, [one.row_id for one in found])[0] == town
    assert found == sorted(found, key=lambda one: (-one.score, one.row_id))


def test_dense_alone_ranks_by_cosine_of_headed_text(store: Store, analyzer: TermAnalyzer) -> None:
    encoder = LetterEncoder()
    query = "外国人の声"
    documents = {document.document_id: document for document in store.reader.documents()}
    cosines = {}
    for row, passage in store.reader.passages():
        sheet = store.reader.sheet(passage.document_id, passage.sheet_ordinal)
        text = passage_text(passage, documents[passage.document_id], sheet).embedded
        cosines[row] = float(encoder.encode_query(text) @ encoder.encode_query(query))
    found = retriever(store, analyzer, weight=1.0).search(request(query, analyzer))
    assert [one.row_id for one in found] == sorted(cosines, key=lambda row: (-cosines[row], row))
    assert {one.row_id: one.dense for one in found} == pytest.approx(cosines, abs=2e-3)


def test_the_score_is_the_weighted_sum_of_z_scores(store: Store, analyzer: TermAnalyzer) -> None:
    found = retriever(store, analyzer).search(request("外国人住民の参加", analyzer))
    lexical = z_scores(np.array([one.lexical for one in found]))
    dense = z_scores(np.array([one.dense for one in found]))
    assert [one.score for one in found] == pytest.approx((0.7 * lexical + 0.3 * dense).tolist(), abs=1e-5)


def test_limits_hold_for_both_arms(store: Store, analyzer: TermAnalyzer) -> None:
    searcher = retriever(store, analyzer)
    filters = Filters(municipalities=("990027",))
    found = searcher.search(request("多文化共生", analyzer, filters=filters))
    assert set(towns(store, [one.row_id for one in found])) == {"990027"}
    nothing = Filters(municipalities=())
    assert searcher.search(request("多文化共生", analyzer, filters=nothing)) == []
    stated = searcher.search(request("受講率", analyzer, filters=Filters(stated_years=(2028,))))
    assert towns(store, [one.row_id for one in stated]) == ["990035"]


def test_a_phrase_limits_both_arms(store: Store, analyzer: TermAnalyzer) -> None:
    found = retriever(store, analyzer).search(request("外国人住民", analyzer, phrases=("外国人住民が参加",)))
    passages = store.reader.passages_at([one.row_id for one in found])
    assert [passage.text for passage in passages.values()] == ["防災訓練に外国人住民が参加した。"]


def test_the_limit_is_kept_and_facets_count(store: Store, analyzer: TermAnalyzer) -> None:
    searcher = retriever(store, analyzer)
    assert len(searcher.search(request("外国人", analyzer, limit=2))) == 2
    assert searcher.facets.municipalities == {"990019": 3, "990027": 2, "990035": 2}
    assert searcher.facets.fiscal_years == {2023: 2, 2024: 5}
    assert searcher.holders("多文化共生") == 2


def test_fit_tells_words_that_are_met_from_words_that_are_not(store: Store, analyzer: TermAnalyzer) -> None:
    searcher = retriever(store, analyzer)
    met = searcher.fit(request("空き家バンクの登録件数", analyzer))
    partly = searcher.fit(request("空き家の雨もり", analyzer))
    assert met > partly > searcher.fit(request("雨もり", analyzer)) == 0.0


def test_weights_change_evenly_between_unmet_and_met() -> None:
    config = RetrieverConfig(unmet=0.2, met=0.6)
    fits = (0.0, 0.2, 0.4, 0.6, 2.0)
    assert [config.between(fit, 0.7, 0.3) for fit in fits] == pytest.approx([0.7, 0.7, 0.5, 0.3, 0.3])


def test_words_called_up_count_more_where_the_words_typed_are_not_met(
    store: Store, analyzer: TermAnalyzer
) -> None:
    alternatives = (Alternatives(ways=((("登録",), 0.7),)),)
    config = RetrieverConfig(dense_weight=0.0, unmet_dense_weight=0.0, expansion=0.0, unmet_expansion=1.0)
    searcher = open_retriever(
        store.reader, store.folder, analyzer, LetterEncoder(), config, audience=OPERATOR
    )
    unmet = searcher.search(request("雨もり", analyzer, alternatives=alternatives))
    assert towns(store, [unmet[0].row_id]) == ["990027"]
    met = searcher.search(request("コンビニ交付", analyzer, alternatives=alternatives))
    alone = searcher.search(request("コンビニ交付", analyzer))
    assert [one.lexical for one in met] == pytest.approx([one.lexical for one in alone])
