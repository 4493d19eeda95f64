from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.passage import Passage, PassageKind
from qa.priors import Priors, reordered
from tests.corpus.make import a_document
from tests.qa.make import a_hit, prose, row

ROW = row(
    a_document("空き家の登録\t8"),
    "空き家の登録\t8",
    [("指標", None), ("R2実績", 2020)],
)
EMPTY_ROW = row(a_document("企画課\t内田"), "企画課\t内田", [("部署名", None), ("所属長", None)])
ISSUE = replace(prose(a_document("a"), "空き家が増えている。"), section_path=("現状と課題",))
POLICY = replace(prose(a_document("b"), "空き家を減らす。"), section_path=("取組方針",))
RESULT = replace(prose(a_document("r"), "空き家を減らせた。"), section_path=("取組成果",))
CAUSE = prose(a_document("c"), "相続が進まないため、空き家が増えている。")
CONTENTS = replace(prose(a_document("d"), "空き家対策 12"), kind=PassageKind.CONTENTS)
NOTE = replace(prose(a_document("e"), "空き家バンク…空き家を紹介する制度"), kind=PassageKind.NOTE)

WANTED = [
    ("空き家対策", [ROW, POLICY], POLICY),
    ("空き家の登録件数", [POLICY, ROW], ROW),
    ("空き家の課題", [POLICY, ISSUE], ISSUE),
    ("空き家の方針", [ISSUE, POLICY], POLICY),
    ("空き家の取組の結果は", [POLICY, RESULT], RESULT),
    ("空き家の問題点は", [POLICY, ISSUE], ISSUE),
    ("空き家が増えている理由", [POLICY, CAUSE], CAUSE),
    ("空き家対策", [CONTENTS, POLICY], POLICY),
    ("空き家対策", [NOTE, POLICY], POLICY),
    ("空き家バンクとは", [NOTE, POLICY], NOTE),
    ("内田さんの課は何件か", [EMPTY_ROW, ROW], ROW),
]


@pytest.mark.parametrize(("question", "passages", "first"), WANTED)
def test_of_near_equals_the_kind_that_is_asked_for_comes_first(
    question: str, passages: list[Passage], first: Passage
) -> None:
    hits = [
        replace(a_hit(a_document(passage.text), passage, rank), score=1.0 - rank * 0.02)
        for rank, passage in enumerate(passages, start=1)
    ]
    found = reordered(hits, question, Priors())
    assert found[0].passage == first
    assert [hit.rank for hit in found] == [1, 2]


def test_a_clear_difference_in_words_stands() -> None:
    hits = [
        replace(a_hit(a_document("x"), ROW, 1), score=4.0),
        replace(a_hit(a_document("y"), POLICY, 2), score=1.0),
    ]
    assert [hit.passage for hit in reordered(hits, "空き家対策", Priors())] == [ROW, POLICY]
