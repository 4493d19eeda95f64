"""What headings and sentences tell: labels of forms, names of topics, last clauses."""

from __future__ import annotations

import pytest

from qa.aspect_words import Aspect
from qa.aspects import aspect_among, aspect_of_sentence, aspects_of_heading, aspects_over, is_label


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("現状と課題", {"課題"}),
        ("1 策定の背景", {"課題"}),
        ("【現状】", {"課題"}),
        ("取組方針", {"方針"}),
        ("5年後までの目標", {"方針"}),
        ("４．今後の方向性", {"方針"}),
        ("総括を踏まえた、次期計画につながる今後の考え方や方針等", {"方針"}),
        ("主な取り組み内容", {"取組"}),
        ("具体的な取組事項", {"取組"}),
        ("取組状況 令和2年度", {"取組"}),
        ("第3章 取組の内容", {"取組"}),
        ("中間レビュー", {"成果"}),
        ("進捗状況 前期", {"成果"}),
        ("6 これまでの取組の評価", {"成果"}),
        ("KPI（重要業績評価指標）", {"指標"}),
        ("取組課題と次年度以降の方針", {"課題", "方針"}),
        ("成果と課題", {"成果", "課題"}),
        ("空き家の課題", {"課題"}),
        ("(3) 行政評価の充実", set()),
        ("行政評価", set()),
        ("02 各部門横断的な課題・政策の管理をおこなう", set()),
        ("令和2年度", set()),
        ("備考", set()),
        ("", set()),
    ],
)
def test_heading_tells_only_if_it_is_a_label(heading: str, expected: set[str]) -> None:
    assert {aspect.value for aspect in aspects_of_heading(heading)} == expected


def test_heading_over_a_passage_is_the_innermost_label() -> None:
    assert aspects_over(("現状と課題", "取組方針", "(1) 多文化共生")) == {Aspect.POLICY}
    assert aspects_over(("第1章 まちの姿", "(1) 多文化共生")) == frozenset()


@pytest.mark.parametrize(
    ("heading", "expected"), [("現状と課題", True), ("空き家の課題", False), ("多文化共生の推進", False)]
)
def test_label_that_names_a_topic_is_a_topic(heading: str, *, expected: bool) -> None:
    assert is_label(heading) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("担い手の確保が課題となっている。", Aspect.ISSUE),
        ("連携した取組が必要である。", Aspect.ISSUE),
        ("早期での業務完了を目指す。", Aspect.POLICY),
        ("引き続き周知を図っていく。", Aspect.POLICY),
        ("講座を3回開催した。", Aspect.OUTCOME),
        ("相談窓口の充実", Aspect.ACTION),
        ("係の名前", None),
    ],
)
def test_sentence_tells_by_its_last_clause(sentence: str, expected: Aspect | None) -> None:
    assert aspect_of_sentence(sentence) is expected


def test_sentence_under_two_labels_is_one_of_them() -> None:
    both = frozenset({Aspect.ISSUE, Aspect.POLICY})
    assert aspect_among("一部の業務が翌年度へ繰り越すこととなった。", both) is Aspect.ISSUE
    assert aspect_among("台帳の安定的な運用", both) is Aspect.POLICY
    assert aspect_among("講座を開催した。", frozenset({Aspect.ACTION})) is Aspect.ACTION
