"""Terms: what is content, where spellings meet, and that spans point at the text."""

from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.folding import fold, fold_text
from index import terms
from index.morphemes import Morpheme, shared_tagger
from index.terms import Term, TermAnalyzer, TermKind
from index.tokens import Plain, plain_token


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> TermAnalyzer:
    return TermAnalyzer(tmp_path_factory.mktemp("dictionary"))


def _kinds(terms: list[Term]) -> dict[str, TermKind]:
    return {term.text: term.kind for term in terms}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("。、「」◎○△×", []),
        ("多文化共生", ["多", "多文化共生", "文化", "共生"]),
        ("業務棚卸表", ["業務", "業務棚卸し", "業務棚卸し表", "棚卸し", "表"]),
        ("見直しを行うこと", ["見直し"]),
        ("向上を図るため", ["向上"]),
        ("公共施設等の改修", ["公共", "公共施設", "施設", "改修"]),
        ("1,355人", ["1355", "人"]),
        ("46.8%", ["46.8"]),
        ("63.20%", ["63.20"]),
        ("040301 空き家の登録", ["040301", "空き家", "登録"]),
        ("令和6年度", ["令和", "6", "年度"]),
        ("第三十五条", ["35", "条"]),
        ("2億5千万円", ["250000000", "円"]),
        ("dxの推進", ["dx", "推進"]),
        ("covid-19とh28", ["covid", "19", "h28"]),
        ("wi-fi", ["wi", "wifi", "fi"]),
        ("大泉町", ["大泉町"]),
        ("3人以上", ["3", "人", "以上"]),
        ("6次産業化", ["6", "6次産業化", "次", "産業", "化"]),
    ],
)
def test_keys_of_text(analyzer: TermAnalyzer, text: str, expected: list[str]) -> None:
    assert analyzer.keys(text) == expected


@pytest.mark.parametrize(
    "spellings",
    [
        "取組 取り組み 取組み 取り組む 取組む",
        "引っ越し 引っ越す 引越 引越し",
        "子ども 子供 こども",
        "障がい 障害 障碍",
        "呼びかけ 呼び掛け 呼びかける",
        "見直し 見直す",
        "サーバ サーバー",
        "コンピュータ コンピューター",
        "コミュニティ コミュニティー",
        "受付 受け付け 受け付ける",
        "受入 受入れ 受け入れ 受け入れる",
        "申込 申込み 申し込み 申し込む",
        "手続 手続き",
        "貸付 貸付け 貸し付ける",
        "引継ぎ 引き継ぐ",
        "打合せ 打ち合わせ 打ち合わせる",
        "支え合い 支えあい 支え合う",
        "見守り 見守る",
        "まちづくり 街づくり 町づくり",
        "ごみ ゴミ",
        "空き家 空家",
        "暮らし くらし 暮らす",
        "1,355 1355 千三百五十五",
        "障がい者福祉 障害者福祉",
    ],
)
def test_spellings_meet(analyzer: TermAnalyzer, spellings: str) -> None:
    found = {tuple(analyzer.keys(spelling)) for spelling in spellings.split()}
    assert len(found) == 1, found
    assert found != {()}


@pytest.mark.parametrize(("one", "other"), [("組合", "組み合わせ"), ("生物", "生き物"), ("日当", "日当たり")])
def test_different_words_stay_apart(analyzer: TermAnalyzer, one: str, other: str) -> None:
    assert analyzer.keys(one) != analyzer.keys(other)


def test_compound_and_parts_have_their_kinds(analyzer: TermAnalyzer) -> None:
    kinds = _kinds(analyzer.analyze("地域包括支援センターを3か所に置く"))
    assert kinds["地域包括支援センタ"] is TermKind.COMPOUND
    assert kinds["包括"] is TermKind.WORD
    assert kinds["3"] is TermKind.NUMBER


def test_noun_run_is_a_compound_without_the_word_list(tmp_path: Path) -> None:
    plain = TermAnalyzer(tmp_path, words=())
    assert "見守り活動" in plain.keys("見守り活動を続ける")
    assert list(tmp_path.iterdir()) == []


