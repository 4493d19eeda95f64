"""Folding: what becomes equal, what stays apart, and the way back to the source."""

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold, fold_text, match_key

# Characters that fold in interesting ways, beside any others.
TRICKY = st.sampled_from("カがｶﾞﾟ゙゛㈱㌔½①⻑⼾〜～∼—ーｰ－ＡａZ　 \n\u200b\ufe0f\U000e0100葛각각ﷺ\u0301é𠮷𝟘")
TEXTS = st.text(st.one_of(TRICKY, st.characters(exclude_categories=["Cs"])))

FOLDED = [
    ("ガ", "ガ"),
    ("カ\u3099", "ガ"),
    ("ｶﾞ", "ガ"),
    ("か゛", "が"),
    ("ハ\u309aーク", "パーク"),
    ("㈱", "(株)"),
    ("㌔", "キロ"),
    ("½", "1/2"),
    ("２０２４年度", "2024年度"),
    ("ＲＰＡとDX", "rpaとdx"),
    ("⻑野", "長野"),
    ("⻘年", "青年"),
    ("⼀般", "一般"),
    ("江⼾", "江戸"),
    ("⾭⿈⿊", "青黄黒"),
    ("葛\U000e0100城市", "葛城市"),
    ("☎\ufe0f", "☎"),
    ("町\u200b長", "町長"),
    ("神\ufa19", "神神"),
    ("ﾃﾞｰﾀ", "データ"),
    ("―", "-"),
    ("ÀÉ", "ÀÉ"),
    ("", ""),
]


@pytest.mark.parametrize(("source", "expected"), FOLDED)
def test_fold_gives_the_form_to_match(source: str, expected: str) -> None:
    assert fold(source).text == expected


@pytest.mark.parametrize("wave", "〜～∼")
def test_fold_keeps_the_numbers_of_a_range_apart(wave: str) -> None:
    assert fold(f"2019{wave}2028").text == "2019~2028"


@pytest.mark.parametrize("dash", "-－−‐‑–—―")
def test_fold_keeps_dashes_apart_from_the_long_vowel_mark(dash: str) -> None:
    assert fold(f"{dash}デ{dash}").text == "-デ-"
    assert fold("ｰー").text == "ーー"


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        ("約㌔離れ", "キ", "㌔"),
        ("約㌔離れ", "ロ離", "㌔離"),
        ("カ\u3099ス代", "ガ", "カ\u3099"),
        ("葛\U000e0100城", "葛", "葛\U000e0100"),
        ("伊勢崎ガス㈱と", "(株)", "㈱"),
        ("伊勢崎ガス㈱と", "株)と", "㈱と"),
        ("１／２", "1/2", "１／２"),
    ],
)
def test_source_span_covers_whole_characters(source: str, part: str, expected: str) -> None:
    folded = fold(source)
    at = folded.text.index(part)
    start, end = folded.source_span(at, at + len(part))
    assert source[start:end] == expected


def test_source_span_of_nothing_is_nothing() -> None:
    folded = fold("㌔㌔")
    assert folded.source_span(2, 2) == (1, 1)
    assert folded.source_span(4, 4) == (2, 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4)])
def test_source_span_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        fold("大泉町").source_span(start, end)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("任 務 目 的", "任務目的"),
        ("達\u3000成", "達成"),
        ("各種 SNS", "各種ＳＮＳ"),
        ("取組\n内容\t", "取組内容"),
    ],
)
def test_match_key_ignores_white_space_and_width(left: str, right: str) -> None:
    assert match_key(left) == match_key(right)


def test_match_key_keeps_what_differs() -> None:
    assert match_key("取組") != match_key("取り組み")


@given(TEXTS)
def test_offsets_rise_from_the_source_to_its_length(source: str) -> None:
    folded = fold(source)
    offsets = list(folded.offsets)
    assert len(offsets) == len(folded.text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(source)
    assert all(0 <= offset < len(source) for offset in offsets[:-1])


@given(TEXTS)
def test_fold_text_is_the_text_of_fold(source: str) -> None:
    assert fold_text(source) == fold(source).text


@given(TEXTS, st.data())
def test_a_span_maps_to_characters_that_fold_to_it(source: str, data: st.DataObject) -> None:
    folded = fold(source)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    source_start, source_end = folded.source_span(start, end)
    assert folded.text[start:end] in fold(source[source_start:source_end]).text


@given(TEXTS)
def test_fold_of_canonically_equal_texts_is_equal(source: str) -> None:
    assert fold(unicodedata.normalize("NFD", source)).text == fold(unicodedata.normalize("NFC", source)).text


@given(st.text(st.sampled_from("大泉町の方針、。ー「」abc012\t\n ")))
def test_fold_leaves_plain_japanese_as_it_is(source: str) -> None:
    folded = fold(source)
    assert folded.text == source
    assert list(folded.offsets) == list(range(len(source) + 1))


def test_fold_is_fast_on_ordinary_text() -> None:
    text = "令和６年度の取組について、RPAの導入を進める。伊勢崎ガス㈱（売却）〜効果額1,234千円。" * 4_000
    fold(text[:100])
    started = process_time()
    fold(text)
    assert len(text) / (process_time() - started) > 1_000_000  # 5 to 20 million characters a second when idle
