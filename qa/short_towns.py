"""One answer for each town that a question names, in the order of its names.

Apart from the answer itself, because a value of one town must never stand for the other's: where only one of
them states it, the answer names that town.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from corpus.folding import fold
from qa.short_candidate import Candidate
from qa.short_statements import Statement
from qa.short_units import figures_in

_WHICH = re.compile(
    r"(?:どちら|どっち|どの(?:町|市|村|自治体))の?(?:ほう|方)?が、?(?:より)?(?P<how>多い|大きい|高い|長い|少ない|小さい|低い|短い)"
)
_LESS = re.compile("少|小|低|短")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LONGEST = 118
LONGEST_EACH = 56

Sure = Callable[[Candidate], bool]
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


def told(
    answers: Sequence[tuple[str, Candidate]], question: str = "", sure: Sure = lambda _: False
) -> Candidate | None:
    """「東町 5回、西町 3回」, None where no town has an answer or they do not fit.

    Args:
        answers: the towns that have one, with it.
        question: folded; where it asks which town has more, that town is named first.
        sure: whether an answer is the very measure asked for; no town has more of anything else.
    """
    if not answers:
        return None
    text = "、".join(f"{town} {one.text}" for town, one in answers)
    first = _first_of(answers, question) if all(sure(one) for _, one in answers) else ""
    text = f"{first}（{text}）" if first else text
    if len(text) > LONGEST:
        return None
    hits = tuple(dict.fromkeys(hit for _, one in answers for hit in one.hits))
    return Candidate(text=text, hit=hits[0], score=answers[0][1].score, others=hits[1:])


def asks_which(question: str) -> bool:
    """Whether a folded question asks which town has more: what is held against each other is of one unit."""
    return _WHICH.search(question) is not None


def unit_of(text: str) -> str:
    """The unit of an answer that is one figure, empty without one."""
    amount = _amount(text)
    return amount[1] if amount is not None else ""


def _first_of(answers: Sequence[tuple[str, Candidate]], question: str) -> str:
    """「東町のほうが多い」, empty where not asked, or where two towns give no two figures in one unit."""
    asked = _WHICH.search(question)
    amounts = [(town, _amount(one.text)) for town, one in answers]
    known = [(town, amount) for town, amount in amounts if amount is not None]
    if asked is None or len(known) != len(answers) or len(known) < 2:
        return ""
    units, values = {unit for _, (_, unit) in known}, {value for _, (value, _) in known}
    if len(units) != 1 or len(values) != len(known):
        return ""
    pick = min if _LESS.match(asked["how"]) else max
    town, _ = pick(known, key=lambda pair: pair[1][0])
    return f"{town}のほうが{asked['how']}"


def _amount(text: str) -> tuple[Decimal, str] | None:
    """The amount and unit of an answer that is one figure, its year aside."""
    figures = figures_in(fold(text).text)
    if len(figures) != 1:
        return None
    number = _NUMBER.search(fold(text).text, figures[0].start)
    return (Decimal(number[0].replace(",", "")), figures[0].unit) if number else None
