"""Which of a question's words tell what it is about, and which tell what it asks of that.

「相談窓口の運営に使った予算はいくらか」 is about 相談窓口 and asks for an amount beside 運営 and 予算. The
words beside the ones that ask are the focus: an answer stands close to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.folding import fold
from index.terms import Term, TermAnalyzer, TermKind
from qa.evidence import CALLED_SHARE
from qa.hits import Hit
from qa.question_kind import asked_of
from qa.refusal_compounds import other_joints
from qa.refusal_demands import Demand, demand_of
from qa.refusal_evidence import Case
from qa.refusal_wording import GENERIC_WORDS, is_name
from qa.request_words import REQUEST_WORDS

RUNS = 2
READ = 4
"""Of how many passages the words are held against names that are missing."""

PART_SHARE = 0.8
"""How much the words of a compound count that stand apart."""

_NO_NAME = re.compile(r"(?:シート|個票|調書|資料|様式)$|^(?:今後|現在|最近|当初|今回|従来|近年)")
"""「移住定住シート」 names the form about 移住定住; 「今後入れ」 of 今後入れたい is no name at all."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A compound or a word of the question.

    Attributes:
        words: its telling words.
        compound: as one term; empty for a single word.
    """

    words: tuple[str, ...]
    compound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What a question is about and asks.

    Attributes:
        case: the question with what was found.
        demand: the form of answer that it demands, None without one.
        telling: the words of its topic.
        compounds: those of its topic.
        runs: what stands closest to the words that ask, closest first.
        surfaces: how each of the words is typed, folded.
        joints: the pattern of how a text may say each compound, if not as typed.
        analyzer: cuts terms.
    """

    case: Case
    demand: Demand | None
    telling: tuple[str, ...]
    compounds: tuple[str, ...]
    runs: tuple[Run, ...]
    surfaces: Mapping[str, str]
    joints: Mapping[str, str]
    analyzer: TermAnalyzer

    @property
    def weights(self) -> Mapping[str, float]:
        """How much each word counts."""
        return self.case.found.weights

    def held(self, keys: frozenset[str]) -> dict[str, float]:
        """The question's words that some terms hold, with the share at which each counts."""
        shares = {word: 1.0 for word in self.weights if word in keys}
        for one in self.case.found.understood.called:
            if keys.issuperset(one.terms):
                for typed in one.typed_terms:
                    shares[typed] = max(shares.get(typed, 0.0), CALLED_SHARE * one.weight)
        return shares

    def covered(self, shares: Mapping[str, float]) -> float:
        """The share of the topic's weight that is held, 0 to 1."""
        return _share(self.telling, self.weights, shares)

    @property
    def unspoken(self) -> float:
        """The share of the topic's weight in names that no passage about the topic holds."""
        return _share(self.telling, self.weights, dict.fromkeys(self._missing, 1.0))

    @property
    def foreign(self) -> float:
        """The same, each name less by how near in meaning a word of the best passages comes to it."""
        missing = self._missing
        if not missing:
            return 0.0
        words = sorted({word for hit in self.case.found.hits[:READ] for word in self.words_of(hit)})
        meaning = self.case.found.meaning
        far = {name: 1.0 - meaning.word_nearness(name, words) for name in missing}
        return _share(self.telling, self.weights, far)

    @property
    def _missing(self) -> list[str]:
        case = self.case
        least = case.config.about * case.best(case.found.hits)
        missing = case.missing([hit for hit in case.found.hits if case.share(hit) >= least])
        return [word for word in missing if is_name(word)]

    def words_of(self, hit: Hit) -> frozenset[str]:
        """The terms of a passage and of what stands over it."""
        return frozenset(self.analyzer.keys(fold(f"{hit.context} {hit.passage.text}").text))

    @property
    def unheard(self) -> tuple[str, ...]:
        """The names that no passage of the library holds, in the question's order."""
        missing = self.case.missing(self.case.found.hits)
        return tuple(word for word in missing if is_name(word) and self.weights[word] >= self.case.rarest)

    def met(self, shares: Mapping[str, float]) -> float:
        """The share of the focus that is held, 0 to 1; 1 where the question has none."""
        total = got = 0.0
        for run in self.runs:
            weight = sum(self.weights[word] for word in run.words)
            part = _share(run.words, self.weights, shares)
            if run.compound:
                part = max(PART_SHARE * part, shares.get(run.compound, 0.0))
            total, got = total + weight, got + weight * part
        return got / total if total else 1.0


