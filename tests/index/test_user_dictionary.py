"""The word list, and compiling it once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.errors import InputError
from corpus.folding import fold
from index.morphemes import CostTagger, Tagger
from index.user_dictionary import (
    Word,
    WordListError,
    compile_dictionary,
    default_dictionary_dir,
    read_words,
    words_fingerprint,
)

WORDS = (
    Word(text="多文化共生", reading="タブンカキョウセイ"),
    Word(text="業務棚卸表", reading="ギョウムタナオロシヒョウ"),
)


def test_word_list_is_long_folded_and_cut_by_mecab() -> None:
    words = read_words()
    tagger = Tagger()
    assert len(words) >= 1_200
    assert [word.text for word in words if fold(word.text).text != word.text] == []
    assert [word.text for word in words if len(tagger.morphemes(word.text)) < 2] == []


@pytest.mark.parametrize(
    "text", ["多文化共生", "業務棚卸表", "機能別消防団員", "会計年度任用職員", "行政改革大綱"]
)
def test_word_list_holds_words_of_the_plans(text: str) -> None:
    assert text in {word.text for word in read_words()}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("多文化共生", "タブで区切って"),
        ("多文化共生\tタブンカ\t注\t余分", "タブで区切って"),
        ("多文化 共生\tタブンカ", "空白"),
        ("多文化,共生\tタブンカ", "カンマ"),
        ("\tタブンカ", "語が空"),
        ("多文化共生\tたぶんか", "カタカナ"),
        ("総合計画\tソウゴウケイカク", "二度"),
    ],
)
def test_bad_line_is_named_by_its_number(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(f"# 見出し\n総合計画\tソウゴウケイカク\t注\n\n{line}\n", encoding="utf-8")
    with pytest.raises(WordListError, match="4 行目") as caught:
        read_words(path)
    assert complaint in str(caught.value)
    assert isinstance(caught.value, InputError)


def test_note_is_optional(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("総合計画\tソウゴウケイカク\t自治体の最上位計画\n", encoding="utf-8")
    assert read_words(path) == (Word(text="総合計画", reading="ソウゴウケイカク", note="自治体の最上位計画"),)


def test_compiled_words_are_one_morpheme_wherever_their_parts_would_be(tmp_path: Path) -> None:
    tagger = Tagger(compile_dictionary(WORDS, tmp_path / "日本語 の フォルダ"))
    surfaces = [morpheme.surface for morpheme in tagger.morphemes("業務棚卸表に多文化共生の推進を書く")]
    assert surfaces == ["業務棚卸表", "に", "多文化共生", "の", "推進", "を", "書く"]


def test_costs_come_in_the_order_of_the_morphemes() -> None:
    word = "業務棚卸表"
    costs = CostTagger().costs(word)
    assert len(costs) == len(Tagger().morphemes(word))
    assert costs[1].join_cost != 0
    assert len({cost.word_cost for cost in costs}) > 1


def test_dictionary_is_compiled_once(tmp_path: Path) -> None:
    first = compile_dictionary(WORDS, tmp_path)
    written = first.stat().st_mtime_ns
    assert compile_dictionary(WORDS, tmp_path) == first
    assert first.stat().st_mtime_ns == written
    assert list(tmp_path.iterdir()) == [first]
    assert compile_dictionary(WORDS[:1], tmp_path) != first


def test_unwritable_folder_falls_back_to_a_temporary_one(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    path = compile_dictionary(WORDS, in_the_way / "below")
    assert path.is_file()
    assert tmp_path not in path.parents


def test_fingerprint_depends_on_words_and_readings() -> None:
    other = Word(text="多文化共生", reading="タブンカキヨウセイ")
    assert words_fingerprint(WORDS) == words_fingerprint(list(WORDS))
    assert len({words_fingerprint(WORDS), words_fingerprint(WORDS[:1]), words_fingerprint([other])}) == 3


def test_default_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHIRUBE_CACHE", str(tmp_path / "own"))
    assert default_dictionary_dir() == tmp_path / "own"
    monkeypatch.delenv("SHIRUBE_CACHE")
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    assert default_dictionary_dir() == tmp_path / "shirube"
