"""Which other words a question calls up from the thesaurus, and how much they may count.

What one typed word calls up are alternatives of one another; who searches decides how much the best of them
counts beside the word itself. Two things call: a word of a group, all of whose terms stand close together in
the question; and an everyday phrase that shares several telling words with the question.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.terms import Term, TermAnalyzer, TermKind
from index.thesaurus import Calling, Group, Table, cut_table, kept_table, thesaurus_files
from index.user_dictionary import default_dictionary_dir

WINDOW = 3
"""How many other terms may stand between the terms of a word that calls."""

PART_SHARE = 0.7
"""How much a word counts that stands within a longer calling one: 滞納 within 家賃の滞納."""

NEAREST = 3
"""How many phrases call at the most."""

LEAST_SHARED = 2
"""How many words a phrase and the question must share."""

LEAST_NEARNESS = 0.35
"""The cosine over words weighed by their rarity among the phrases, from which a phrase calls."""


class Place(NamedTuple):
    """A single word of the question: which one it is, its term, and words one of which must call with it."""

    at: int
    term: Term
    partners: frozenset[str]


Places = dict[str, list[Place]]
"""For each term of the question, where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A word called up by a typed one.

    Attributes:
        typed: the thesaurus's word that the question holds, or the part of the question that a phrase meets.
        typed_terms: its terms.
        called: the word or phrase that it stands for.
        terms: the terms of ``called``.
        weight: above 0 to 1.
    """

    typed: str
    typed_terms: tuple[str, ...]
    called: str
    terms: tuple[str, ...]
    weight: float


class Expander:
    """Calls up words. Safe to share between threads.

    Args:
        analyzer: cuts questions and the thesaurus's words alike.
        extra: thesaurus files of the user beside the product's own.
        cache: the folder that keeps the thesaurus as cut; the user's cache folder if None.
        groups: further groups, cut anew each time: names that the library's documents write in two ways.
    """

    def __init__(
        self,
        analyzer: TermAnalyzer,
        extra: Iterable[Path] = (),
        cache: Path | None = None,
        groups: Sequence[Group] = (),
    ) -> None:
        self._analyzer = analyzer
        folder = default_dictionary_dir() if cache is None else cache
        self._tables = (kept_table(thesaurus_files(extra), analyzer, folder), cut_table(groups, (), analyzer))

    def expand(self, text: str) -> list[Called]:
        """What a folded text calls up, words of groups first; each word is called once."""
        analyzed = self._analyzer.analyze(text)
        places = _places(analyzed)
        typed = {term.text for term in analyzed}
        found: dict[str, Called] = {}
        by_tables = [*(_by_words(table, text, places) for table in self._tables)]
        by_tables += [_by_phrases(table, text, places) for table in self._tables]
        for one in (one for calls in by_tables for one in calls):
            held = found.get(one.called)
            said = one.called in text or typed.issuperset(one.terms)
            if not said and (held is None or one.weight > held.weight):
                found[one.called] = one
        return list(found.values())


def _places(analyzed: Sequence[Term]) -> Places:
    """Where the single words stand. A character of a compound needs another word of it (体 of 自治体)."""
    single = [term for term in analyzed if term.kind is not TermKind.COMPOUND]
    places: Places = defaultdict(list)
    for at, term in enumerate(single):
        partners: set[str] = set()
        if term.end - term.start == 1:
            for whole in analyzed:
                if whole.kind is TermKind.COMPOUND and whole.start <= term.start < whole.end:
                    within = (one for one in single if whole.start <= one.start and one.end <= whole.end)
                    partners.update(one.text for one in within if one is not term)
        places[term.text].append(Place(at, term, frozenset(partners)))
    return places


def _by_words(table: Table, text: str, places: Places) -> Iterator[Called]:
    """What words of groups call, in the order of the question.

    Words of the same terms call as one, under the name that fits best (年寄り, お年寄り). What of a word is
    no term must stand in the question too, or 年寄り would call what 年寄りばかり calls.
    """
    near = [
        one
        for key in places
        for one in table.calling(key)
        if _close(one.keys, places) and all(part in text for part in one.rest)
    ]
    alike: dict[frozenset[str], list[Calling]] = defaultdict(list)
    for entry in sorted(near, key=lambda one: (one.typed not in text, len(one.typed), one.typed)):
        alike[frozenset(entry.keys)].append(entry)
    first = {keys: min(places[key][0].at for key in keys) for keys in alike}
    for keys in sorted(alike, key=lambda keys: (first[keys], -len(keys), sorted(keys))):
        share = PART_SHARE if any(keys < other for other in alike) else 1.0
        callers = alike[keys]
        for number, weight in (called for one in callers for called in one.called):
            word, terms = table.word(number)
            yield Called(
                typed=callers[0].typed,
                typed_terms=callers[0].keys,
                called=word,
                terms=terms,
                weight=weight * share,
            )


def _by_phrases(table: Table, text: str, places: Places) -> Iterator[Called]:
    """What the everyday phrases nearest to the question call, by the part of the question that they share."""
    shared: dict[int, list[str]] = defaultdict(list)
    squares: dict[str, float] = {}
    for key in places:
        holders = table.phrases_with(key)
        squares[key] = table.rarity(len(holders)) ** 2
        for number in holders:
            shared[number].append(key)
    length = math.sqrt(sum(squares.values()))
    found = []
    for number, keys in shared.items():
        if len(keys) >= LEAST_SHARED:
            called, other = table.phrase(number)
            nearness = sum(squares[key] for key in keys) / (length * other)
            if nearness >= LEAST_NEARNESS:
                found.append((-nearness, number, called))
    for less, number, called in sorted(found)[:NEAREST]:
        terms = [places[key][0].term for key in shared[number]]
        word, called_terms = table.word(called)
        yield Called(
            typed=text[min(term.start for term in terms) : max(term.end for term in terms)],
            typed_terms=tuple(shared[number]),
            called=word,
            terms=called_terms,
            weight=min(1.0, -less),
        )


def _close(keys: Sequence[str], places: Places) -> bool:
    """Whether all keys stand within a window of the question."""
    usable = [
        [place.at for place in places.get(key, ()) if not place.partners or place.partners & set(keys)]
        for key in keys
    ]
    reach = len(keys) - 1 + WINDOW
    return any(all(any(abs(at - start) <= reach for at in one) for one in usable) for start in usable[0])
