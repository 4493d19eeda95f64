from __future__ import annotations

from pathlib import Path

import pytest

from index.reranker import CrossEncoderReranker, RerankerUnavailableError

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"空家対策の登録件数防災訓練を行う"]


def _model(folder: Path, labels: int) -> Path:
    """A cross-encoder of one small layer with made-up weights; it needs no network."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(7)
    folder.mkdir()
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(dict.fromkeys(WORDS)), encoding="utf-8")
    transformers.BertTokenizer(str(vocabulary)).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(dict.fromkeys(WORDS)),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=labels,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_a_model_of_a_folder_scores_each_text(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(_model(tmp_path / "model", 1)), local_files_only=True)
    scores = reranker.scores("空き家対策", ["空き家の登録", "防災訓練を行う", "空き家の登録"])
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != scores[1]
    assert reranker.scores("空き家対策", []) == []


def test_a_model_that_is_none_is_told_in_japanese(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tmp_path / "missing"), local_files_only=True)
    with pytest.raises(RerankerUnavailableError, match="並べ替えモデル"):
        reranker.scores("空き家対策", ["空き家の登録"])


def test_a_model_of_classes_is_no_reranker(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(_model(tmp_path / "classes", 3)), local_files_only=True)
    with pytest.raises(RerankerUnavailableError, match="リランカー"):
        reranker.scores("空き家対策", ["空き家の登録", "防災訓練を行う"])
