"""Precedents: frames of sentences, groups of wordings with sources and outcomes, and what a draft copied."""

from __future__ import annotations

import pytest

from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from qa.draft_check import Copied, copied_from
from qa.filter_words import FilterWords
from qa.precedents import cited_wordings
from qa.wording_frames import family_of, frame_of, plain
from tests.qa.theme_engines import sample_engine

TABLE = MunicipalityTable.load(sample_municipalities())


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("統廃合を進める必要がある。", "〜する必要がある"),
        ("訓練を行う必要があります。", "〜する必要がある"),
        ("担い手の確保が課題となっています。", "〜が課題となっている"),
        ("担い手の確保が大きな課題である。", "〜が課題となっている"),
        ("窓口の充実を図ります。", "〜を図る"),
        ("情報の発信に努めます。", "〜に努める"),
        ("デジタル化を推進する。", "〜を推進する"),
        ("引き続き周知していく。", "〜していく"),
        ("住みよい町を目指します。", "〜を目指す"),
        ("相談窓口の充実", "〜の充実"),
        ("講座を行いました。", "〜を行った"),
        ("", ""),
    ],
)
def test_frame_is_the_end_in_the_plain_form(sentence: str, expected: str) -> None:
    assert frame_of(sentence) == expected


@pytest.mark.parametrize(
    ("polite", "expected"),
    [("進めます。", "進める"), ("行きます", "行く"), ("しています", "している"), ("配りました", "配った")],
)
def test_plain_form_of_polite_endings(polite: str, expected: str) -> None:
    assert plain(polite) == expected


@pytest.mark.parametrize(
    ("frame", "family"),
    [("〜を配った", "〜した"), ("〜が増えている", "〜している"), ("〜の配布", "〜の推進・実施（体言止め）")],
)
def test_rare_frames_belong_to_a_family(frame: str, family: str) -> None:
    assert family_of(frame) == family


def test_precedents_are_cited_and_grouped_by_frame() -> None:
    engine = sample_engine()
    found = engine.precedents("やさしい日本語")
    assert len({town for group in found.groups for town in group.towns}) >= 3
    for group in found.groups:
        for one in group.passages:
            text = engine.store.document_text(one.cited.citation.document_id)
            assert text is not None
            assert text[one.cited.citation.start : one.cited.citation.end] == one.cited.citation.quote
    pairs = [(group.section, group.pattern) for group in found.groups]
    assert len(pairs) == len(set(pairs))


def test_precedents_tell_what_became_of_them() -> None:
    found = sample_engine().precedents("避難所", FilterWords(sections=("現状と課題",)))
    outcomes = [one.outcome.text for group in found.groups for one in group.passages if one.outcome.text]
    assert any("33か所で鍵の二者管理に移行した" in one.citation.quote for one in outcomes)
    assert found.section == "現状と課題"
    for group in found.groups:
        for one in group.passages:
            assert any("現状と課題" in heading for heading in one.cited.hit.passage.section_path)


def test_precedents_bear_the_marks_of_their_sheet() -> None:
    found = sample_engine().precedents("多言語の相談窓口", FilterWords(municipalities=("白樺野町",)))
    marks = [one.outcome.marks for group in found.groups for one in group.passages if one.outcome.marks]
    assert [(mark.fiscal_year, mark.mark) for mark in marks[0]] == [(2021, "△"), (2022, "○"), (2023, "○")]


def test_draft_that_keeps_names_years_and_figures_is_told() -> None:
    found = sample_engine().precedents("避難所", FilterWords(municipalities=("千鳥ヶ原市",)))
    cited = cited_wordings(found)
    assert any("38" in one.citation.quote for one in cited)
    draft = "千鳥ヶ原市では避難所38か所を指定している。令和5年8月に見直した。避難所は12345か所である。"
    told = copied_from(draft, cited, "990043", TABLE)
    assert {(one.kind, one.text) for one in told} >= {
        (Copied.NAME, "千鳥ヶ原市"),
        (Copied.FIGURE, "38か所"),
    }
    assert all(draft[one.start : one.end] == one.text for one in told)
    assert "12345か所" not in {one.text for one in told}
    assert "そのままでよいか" in told[0].sentence


def test_draft_may_keep_words_of_its_own_town() -> None:
    found = sample_engine().precedents("避難所", FilterWords(municipalities=("千鳥ヶ原市",)))
    cited = cited_wordings(found)
    assert copied_from("千鳥ヶ原市では避難所38か所を指定している。", cited, "990019", TABLE) == []


def test_a_section_without_the_theme_gives_the_nearest_of_the_others() -> None:
    found = sample_engine().precedents("やさしい日本語", FilterWords(sections=("最終レビュー",)))
    assert found.section == "最終レビュー"
    assert found.groups
    assert "「最終レビュー」の欄には、「やさしい日本語」を述べた文は見つかりませんでした" in found.notices[0]
    assert "課題" in found.notices[0]
    issues = sample_engine().precedents("木道", FilterWords(sections=("今後の課題一覧",)))
    assert issues.groups[0].section.value == "課題"
    nowhere = sample_engine().precedents("宇宙飛行士", FilterWords(sections=("現状と課題",)))
    assert nowhere.groups == ()
    assert "見つかりませんでした" in nowhere.notices[0]


@pytest.mark.parametrize("theme", ["空き家対策", "空家対策", "空家", "空き家対策事業"])
def test_what_is_done_about_a_theme_and_its_shorter_spelling_find_the_theme(theme: str) -> None:
    plain = sample_engine().precedents("空き家")
    found = sample_engine().precedents(theme)
    towns = {name for group in found.groups for name in group.towns}
    assert towns == {name for group in plain.groups for name in group.towns}
    assert len(towns) > 1
