"""Precedents 「先例」: how other towns word what is to be drafted, section by section, with what came of it.

Nothing is composed: every wording is a sentence of a document, cited, under the name of its frame.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.listing import ListedIndicator
from corpus.passage import Passage
from corpus.sheet import ProgressMark
from corpus.span import Span
from corpus.store_reader import StoreReader
from qa.aspect_pieces import Piece, pieces_of
from qa.aspect_words import Aspect
from qa.aspects import aspects_of_heading
from qa.compare_cells import CitedHit, cited
from qa.compare_figures import figures_of
from qa.compare_quotes import Quoted, alike, character_pairs
from qa.filter_words import FilterWords
from qa.searched import Searched, searched
from qa.theme import Theme
from qa.theme_search import Candidate, ThemeSource, candidates_by_town, towns_of
from qa.theme_standing import LEAST
from qa.track_parts import CODE
from qa.track_texts import SheetTexts
from qa.wording_frames import family_of, frame_of, is_known

A_TOWN = 40
A_GROUP = 12
GROUPS = 10
SHORTEST = 10
OUTCOME_LENGTH = 160
FEW = 2
"""A frame with fewer wordings than this is shown with its family."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a precedent, as its own sheet records it.

    Attributes:
        marks: progress marks by year, blank ones left out.
        figures: actual values and effects of the same sheet.
        text: the newest text of outcomes of the same topic, None without one.
    """

    marks: tuple[ProgressMark, ...] = ()
    figures: tuple[ListedIndicator, ...] = ()
    text: CitedHit | None = None

    @property
    def recorded(self) -> bool:
        """Whether the sheet records anything."""
        return bool(self.marks or self.figures or self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A wording with its source and its outcome."""

    cited: CitedHit
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternGroup:
    """Wordings of one frame in one section.

    Attributes:
        section: the aspect that they tell.
        pattern: the frame's name.
        passages: of several towns in turn, those that are most about the theme first.
    """

    section: Aspect
    pattern: str
    passages: tuple[Precedent, ...]

    @property
    def towns(self) -> tuple[str, ...]:
        """The municipalities that word it so."""
        return tuple(dict.fromkeys(one.cited.hit.document.municipality for one in self.passages))


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """Wordings to draft from.

    Attributes:
        theme: as read.
        section: the heading asked for, empty where all were.
        searched: what was looked at.
        groups: section by section, in each the frame of most towns first.
        notices: what a person should know of this result (Japanese sentences).
    """

    theme: Theme
    section: str
    searched: Searched
    groups: tuple[PatternGroup, ...]
    notices: tuple[str, ...]


def precedents(source: ThemeSource, typed: str, words: FilterWords | None = None) -> Precedents:
    """Wordings of a theme, grouped by section and frame; where a section has none, the nearest of the others.

    Raises:
        QuestionError: the theme has no word, or is too long.
        InputError: a filter cannot be read.
    """
    found = _found(source, typed, words)
    if found.groups or words is None or not words.sections:
        return found
    wider = _found(source, typed, replace(words, sections=()))
    if not wider.groups:
        return found
    wanted = {aspect for heading in words.sections for aspect in aspects_of_heading(heading)}
    counts = Counter(group.section for group in wider.groups for _ in group.passages)
    told = "、".join(f"{aspect.value}{counts[aspect]}件" for aspect in Aspect if counts[aspect])
    notice = (
        f"「{'、'.join(words.sections)}」の欄には、{wider.theme.label}を述べた文は見つかりませんでした。"
        f"ほかの欄にある近い先例を示します（{told}）。"
    )
    return replace(
        wider,
        section=found.section,
        groups=tuple(sorted(wider.groups, key=lambda group: group.section not in wanted)),
        notices=(notice, *wider.notices),
    )


def _found(source: ThemeSource, typed: str, words: FilterWords | None) -> Precedents:
    theme = source.read(typed, words)
    towns = towns_of(source, theme.filters)
    candidates = candidates_by_town(source, theme, towns)
    told = [one for town in towns for one in _wordings(candidates.get(town.code, ()))]
    texts = SheetTexts(source.store)
    groups = tuple(group for aspect in Aspect for group in _groups(texts, told, aspect))
    looked_at = searched(source.store, source.retriever.facets, theme.filters)
    notices = list(looked_at.year_notices())
    if not groups and not notices:
        notices.append(
            f"{theme.label}を述べた文は見つかりませんでした。短い言葉や別の言い方で、もう一度お試しください。"
        )
    elif groups and len({name for group in groups for name in group.towns}) == 1:
        notices.append(f"先例は{groups[0].towns[0]}の資料だけにあります。")
    return Precedents(
        theme=theme,
        section="、".join(words.sections) if words else "",
        searched=looked_at,
        groups=groups,
        notices=tuple(notices),
    )


