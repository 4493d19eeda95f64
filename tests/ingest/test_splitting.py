"""Splitting: items stay whole, sentences are not broken, short neighbours stand together."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.span import Span
from ingest.splitting import LIMITS, Piece, leading_mark, piece_length, split_content

LONG = (
    "港の堤防は築後五十年を過ぎて傷みが進み、高潮のたびに波が越えるため、計画を立てて直していく必要がある。"
)


def pieces_of(text: str) -> list[str]:
    return [shown(piece, text) for piece in split_content(text, (Span(0, len(text)),))]


def shown(piece: Piece, text: str) -> str:
    return "|".join(span.of(text) for span in piece)


def test_split_content_keeps_a_short_text_whole() -> None:
    assert pieces_of("港を守る。船を造る。") == ["港を守る。船を造る。"]


def test_split_content_parts_long_numbered_items() -> None:
    text = f"① {LONG}{LONG} ② {LONG}"
    assert pieces_of(text) == [f"① {LONG}{LONG}", f"② {LONG}"]


def test_split_content_keeps_a_marked_item_of_up_to_400_characters() -> None:
    text = "① " + LONG * 7
    assert len(text) < LIMITS.longest
    assert pieces_of(text) == [text]


def test_split_content_joins_short_items() -> None:
    text = "・灯台の点検 ・防波堤の補修 ・航路の浚渫"
    assert pieces_of(text) == [text]


def test_split_content_cuts_long_prose_between_sentences() -> None:
    text = LONG * 12
    pieces = pieces_of(text)
    assert "".join(pieces) == text
    assert all(piece.endswith("。") and len(piece) <= LIMITS.target for piece in pieces)
    assert max(map(len, pieces)) - min(map(len, pieces)) <= len(LONG)


def test_split_content_does_not_cut_within_brackets() -> None:
    quote = "「" + LONG * 3 + "」"
    text = f"{LONG}{quote}という声があった。{LONG}{LONG}"
    assert any(quote in piece for piece in pieces_of(text))


def test_split_content_cuts_one_long_sentence_at_a_pause_outside_numbers() -> None:
    text = "、".join(["漁港の水揚げは1,200トンとなり前の年を2、3割上回った"] * 20) + "。"
    pieces = pieces_of(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= LIMITS.longest and piece.endswith(("、", "。")) for piece in pieces)
    assert not any(piece.endswith("2、") for piece in pieces)


def test_split_content_leaves_a_long_run_without_pauses_whole() -> None:
    text = "港" * 500
    assert pieces_of(text) == [text]


def test_split_content_parts_paragraphs_at_tags() -> None:
    text = f"<p>{LONG}</p> <p>短い段落。</p>"
    assert pieces_of(text) == [f"{LONG}|短い段落。"]


def test_split_content_takes_several_lines() -> None:
    text = "灯台の点検\n- 防波堤の補修"
    pieces = split_content(text, (Span(0, 5), Span(8, 14)))
    assert [shown(piece, text) for piece in pieces] == ["灯台の点検|防波堤の補修"]


@pytest.mark.parametrize(
    ("text", "mark"),
    [("① 港", "①"), ("(2)船", "(2)"), ("・灯台", ""), ("港①", ""), ("（３）網", "（３）"), ("", "")],
)
def test_leading_mark_is_the_number_of_an_item(text: str, mark: str) -> None:
    assert leading_mark(text) == mark


@given(st.text(alphabet="港。、 ①・「」（）1,\n<p>", max_size=700))
def test_split_content_loses_no_content_and_stays_in_order(text: str) -> None:
    pieces = split_content(text, (Span(0, len(text)),))
    spans = [span for piece in pieces for span in piece]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join(span.of(text) for span in spans)
    assert kept.count("港") == text.count("港")
    assert all(piece_length(piece) > 0 for piece in pieces)


def test_a_sentence_broken_over_lines_is_cut_only_between_sentences() -> None:
    text = "港の壁を直します。石を運び、\n積み直します。" + "波の高い日は休みます。" * 30
    lines = (Span(0, text.index("\n")), Span(text.index("\n") + 1, len(text)))
    pieces = split_content(text, [lines])
    shown = ["".join(span.of(text) for span in piece) for piece in pieces]
    assert "".join(shown) == text.replace("\n", "")
    assert len(pieces) > 1
    assert all(piece.endswith("。") for piece in shown)
