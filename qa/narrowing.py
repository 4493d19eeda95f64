"""A kind of document or a field of a form that a question was limited to, where little is found within it.

「総合計画の…」 may mean the plan as a place to look in, or be the topic itself. Where the topic clearly
stands elsewhere, the question is searched without that limit, and the result says so. So it is for a facility
that is a department too (図書館), and for a department within which nothing at all is found: a plan may name
it in a sentence only.
"""

from __future__ import annotations

from dataclasses import replace

from qa.evidence import evidence
from qa.results import SearchResult

ENOUGH = 0.6
"""From this share of the topic on, a passage within the limit is what was asked for."""

MARGIN = 0.3
"""By how much a passage outside must hold more than the best one within."""


def widened(narrow: SearchResult, wide: SearchResult) -> SearchResult:
    """The search with the limit, or the one without it and a notice where the limit hides what was asked for.

    Args:
        narrow: limited to the kinds, fields or departments that were read from the question.
        wide: the same question with their words as words of its topic.
    """
    if narrow.hits:
        within = _best(narrow, narrow)
        if within >= ENOUGH or _best(wide, narrow) - within < MARGIN:
            return narrow
    understood = narrow.understood
    kinds = [f"「{one.words}」の資料" for one in understood.kinds]
    fields = [f"「{one.words}」の欄" for one in understood.fields]
    given_up = [name for name in understood.departments if name not in wide.understood.departments]
    departments = [f"部署「{name}」" for name in given_up]
    notice = f"{'、'.join([*kinds, *fields, *departments])}には見当たらないため、そこに限らずに探しました。"
    return replace(wide, notices=(notice, *wide.notices))


def _best(found: SearchResult, asked: SearchResult) -> float:
    topic, weights = asked.understood.topic_words, asked.weights
    return max((evidence(hit, topic, weights) for hit in found.hits), default=0.0)
