"""Which characters of a passage the question's words and phrases match: what is shown in ``<mark>``."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.folding import fold
from corpus.span import Span
from index.terms import TermAnalyzer
from qa.hits import marks_in
from qa.understand import Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Finds what a question matches.

    Attributes:
        terms: keys of the question's words; those that speak of the request are left out.
        phrases: what was asked for letter by letter, and what the topic's words call up.
        analyzer: cuts terms.
    """

    terms: frozenset[str]
    phrases: tuple[str, ...]
    analyzer: TermAnalyzer

    @classmethod
    def of(cls, understood: Understood, analyzer: TermAnalyzer) -> Matcher:
        """The matcher of a question."""
        topical = [term.text for term in understood.terms if term.weight >= 1]
        words = topical or [term.text for term in understood.terms]
        # 多 of 多文化共生 would be marked in 多言語 as well.
        kept = (
            word
            for word in words
            if len(word) > 1 or not any(word in other for other in words if other != word)
        )
        topic = set(understood.topic_words)
        called = (one.called for one in understood.called if topic.intersection(one.typed_terms))
        phrases = tuple(dict.fromkeys([*understood.phrases, *called]))
        return cls(terms=frozenset(kept), phrases=phrases, analyzer=analyzer)

    def spans(self, text: str) -> list[Span]:
        """The matched places of a source text, in order, none overlapping another."""
        found = [Span(mark.start, mark.end) for mark in marks_in(text, self.terms, self.analyzer)]
        for phrase in self.phrases:
            found += _places(text, phrase)
        return joined(found)


def joined(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start < result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return result


def _places(text: str, phrase: str) -> list[Span]:
    folded, wanted = fold(text), fold(phrase).text
    places: list[Span] = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(Span(*folded.source_span(at, at + len(wanted))))
        at = folded.text.find(wanted, at + len(wanted))
    return places
