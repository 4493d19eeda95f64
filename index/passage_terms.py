"""The terms of passages, each text cut once for all that an index takes of it.

A passage's terms are those of what stands over it and those of its own text. Both are kept: many passages
stand under the same titles, and plans say much again, from year to year and from table to table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import Generic, NamedTuple, TypeVar

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold_text
from index.pairs import pairs_in_line
from index.passage_text import PassageText
from index.terms import LONGEST_KEPT, Cut, TermAnalyzer
from index.windows import QuantisedVector

TEXTS_KEPT = 16_384
"""Of so many texts the terms are kept, and of so many headings over them."""

ENDS = "。！？!?\n"
"""Ends of sentences, also as folded, and of lines."""

Read = TypeVar("Read")
"""What is kept of words that a model of terms reads: the words, or what it makes of them."""


class Source(NamedTuple):
    """What a passage is cut from: its texts, and its sentences as ``windows_of`` gives them."""

    text: PassageText
    windows: tuple[str, ...]


class OverTerms(NamedTuple, Generic[Read]):
    """The terms of what stands over passages; not to be changed.

    Attributes:
        lines: the keys of each text, in one line, parted by blanks.
        keys: of all of them, each once, in one line.
        read: the words that a model of terms reads.
    """

    lines: tuple[str, ...]
    keys: str
    read: Read


@dataclass(slots=True, eq=False)
class Sentence(Generic[Read]):
    """A sentence of a passage, a cell or a list item.

    Attributes:
        read: the words that a model of terms reads.
        vector: once somebody has made it.
    """

    read: Read
    vector: QuantisedVector | None = None


class OwnTerms(NamedTuple, Generic[Read]):
    """The terms of a passage's own text; not to be changed.

    Attributes:
        line: their keys, parted by blanks.
        keys: the same, each once.
        pairs: of the text's characters, in one line.
        years: that the text names.
        read: the words that a model of terms reads.
        windows: its sentences.
    """

    line: str
    keys: str
    pairs: str
    years: frozenset[int]
    read: Read
    windows: list[Sentence[Read]]


class PassageCutter(Generic[Read]):
    """Cuts the texts of passages. Safe to share between threads.

    Args:
        analyzer: cuts terms.
        read: what is to be kept of the words that a model of terms reads.
    """

    def __init__(self, analyzer: TermAnalyzer, read: Callable[[Sequence[str]], Read]) -> None:
        self._analyzer = analyzer
        self._read = read
        self._over_kept = lru_cache(maxsize=TEXTS_KEPT)(self._over)
        self._own_kept = lru_cache(maxsize=TEXTS_KEPT)(self._own)
        self._alone_kept = lru_cache(maxsize=TEXTS_KEPT)(self._alone)

    def cut(self, source: Source) -> tuple[OverTerms[Read], OwnTerms[Read]]:
        """The terms of a passage: of what stands over it, and of its own text."""
        *over, own = source.text
        cut_own = self._own_kept if len(own) <= LONGEST_KEPT else self._own
        return self._over_kept(*over), cut_own(own, source.windows)

    def forget(self) -> None:
        """Keep no text as cut."""
        for kept in (self._over_kept, self._own_kept, self._alone_kept):
            kept.cache_clear()

    def _over(self, *texts: str) -> OverTerms[Read]:
        """The plan comes first, which the model does not read."""
        headings = [self._analyzer.heading(text) for text in texts]
        return OverTerms(
            lines=tuple([" ".join(heading.keys) for heading in headings]),
            keys=_each_once(chain.from_iterable([heading.keys for heading in headings])),
            read=self._read([word for heading in headings[1:] for word in heading.words]),
        )

    def _own(self, text: str, windows: tuple[str, ...]) -> OwnTerms[Read]:
        body = fold_text(text)
        lines = self._analyzer.cuts(body)
        keys = [key for line in lines for key in line.keys]
        return OwnTerms(
            line=" ".join(keys),
            keys=_each_once(keys),
            pairs=pairs_in_line(body),
            years=frozenset([mention.fiscal_year for mention in find_fiscal_years(text)]),
            read=self._read([word for line in lines for word in line.words]),
            windows=self._windows(windows, body, lines) if windows else [],
        )

    def _windows(self, windows: Sequence[str], body: str, lines: Sequence[Cut]) -> list[Sentence[Read]]:
        """The words of each sentence: those that stand within it as its passage is cut.

        So it is where sentences end before it and with it. What else stands in a line is cut by itself: a
        cell or a list item makes other words together with its neighbours than alone.

        Args:
            windows: the sentences.
            body: the passage's own text, folded.
            lines: of it, as cut.
        """
        starts = [0, *accumulate(len(line) + 1 for line in body.split("\n"))]
        found: list[Sentence[Read]] = []
        cursor = 0
        for window in windows:
            folded = fold_text(window)
            at = body.find(folded, cursor)
            cursor = at + len(folded) if at >= 0 else cursor
            if at < 0 or not (_ended(body, at) and _ended(body, cursor, last=True)):
                found.append(self._alone_kept(folded))
                continue
            number = bisect_right(starts, at) - 1
            words = lines[number].words_within(at - starts[number], cursor - starts[number])
            found.append(Sentence(self._read(words)))
        return found

    def _alone(self, folded: str) -> Sentence[Read]:
        return Sentence(self._read(self._analyzer.word_keys(folded)))


def _each_once(keys: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(keys))


def _ended(body: str, at: int, *, last: bool = False) -> bool:
    """Whether a sentence or line ends right before a place of a folded text; ``last``: or a line at it."""
    return at == 0 or body[at - 1] in ENDS or (last and body[at : at + 1] in ("", "\n"))
