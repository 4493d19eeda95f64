"""The noun that a figure is asked of: 管理職 of 「女性の管理職の割合は」, 残高 of 「財政調整基金の残高」.

Apart from weighing how much of a question a passage says, because a figure beside all the other words is a
figure of something else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.sentences import sentence_spans
from corpus.span import Span
from index.terms import TermAnalyzer
from qa.short_candidate import Candidate
from qa.short_units import unit_of_noun

_AMOUNTS = frozenset(("残高", "単価"))
"""Amounts of money that are not one another's: a unit says no more of them than of any."""

_MEASURES = frozenset(
    """
    数 額 率 量 値 割合 実績 目標 推移 状況 結果 見込み 計画 基準 合計 総数 人 者 件 延べ 当初 年間
    利用 実施 参加
    """.split()  # noqa: SIM905 (a table to read)
)
"""Words that say how something is counted, not what; so does a word that ends in one."""

_ASKED = re.compile(
    r"^(?P<phrase>(?:(?!と[一-鿿]+$)[^、。「」()])*?[一-鿿々ァ-ヴー])"
    r"(?:(?:は|って)(?:、?(?:何|いくら|いくつ|どれ|どの)[^のがを]{0,8})?(?:です|でした)?か?)?[?。 ]*$"
)
"""A phrase that ends in a noun and is asked for as it stands."""

_OBJECT = re.compile(
    r"(?P<object>[^、。「」をはがも]{2,})を[^、。]{1,12}(?:計画|予定|取り?組み?|事業|制度|方針|考え)[はが]?(?:ある|あり|ない)"
)
"""What a question asks whether something will be done to."""


def object_of(question: str) -> str:
    """What a folded question asks whether something will be done to; empty where it asks no such thing.

    保育料 of 「保育料を無料にする計画はあるか」.
    """
    found = _OBJECT.match(question)
    return found["object"] if found else ""


def focus_of(question: str, weights: Mapping[str, float], analyzer: TermAnalyzer) -> str:
    """The key of the noun that a figure is asked of, empty where the question is no such phrase.

    Args:
        question: folded.
        weights: of the topic's words, by key.
        analyzer: cuts terms.
    """
    asked = _ASKED.match(question)
    if asked is None:
        return ""
    terms = [term for term in analyzer.analyze(asked["phrase"]) if term.text in weights]
    while terms:
        end = max(term.end for term in terms)
        last = min((term for term in terms if term.end == end), key=lambda term: term.start)
        if not _is_measure(last.text):
            return last.text
        start = max(term.start for term in terms if term.end == end and _is_measure(term.text))
        terms = [term for term in terms if term.end <= start]
    return ""


def _is_measure(key: str) -> bool:
    return key not in _AMOUNTS and (key.endswith(tuple(_MEASURES)) or bool(unit_of_noun(key)))


def told_by(one: Candidate) -> str:
    """What a passage says up to the last sentence with a figure, inclusive; of a table row all."""
    passage = one.hit.passage
    at = -1 if passage.cells else passage.text.rfind(one.text)
    if at < 0:
        return passage.text
    ends = (span.end for span in sentence_spans(passage.text, Span(0, len(passage.text))) if span.end > at)
    return passage.text[: next(ends, None)]
