"""The contract of an encoder, run over both implementations and compared with a brute-force reference."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import static_encoder
from index.encoder import Encoder, EncoderUnavailableError, Vectors
from index.sentence_encoder import SentenceTransformerEncoder
from index.static_encoder import (
    CONFIG_NAME,
    MODEL_FOLDER,
    VOCABULARY_NAME,
    WEIGHTS_NAME,
    StaticEncoder,
    content_keys,
    load_model,
)
from index.terms import TermAnalyzer

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = (
    "多文化共生の推進と外国人住民への支援",
    "空き家バンクの登録件数を増やす。空き家の利活用、空き家の解体を支援する。",
    "ﾃﾞｼﾞﾀﾙ化による業務改善(DX)",
    "地域包括支援センターにおける高齢者の相談",
    "子どもの居場所づくり\n学習支援",
)
UNKNOWN = "□■◇ 12,345"


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module", params=["static", "sentence_transformers"])
def encoder(request: pytest.FixtureRequest, analyzer: TermAnalyzer) -> Iterator[Encoder]:
    if request.param == "static":
        yield StaticEncoder(analyzer=analyzer)
    else:
        yield SentenceTransformerEncoder(str(MODEL_FOLDER), trust_remote_code=True, local_files_only=True)


@pytest.fixture(scope="module")
def reference(analyzer: TermAnalyzer) -> dict[str, Vectors]:
    """Vectors worked out term by term in double precision."""
    model = load_model()
    vectors: dict[str, Vectors] = {}
    for text in (*TEXTS, UNKNOWN):
        total = np.zeros(model.dimension)
        for key, count in Counter(content_keys(analyzer, text)).items():
            if key in model.vocabulary:
                row = model.vocabulary[key]
                total += (1 + math.log(count)) * model.rows[row].astype(float) * float(model.scales[row])
        norm = math.sqrt(float(total @ total))
        vectors[text] = (total / norm if norm else total).astype(np.float32)
    return vectors


def test_passages_have_the_reference_vectors(encoder: Encoder, reference: dict[str, Vectors]) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    for vector, text in zip(vectors, TEXTS, strict=True):
        assert float(np.abs(vector - reference[text]).max()) < 1e-5


def test_query_has_the_reference_vector(encoder: Encoder, reference: dict[str, Vectors]) -> None:
    vector = encoder.encode_query(TEXTS[0])
    assert vector.shape == (encoder.dimension,)
    assert vector.dtype == np.float32
    assert float(np.abs(vector - reference[TEXTS[0]]).max()) < 1e-5


def test_rows_have_length_one(encoder: Encoder) -> None:
    norms = np.linalg.norm(encoder.encode_passages(TEXTS), axis=1)
    assert np.allclose(norms, 1.0, atol=1e-5)


def test_unknown_text_is_a_zero_row_and_does_not_shift_its_neighbours(
    encoder: Encoder, reference: dict[str, Vectors]
) -> None:
    vectors = encoder.encode_passages([UNKNOWN, TEXTS[1], "", TEXTS[2], UNKNOWN])
    assert not vectors[[0, 2, 4]].any()
    assert float(np.abs(vectors[1] - reference[TEXTS[1]]).max()) < 1e-5
    assert float(np.abs(vectors[3] - reference[TEXTS[2]]).max()) < 1e-5
    assert not encoder.encode_query(UNKNOWN).any()


def test_no_passages_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_passage_is_its_own_nearest(encoder: Encoder) -> None:
    similarities = encoder.encode_passages(TEXTS) @ encoder.encode_passages(TEXTS).T
    assert similarities.argmax(axis=1).tolist() == list(range(len(TEXTS)))


def test_spelling_does_not_matter(encoder: Encoder) -> None:
    one = encoder.encode_query("障害者の引越しの取組")
    other = encoder.encode_query("障がい者の引っ越しの取り組み")
    assert float(one @ other) > 0.999


def test_name_and_fingerprint_are_stable(encoder: Encoder) -> None:
    assert encoder.name
    assert len(encoder.fingerprint) == 16
    assert encoder.fingerprint == encoder.fingerprint


def test_model_knows_words_of_one_meaning(analyzer: TermAnalyzer) -> None:
    encoder = StaticEncoder(analyzer=analyzer)
    passages = encoder.encode_passages(["移住の促進", "河川の改修", "道路反射鏡の設置"])
    nearest = [
        int((passages @ encoder.encode_query(query)).argmax())
        for query in ("引っ越してくる人", "川の工事", "カーブミラー")
    ]
    assert nearest == [0, 1, 2]


def test_texts_together_have_the_vectors_of_each_alone(
    analyzer: TermAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_encoder, "TOGETHER", 3)
    encoder = StaticEncoder(analyzer=analyzer)
    texts = [["防災", "訓練"], ["公園"], ["防災", "ヌヌヌ"], [], ["公園"] * 100, ["移住"], ["子育て", "支援"]]
    rows = [encoder.rows_of(text) for text in texts]
    assert [len(one) for one in rows] == [2, 1, 1, 0, 100, 1, 2]
    alone = np.stack([encoder.encode_keys(text) for text in texts])
    assert encoder.encode_rows(rows).tobytes() == alone.tobytes()
    assert np.concatenate([encoder.encode_rows([one]) for one in rows]).tobytes() == alone.tobytes()
    assert encoder.encode_rows([]).shape == (0, encoder.dimension)


def test_a_vector_that_is_kept_cannot_be_changed(analyzer: TermAnalyzer) -> None:
    encoder = StaticEncoder(analyzer=analyzer)
    vector = encoder.encode_query(TEXTS[0])
    assert encoder.encode_query(TEXTS[0]) is vector
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1.0


def test_static_fingerprint_follows_the_word_list(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    plain = StaticEncoder(analyzer=TermAnalyzer(tmp_path, words=()))
    assert plain.fingerprint != StaticEncoder(analyzer=analyzer).fingerprint


@pytest.mark.parametrize("name", [CONFIG_NAME, VOCABULARY_NAME, WEIGHTS_NAME])
@pytest.mark.parametrize("content", [None, b"", b"\xff\x00damaged"])
def test_damaged_folder_is_reported(tmp_path: Path, name: str, content: bytes | None) -> None:
    for original in (CONFIG_NAME, VOCABULARY_NAME, WEIGHTS_NAME):
        (tmp_path / original).write_bytes((MODEL_FOLDER / original).read_bytes())
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(EncoderUnavailableError, match="埋め込みモデル"):
        load_model(tmp_path)


def test_missing_sentence_transformers_model_is_reported_in_japanese(tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tmp_path / "ありません"), local_files_only=True)
    with pytest.raises(EncoderUnavailableError, match="読み込めません"):
        encoder.encode_query("移住")


def test_model_prompts_are_put_before_queries_and_passages() -> None:
    encoder = SentenceTransformerEncoder(str(MODEL_FOLDER), trust_remote_code=True, local_files_only=True)
    plain = encoder.encode_query("移住の促進")
    encoder._model.prompts.update({"query": "質問: ", "passage": "文章: "})
    static = StaticEncoder()
    assert float(np.abs(encoder.encode_query("移住") - static.encode_query("質問: 移住")).max()) < 1e-5
    passages = encoder.encode_passages(["移住"])
    assert float(np.abs(passages[0] - static.encode_query("文章: 移住")).max()) < 1e-5
    assert plain.any()


def test_static_encoder_needs_no_torch() -> None:
    program = (
        "import sys; from index.static_encoder import StaticEncoder; StaticEncoder().encode_query('移住');"
        "sys.exit(bool({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    root = Path(__file__).parent.parent.parent
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