def _wordings(candidates: Sequence[Candidate]) -> list[Quoted]:
    """The sentences of a town that are about the theme, best first, none that repeats another."""
    made = [
        Quoted(
            candidate=candidate,
            aspect=piece.aspect,
            span=piece.span,
            text=piece.text,
            standing=worth,
            score=worth + candidate.meaning * 0.5 + candidate.words * 0.3,
        )
        for candidate in candidates
        for piece, worth in _told(candidate)
        if piece.aspect is not None and len(piece.text) >= SHORTEST
    ]
    made.sort(key=lambda one: (-one.score, one.candidate.passage.passage_id, one.span.start))
    kept: list[Quoted] = []
    pairs: list[frozenset[str]] = []
    for one in made:
        own = character_pairs(one.text)
        if not any(alike(own, other) for other in pairs):
            kept.append(one)
            pairs.append(own)
        if len(kept) == A_TOWN:
            break
    return kept


def _told(candidate: Candidate) -> Iterator[tuple[Piece, float]]:
    for piece in pieces_of(candidate.passage):
        worth = candidate.standing.of(piece.text)
        if worth >= LEAST:
            yield piece, worth


def _groups(texts: SheetTexts, told: Sequence[Quoted], aspect: Aspect) -> list[PatternGroup]:
    own = [one for one in told if one.aspect is aspect]
    frames = {at: frame_of(one.text) for at, one in enumerate(own)}
    counts = Counter(frames.values())
    by_pattern: dict[str, list[Quoted]] = defaultdict(list)
    for at, one in enumerate(own):
        frame = frames[at]
        if frame:
            keeps = counts[frame] >= FEW or is_known(frame)
            by_pattern[frame if keeps else family_of(frame)].append(one)
    ordered = sorted(by_pattern.items(), key=lambda pair: (-_towns(pair[1]), -len(pair[1]), pair[0]))
    return [
        PatternGroup(section=aspect, pattern=pattern, passages=tuple(_precedents(texts, members)))
        for pattern, members in ordered[:GROUPS]
    ]


def _towns(members: Sequence[Quoted]) -> int:
    return len({one.candidate.document.municipality_code for one in members})


def _precedents(texts: SheetTexts, members: Sequence[Quoted]) -> Iterator[Precedent]:
    """The members, one town after the other in turn, each with its outcome."""
    by_town: dict[str, list[Quoted]] = defaultdict(list)
    for one in members:
        by_town[one.candidate.document.municipality_code].append(one)
    turns = [
        queue[at]
        for at in range(max(map(len, by_town.values()), default=0))
        for queue in by_town.values()
        if at < len(queue)
    ][:A_GROUP]
    for quoted in turns:
        for hit in cited(texts.store, [quoted]):
            yield Precedent(cited=hit, outcome=outcome_of(texts, quoted))


def outcome_of(texts: SheetTexts, quoted: Quoted) -> Outcome:
    """What the sheet of a wording records of it: of the same circled number where it has one."""
    candidate = quoted.candidate
    if candidate.sheet is None or quoted.aspect is Aspect.OUTCOME:
        return Outcome()
    passages = _same_topic(texts, candidate.passage, candidate.sheet.ordinal)
    if not passages:
        return Outcome()
    told = [replace(candidate, passage=one) for one in passages]
    values = figures_of(texts.store, told, most=3, every=True)
    return Outcome(
        marks=tuple(mark for mark in candidate.sheet.progress if mark.mark),
        figures=tuple(
            one for one in values if one.indicator.role.value in ("actual", "effect", "settlement")
        ),
        text=_newest_outcome(texts.store, candidate, passages),
    )


def _same_topic(texts: SheetTexts, passage: Passage, ordinal: int) -> list[Passage]:
    """The passages that tell of the same thing; none where a sheet of many topics does not say of which."""
    if passage.topic_number:
        return texts.store.linked(passage)
    own = texts.passages(passage.document_id, ordinal)
    if any(CODE.match(one.item) for one in own):
        return [passage]
    return [] if any(one.topic_number for one in own) else own


def _newest_outcome(store: StoreReader, candidate: Candidate, passages: Sequence[Passage]) -> CitedHit | None:
    by_year: dict[int, tuple[Passage, list[Piece]]] = {}
    for passage in passages:
        pieces = [one for one in pieces_of(passage) if one.aspect is Aspect.OUTCOME]
        if pieces:
            by_year.setdefault(max(passage.fiscal_years, default=0), (passage, pieces))
    if not by_year:
        return None
    passage, pieces = by_year[max(by_year)]
    end = pieces[0].span.end
    for piece in pieces[1:]:
        if piece.place == pieces[0].place and piece.span.end - pieces[0].span.start <= OUTCOME_LENGTH:
            end = piece.span.end
    span = Span(pieces[0].span.start, end)
    quoted = Quoted(
        candidate=replace(candidate, passage=passage),
        aspect=Aspect.OUTCOME,
        span=span,
        text=passage.at(span),
        standing=0.0,
        score=0.0,
    )
    return next(iter(cited(store, [quoted])), None)


def cited_wordings(found: Precedents) -> tuple[CitedHit, ...]:
    """All wordings shown, for checking a draft against them."""
    return tuple(one.cited for group in found.groups for one in group.passages)
