from __future__ import annotations

import pytest

from qa.kind_words import joining_end, named_kinds

KINDS = (
    "方針書",
    "総合計画",
    "業務棚卸表",
    "取組結果報告書",
    "推進プラン",
    "市民意識調査",
    "その他",
    "ごみ減量プラン",
)

LIMITED = [
    ("業務棚卸表で企画課の課題", [("業務棚卸表", ("業務棚卸表",))]),
    ("棚卸表に書かれた課題", [("棚卸表", ("業務棚卸表",))]),
    ("方針書の課題", [("方針書", ("方針書",))]),
    ("企画部の方針書では", [("方針書", ("方針書",))]),
    ("課方針書の中で", [("課方針書", ("方針書",))]),
    (" の総合計画における観光", [("総合計画", ("総合計画",))]),
    ("第6次総合計画によると", [("第6次総合計画", ("総合計画",))]),
    ("行革報告における効果額", [("行革報告", ("取組結果報告書",))]),
    ("町政推進プラン の獣害対策", [("町政推進プラン", ("推進プラン",))]),
    ("アンケートで多い答え", [("アンケート", ("市民意識調査",))]),
    ("ごみ減量プランの目標は", [("ごみ減量プラン", ("ごみ減量プラン",))]),
    ("業務棚卸表と方針書で", [("業務棚卸表", ("業務棚卸表",)), ("方針書", ("方針書",))]),
]

TOPICS = [
    *("総合計画の策定", "総合計画の次期策定", "総合計画の見直しは", "方針書の様式", "総合計画に基づく施策"),
    *("総合計画 観光", "方針書", "方針書を作る", "総合計画との整合", "総合計画です", "総合計画できた成果"),
    *("多文化共生推進プランの計画期間", "職員研修アンケートで答えた", "ごみ処理の総合計画で"),
    *("総合計画の指標を広報で見せる先行例", "方針書の書き方の例", "行財政改革の成果", "白書で述べた課題"),
]


@pytest.mark.parametrize(("text", "expected"), LIMITED)
def test_a_kind_that_is_looked_in_limits(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(one.words, one.values) for one in named_kinds(text, KINDS)] == expected


@pytest.mark.parametrize("text", TOPICS)
def test_a_kind_that_is_the_topic_does_not(text: str) -> None:
    assert named_kinds(text, KINDS) == []


def test_only_kinds_of_the_library_limit() -> None:
    assert named_kinds("業務棚卸表で企画課の課題", ("方針書",)) == []
    assert named_kinds("その他の課題", ("その他",)) == []


def test_the_joining_words_belong_to_the_kind() -> None:
    (one,) = named_kinds("総合計画における観光", KINDS)
    assert (one.start, one.end, one.after) == (0, 4, 8)
    assert joining_end("総合計画における観光", 4) == 8
    assert joining_end("総合計画 観光", 4) == 4
