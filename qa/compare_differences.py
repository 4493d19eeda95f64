"""What the municipalities have in common on a theme and what only one of them has: actions of like wording.

Actions and policies of different towns are joined where their words, the theme's own aside, mean nearly the
same and share a telling word; the encoder alone would join what merely sounds alike. Nothing is concluded: a
group shows the words themselves, and 「only one」 means among the documents that were searched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.terms import TermKind
from qa.aspect_words import Aspect
from qa.compare_cells import CitedHit, Quotations
from qa.compare_quotes import Quoted, distinct
from qa.request_words import FRAME_WORDS, REQUEST_WORDS
from qa.theme import Theme
from qa.theme_search import ThemeSource, Town

NEAR = 0.5
BESIDE, MOST_BESIDE = 0.08, 3
"""What a further shared word adds to the nearness of two statements, and how many of them count."""

MOST_A_TOWN = 8
MOST_STATEMENTS = 240
MOST_GROUPS = 12
MOST_ONLY = 3
MOST_WORDS = 4
LETTERS = 4
"""Up to so many letters a word is an abbreviation, and stands in capitals: PR, DX, ICT."""

_NAME = re.compile(r"[一-鿿々ァ-ヴー]{2,}|[a-z]{2,}")
_GLUED = re.compile(r"[一-鿿々ァ-ヴー]")
COMPARED = frozenset({Aspect.ACTION, Aspect.POLICY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Statements of like wording.

    Attributes:
        words: the telling words that they share, or those of the only one; most telling first.
        municipalities: the towns' names, by code.
        members: the statements, each cited.
    """

    words: tuple[str, ...]
    municipalities: tuple[str, ...]
    members: tuple[CitedHit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What towns have in common and what sets them apart.

    Attributes:
        common: what every town does that writes of the theme at all; empty where only one does.
        shared: what several of them do, but not all.
        only: what a single town does.
    """

    common: tuple[Group, ...] = ()
    shared: tuple[Group, ...] = ()
    only: tuple[Group, ...] = ()


def differences_of(
    source: ThemeSource,
    theme: Theme,
    towns: Sequence[Town],
    quoted: Mapping[str, Sequence[Quoted]],
    quotations: Quotations,
) -> Differences:
    """Compare what the towns do; empty where fewer than two of them write of the theme."""
    most = max(1, min(MOST_A_TOWN, MOST_STATEMENTS // max(1, len(towns))))
    told = [one for town in towns for one in distinct_actions(quoted.get(town.code, ()), most)]
    speaking = sorted({_code(one) for one in told})
    if len(speaking) < 2:
        return Differences()
    words = [_telling(source, theme, one.text) for one in told]
    keys = [frozenset(one) for one in words]
    vectors = source.encoder.encode_passages([theme.without(one.text) for one in told])
    groups = [sorted(members) for members in joined(vectors, keys)]
    groups.sort(key=lambda members: (-len({_code(told[at]) for at in members}), members[0]))
    made: dict[str, list[Group]] = {"common": [], "shared": [], "only": []}
    per_town: dict[str, int] = {}
    for members in groups:
        codes = sorted({_code(told[at]) for at in members})
        if len(codes) == 1:
            per_town[codes[0]] = per_town.get(codes[0], 0) + 1
            if per_town[codes[0]] > MOST_ONLY:
                continue
        kind = "only" if len(codes) == 1 else "common" if codes == speaking else "shared"
        made[kind].append(_group(quotations, [told[at] for at in members], [words[at] for at in members]))
    return Differences(
        common=tuple(made["common"][:MOST_GROUPS]),
        shared=tuple(made["shared"][:MOST_GROUPS]),
        only=tuple(made["only"][: max(MOST_GROUPS, MOST_ONLY * len(speaking))]),
    )


def distinct_actions(quoted: Sequence[Quoted], most: int) -> list[Quoted]:
    """A town's statements of what it does or will do, best first, none that repeats another."""
    return distinct((one for one in quoted if one.aspect in COMPARED), most)


def joined(vectors: Vectors, keys: Sequence[frozenset[str]]) -> list[list[int]]:
    """Groups of statements by number: the nearest are joined first, by the mean nearness of two groups.

    Two groups are joined only if some statement of the one shares a word with some of the other; each further
    word that two statements share brings them nearer, for a long sentence says much beside what it shares.
    """
    count = len(keys)
    shared = _shared_words(keys)
    share = shared > 0
    near = np.asarray(vectors @ vectors.T, dtype=np.float64) + BESIDE * np.clip(shared - 1, 0, MOST_BESIDE)
    np.fill_diagonal(share, val=False)
    offered = np.where(share, near, -1.0)  # -1 for two groups that may not be joined
    groups: list[list[int]] = [[at] for at in range(count)]
    while count > 1:
        left, right = sorted(divmod(int(np.argmax(offered)), count))
        if not share[left, right] or near[left, right] < NEAR:
            break
        sizes = len(groups[left]), len(groups[right])
        mean = (sizes[0] * near[left] + sizes[1] * near[right]) / sum(sizes)
        near[left], near[:, left] = mean, mean
        share[left] |= share[right]
        share[:, left] = share[left]
        share[left, left] = False
        share[right], share[:, right] = False, False
        offered[left] = offered[:, left] = np.where(share[left], mean, -1.0)
        offered[right], offered[:, right] = -1.0, -1.0
        groups[left] += groups[right]
        groups[right] = []
    return [members for members in groups if members]


def _shared_words(keys: Sequence[frozenset[str]]) -> NDArray[np.int64]:
    """How many words each two statements share, as int64 of shape (statements, statements).

    A word of one statement alone is shared by none and has no column: most words are such.
    """
    holders = Counter(word for one in keys for word in one)
    column = {word: at for at, word in enumerate(word for word, count in holders.items() if count > 1)}
    held = np.zeros((len(keys), len(column)), dtype=np.float32)  # counts below 2**24 are exact
    for at, one in enumerate(keys):
        held[at, [column[word] for word in one if word in column]] = 1.0
    return (held @ held.T).astype(np.int64)


def _telling(source: ThemeSource, theme: Theme, text: str) -> dict[str, str]:
    """The telling words of a statement beside the theme's own: their keys, and how they are written."""
    rest = theme.without(text)
    general = FRAME_WORDS | REQUEST_WORDS
    return {
        term.text: rest[term.start : term.end]
        for term in source.analyzer.analyze(rest)
        if term.kind is not TermKind.NUMBER
        and len(term.text) > 1
        and term.text not in general
        and not _GLUED.match(rest[term.end : term.end + 1])
        and not _GLUED.match(rest[: term.start][-1:])
    }


def _group(quotations: Quotations, members: Sequence[Quoted], words: Sequence[Mapping[str, str]]) -> Group:
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for one in words:
        for key, surface in one.items():
            counts[key] = counts.get(key, 0) + 1
            written.setdefault(key, surface)
    least = 2 if len(members) > 1 else 1
    shared = [key for key, count in counts.items() if count >= least]
    shared.sort(key=lambda key: (-counts[key], -len(written[key]), key))
    names = {_code(one): one.candidate.document.municipality for one in members}
    return Group(
        words=_named(written[key] for key in shared),
        municipalities=tuple(names[code] for code in sorted(names)),
        members=tuple(quotations.cited(members)),
    )


def _named(words: Iterable[str]) -> tuple[str, ...]:
    """The first words of two characters of kanji or katakana, none that is part of another."""
    kept: list[str] = []
    for word in words:
        if len(kept) == MOST_WORDS:
            break
        if _NAME.fullmatch(word) and not any(word in other or other in word for other in kept):
            kept.append(word)
    return tuple(word.upper() if word.isascii() and len(word) <= LETTERS else word for word in kept)


def _code(one: Quoted) -> str:
    return one.candidate.document.municipality_code
