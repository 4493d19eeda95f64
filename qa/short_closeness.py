"""How close the words of a question stand to a place in a statement.

Apart from choosing, because figures, dates and names are chosen by the same measure.
"""

from __future__ import annotations

from qa.short_statements import Statement
from qa.short_topic import Topic

FRAME_WEIGHT = 1.0
"""What standing between the same words as the asking word counts, beside the topic's words being near."""

DECAY = 12.0
"""At this distance in characters a word counts half."""


def closeness(one: Statement, start: int, end: int, topic: Topic, label: int = 0) -> float:
    """How close the topic's words of a statement stand to a place in it, 0 to 1 of the topic's weight.

    A place between the same words as the asking word gains up to ``FRAME_WEIGHT``.

    Args:
        one: the statement.
        start: where the place begins.
        end: where it ends.
        topic: the words of the question.
        label: where the words that belong to the place begin: after the figure before it.
    """
    best: dict[str, float] = {}
    own = one.text.rfind("は", label, start) if label else -1  # a clause with a subject of its own
    if own > 0 and one.text[own - 1] in "でに":  # 「40代では」 names a part of the subject before
        own = -1
    begun, subject = (label, own) if own > label else (0, max(0, one.text.find("は", 0, start)))
    for term in one.terms:
        weight = topic.weight_of(term.text)
        if not weight or (term.start < end and start < term.end):
            continue
        between = one.text[term.end : start] if term.end <= start else one.text[end : term.start]
        distance = len(between) + 4 * between.count("、") + 4 * between.count("(")
        if begun <= term.start and term.end <= subject:
            distance = min(distance, 6)
        elif term.end <= label:
            distance += 10
        if term.start >= end:  # what stands after is of the next clause
            distance += 4 + 16 * (between.count("、") + between.count(" "))
        best[term.text] = max(best.get(term.text, 0.0), weight / (1 + distance / DECAY))
    near = min(1.0, sum(best.values()) / topic.total) if topic.total else 0.0
    return near + FRAME_WEIGHT * topic.frame.fit(one.text, one.terms, start, end)
