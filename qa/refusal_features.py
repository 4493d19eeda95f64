"""What tells an answerable question from one that is not: how much of it meets in one place of the documents.

Every feature is a share from 0 to 1 or a flag. Words are weighed as in the search, rare ones more; a word
that a typed one calls up counts a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.folding import fold
from index.terms import TermAnalyzer
from qa.evidence import CALLED_SHARE
from qa.hits import Hit
from qa.question_kind import QuestionKind, asked_of
from qa.refusal_demands import Form
from qa.refusal_evidence import Case
from qa.refusal_focus import Focus, focus_of
from qa.refusal_pieces import Piece, Value, pieces, values, year_share
from qa.refusal_towns import gain_elsewhere
from qa.refusal_wording import Wording

OVER = 0.8
"""How much a word counts that stands in the headings over a piece."""

BEFORE = 0.7
"""How much one counts that stands in a sentence before it, or in another section under the same number."""

SAME_SHEET = 0.5
"""How much one counts that stands in another passage found of the same sheet."""

FAR_FOCUS = 0.6
"""How much a word of the focus counts that does not stand in the sentence itself."""

ABOUT = 0.6
"""The share of the best piece's that one needs to be about the topic."""

NEAR = 20.0
"""At this distance in characters from a value a word counts half."""

Place = tuple[str, int | None]
"""A document and the number of a sheet in it."""

LONG_NAME = 6
"""From this length on a compound names one thing (人財育成リクエストシート)."""

