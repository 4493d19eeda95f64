"""The morphemes that are kept by their entries are those that MeCab finds each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.folding import fold_text
from index.morphemes import Morpheme, Tagger
from index.user_dictionary import compile_dictionary, read_words

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


@pytest.fixture(scope="module", params=["unidic-lite", "with our words"])
def tagger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tagger:
    if request.param == "unidic-lite":
        return Tagger()
    return Tagger(compile_dictionary(read_words(), tmp_path_factory.mktemp("words")))


def test_a_word_that_was_met_before_is_what_it_is_in_every_line(tagger: Tagger) -> None:
    kept: dict[str, Morpheme] = {}
    lines = [
        line
        for path in sorted(SAMPLES.rglob("*.txt"))
        for line in fold_text(path.read_text(encoding="utf-8")).split("\n")
    ]
    assert len(lines) > 1_000
    found = [tagger.each(line, _itself, kept) for line in lines]
    assert found == [tagger.morphemes(line) for line in lines]
    assert len(kept) < sum(map(len, found)) / 5


def test_what_a_dictionary_says_and_what_it_does_not() -> None:
    known, particle, unknown = Tagger().morphemes("棚卸 を ホゲラッチョ")
    assert (known.surface, known.lemma, known.inflection_type) == ("棚卸", "棚卸し", "")
    assert (particle.surface, particle.part_of_speech) == ("を", ("助詞", "格助詞", ""))
    assert (unknown.surface, unknown.lemma, unknown.part_of_speech[0]) == ("ホゲラッチョ", "", "名詞")


@pytest.mark.parametrize("blank", ["", " ", "\t", "\x00", " \x1f "])
def test_white_space_is_no_morpheme(blank: str) -> None:
    assert Tagger().morphemes(blank) == Tagger().each(blank, _itself, {}) == []


def _itself(morpheme: Morpheme) -> Morpheme:
    return morpheme
