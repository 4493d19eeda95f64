"""The topic of a question as a short answer weighs it: its words, what they call up, its years and dates."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence

from corpus.folding import fold
from index.expansion import Called
from qa.meaning import Meaning
from qa.request_words import REQUEST_WORDS
from qa.results import SearchResult
from qa.short_frame import NO_FRAME, Frame

BESIDE_WEIGHT = 1.5
CALLED_SHARE = 0.6
_ASIDE = frozenset("其々 最も 一番 現在 時点 合計 順 どっち 多い 少ない 高い 低い 大きい 小さい".split())  # noqa: SIM905 - say how, never of what
_ASKING = re.compile(r"幾ら|幾つ|何(?:人|件|回|語|時|日|月|年|処|者|れ|故)|誰|何$")
_NEEDS = re.compile(r"課題|問題点|足りない|不足して|困って|何が(?:問題|足り)|ネック")
_ORDINAL = re.compile(r"第\d+[一-鿿]{1,2}")
_DATE = re.compile(r"(?:(?:令和|平成|昭和)(?:元|\d{1,2})|\d{4})年\d{1,2}月(?:末|\d{1,2}日)?")


class Topic:
    """What was asked, as weighed words.

    Args:
        weights: how much each word counts.
        years: the fiscal years asked for.
        called: what the words call up.
        dates: the dates named, folded, without white space.
        ordinals: what is named by its number (第7段階), folded, without white space.
        needs: whether what is lacking is asked for (課題は何か).
        meaning: tells how near a sentence is to the question; without it only words count.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        years: tuple[int, ...] = (),
        called: Sequence[Called] = (),
        dates: tuple[str, ...] = (),
        ordinals: tuple[str, ...] = (),
        meaning: Meaning | None = None,
        *,
        needs: bool = False,
    ) -> None:
        self.weights = weights
        self.years = years
        self.dates = dates
        self.ordinals = ordinals
        self.needs = needs
        self.frame: Frame = NO_FRAME
        self._meaning = meaning
        self.total = sum(weights.values())
        self.called: dict[str, float] = {}
        self._standing: list[tuple[tuple[str, ...], tuple[str, ...], float]] = []
        for one in called:
            typed = tuple(term for term in one.typed_terms if term in weights)
            self._standing.append((one.terms, typed, one.weight))
            if len(one.terms) == 1 and one.terms[0] not in weights:
                share = CALLED_SHARE * one.weight * sum(weights[term] for term in typed)
                self.called[one.terms[0]] = max(self.called.get(one.terms[0], 0.0), share)

    def framed(self, frame: Frame) -> Topic:
        """The same topic with the words on either side of what asks."""
        framed = copy.copy(self)
        framed.frame = frame
        return framed

    def held(self, keys: frozenset[str]) -> dict[str, float]:
        """The topic's words that some keys hold, with the share at which each counts."""
        shares = {term: 1.0 for term in self.weights if term in keys}
        for terms, typed, weight in self._standing:
            if keys.issuperset(terms):
                for term in typed:
                    shares[term] = max(shares.get(term, 0.0), CALLED_SHARE * weight)
        return shares

    def nearness(self, keys: Sequence[str]) -> float:
        """The cosine between the question and a text that is cut into keys, -1 to 1; 0 without a meaning."""
        return self._meaning.nearness(keys) if self._meaning is not None else 0.0

    def weight_of(self, key: str) -> float:
        """What one word found counts, itself or as what a typed word calls up."""
        return self.weights.get(key) or self.called.get(key, 0.0)


def topic_of(found: SearchResult, asking: frozenset[str], beside: frozenset[str]) -> Topic:
    """The topic of a question that was searched for.

    Args:
        found: the search.
        asking: the terms of the words that ask (何, 件), which are no part of the topic.
        beside: the terms next to them, which tell what is asked of the topic.
    """
    understood = found.understood
    weights = {
        term.text: found.weights[term.text] * (BESIDE_WEIGHT if term.text in beside else 1.0)
        for term in understood.terms
        if term.text not in asking
        and term.text not in REQUEST_WORDS
        and term.text not in _ASIDE
        and not _ASKING.match(term.text)
    }
    text = fold(understood.question.text).text.replace(" ", "")
    dates, ordinals = tuple(_DATE.findall(text)), tuple(_ORDINAL.findall(text))
    needs = _NEEDS.search(text) is not None
    return Topic(weights, found.asked_years, understood.called, dates, ordinals, found.meaning, needs=needs)
