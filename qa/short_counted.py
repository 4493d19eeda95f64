"""Numbers with a word of their own behind them: 「1号炉」 for 何号炉, 「2次申請」 for 何次の申請.

Apart from figures, whose units are known: here the question itself says what the number must be followed by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from qa.short_candidate import Candidate
from qa.short_closeness import closeness
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_units import COUNTERS

CLOSE = 0.4
STATEMENTS_READ = 12
BEHIND = 0.35
"""How far below the best statement's score one may lie that holds such a number."""

_ASKED = re.compile(r"(?<!第)何(?P<word>[一-鿿々ァ-ヴー]{1,5})(?:の(?P<noun>[一-鿿々]{2,4}))?")
_KNOWN = re.compile(rf"(?:{COUNTERS}|年度|[年月日時曜語色処故県国番])")
_ABOUT = ("程度", "以上", "以下", "以内", "未満", "前後")
_NUMBER = r"(?:第? ?[\d,.]+|[一二三四五六七八九])"


def counted_candidate(question: str, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The number before the question's own word, None where it names no such word or no statement holds it.

    Args:
        question: as typed.
        found: the statements, best first.
        topic: the words of the question.
    """
    asked = _ASKED.search(fold(question).text)
    if asked is None or not found:
        return None
    sentences = [one for one in found if one.cell is None and found[0].score - one.score < BEHIND]
    for word in _words(asked["word"], asked["noun"] or ""):
        pattern = re.compile(rf"(?<![\d.]){_NUMBER} ?{re.escape(word)}")
        scored = [
            Candidate(
                text=one.said(match.start(), match.end()),
                hit=one.hit,
                score=one.score + CLOSE * closeness(one, match.start(), match.end(), topic),
                year=one.year,
            )
            for one in sentences[:STATEMENTS_READ]
            for match in pattern.finditer(one.text)
        ]
        if scored:
            return max(scored, key=lambda candidate: candidate.score)
    return None


def _words(word: str, noun: str) -> list[str]:
    """What may stand behind the number, the longest first; no known unit, which figures have."""
    known = _KNOWN.match(word)
    if known and word[known.end() :].startswith(_ABOUT):
        return []
    least = known.end() + 1 if known else 1
    wanted = [word[:length] for length in range(len(word), max(least, min(2, len(word))) - 1, -1)]
    return [word + noun, *wanted] if noun and wanted else wanted
