"""Training, on a few made-up pairs: it learns, it repeats itself, and its model comes back from disk."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import msgpack
import numpy as np
import pytest

from index.static_encoder import StaticEncoder, content_keys, load_model
from index.terms import TermAnalyzer
from index.thesaurus import Group
from index.training.__main__ import train_model
from index.training.augment import find_swaps, swapped
from index.training.export import SharedRows, export_model, quantize
from index.training.measure import LemmaBm25, evaluate, ndcg, standardized
from index.training.pairs import (
    Pair,
    Source,
    group_pairs,
    load_training_data,
    phrase_pairs,
    synonym_pairs,
)
from index.training.starts import dictionary_words, find_starts
from index.training.train import Trained, TrainingConfig, train_rows
from index.training.vocabulary import choose_vocabulary, inverse_document_frequency
from index.training.word_vectors import WordVectors, centred, read_word_vectors, word_hash

MEANINGS = (
    ("引っ越し", "移住"),
    ("年寄り", "高齢者"),
    ("ごみ", "廃棄物"),
    ("病院", "医療機関"),
    ("赤ちゃん", "乳児"),
    ("川", "河川"),
    ("お金", "財政"),
    ("仕事", "雇用"),
)
CONFIG = TrainingConfig(dimension=16, vocabulary_size=200, epochs=20, batch_size=8, learning_rate=0.05)


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def _pairs() -> list[Pair]:
    endings = ("について", "の相談", "への支援", "を考える", "の窓口")
    return [
        Pair(source=Source.STATUTES, group=left, left=left + ending, right=right + ending)
        for left, right in MEANINGS
        for ending in endings
    ]


NO_SHARED_ROWS = SharedRows(rows=np.zeros((0, 16), dtype=np.float32), numbers={})


def _train(analyzer: TermAnalyzer, words: WordVectors | None = None) -> tuple[Trained, dict[str, int]]:
    pairs = _pairs()
    keys = {text: content_keys(analyzer, text) for pair in pairs for text in (pair.left, pair.right)}
    vocabulary = choose_vocabulary(keys.values(), size=CONFIG.vocabulary_size)
    starts = find_starts(words or _word_vectors(), analyzer).of(list(vocabulary), analyzer)
    return train_rows(pairs, keys, vocabulary, starts, CONFIG), vocabulary


def _word_vectors(*words: str) -> WordVectors:
    """A vector of its own for each word; the training's own words are the first."""
    known = dict.fromkeys([word for pair in MEANINGS[:4] for word in pair] + list(words))
    vectors = np.random.default_rng(1).standard_normal((len(known), 24)).astype(np.float32)
    return WordVectors(vectors=centred(vectors), numbers={word: at for at, word in enumerate(known)})


def test_trained_model_round_trips_and_has_learnt(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    trained, vocabulary = _train(analyzer)
    rows = trained.rows
    export_model(tmp_path, rows, list(vocabulary), NO_SHARED_ROWS, CONFIG, terms=analyzer.fingerprint)
    model = load_model(tmp_path)
    assert list(model.vocabulary) == list(vocabulary)
    assert model.vectors() == pytest.approx(rows, abs=float(np.abs(rows).max()) / 127)
    encoder = StaticEncoder(tmp_path, analyzer)
    figures = evaluate([(left, right) for left, right in MEANINGS], encoder, analyzer)
    assert figures["dense"] > 0.9
    assert figures["bm25"] < figures["hybrid_0.5"]


def test_training_repeats_itself(analyzer: TermAnalyzer) -> None:
    assert np.array_equal(_train(analyzer)[0].rows, _train(analyzer)[0].rows)


def test_program_reads_data_and_writes_a_model(
    analyzer: TermAnalyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, list[dict[str, object]]] = {
        "programmes": [
            {
                "projectName": f"{left}の事業{n}",
                "purpose": f"{right}の充実",
                "currentIssues": "",
                "overview": right,
            }
            for n, (left, right) in enumerate(MEANINGS * 8)
        ],
        "statutes": [
            {"law": "架空法", "caption": left, "article": f"{right}は第{n}条による。"}
            for n, (left, right) in enumerate(MEANINGS * 8)
        ],
        "synonyms": [{"words": list(words)} for words in MEANINGS],
    }
    for name, rows in files.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    lines = [f"{left}の話{n}\t{right}の推進{n}\n" for n in range(9) for left, right in MEANINGS]
    (tmp_path / "own_pairs.tsv").write_text("".join(lines), "utf-8")
    (tmp_path / "own.tsv").write_text("お年寄り\t=\t高齢者\t1.0\n", "utf-8")
    monkeypatch.setattr("index.thesaurus.FOLDER", tmp_path)
    monkeypatch.setattr("index.training.pairs.PHRASES_FOLDER", tmp_path / "phrases")
    data = load_training_data(tmp_path)
    assert all(data.held_out[source] for source in (Source.PROGRAMMES, Source.PHRASES))
    held = {query for query, _ in data.held_out[Source.PROGRAMMES]}
    assert not held & {pair.left for pair in data.pairs}
    sentences = {right for _, right in data.held_out[Source.PHRASES]}
    assert not sentences & {pair.right for pair in data.pairs if pair.source is Source.PHRASES}
    train_model(tmp_path, _word_vectors("婚活", "お嫁"), tmp_path / "model", CONFIG)
    encoder = StaticEncoder(tmp_path / "model", analyzer)
    assert encoder.encode_query("移住").any()
    assert encoder.encode_query("婚活").any(), "a word of the word vectors alone"
    assert not encoder.encode_query("ねじまき").any()


def test_common_caption_takes_its_law(tmp_path: Path) -> None:
    for name in ("programmes", "synonyms"):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as stream:
            stream.write("")
    with gzip.open(tmp_path / "statutes.jsonl.gz", "wt", encoding="utf-8") as stream:
        for n in range(9):
            stream.write(json.dumps({"law": f"法律{n}", "caption": "目的", "article": f"条文{n}"}) + "\n")
        stream.write(json.dumps({"law": "河川法", "caption": "流水の占用", "article": "流水"}) + "\n")
    data = load_training_data(tmp_path)
    queries = {pair.left for pair in data.pairs} | {query for query, _ in data.held_out[Source.STATUTES]}
    assert {"法律0 目的", "流水の占用"} <= queries
    assert "目的" not in queries


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["一"], []),
        (["一", "二"], [("一", "二")]),
        (["一", "二", "三"], [("一", "二"), ("二", "三"), ("三", "一")]),
    ],
)
def test_synonyms_pair_in_a_ring(words: list[str], expected: list[tuple[str, str]]) -> None:
    assert [(pair.left, pair.right) for pair in synonym_pairs([{"words": words}])] == expected


