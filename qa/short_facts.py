"""The short answer to a question of fact: which way of finding it belongs to which kind of question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from qa.question_kind import Asked, QuestionKind
from qa.short_candidate import Candidate
from qa.short_clauses import clause_candidate, reason_candidate
from qa.short_contents import content_candidate
from qa.short_dates import date_candidate, ordinal_candidate
from qa.short_enumerations import enumeration_candidate
from qa.short_frame import NO_FRAME
from qa.short_names import focus_ends, name_candidate
from qa.short_slots import verb_of
from qa.short_statements import Statement
from qa.short_topic import Topic

_DEFINED = re.compile(
    r"(?:[「『](?P<quoted>[^「」『』]+)[」』]|(?P<plain>[^、。 「」]+?))(?:とは|は[、,]?(?:どん|どの|どう))"
)
_BROKEN_DOWN = re.compile(
    r"内訳|[一-鿿]別(?:に|の|で|では)|どの[^、。]{1,6}が(?:最も|一番)?多い|多い[一-鿿]{1,4}は(?:どこ|何|どの)|多い順|上位"
)
NAMED = frozenset({QuestionKind.PLACE, QuestionKind.ORGANISATION, QuestionKind.NAME})
_OF_WHAT_SORT = re.compile("どんな|どういう|どういった|どのような")
LEAST = 0.25


def fact_candidate(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    """What answers a question of fact best, None where no statement speaks enough of it.

    Args:
        question: as typed.
        asked: what is asked for.
        found: the statements, best first.
        topic: the words of the question.
    """
    candidate = _candidate(question, asked, found, topic)
    return candidate if candidate is not None and candidate.score >= LEAST else None


def _candidate(question: str, asked: Asked, found: Sequence[Statement], topic: Topic) -> Candidate | None:
    if asked.kind is QuestionKind.CONTENT:
        return content_candidate(fold(question).text, found, topic)
    if _BROKEN_DOWN.search(fold(question).text):
        counted = enumeration_candidate(found)
        if counted is not None:
            return counted
    if asked.kind is QuestionKind.REASON:
        return reason_candidate(found, topic)
    if asked.kind is QuestionKind.ORDINAL:
        return ordinal_candidate(asked, found, topic.framed(NO_FRAME))
    if asked.kind is QuestionKind.DATE and not asked.focus:
        dated = date_candidate(question, asked, found, topic)
        if dated is not None or asked.units:
            return dated
        return clause_candidate(asked.kind, found, topic, question=question)
    if asked.kind is QuestionKind.THING and not asked.focus and verb_of(asked):
        thing = name_candidate(question, asked, found, topic)
        if thing is not None:
            return thing
    if asked.kind in NAMED or (focus_ends(asked.focus) and not _OF_WHAT_SORT.search(asked.words)):
        return name_candidate(question, asked, found, topic) or clause_candidate(
            asked.kind, found, topic, question=question, focus=asked.focus
        )
    term = defined_term(question) if asked.kind is QuestionKind.DEFINITION else ""
    return clause_candidate(asked.kind, found, topic, term, question, asked.focus)


def defined_term(question: str) -> str:
    """What a question of the form 「Xとは」 asks to be explained, folded."""
    match = _DEFINED.search(fold(question).text)
    return (match["quoted"] or match["plain"]) if match else ""
