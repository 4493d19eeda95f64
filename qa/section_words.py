"""The part of a form that a question speaks of: 課題, 方針, 取組, 成果, 目標, 評価.

Forms call the same part by several names (成果, 結果, 実績). A part that is asked for is looked for first
(``qa.priors``); only one written as a field of the form (課題の欄, 「取組成果」の項目) is a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.folding import match_key
from qa.filter_words import holding

SECTION_WORDS = (
    *("課題", "現状", "方針", "成果", "目標", "総括", "評価", "達成度", "工程", "状況", "レビュー", "予算"),
    *("実績", "主な取組", "取組内容", "目指す姿", "KGI", "KPI", "指標"),
)
"""Words of headings over which a question may ask."""

_SAME_PART: tuple[tuple[str, ...], ...] = (
    ("課題", "現状", "問題点"),
    ("方針", "今後の方向", "考え方"),
    ("取組内容", "主な取組", "取組状況", "実施内容"),
    ("取組", "取り組み", "取組み", "方針", "実施"),
    ("成果", "結果", "実績", "効果"),
    ("目標", "目指す姿", "kgi", "kpi"),
    ("評価", "総括", "レビュー", "達成度", "検証"),
)
_FIELD = re.compile(
    r"(?:[「『](?P<quoted>[^「」『』]{2,20})[」』]|(?P<plain>(?:[一-鿿々ァ-ヴーa-z]|と(?=[一-鿿])){2,14}))"
    r"(?:という|の)?(?:欄|項目)(?=[のはにをがで、。?？\s]|$|から|より)"
)
_ASKED = re.compile(
    r"(?P<part>[一-鿿ァ-ヴーa-z]{2,6})(?:は(?:何|どう|どの|どんな)?|を教えて|について|って)?(?:です|でし|だ)?(?:か|たか)?[。?？\s]*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedField:
    """A field of a form that limits a question.

    Attributes:
        start: its first code point in the text given.
        end: one past the last, the word 欄 or 項目 inside.
        words: the field's name, folded.
        typed: the same with what makes it a field (「取組成果」の欄).
        values: the headings of the library that it stands for.
    """

    start: int
    end: int
    words: str
    typed: str
    values: tuple[str, ...]


def named_fields(folded: str, headings: Iterable[str]) -> list[NamedField]:
    """The fields that a question limits itself to; a name that no heading holds is none (記入欄, 検査項目).

    Args:
        folded: the question.
        headings: those of the library.
    """
    known = tuple(headings)
    found = []
    for match in _FIELD.finditer(folded):
        words = match["quoted"] or match["plain"]
        values = holding((words,), known)
        if values:
            start, end = match.span()
            found.append(NamedField(start=start, end=end, words=words, typed=match.group(), values=values))
    return found


def parts_named(question: str) -> list[str]:
    """The names of parts that a question holds, as match keys."""
    key = match_key(question)
    return [match_key(word) for word in SECTION_WORDS if match_key(word) in key]


def part_asked(folded: str) -> tuple[str, ...]:
    """The names of the part that a question ends in asking for (…の課題は), as match keys; empty without."""
    match = _ASKED.search(folded.strip())
    if match is None:
        return ()
    for names in _SAME_PART:
        if any(match["part"].endswith(match_key(name)) for name in names):
            return tuple(match_key(name) for name in names)
    return ()