def test_groups_pair_each_word_with_the_other_side() -> None:
    group = Group(left=("年寄り", "老人"), right=("高齢者", "老人"), mutual=True, weight=1.0)
    found = [(pair.left, pair.right) for pair in group_pairs([group])]
    assert found == [("年寄り", "高齢者"), ("年寄り", "老人"), ("老人", "高齢者")]


def test_phrases_of_one_heading_are_no_negatives() -> None:
    first, second, other = phrase_pairs([("道の穴", "道路補修"), ("道のへこみ", "道路補修"), ("川", "治水")])
    assert first.group == second.group != other.group
    assert (first.left, first.right, first.source) == ("道の穴", "道路補修", Source.PHRASES)


SYNONYMS = [("移住", "引っ越し"), ("引っ越し", "転居 する 人 ら"), ("川", "半分だけ 既知")]
SWAP_BAGS = {
    "移住": ((0,), (1.0,)),
    "引っ越し": ((1,), (1.0,)),
    "転居 する 人 ら": ((2, 3, 4, 5), (1.0, 1.0, 1.0, 1.0)),
    "川": ((6,), (1.0,)),
    "半分だけ 既知": ((7,), (1.0,)),
    "お年寄り": ((8,), (1.0,)),
    "高齢 者": ((9, 10), (1.0, 1.0)),
}


def test_swaps_are_the_other_words_of_a_group() -> None:
    pairs = [Pair(source=Source.SYNONYMS, group="y", left=left, right=right) for left, right in SYNONYMS] + [
        Pair(source=Source.STATUTES, group="s0", left="移住", right="川")
    ]
    lengths = {text: len(text.split()) for text in SWAP_BAGS}
    assert find_swaps(pairs, SWAP_BAGS, lengths) == {
        0: [((0,), ((1,),))],
        1: [((1,), ((0,),))],
        5: [((2, 3, 4, 5), ((1,),))],
    }


def test_everyday_words_take_the_place_of_administrative_ones_only() -> None:
    pair = Pair(source=Source.THESAURUS, group="g", left="お年寄り", right="高齢 者")
    lengths = {text: len(text.split()) for text in SWAP_BAGS}
    assert find_swaps([pair], SWAP_BAGS, lengths) == {10: [((9, 10), ((8,),))]}


def test_swapped_word_keeps_its_weight() -> None:
    bag = ((0, 3), (1.5, 2.0))
    assert swapped(bag, {0: [((0,), [(7, 8)])]}, 1.0, random.Random(1)) == ((3, 7, 8), (2.0, 1.5, 1.5))
    assert swapped(bag, {0: [((0,), [(3,)])]}, 1.0, random.Random(1)) == ((3,), (2.0,))
    assert swapped(bag, {0: [((0,), [(7, 8)])]}, 0.0, random.Random(1)) == bag
    assert swapped(bag, {3: [((0, 3), [(7,)])]}, 1.0, random.Random(1)) == ((7,), (2.0,))
    assert swapped(bag, {3: [((2, 3), [(7,)])]}, 1.0, random.Random(1)) == bag