_ORDINAL = re.compile(r"第(\d+|[一二三四五六七八九])(次|期|回|号|条|弾|版)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Of a question over what was found.

    Attributes:
        passage: how much of the topic the best passage holds.
        form: how well the demanded form is given somewhere about the topic.
        focus_meets: how much of the topic meets the demanded form in one piece, times the share of the focus.
        near: how much of the topic it holds, times how near the focus stands to the value.
        unspoken: the share of names that no passage about the topic holds.
        compounds: the share of compounds that no passage found holds.
        elsewhere: how much more of the topic another town's documents hold.
        demands: whether a form is demanded.
        asks: whether anything is asked.
        everyday: whether the wording is everyday talk.
        broad: whether it asks for precedents or a comparison.
        town: whether a town is named.
        ordinal: whether an ordinal (第3次) stands in no passage found.
        fitting: the highest cosine between the question and a sentence or row that holds the demanded form.
        foreign: the share of names that no passage about the topic holds, nor a word near to them in meaning.
    """

    passage: float
    form: float
    focus_meets: float
    near: float
    unspoken: float
    compounds: float
    elsewhere: float
    demands: float
    asks: float
    everyday: float
    broad: float
    town: float
    ordinal: float
    fitting: float
    foreign: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """One piece as seen for a question; all shares from 0 to 1."""

    covered: float
    focus: float
    fit: float
    near: float
    meaning: float


def features_of(case: Case, analyzer: TermAnalyzer) -> Features:
    """The features of a question with hits."""
    focus = focus_of(case, analyzer)
    seen = _seen(focus, analyzer)
    found, demand = case.found, focus.demand
    best = max((one.covered for one in seen), default=0.0)
    return Features(
        passage=case.best(found.hits),
        form=max((one.fit for one in seen if one.covered >= ABOUT * best), default=0.0),
        focus_meets=max((one.covered * one.fit * one.focus for one in seen), default=0.0),
        near=max((one.covered * one.near for one in seen), default=0.0),
        unspoken=focus.unspoken,
        compounds=_lost_compounds(focus),
        elsewhere=gain_elsewhere(case),
        demands=float(demand is not None),
        asks=float(_asks(case.question) or demand is not None),
        everyday=float(case.wording is Wording.EVERYDAY),
        broad=float(case.wording is Wording.BROAD),
        town=float(bool(found.understood.municipalities)),
        ordinal=float(_lacks_ordinal(case)),
        fitting=max((one.meaning * one.fit for one in seen), default=0.0),
        foreign=focus.foreign,
    )


def _asks(question: str) -> bool:
    """Whether a word asks for something; a noun that is only left open (配る冊子は) asks little."""
    return any(one.words or one.kind is not QuestionKind.THING for one in asked_of(question))


def _seen(focus: Focus, analyzer: TermAnalyzer) -> list[_Seen]:
    years = focus.case.found.asked_years
    seen: list[_Seen] = []
    row_id, over, before = -1, dict[str, float](), dict[str, float]()
    read = list(pieces(focus.case.found.hits, analyzer))
    sheets = _sheet_words(read)
    for piece in read:
        if piece.hit.row_id != row_id:
            row_id, over, before = piece.hit.row_id, focus.held(piece.over), focus.held(piece.beside)
            beside_it = focus.held(sheets.get(_sheet_of(piece.hit), frozenset()))
            over = _highest((over, 1.0), (beside_it, SAME_SHEET / OVER))
        own = focus.held(frozenset(term.text for term in piece.terms))
        shares = _highest((over, OVER), (before, BEFORE), (own, 1.0))
        beside = shares if piece.is_row else _highest((shares, FAR_FOCUS), (own, 1.0))
        before = _highest((before, 1.0), (own, 1.0))
        met, year = focus.met(beside), year_share(piece, years)
        fit, near = 1.0, met
        if focus.demand is not None:
            given = values(piece, focus.demand, years)
            fit = max((one.fit for one in given), default=0.0)
            near = met * fit if piece.is_row else _nearness(focus, piece, given)
            if focus.demand.form is Form.PREMISE:  # what was stopped stands in the sentence that says so
                fit *= focus.met(own)
                near *= focus.met(own)
        seen.append(
            _Seen(
                covered=focus.covered(shares),
                focus=met,
                fit=fit * year,
                near=near * year,
                meaning=_meaning(focus, piece),
            )
        )
    return seen


def _sheet_words(read: Sequence[Piece]) -> dict[Place, frozenset[str]]:
    """The terms that the passages found of each sheet hold, with what stands over them."""
    words: dict[Place, set[str]] = {}
    for piece in read:
        if piece.hit.sheet is not None:
            held = words.setdefault(_sheet_of(piece.hit), set())
            held.update(piece.over)
            held.update(term.text for term in piece.terms)
    return {place: frozenset(held) for place, held in words.items()}


def _sheet_of(hit: Hit) -> Place:
    return hit.passage.document_id, hit.passage.sheet_ordinal


def _meaning(focus: Focus, piece: Piece) -> float:
    """The cosine between the question and a piece, a row with what stands over it; at least 0."""
    keys = [term.text for term in piece.terms]
    if piece.is_row:
        keys += sorted(piece.over)
    return max(0.0, focus.case.found.meaning.nearness(keys))


def _highest(*sources: tuple[Mapping[str, float], float]) -> dict[str, float]:
    """The highest share of each word over sources, each of which counts at its factor."""
    shares: dict[str, float] = {}
    for source, factor in sources:
        for word, share in source.items():
            shares[word] = max(shares.get(word, 0.0), factor * share)
    return shares


def _nearness(focus: Focus, piece: Piece, given: Sequence[Value]) -> float:
    """How near the focus stands to the nearest fitting value of a sentence, 0 to 1."""
    best = 0.0
    for value in given:
        apart = {term.text: max(0, value.start - term.end, term.start - value.end) for term in piece.terms}
        shares = {word: 1 / (1 + apart[word] / NEAR) for word in focus.weights if word in apart}
        for one in focus.case.found.understood.called:
            if apart.keys() >= set(one.terms):
                distance = min((apart[term] for term in one.terms), default=0)
                for typed in one.typed_terms:
                    share = CALLED_SHARE * one.weight / (1 + distance / NEAR)
                    shares[typed] = max(shares.get(typed, 0.0), share)
        best = max(best, value.fit * focus.met(shares))
    return best


def names_held(case: Case, analyzer: TermAnalyzer) -> bool:
    """Whether a list of keywords names a thing by a long compound that a passage found holds."""
    focus = focus_of(case, analyzer)
    if focus.demand is not None or asked_of(case.question):
        return False
    return any(len(term) >= LONG_NAME for term in focus.compounds if term in _held(case))


def _held(case: Case) -> set[str]:
    hits = case.found.hits
    held = {term for hit in hits for term in hit.matched}
    return held | {term for hit in hits for one in hit.called for term in one.typed_terms}


def _lost_compounds(focus: Focus) -> float:
    weights, held = focus.weights, _held(focus.case)
    total = sum(weights[term] for term in focus.compounds)
    lost = [term for term in focus.compounds if term not in held]
    apart = {term: re.compile(focus.joints[term]) for term in lost if term in focus.joints}
    texts = [fold(f"{hit.context} {hit.passage.text}").text for hit in focus.case.found.hits] if apart else []
    lost = [term for term in lost if term not in apart or not any(map(apart[term].search, texts))]
    return sum(weights[term] for term in lost) / total if total else 0.0


def _lacks_ordinal(case: Case) -> bool:
    asked = set(_ordinals(fold(case.question).text))
    if not asked:
        return False
    said = (fold(f"{hit.context} {hit.passage.text}").text for hit in case.found.hits)
    return not asked <= {one for text in said for one in _ordinals(text)}


def _ordinals(text: str) -> list[str]:
    return [match[1].translate(_DIGITS) + match[2] for match in _ORDINAL.finditer(text)]
