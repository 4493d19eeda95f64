"""Which sightings of different documents are one measure, and how sure that is.

Within one document a measure is told by its place. Between documents codes and titles decide; where titles
were reworded, the words of the measure do, and a person has to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from types import MappingProxyType

import numpy as np

from corpus.document import Document
from corpus.folding import match_key
from corpus.track_links import Decisions
from index.encoder import Encoder, Vectors
from qa.track_sighting import Sighting

ISSUES = 0.6
"""How alike the titles of two issues of one paper are."""

ALIKE = 0.75
CLOSE = 0.6
NEAR = 0.7
APART = 0.5
"""How alike titles must be for 「おそらく」; how near contents beside such a title, and alone; how alike the
titles must at least be where contents decide."""


_YEARS = re.compile(r"(?:令和|平成|[rh])?(?:元|\d+)(?:年度?)?")


class Certainty(StrEnum):
    """How sure it is that the points of a measure belong together; a person's word stands above all."""

    CONFIRMED = "確認済み"
    SURE = "確実"
    LIKELY = "おそらく"
    CHECK = "要確認"

    @property
    def order(self) -> int:
        """0 for the surest."""
        return list(Certainty).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One measure through documents, oldest first.

    Attributes:
        sightings: at least one.
        links: how sure each link is between a sighting and the next one.
        merged: sightings of the document before that went into it beside the one that it continues.
    """

    sightings: tuple[Sighting, ...]
    links: tuple[Certainty, ...] = ()
    merged: tuple[Sighting, ...] = ()

    @property
    def certainty(self) -> Certainty:
        """Of the least sure link; sure for a single document."""
        return max(self.links, key=lambda one: one.order, default=Certainty.SURE)


def chains_of(
    sightings: Sequence[Sighting], encoder: Encoder, decided: Decisions = MappingProxyType({})
) -> list[Chain]:
    """Join the sightings of one municipality, oldest document first; the surest links are made first.

    What no later sighting goes on with, but a later one resembles all the same, may have been merged into it.

    Args:
        sightings: of one municipality, by the years of their documents.
        encoder: tells how near their contents are.
        decided: what people decided of two of them.
    """
    vectors = encoder.encode_passages([one.content for one in sightings])
    links = [
        (certainty.order, -score, earlier, later, certainty)
        for later in range(len(sightings))
        for earlier in range(later)
        for certainty, score in [_linked(sightings, vectors, earlier, later, decided) or (None, 0.0)]
        if certainty is not None
    ]
    links.sort(key=lambda link: link[:4])
    after: dict[int, int] = {}
    before: dict[int, tuple[int, Certainty]] = {}
    for _, _, earlier, later, certainty in links:
        if earlier not in after and later not in before:
            after[earlier] = later
            before[later] = (earlier, certainty)
    merged: dict[int, list[int]] = {}
    for order, _, earlier, later, _ in links:
        if earlier not in after and order < Certainty.CHECK.order:
            merged.setdefault(later, []).append(earlier)
    return [
        _chain(sightings, start, after, before, merged)
        for start in range(len(sightings))
        if start not in before
    ]


def _chain(
    sightings: Sequence[Sighting],
    start: int,
    after: Mapping[int, int],
    before: Mapping[int, tuple[int, Certainty]],
    merged: Mapping[int, Sequence[int]],
) -> Chain:
    places = [start]
    while places[-1] in after:
        places.append(after[places[-1]])
    return Chain(
        sightings=tuple(sightings[at] for at in places),
        links=tuple(before[at][1] for at in places[1:]),
        merged=tuple(sightings[at] for place in places for at in merged.get(place, ())),
    )


def same_series(one: Document, other: Document) -> bool:
    """Whether two documents are issues of one paper: of one kind, their titles alike but for the year."""
    left, right = (_YEARS.sub("", match_key(document.title)) for document in (one, other))
    alike = SequenceMatcher(None, left, right, autojunk=False).ratio()
    return one.document_kind == other.document_kind and alike >= ISSUES


def _linked(
    sightings: Sequence[Sighting], vectors: Vectors, earlier: int, later: int, decided: Decisions
) -> tuple[Certainty, float] | None:
    """As ``linked``, unless a person decided otherwise."""
    told = decided.get((sightings[earlier].key, sightings[later].key)) if decided else None
    if told is None:
        return linked(sightings, vectors, earlier, later)
    return (Certainty.CONFIRMED, 1.0) if told else None


def linked(
    sightings: Sequence[Sighting], vectors: Vectors, earlier: int, later: int
) -> tuple[Certainty, float] | None:
    """How surely a later sighting goes on with an earlier one, None where it does not."""
    one, other = sightings[earlier], sightings[later]
    if one.form != other.form or (one.document.fiscal_year or 0) >= (other.document.fiscal_year or 0):
        return None
    if one.form == "row" and one.money != other.money:
        return None
    left, right = match_key(one.title), match_key(other.title)
    alike = SequenceMatcher(None, left, right, autojunk=False).ratio()
    near = float(np.dot(vectors[earlier], vectors[later]))
    same_kind = one.document.document_kind == other.document.document_kind
    same_code = one.code == other.code
    same_department = match_key(one.department) == match_key(other.department)
    if left == right:
        sure = same_kind and same_code and (same_department or not one.department or not other.department)
        return (Certainty.SURE if sure else Certainty.LIKELY), 1.0 + near
    if not same_kind:
        return None
    contained = min(len(left), len(right)) >= 4 and (left in right or right in left)
    if (alike >= ALIKE or contained) and near >= CLOSE:
        return Certainty.LIKELY, alike + near
    if one.code and same_code and same_department and near >= CLOSE:
        return Certainty.LIKELY, alike + near
    if near >= NEAR and alike >= APART and same_department:
        return Certainty.CHECK, alike + near
    return None