def test_vocabulary_counts_texts_not_words() -> None:
    vocabulary = choose_vocabulary([["市", "市", "市"], ["町", "人"], ["町", "人", "村"]], size=2, least=2)
    assert vocabulary == {"人": 2, "町": 2}


def test_vocabulary_keeps_everyday_words_however_rare() -> None:
    texts = [["市", "町"], ["市", "町"], ["カーブミラー", "村"]]
    assert choose_vocabulary(texts, size=2, kept=[["カーブミラー"]]) == {"市": 2, "カーブミラー": 1}


def test_rare_terms_begin_with_long_rows() -> None:
    assert inverse_document_frequency(1, 1_000) > inverse_document_frequency(900, 1_000) > 0


def test_quantized_rows_are_within_half_a_step() -> None:
    rows = np.array([[0.5, -1.0, 0.25], [0.0, 0.0, 0.0], [3.0, 0.1, -2.0]], dtype=np.float32)
    values, scales = quantize(rows)
    assert values.dtype == np.int8
    assert np.abs(values * scales[:, None] - rows).max() <= (scales / 2).max() + 1e-7
    assert values[0].tolist() == [64, -127, 32]


def test_bm25_equals_the_formula() -> None:
    index = LemmaBm25([["移住", "支援"], ["移住", "移住", "河川", "河川"]])
    expected = [
        np.log1p(0.5 / 2.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3)),
        np.log1p(0.5 / 2.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3)),
    ]
    assert index.scores(["移住", "未知"]).tolist() == pytest.approx(expected, rel=1e-5)


def test_fit_is_the_best_score_against_all_rarities() -> None:
    index = LemmaBm25([["移住", "支援"], ["河川"], ["河川"]])
    met = index.fit(["移住", "支援"], index.scores(["移住", "支援"]))
    half = index.fit(["移住", "未知"], index.scores(["移住", "未知"]))
    assert met > 2 * half > 0
    assert index.fit([], index.scores([])) == 0.0


def test_ndcg_counts_ties_against_the_passage() -> None:
    scores = np.array([1.0, 1.0, 0.5], dtype=np.float32)
    assert ndcg(scores, 0) == 1.0
    assert ndcg(scores, 1) == pytest.approx(1 / np.log2(3))
    assert ndcg(np.arange(20, dtype=np.float32), 0) == 0.0


def test_standardized_scores_have_mean_zero() -> None:
    assert standardized(np.array([1.0, 3.0], dtype=np.float32)).tolist() == [-1.0, 1.0]
    assert standardized(np.array([2.0, 2.0], dtype=np.float32)).tolist() == [0.0, 0.0]


def test_words_are_hashed_as_spacy_documents() -> None:
    assert word_hash("coffee") == 3197928453018144401


def test_word_vectors_come_from_the_wheel(tmp_path: Path) -> None:
    wheel = tmp_path / "made-1.0-py3-none-any.whl"
    vectors = io.BytesIO()
    np.save(vectors, np.array([[1, 0], [0, 1], [-4, -4]], dtype=np.float32))
    rows = {word_hash("婚活"): 0, word_hash("お見合い"): 0, word_hash("道路"): 2}
    members = {
        "vectors": vectors.getvalue(),
        "key2row": msgpack.packb(rows),
        "strings.json": json.dumps(["お見合い", "婚活", "道路", "無縁"]).encode(),
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"made/made-1.0/vocab/{name}", data)
    words = read_word_vectors(wheel)
    assert words.numbers == {"婚活": 0, "お見合い": 0, "道路": 2}
    assert np.linalg.norm(words.vectors, axis=1) == pytest.approx(1.0)
    assert words.vectors.sum(axis=1)[2] < 0 < words.vectors.sum(axis=1)[0]


def test_compounds_begin_with_the_sum_of_their_parts(analyzer: TermAnalyzer) -> None:
    words = WordVectors(vectors=np.eye(3, dtype=np.float32), numbers={"情報": 0, "通信": 1, "海辺": 2})
    found = find_starts(words, analyzer).of(["情報", "情報通信", "橋"], analyzer)
    assert found.tolist() == [[1, 0, 0], pytest.approx([0.5**0.5, 0.5**0.5, 0]), [0, 0, 0]]


def test_terms_share_the_rows_of_word_vectors(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    rows = np.ones((1, 16), dtype=np.float32)
    shared = SharedRows(rows=np.diag(np.arange(1, 17, dtype=np.float32)), numbers={"川": 3, "河": 3, "橋": 9})
    export_model(tmp_path, rows, ["市"], shared, CONFIG, terms=analyzer.fingerprint)
    model = load_model(tmp_path)
    assert model.vocabulary == {"市": 0, "川": 1, "河": 1, "橋": 2}
    assert model.vectors()[1:] == pytest.approx(shared.rows[[3, 9]])


def test_only_words_of_the_dictionary_share_rows() -> None:
    assert dictionary_words(["橋", "走り", "美しい", "の", "ぬぽぽん", "情報通信"]) == [
        "橋",
        "走り",
        "美しい",
    ]
