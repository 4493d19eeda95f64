"""From the candidates of a town to quotations by aspect: what of a passage to show, and what first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold
from corpus.span import Span
from qa.aspect_pieces import Piece, pieces_of
from qa.aspect_words import Aspect
from qa.aspects import aspect_of_sentence
from qa.theme import Theme
from qa.theme_search import Candidate
from qa.theme_standing import LEAST

LONGEST = 200
ENOUGH = 80
SHORT = 12
CUE, MEANING, WORDS, YEAR, OLDEST, UNLABELLED, TINY, PASSING = 0.3, 0.6, 0.3, 0.15, 0.6, 0.3, 0.4, 0.9
"""What a fitting last clause, nearness of meaning and the index's score add; what each year before the newest
takes away, and how much at the most; what the lack of a label takes away, being but a word or two, and naming
the theme in passing."""

ALIKE = 0.8
A_SHEET = 2
_CLAUSE_ENDS = "、，, \u3000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation of one aspect.

    Attributes:
        candidate: the passage.
        aspect: what it tells.
        span: its characters in the stored text.
        text: those characters.
        standing: how much it is about the theme, see ``qa.theme_standing``.
        score: the higher the better; comparable within one town.
        passing: whether it names the theme in passing, see ``qa.theme_standing``.
    """

    candidate: Candidate
    aspect: Aspect
    span: Span
    text: str
    standing: float
    score: float
    passing: bool = False

    @property
    def fiscal_year(self) -> int | None:
        """Of the fact."""
        return self.candidate.fiscal_year


def quotes_of(candidates: Sequence[Candidate]) -> list[Quoted]:
    """One quotation a passage and aspect, best first; none that is not about the theme."""
    told = [(one, _told(one)) for one in candidates]
    made = [quoted for one, pieces in told for quoted in _of_candidate(one, pieces)]
    if not any(quoted.aspect is Aspect.ISSUE for quoted in made):
        made += [quoted for one, pieces in told for quoted in _needs(one, pieces)]
    newest: dict[Aspect, int] = {}
    for quoted in made:
        newest[quoted.aspect] = max(newest.get(quoted.aspect, 0), quoted.fiscal_year or 0)
    dated = [_dated(quoted, newest[quoted.aspect]) for quoted in made]
    return sorted(dated, key=lambda one: (-one.score, one.candidate.passage.passage_id, one.span.start))


def distinct(quotes: Iterable[Quoted], limit: int) -> list[Quoted]:
    """The first quotations that do not repeat each other.

    At first one a sheet, none that names the theme in passing; then a second of the same sheet, and those.
    """
    kept: list[Quoted] = []
    pairs: list[frozenset[str]] = []
    later: list[Quoted] = []
    ordered = list(quotes)
    for only_new_sheets in (True, False):
        for quoted in ordered if only_new_sheets else tuple(later):
            if len(kept) == limit:
                return kept
            beside = sum(1 for other in kept if _same_sheet(quoted, other))
            waits = only_new_sheets and quoted.passing
            if waits or beside >= (1 if only_new_sheets else A_SHEET):
                later += [quoted] if only_new_sheets else []
                continue
            own = character_pairs(quoted.text)
            if any(alike(own, other) for other in pairs):
                continue
            kept.append(quoted)
            pairs.append(own)
    return kept