def test_spans_slice_back_to_the_surface(analyzer: TermAnalyzer) -> None:
    text = "業務棚卸表の\n「多文化共生」は 1,355件、\te-mailで取組む。"
    surfaces = {term.text: text[term.start : term.end] for term in analyzer.analyze(text)}
    assert surfaces["業務棚卸し表"] == "業務棚卸表"
    assert surfaces["共生"] == "共生"
    assert surfaces["1355"] == "1,355"
    assert surfaces["email"] == "e-mail"
    assert surfaces["取り組み"] == "取組む"


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60)
    | st.text(alphabet="市町村民の取組み1,.〇十億\n\t ab-ー6次産業化多文化共生", max_size=40)
)
def test_any_text_can_be_analysed(analyzer: TermAnalyzer, text: str) -> None:
    folded = fold(text).text
    terms = analyzer.analyze(folded)
    assert terms == sorted(terms, key=lambda term: (term.start, term.end))
    for term in terms:
        assert 0 <= term.start < term.end <= len(folded)
        assert term.text
        assert "\n" not in folded[term.start : term.end]


@given(st.text(alphabet="多文化共生推進6,5三十億 \t。とe-x", max_size=40), st.data())
def test_words_within_a_line_are_those_that_stand_there(
    analyzer: TermAnalyzer, line: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    (cut,) = analyzer.cuts(line)
    within = [term for term in cut.terms if start <= term.start and term.end <= end]
    assert cut.words_within(start, end) == [term.text for term in within if term.kind is not TermKind.NUMBER]
    assert list(cut.terms) == sorted(cut.terms, key=lambda term: (term.start, term.end))


def test_blanks_and_control_characters_part_words_and_move_none(analyzer: TermAnalyzer) -> None:
    assert [(term.text, term.start) for term in analyzer.analyze(" 防災\x01訓練  3 人")] == [
        ("防災", 1),
        ("訓練", 4),
        ("3", 8),
        ("人", 10),
    ]


def test_a_heading_has_the_keys_of_its_folded_text(analyzer: TermAnalyzer) -> None:
    text = "第３次 ＤＸ推進計画\n多文化共生" * 40
    for one in (text, text[:10]):
        assert list(analyzer.heading(one).keys) == analyzer.keys(fold_text(one))
        assert list(analyzer.heading(one).words) == analyzer.word_keys(fold_text(one))


def test_threads_agree_with_one_thread(analyzer: TermAnalyzer) -> None:
    texts = [f"令和{n}年度の多文化共生推進計画に{n}人が取り組み、見直した。" for n in range(60)]
    expected = [analyzer.analyze(text) for text in texts]
    results: dict[int, list[list[Term]]] = {}

    def work(number: int) -> None:
        results[number] = [analyzer.analyze(text) for text in texts]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(results[number] == expected for number in range(6))


def test_fingerprint_follows_the_word_list(analyzer: TermAnalyzer, tmp_path: Path) -> None:
    assert analyzer.fingerprint == TermAnalyzer(tmp_path).fingerprint
    assert analyzer.fingerprint != TermAnalyzer(tmp_path, words=()).fingerprint


def test_analyzers_of_one_dictionary_share_a_tagger(tmp_path: Path) -> None:
    one, other = TermAnalyzer(tmp_path), TermAnalyzer(tmp_path)
    plain = TermAnalyzer(tmp_path, words=())
    assert one.keys("業務棚卸表") == other.keys("業務棚卸表") != plain.keys("業務棚卸表")
    dictionary = next(tmp_path.glob("*.dic"))
    tagger = weakref.ref(shared_tagger(dictionary))
    assert tagger() is shared_tagger(dictionary) is not shared_tagger(None)
    del one, other
    gc.collect()
    assert tagger() is None


def test_words_kept_may_be_let_go_while_another_line_is_read(
    analyzer: TermAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "空き家対策の計画と移住の相談"
    wanted = analyzer.keys(line)
    monkeypatch.setattr(terms, "LINES_KEPT", 0)
    emptied = TermAnalyzer()

    def meanwhile(morpheme: Morpheme) -> Plain:
        monkeypatch.setattr(terms, "plain_token", plain_token)
        emptied.keys("窓口")  # as another thread does
        return plain_token(morpheme)

    monkeypatch.setattr(terms, "_CACHE_LIMIT", 0)
    monkeypatch.setattr(terms, "plain_token", meanwhile)
    assert emptied.keys(line) == wanted
