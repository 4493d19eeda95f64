"""Residual tags: what is markup, and what only looks like it."""

import pytest

from corpus.span import Span
from ingest.markup import content_spans, has_tags, without_tags

CASES = [
    ("港を守る", ["港を守る"]),
    ("<p>港を守る。</p> <p>船を造る。</p>", ["港を守る。", "船を造る。"]),
    ('<ul style="list-style-type: none"> ・灯台 ・防波堤 ', ["・灯台 ・防波堤"]),
    ("前<br>後<br/>末", ["前", "後", "末"]),
    ("<R2年度電気料> 120千円", ["<R2年度電気料> 120千円"]),
    ("〈出張窓口〉 《港の会》", ["〈出張窓口〉 《港の会》"]),
    ("水温<5度 波高>2m", ["水温<5度 波高>2m"]),
    ("<plan>は本文", ["<plan>は本文"]),
    ("<p></p> ", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "parts"), CASES)
def test_content_spans_leave_out_known_tags_only(text: str, parts: list[str]) -> None:
    assert [span.of(text) for span in content_spans(text, Span(0, len(text)))] == parts


def test_content_spans_stay_within_their_span() -> None:
    text = "<p>あ</p>\t<p>い</p>"
    assert [span.of(text) for span in content_spans(text, Span(9, len(text)))] == ["い"]


def test_has_tags_and_without_tags() -> None:
    text = "<p>港</p>"
    assert has_tags(text, Span(0, len(text)))
    assert not has_tags(text, Span(3, 4))
    assert without_tags(text) == "港"
