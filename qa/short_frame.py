"""The words on either side of the asking word, held against those on either side of what may answer it.

「電気設備の更新はいつに延長されたか」 is answered by the date that stands just before 延長. Apart from
closeness, which takes the words of a question without their order: here the side and the sequence count.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.folding import fold
from index.terms import Term, TermAnalyzer, TermKind
from qa.question_kind import Asked
from qa.request_words import REQUEST_WORDS

WORDS = 3
"""So many words on a side count, the nearest most."""

SHARES = (1.0, 0.5, 0.25)
REACH = 3
"""Up to so many words away from what may answer a word is looked for."""

LEFT_SHARE = 0.6
"""What stands before tells less: a Japanese noun is told by the words that follow it."""

BREAK = 2
"""A comma counts as so many words."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The words around the asking word.

    Attributes:
        left: the keys of those before it, the nearest first, at most ``WORDS``.
        right: the keys of those after it, the nearest first, at most ``WORDS``.
    """

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    def fit(self, text: str, terms: Sequence[Term], start: int, end: int) -> float:
        """How far a place in a text stands between the same words, 0 to 1.

        Args:
            text: the folded text.
            terms: of the text, by place.
            start: where the place begins.
            end: where it ends.
        """
        words = _words(terms)
        starts = [term.start for term in words]
        after = words[bisect.bisect_left(starts, end) :]
        before = [term for term in words[: bisect.bisect_left(starts, start)] if term.end <= start][::-1]
        right = _met(self.right, list(_steps(text, after, end)))
        left = _met(self.left, list(_steps(text, before, start)))
        return (right + LEFT_SHARE * left) / (1 + LEFT_SHARE)


NO_FRAME = Frame()


def frame_of(question: str, asked: Asked, analyzer: TermAnalyzer) -> Frame:
    """The words around what asks; empty where nothing asks by a word.

    Args:
        question: as typed.
        asked: what is asked for.
        analyzer: cuts terms.
    """
    text = fold(question).text
    at = text.find(asked.words) if asked.words else -1
    if at < 0:
        return NO_FRAME
    end = at + len(asked.words)
    words = [term for term in _words(tuple(analyzer.analyze(text))) if term.text not in REQUEST_WORDS]
    left = [term.text for term in words if term.end <= at][::-1]
    right = [term.text for term in words if term.start >= end]
    return Frame(tuple(left[:WORDS]), tuple(right[:WORDS]))


def _words(terms: Sequence[Term]) -> list[Term]:
    return [term for term in terms if term.kind is not TermKind.COMPOUND]


def _steps(text: str, words: Sequence[Term], edge: int) -> Iterator[tuple[str, int]]:
    """Each word with how many words lie between it and the place; none beyond a full stop."""
    for steps, word in enumerate(words[: REACH + WORDS]):
        between = text[edge : word.start] if word.start >= edge else text[word.end : edge]
        if "。" in between:
            return
        yield word.text, steps + BREAK * between.count("、")


def _met(wanted: Sequence[str], found: Sequence[tuple[str, int]]) -> float:
    """The share of the wanted words that stand on this side, the nearer the more."""
    if not wanted:
        return 0.0
    met = 0.0
    for share, word in zip(SHARES, wanted, strict=False):
        steps = min((steps for said, steps in found if said == word), default=None)
        if steps is not None and steps <= REACH:
            met += share / (1 + steps)
    return met / sum(SHARES[: len(wanted)])
