"""Prepared passages: cut once, with the terms and vectors of each text cut by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.folding import fold_text
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.pairs import character_pairs
from index.passage_terms import PassageCutter, Source
from index.passage_text import PassageText, passage_text, section_labels
from index.prepared import BATCH, LocalPreparer, Prepared, cut_passage
from index.static_encoder import StaticEncoder
from index.terms import TermAnalyzer
from index.windows import quantised, windows_of
from tests.index.make import LetterEncoder
from ui.intake import ingest


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module")
def encoder(analyzer: TermAnalyzer) -> StaticEncoder:
    return StaticEncoder(analyzer=analyzer)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> StoreReader:
    """The sample corpus."""
    folder = tmp_path_factory.mktemp("samples") / "library"
    ingest(folder, [SAMPLES])
    return Store.open(folder).reader


@pytest.fixture(scope="module")
def sources(store: StoreReader) -> list[Source]:
    """Every third passage of the sample corpus."""
    passages = [passage for _, passage in store.passages()][::3]
    return [
        Source(a_text(passage.text, item=passage.item), tuple(windows_of(passage))) for passage in passages
    ]


def a_text(body: str, *, item: str = "") -> PassageText:
    return PassageText(
        plan="多文化共生推進プラン", title="交流の促進", headings="基本方針", item=item, body=body
    )


def prepared(
    sources: list[Source], analyzer: TermAnalyzer, encoder: StaticEncoder | LetterEncoder
) -> Prepared:
    (made,) = LocalPreparer(analyzer, encoder).prepared([sources])
    return made


def test_an_index_reads_what_the_passages_say(store: StoreReader) -> None:
    documents = store.documents_by_id()
    held = list(store.passages())
    found = list(store.wordings())
    assert [row for row, _ in found] == [row for row, _ in held]
    assert sum(len(one.cells) > 1 for _, one in found) > 100
    for (_, one), (_, passage) in zip(found, held, strict=True):
        document = documents[passage.document_id]
        assert passage_text(one, document, None) == passage_text(passage, document, None)
        assert windows_of(one) == windows_of(passage)
        assert (one.passage_id, one.sheet_ordinal) == (passage.passage_id, passage.sheet_ordinal)
        assert (one.fiscal_years, one.departments) == (passage.fiscal_years, passage.departments)
        assert section_labels(one) == section_labels(passage)


def test_terms_and_pairs_are_those_of_each_field(sources: list[Source], analyzer: TermAnalyzer) -> None:
    cutter = PassageCutter(analyzer, list)
    for source in sources:
        over, own = cutter.cut(source)
        cut = cut_passage(over, own)
        assert [field.split() for field in cut.fields] == [
            analyzer.keys(fold_text(field)) for field in source.text
        ]
        assert set(cut.keys.split(" ")) == {key for field in cut.fields for key in field.split()}
        assert cut.pairs.split() == character_pairs(source.text.body)
        assert over.read + own.read == analyzer.word_keys(fold_text(source.text.embedded))


def test_a_text_that_comes_again_is_cut_once(analyzer: TermAnalyzer) -> None:
    cutter = PassageCutter(analyzer, list)
    source = Source(a_text("窓口を増やす。相談を受ける。"), ("窓口を増やす。", "相談を受ける。"))
    over, own = cutter.cut(source)
    other_title = Source(source.text._replace(title="相談の充実"), source.windows)
    assert cutter.cut(source) == (over, own)
    assert cutter.cut(other_title)[1] is own
    assert cutter.cut(other_title)[0] != over
    assert cutter.cut(Source(source.text, ()))[1].windows == []
    cutter.forget()
    assert cutter.cut(source)[1] is not own


def test_a_passage_without_any_term_has_no_keys(analyzer: TermAnalyzer) -> None:
    cutter = PassageCutter(analyzer, list)
    assert cut_passage(*cutter.cut(Source(PassageText("", "", "", "", "。"), ()))).keys == ""
    assert cut_passage(*cutter.cut(Source(PassageText("", "", "", "", "防災"), ()))).keys == "防災"
    assert cut_passage(*cutter.cut(Source(PassageText("防災", "", "", "", "。"), ()))).keys == "防災"


def test_vectors_are_those_of_the_texts_byte_for_byte(
    sources: list[Source], analyzer: TermAnalyzer, encoder: StaticEncoder
) -> None:
    made = prepared(sources, analyzer, encoder)
    alone = np.stack([encoder.encode_query(source.text.embedded) for source in sources])
    assert made.vectors.tobytes() == alone.astype(np.float16).tobytes()


def test_sentences_of_the_samples_have_the_vectors_of_their_texts_byte_for_byte(
    sources: list[Source], analyzer: TermAnalyzer, encoder: StaticEncoder
) -> None:
    made = prepared(sources, analyzer, encoder)
    texts = [text for source in sources for text in source.windows]
    values, scales = quantised(np.stack([encoder.encode_query(text) for text in texts]))
    assert len(texts) > 100
    assert made.windows.values.tobytes() == values.tobytes()
    assert made.windows.scales.tobytes() == scales.tobytes()
    assert made.windows.counts.tolist() == [len(source.windows) for source in sources]


def test_a_sentence_is_cut_as_its_passage_is(analyzer: TermAnalyzer) -> None:
    body = "多胎の家庭を支える。多胎児家庭など育児の手が足りないことが想定される家庭には、助言を行う。"
    windows = (
        "多胎の家庭を支える。",
        "多胎児家庭など育児の手が足りないことが想定される家庭には、助言を行う。",
    )
    _, own = PassageCutter(analyzer, list).cut(Source(a_text(body), windows))
    start = len(windows[0])
    within = [term.text for term in analyzer.analyze(body) if term.start >= start]
    assert own.windows[1].read == within
    assert [*own.windows[0].read, *own.windows[1].read] == analyzer.word_keys(body)


def test_a_sentence_that_its_passage_does_not_hold_is_cut_alone(analyzer: TermAnalyzer) -> None:
    windows = ("ごみの分別を案内した。", "窓口を増やす。")
    _, own = PassageCutter(analyzer, list).cut(Source(a_text("窓口を増やす。"), windows))
    assert [one.read for one in own.windows] == [analyzer.word_keys(window) for window in windows]


def test_a_model_of_texts_gets_the_texts(sources: list[Source], analyzer: TermAnalyzer) -> None:
    made = prepared(sources, analyzer, LetterEncoder())
    expected = LetterEncoder().encode_passages([source.text.embedded for source in sources])
    assert made.vectors.tobytes() == expected.astype(np.float16).tobytes()
    assert len(made.windows.values) == sum(len(source.windows) for source in sources)


def test_a_model_of_another_analyzers_terms_gets_the_texts(
    sources: list[Source], analyzer: TermAnalyzer, tmp_path: Path
) -> None:
    other = StaticEncoder(analyzer=TermAnalyzer(tmp_path, words=()))
    made = prepared(sources[:50], analyzer, other)
    expected = other.encode_passages([source.text.embedded for source in sources[:50]])
    assert made.vectors.tobytes() == expected.astype(np.float16).tobytes()


def test_batches_do_not_change_what_is_made(
    sources: list[Source], analyzer: TermAnalyzer, encoder: StaticEncoder
) -> None:
    whole = prepared(sources, analyzer, encoder)
    parts = list(LocalPreparer(analyzer, encoder).prepared([sources[:7], sources[7:]]))
    assert len(sources) <= BATCH
    assert np.concatenate([part.vectors for part in parts]).tobytes() == whole.vectors.tobytes()
    assert [cut for part in parts for cut in part.cuts] == whole.cuts