@lru_cache(maxsize=4_000)
def character_pairs(text: str) -> frozenset[str]:
    """The adjacent pairs of a text's folded characters, white space aside."""
    key = "".join(fold(text).text.split())
    return frozenset(key[at : at + 2] for at in range(max(1, len(key) - 1)))


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts share so many pairs that showing both tells nothing more."""
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _same_sheet(one: Quoted, other: Quoted) -> bool:
    left, right = one.candidate.passage, other.candidate.passage
    same = (left.document_id, left.sheet_ordinal) == (right.document_id, right.sheet_ordinal)
    return same and left.sheet_ordinal is not None and left.topic_number == right.topic_number


def _told(candidate: Candidate) -> list[tuple[Piece, float]]:
    """The statements of a passage that are about the theme, with their worth."""
    standing = candidate.standing
    whole = ((piece, standing.of(piece.text)) for piece in pieces_of(candidate.passage))
    return [(piece, worth) for piece, worth in whole if worth >= LEAST]


def _of_candidate(candidate: Candidate, pieces: Sequence[tuple[Piece, float]]) -> Iterator[Quoted]:
    standing = candidate.standing
    told = [(piece, worth) for piece, worth in pieces if piece.aspect is not None]
    for aspect in dict.fromkeys(piece.aspect for piece, _ in told):
        if aspect is None:
            continue
        own = [(piece, worth) for piece, worth in told if piece.aspect is aspect]
        scores = [_score(candidate, piece, worth, aspect) for piece, worth in own]
        best = max(range(len(own)), key=lambda at: (scores[at], -at))
        run = _run([piece for piece, _ in own], best)
        span = Span(run[0].span.start, run[-1].span.end)
        text = _between(candidate, run, span)
        if len(span) > LONGEST:
            span, text = _shortened(span, text, standing.theme)
        yield Quoted(
            candidate=candidate,
            aspect=aspect,
            span=span,
            text=text,
            standing=own[best][1],
            score=scores[best],
            passing=standing.in_passing(own[best][0].text),
        )


def _needs(candidate: Candidate, pieces: Sequence[tuple[Piece, float]]) -> Iterator[Quoted]:
    """Statements of a need that stand under another heading: many forms have no section for issues."""
    for piece, worth in pieces:
        if piece.labelled and aspect_of_sentence(piece.text) is Aspect.ISSUE:
            score = _score(candidate, piece, worth, Aspect.ISSUE)
            span, text = piece.span, piece.text
            if len(span) > LONGEST:
                span, text = _shortened(span, text, candidate.standing.theme)
            yield Quoted(
                candidate=candidate, aspect=Aspect.ISSUE, span=span, text=text, standing=worth, score=score
            )


def _score(candidate: Candidate, piece: Piece, worth: float, aspect: Aspect) -> float:
    score = worth + MEANING * candidate.meaning + WORDS * candidate.words
    score += CUE if aspect_of_sentence(piece.text) is aspect else 0.0
    score -= 0.0 if piece.labelled else UNLABELLED
    score -= PASSING if candidate.standing.in_passing(piece.text) else 0.0
    return score - (TINY if len(piece.text) < SHORT else 0.0)


def _dated(quoted: Quoted, newest: int) -> Quoted:
    behind = newest - (quoted.fiscal_year or newest)
    return Quoted(
        candidate=quoted.candidate,
        aspect=quoted.aspect,
        span=quoted.span,
        text=quoted.text,
        standing=quoted.standing,
        score=quoted.score - min(OLDEST, YEAR * behind),
        passing=quoted.passing,
    )


def _run(pieces: Sequence[Piece], best: int) -> list[Piece]:
    """The best statement with those behind it, then before it, of one cell, as long as it stays short."""
    first = last = best
    place = pieces[best].place
    while last + 1 < len(pieces) and _fits(pieces[first], pieces[last + 1], place, pieces[last]):
        last += 1
    while first > 0 and _fits(pieces[first - 1], pieces[last], place, pieces[first]):
        first -= 1
    return list(pieces[first : last + 1])


def _fits(first: Piece, last: Piece, place: int, beside: Piece) -> bool:
    """Whether two ends make a quotation: of one cell, short, nothing of another aspect between."""
    added = last if beside is not last and beside.span.start < last.span.start else first
    gap = max(added.span.start - beside.span.end, beside.span.start - added.span.end)
    inside = first.place == last.place == place
    return inside and gap <= 3 and last.span.end - first.span.start <= LONGEST


def _between(candidate: Candidate, run: Sequence[Piece], span: Span) -> str:
    return run[0].text if len(run) == 1 else candidate.passage.at(span)


def _shortened(span: Span, text: str, theme: Theme) -> tuple[Span, str]:
    """Of a long sentence the clauses that say the theme, with its end where that still fits."""
    breaks = [0, *(at + 1 for at, one in enumerate(text) if one in _CLAUSE_ENDS), len(text)]
    windows = []
    for number, start in enumerate(breaks[:-1]):
        ends = [end for end in breaks[number + 1 :] if end - start <= LONGEST]
        end = ends[-1] if ends else start + LONGEST
        fits = min(end - start, ENOUGH)
        windows.append((theme.strength(text[start:end]), int(end == len(text)), fits, start - end, end))
    _, _, _, length, end = max(windows)
    start = end + length
    return Span(span.start + start, span.start + end), text[start:end]
