"""The points that a part of a sheet makes: for 「… の取組方針」, 「… の目標」 about a whole topic.

Apart from single facts, because such a question wants what the part says: one point where it names one, else
the points side by side, each in the source's own words, as many as a short answer holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.question_kind import QuestionKind
from qa.short_candidate import Candidate
from qa.short_clauses import best_window, clause_candidate
from qa.short_sections import names_part
from qa.short_statements import Statement
from qa.short_topic import Topic

_NUMBERED = re.compile(r"^[①-⑳] *")
LONGEST = 116
LONGEST_POINT = 56
SHORTEST_POINT = 6
NEAR = 0.12
PART_NEAR = 0.35
MOST_POINTS = 5


def content_candidate(question: str, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """The points of the part of the sheet that the question asks for, None where no sentence speaks of it.

    Args:
        question: folded.
        found: the statements, best first.
        topic: the words of the question.
    """
    sentences = [one for one in found if one.cell is None and len(one.text) >= SHORTEST_POINT]
    if not sentences:
        return None
    best = _best(question, sentences)
    points = [one for one in sentences if _beside(one, best) and best.score - one.score < NEAR]
    if len(points) < 2:
        return clause_candidate(QuestionKind.CONTENT, [best], topic)
    said: dict[int, str] = {}
    chosen: list[Statement] = []
    length = 0
    for one in _spread(points):
        window = best_window(one, topic, LONGEST_POINT)
        text = _NUMBERED.sub("", one.said(window.start, window.end))
        if length + len(text) + 1 > LONGEST or len(chosen) == MOST_POINTS:
            continue
        said[id(one)] = text
        chosen.append(one)
        length += len(text) + 1
    if not chosen:
        return clause_candidate(QuestionKind.CONTENT, [best], topic)
    chosen.sort(key=_place)
    hits = tuple(dict.fromkeys(one.hit for one in chosen))
    shown = "／".join(dict.fromkeys(said[id(one)] for one in chosen))
    return Candidate(text=shown, hit=hits[0], score=best.score, year=best.year, others=hits[1:])


def _best(question: str, sentences: Sequence[Statement]) -> Statement:
    """The best sentence of the named part in the best sentence's sheet, else the best of all."""
    first = sentences[0]
    named = [
        one
        for one in sentences
        if _same_sheet(one, first) and names_part(question, one) and first.score - one.score < PART_NEAR
    ]
    return named[0] if named else first


def _beside(one: Statement, best: Statement) -> bool:
    """Whether a sentence stands in the same part of the same sheet, for the same year."""
    mine, other = one.hit.passage, best.hit.passage
    same = mine.section_path[-1:] == other.section_path[-1:] or mine.passage_id == other.passage_id
    return _same_sheet(one, best) and same and one.header == best.header and one.year in (best.year, None)


def _same_sheet(one: Statement, other: Statement) -> bool:
    mine, theirs = one.hit.passage, other.hit.passage
    return mine.document_id == theirs.document_id and mine.sheet_ordinal == theirs.sheet_ordinal


def _spread(points: Sequence[Statement]) -> list[Statement]:
    """The points by their score, the best of every passage before the second of any."""
    seen: dict[str, int] = {}
    rounds: list[tuple[int, int, Statement]] = []
    for number, one in enumerate(points):
        turn = seen.get(one.hit.passage.passage_id, 0)
        seen[one.hit.passage.passage_id] = turn + 1
        rounds.append((turn, number, one))
    return [one for _, _, one in sorted(rounds, key=lambda entry: entry[:2])]


def _place(one: Statement) -> tuple[int, int]:
    at = one.hit.passage.text.find(one.source)
    return one.hit.passage.ordinal, at
