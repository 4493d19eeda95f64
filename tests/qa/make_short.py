"""Short answers over passages made for a test, without a search."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold
from index.terms import TermAnalyzer
from qa.figures import figure_candidates
from qa.hits import Hit
from qa.question_kind import QuestionKind, asked_of
from qa.request_words import REQUEST_WORDS
from qa.short_counted import counted_candidate
from qa.short_facts import fact_candidate
from qa.short_figure_choice import chosen_figures
from qa.short_frame import frame_of
from qa.short_statements import statements
from qa.short_topic import Topic


def short_of(question: str, hits: Sequence[Hit], analyzer: TermAnalyzer) -> str:
    """The short answer for the first thing asked, empty without one; every word of the question weighs 1."""
    asked = asked_of(question)[0]
    asking = set(analyzer.keys(asked.words)) | REQUEST_WORDS
    years = tuple(sorted({one.fiscal_year for one in find_fiscal_years(question)}))
    topic = Topic({key: 1.0 for key in analyzer.keys(fold(question).text) if key not in asking}, years)
    stated = statements(hits, topic, analyzer)
    counted = counted_candidate(question, stated, topic)
    if counted is not None:
        return counted.text
    if asked.kind is QuestionKind.FIGURE:
        candidates = figure_candidates(question, asked, stated, topic)
        return chosen_figures(candidates, years, fold(question).text)[0] if candidates else ""
    framed = topic.framed(frame_of(question, asked, analyzer))
    fact = fact_candidate(question, asked, stated, framed)
    return fact.text if fact else ""
