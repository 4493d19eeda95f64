"""The question as typed: what is accepted, which parts must be found exactly, and what cannot be answered.

What holds nothing to search for, or too much, is an error. What can be searched for but asks nothing of the
documents (another script, one character, a command to a chat program) is refused with its reason.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.errors import QuestionError

LONGEST = 2_000
OTHER_SCRIPT = (
    "日本語の言葉を読み取れませんでした。資料は日本語で書かれています。"
    "「多文化共生の取組」のように、日本語で入力してください。"
)
ONE_CHARACTER = (
    "1文字だけでは、何を知りたいのかが分かりません。"
    "「空き家の活用」のように、もう少し詳しく入力してください。"
)
COMMAND = (
    "資料についての質問として読み取れませんでした。このシステムは資料から探すだけで、ほかの指示には従いません。"
    "知りたいことを入力してください。"
)
OPERATORS = (
    "AND・OR・NOT などの記号は使えないため、言葉だけで探しました。言葉は空白で区切って並べてください。"
)

_READ = re.compile(r"[ぁ-ゖァ-ヺ一-鿿㐀-䶿々〆A-Za-zＡ-Ｚａ-ｚ0-9０-９ｦ-ﾟ]")
_OPERATOR = re.compile(r"(?<!\S)(?:AND|OR|NOT|&&|\|\|)(?!\S)")
_COMMAND = re.compile(
    r"(?:以前|これまで|今まで|上記|前|すべて|全て|先)の?(?:すべての|全ての)?(?:指示|命令|ルール|設定)を?(?:すべて|全て)?(?:無視|忘れ|破棄)"
    r"|システム ?プロンプト|プロンプトを(?:表示|出力|教え|見せ)"
    r"|ignore (?:all |the |your )*(?:previous|above|prior) (?:instruction|prompt)|system prompt",
    re.IGNORECASE,
)
QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|\"([^\"]+)\"|＂([^＂]+)＂")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be worked on.

    Attributes:
        text: as typed, without control characters and the white space around it.
        phrases: what stood in 「」, 『』 or quotes, in order.
        doubt: why it cannot be answered (Japanese), empty where it may be.
        notices: what a person should know of the reading.
    """

    text: str
    phrases: tuple[str, ...]
    doubt: str = ""
    notices: tuple[str, ...] = ()

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
    words = " ".join(_OPERATOR.sub(" ", text).split())
    operators = words != text and _has_word(words)
    return Question(
        text=words if operators else text,
        phrases=tuple(phrase for phrase in phrases if _has_word(phrase)),
        doubt=_doubt(text),
        notices=(OPERATORS,) if operators else (),
    )


def _doubt(text: str) -> str:
    if _COMMAND.search(text):
        return COMMAND
    letters = [character for character in text if unicodedata.category(character)[0] in "LN"]
    if not any(_READ.match(character) for character in letters):
        return OTHER_SCRIPT
    return ONE_CHARACTER if len(letters) == 1 else ""


def _has_word(phrase: str) -> bool:
    return any(unicodedata.category(character)[0] in "LN" for character in phrase)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}
