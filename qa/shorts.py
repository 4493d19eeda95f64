"""The short answer to a question of figure or fact: the bare words, and the passages that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.folding import fold
from corpus.store_reader import StoreReader
from index.terms import TermAnalyzer
from qa.figures import chosen_figures, figure_candidates
from qa.hits import Hit
from qa.question_kind import Asked, QuestionKind, asked_of
from qa.results import SearchResult
from qa.short_dates import extreme_year, year_figures
from qa.short_facts import fact_candidate
from qa.short_marks import mark_candidate
from qa.short_statements import Statement, statements
from qa.short_topic import Topic, topic_of
from qa.short_units import unit_of_noun

_MOST = re.compile(r"最も|一番|いちばん|最大|最小|ピーク")
LONGEST = 120
HITS_READ = 10
OTHERS_READ = 8
OTHERS_COST = 0.15
OTHER_TOWN = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The bare answer.

    Attributes:
        text: as shown, at most 120 characters.
        hits: the passages that it stands in, the first of them quoted first.
    """

    text: str
    hits: tuple[Hit, ...]


def short_answer(
    store: StoreReader, found: SearchResult, hits: Sequence[Hit], analyzer: TermAnalyzer
) -> Short | None:
    """The short answer that the hits give, None where the question asks for no fact or no hit states it.

    Args:
        store: to read the sheets of a document.
        found: the search with the question as understood.
        hits: those that speak of the topic, best first.
        analyzer: cuts terms.
    """
    question = found.understood.question.text
    asked = asked_of(question)
    if not asked:
        return None
    asking = frozenset(key for one in asked for key in analyzer.keys(one.words))
    beside = frozenset(key for one in asked for key in analyzer.keys(one.beside))
    topic = topic_of(found, asking, beside)
    ranks = {hit.rank for hit in hits}
    others = [hit for hit in found.hits[:OTHERS_READ] if hit.rank not in ranks]
    stated = statements(hits[:HITS_READ], topic, analyzer)
    stated += [replace(one, score=one.score - OTHERS_COST) for one in statements(others, topic, analyzer)]
    stated.sort(key=lambda one: -one.score)
    towns = [town.name for town in found.understood.municipalities]
    kinds = [one.kind for one in asked]
    if QuestionKind.MARK in kinds:
        mark = mark_candidate(question, stated, found.hits, topic, store)
        return Short(text=mark.text, hits=(mark.hit,)) if mark else None
    if QuestionKind.DATE in kinds and QuestionKind.FIGURE in kinds and not topic.years and stated:
        units = next(one.units for one in asked if one.kind is QuestionKind.FIGURE)
        yearly = year_figures(stated, units)
        if yearly is not None:
            return Short(text=yearly.text, hits=(yearly.hit,))
    if QuestionKind.DATE in kinds and _MOST.search(question):
        counted = Asked(kind=QuestionKind.FIGURE, units=unit_of_noun(fold(question).text))
        extreme = extreme_year(question, figure_candidates(question, counted, stated, topic))
        if extreme is not None:
            return Short(text=extreme.text, hits=(extreme.hit,))
    parts = [part for one in asked if (part := _part(one, question, stated, topic, towns)) is not None]
    if not parts:
        return None
    texts = list(dict.fromkeys(part.text for part in parts))
    text = texts[0]
    for other in texts[1:]:
        if other not in text and len(text) + len(other) < LONGEST:
            text = f"{text}、{other}"
    return Short(text=text[:LONGEST], hits=tuple(dict.fromkeys(hit for part in parts for hit in part.hits)))


def _part(
    asked: Asked, question: str, stated: Sequence[Statement], topic: Topic, towns: Sequence[str]
) -> Short | None:
    if asked.kind is QuestionKind.FIGURE:
        candidates = figure_candidates(question, asked, stated, topic)
        if candidates and len(towns) > 1:
            first = {
                town: next((one for one in candidates if one.hit.document.municipality == town), None)
                for town in towns
            }
            least = candidates[0].score - OTHER_TOWN
            told = [(town, one) for town, one in first.items() if one is not None and one.score >= least]
            if len(told) > 1:
                text = "、".join(f"{town} {one.text}" for town, one in told)
                return Short(text=text, hits=tuple(one.hit for _, one in told))
        if candidates:
            text, shown = chosen_figures(candidates, topic.years)
            return Short(text=text, hits=tuple(one.hit for one in shown))
        return None
    fact = fact_candidate(question, asked, stated, topic)
    return Short(text=fact.text, hits=(fact.hit,)) if fact else None
