"""One answer for each town that a question names, in the order of its names.

Apart from the answer itself, because a value of one town must never stand for the other's: where only one of
them states it, the answer names that town.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.short_candidate import Candidate
from qa.short_statements import Statement

LONGEST = 118
LONGEST_EACH = 56

Finder = Callable[[Sequence[Statement]], Candidate | None]


def by_town(
    towns: Sequence[str], stated: Sequence[Statement], find: Finder, *, apart: float
) -> list[tuple[str, Candidate]]:
    """The towns that have an answer, with it.

    Args:
        towns: as named.
        stated: the statements, best first.
        find: the answer that some statements give.
        apart: how much less than the best of all an answer may fit.
    """
    found = []
    for town in towns:
        own = [one for one in stated if one.hit.document.municipality == town]
        candidate = find(own) if own else None
        if candidate is not None and len(candidate.text) <= LONGEST_EACH:
            found.append((town, candidate))
    best = max((one.score for _, one in found), default=0.0)
    return [(town, one) for town, one in found if best - one.score <= apart]


def told(answers: Sequence[tuple[str, Candidate]]) -> Candidate | None:
    """「東町 5回、西町 3回」, None where no town has an answer or they do not fit."""
    if not answers:
        return None
    text = "、".join(f"{town} {one.text}" for town, one in answers)
    if len(text) > LONGEST:
        return None
    hits = tuple(dict.fromkeys(hit for _, one in answers for hit in one.hits))
    return Candidate(text=text, hit=hits[0], score=answers[0][1].score, others=hits[1:])
