from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans, sentences
from corpus.span import Span

CASES = [
    ("窓口を開く。相談を受ける。", ["窓口を開く。", "相談を受ける。"]),
    ("「開く。受ける。」と定めた。次に進む。", ["「開く。受ける。」と定めた。", "次に進む。"]),
    ("一行目\n二行目。三行目", ["一行目", "二行目。", "三行目"]),
    ("（閉じない括弧。続く\n次の行。終わり。", ["（閉じない括弧。続く", "次の行。", "終わり。"]),
    ("  前後の空白。  ", ["前後の空白。"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences_end_where_a_reader_sees_an_end(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentence_spans(text, Span(0, len(text)))] == expected


@given(st.text(alphabet="あ漢。！「」（）\n 、", max_size=60))
def test_sentences_are_the_texts_of_their_spans(text: str) -> None:
    assert sentences(text) == [span.of(text) for span in sentence_spans(text, Span(0, len(text)))]


@given(st.text(alphabet="あ漢。！「」（）\n 、", max_size=60))
def test_no_character_is_lost_or_said_twice(text: str) -> None:
    spans = sentence_spans(text, Span(0, len(text)))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