def focus_of(case: Case, analyzer: TermAnalyzer) -> Focus:
    """Read a question for what it asks."""
    text = fold(case.question).text
    demand = demand_of(case.question)
    asking = list(_places_of_asking(case.question, text))
    terms = [term for term in analyzer.analyze(text) if _counts(term, case, asking)]
    single = [term for term in terms if term.kind is not TermKind.COMPOUND]
    compounds = [term for term in terms if term.kind is TermKind.COMPOUND]
    place = (demand.start, demand.end) if demand else asking[-1] if asking else (len(text), len(text))
    return Focus(
        case=case,
        demand=demand,
        telling=_telling(case, demand, single),
        compounds=tuple(dict.fromkeys(term.text for term in compounds if not _NO_NAME.search(term.text))),
        runs=_closest(single, compounds, place),
        joints={one.text: said for one in compounds if (said := other_joints(one, terms, text))},
        surfaces={term.text: text[term.start : term.end] for term in terms},
        analyzer=analyzer,
    )


def _places_of_asking(question: str, text: str) -> Iterator[Place]:
    for one in asked_of(question):
        at = text.find(one.words) if one.words else -1
        if at >= 0:
            yield at, at + len(one.words)


def _counts(term: Term, case: Case, asking: Sequence[Place]) -> bool:
    return (
        term.text in case.found.weights
        and term.text not in REQUEST_WORDS
        and term.kind is not TermKind.NUMBER
        and not any(start < term.end and term.start < end for start, end in asking)
    )


def _telling(case: Case, demand: Demand | None, single: Sequence[Term]) -> tuple[str, ...]:
    """The topic's words without those that only ask; all of them if none is left."""
    typed = {term.text for term in single}
    telling = tuple(word for word in case.telling if word in typed) or case.telling
    if demand is None or not demand.outside:
        return telling
    outside = {term.text for term in single if term.end <= demand.start or demand.end <= term.start}
    return tuple(word for word in telling if word in outside) or telling


def _closest(single: Sequence[Term], compounds: Sequence[Term], place: Place) -> tuple[Run, ...]:
    """The runs closest to a place; words of questions about any topic are none."""
    runs: list[tuple[int, int, Run]] = []
    taken: set[int] = set()
    for whole in compounds:
        parts = [term for term in single if whole.start <= term.start and term.end <= whole.end]
        if parts and not taken.intersection(term.start for term in parts):
            taken.update(term.start for term in parts)
            words = tuple(term.text for term in parts if term.text not in GENERIC_WORDS)
            longer = tuple(word for word in words if len(word) > 1) or words
            if longer:
                run = Run(words=longer, compound=whole.text)
                runs.append((_distance(whole, place), whole.start, run))
    for term in single:
        if term.start not in taken and term.text not in GENERIC_WORDS:
            runs.append((_distance(term, place), term.start, Run(words=(term.text,))))
    runs.sort(key=lambda one: one[:2])
    return tuple(dict.fromkeys(run for _, _, run in runs))[:RUNS]


def _distance(term: Term, place: Place) -> int:
    return place[0] - term.end if term.end <= place[0] else max(0, term.start - place[1])


def _share(words: Sequence[str], weights: Mapping[str, float], shares: Mapping[str, float]) -> float:
    total = sum(weights[word] for word in words)
    return sum(weights[word] * shares.get(word, 0.0) for word in words) / total if total else 0.0
