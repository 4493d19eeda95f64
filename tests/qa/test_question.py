from __future__ import annotations

import pytest

from corpus.errors import QuestionError
from qa.question import LONGEST, read_question

READ = [
    ("多文化共生の取組", "多文化共生の取組", ()),
    ("  「書かない窓口」の導入 ", "「書かない窓口」の導入", ("書かない窓口",)),
    ('"AI" と “LINE”', '"AI" と “LINE”', ("AI", "LINE")),
    ("『広報\tしらかば』", "『広報 しらかば』", ("広報 しらかば",)),
    ("空き家\x00対策\u200b", "空き家 対策", ()),
    ("「」と「、」の違い", "「」と「、」の違い", ()),
]


@pytest.mark.parametrize(("typed", "text", "phrases"), READ)
def test_a_question_is_cleaned_and_its_phrases_are_read(
    typed: str, text: str, phrases: tuple[str, ...]
) -> None:
    question = read_question(typed)
    assert (question.text, question.phrases) == (text, phrases)


def test_a_question_of_nothing_but_phrases_is_known() -> None:
    assert read_question("「書かない窓口」").only_phrases
    assert not read_question("「書かない窓口」の導入").only_phrases
    assert not read_question("窓口").only_phrases


@pytest.mark.parametrize("typed", ["", "  \n", "\x00\x1f", "。、！", "「」", "🙂"])
def test_nothing_to_search_for_is_refused(typed: str) -> None:
    with pytest.raises(QuestionError, match="入力してください"):
        read_question(typed)


def test_the_longest_question_passes_and_one_more_character_does_not() -> None:
    assert len(read_question("町" * LONGEST).text) == LONGEST
    with pytest.raises(QuestionError, match="20,000字"):
        read_question("町" * 20_000)
    with pytest.raises(QuestionError):
        read_question("町" * (LONGEST + 1))
