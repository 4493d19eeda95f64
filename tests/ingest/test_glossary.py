from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.glossary_entry import GlossaryKind
from corpus.passage import Passage, PassageKind
from corpus.span import Span
from ingest.glossary import glossary_of
from tests.corpus.make import a_document, a_passage


def passage(text: str, kind: PassageKind = PassageKind.PROSE, item: str = "") -> Passage:
    made = a_passage(a_document(text), text, Span(0, len(text)), 1)
    return replace(made, kind=kind, item=item)


NAMES = [
    ("情報通信技術（ICT）を活用する。", [("情報通信技術", "ICT")]),
    ("PPP（公民連携）手法とＰＦＩを検討する。", [("PPP", "公民連携")]),
    ("総合行政ネットワーク(LGWAN)の運用", [("総合行政ネットワーク", "LGWAN")]),
    (
        "月見浦市地域交流施設（以下「さざなみ館」という。）を改修する。",
        [("月見浦市地域交流施設", "さざなみ館")],
    ),
    ("予算額（千円）と部（局）の一覧、SNS（フェイスブック）、R5（2023）", []),
    ("対象者（65歳以上）に案内する。", []),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_in_brackets_are_other_names_and_remarks_are_not(
    text: str, names: list[tuple[str, str]]
) -> None:
    document = a_document(text)
    found = glossary_of(document, [passage(text)])
    assert [(entry.term, entry.meaning) for entry in found] == names
    for entry in found:
        assert entry.kind is GlossaryKind.OTHER_NAME
        assert entry.term in entry.span.of(text)
        assert entry.meaning in entry.span.of(text)


def test_a_footnote_defines_its_term_and_may_name_it_twice() -> None:
    text = "※3 企業応援税制（企業版納税）…企業が寄附をしたときの控除です。"
    note = passage(text, PassageKind.NOTE, "企業応援税制（企業版納税）")
    kinds = [(entry.term, entry.kind) for entry in glossary_of(a_document(text), [note])]
    assert kinds == [
        ("企業応援税制（企業版納税）", GlossaryKind.DEFINITION),
        ("企業応援税制", GlossaryKind.OTHER_NAME),
    ]


def test_a_pair_is_recorded_once_and_contents_lists_say_nothing() -> None:
    text = "情報通信技術（ICT）"
    document = a_document(text)
    twice = [passage(text), passage(text), passage(text, PassageKind.CONTENTS)]
    assert len(glossary_of(document, twice)) == 1
    assert glossary_of(document, twice[2:]) == []
