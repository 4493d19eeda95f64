"""Statements of passages: where they are cut, and which aspect each tells."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.passage import PassageKind
from corpus.span import Span
from qa.aspect_pieces import pieces_of, statement_spans
from qa.aspect_words import Aspect
from tests.qa.make import plan, prose, row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("・窓口を設ける ・広報する", ["窓口を設ける", "広報する"]),
        ("相談を受ける。また、訪問する。", ["相談を受ける。", "また、訪問する。"]),
        ("① 協議 ②現地調査", ["① 協議", "②現地調査"]),
        ("窓口の設置\n広報の充実", ["窓口の設置", "広報の充実"]),
    ],
)
def test_statement_spans_cut_at_sentences_lines_and_marks(text: str, expected: list[str]) -> None:
    spans = statement_spans(text)
    assert [span.of(text) for span in spans] == expected


def test_prose_tells_what_its_section_is_headed() -> None:
    text = "外国人が増えています。窓口を設けます。"
    passage = replace(prose(plan(text), text), section_path=("現状と課題",))
    assert [(piece.text, piece.aspect) for piece in pieces_of(passage)] == [
        ("外国人が増えています。", Aspect.ISSUE),
        ("窓口を設けます。", Aspect.ISSUE),
    ]


def test_cells_tell_what_their_own_headers_say() -> None:
    text = "誰もが安心して暮らす町\t窓口を開く\t1,355"
    headers: list[tuple[str, int | None]] = [("目指す姿", None), ("取組内容", 2024), ("R2実績", 2020)]
    found = pieces_of(row(plan(text), text, headers))
    assert [(piece.text, piece.aspect) for piece in found] == [
        ("誰もが安心して暮らす町", Aspect.POLICY),
        ("窓口を開く", Aspect.ACTION),
    ]


@pytest.mark.parametrize("kind", [PassageKind.CONTENTS, PassageKind.NOTE])
def test_contents_and_notes_tell_nothing(kind: PassageKind) -> None:
    text = "多文化共生の推進に取り組みます。"
    assert pieces_of(replace(prose(plan(text), text), kind=kind)) == []


def test_pieces_stand_in_the_stored_text() -> None:
    text = "見出し\n・多言語の窓口を設ける ・広報紙を配る"
    passage = prose(plan(text), text, span=Span(4, len(text)))
    assert all(piece.span.of(text) == piece.text for piece in pieces_of(passage))
    assert len(pieces_of(passage)) == 2
