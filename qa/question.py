"""The question as typed: what is accepted, and which parts must be found exactly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.errors import QuestionError

LONGEST = 2_000
QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|\"([^\"]+)\"|＂([^＂]+)＂")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be worked on.

    Attributes:
        text: as typed, without control characters and the white space around it.
        phrases: what stood in 「」, 『』 or quotes, in order.
    """

    text: str
    phrases: tuple[str, ...]

    @property
    def only_phrases(self) -> bool:
        """Whether nothing was typed beside the quoted phrases."""
        return bool(self.phrases) and not QUOTED.sub("", self.text).strip()


def read_question(typed: str) -> Question:
    """Clean and check what was typed.

    Raises:
        QuestionError: nothing to search for is left, or it is too long.
    """
    cleaned = "".join(" " if _is_control(character) else character for character in typed)
    text = re.sub(r"\s+", " ", cleaned).strip()
    if not any(unicodedata.category(character)[0] in "LN" for character in text):
        raise QuestionError(
            "質問の言葉がありません。「多文化共生の取組」のように、知りたいことを入力してください。"
        )
    if len(text) > LONGEST:
        raise QuestionError(
            f"質問が長すぎます（{len(text):,}字）。{LONGEST:,}字までにしてください。"
            "資料の文章から探すときは、要点だけを入力してください。"
        )
    phrases = tuple(
        next(group for group in match.groups() if group is not None).strip()
        for match in QUOTED.finditer(text)
    )
    return Question(text=text, phrases=tuple(phrase for phrase in phrases if _has_word(phrase)))


def _has_word(phrase: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in phrase)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
