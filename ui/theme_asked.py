"""The theme of a question: what of it can be compared between towns."""

from __future__ import annotations

from index.terms import TermAnalyzer
from qa.request_words import FRAME_WORDS, REQUEST_WORDS
from qa.understand import Understood


def theme_asked(understood: Understood, analyzer: TermAnalyzer) -> str:
    """The question's topic without towns, years and what only asks (…はどうなっていますか).

    Empty where nothing but that was asked.
    """
    topic = understood.topic
    if understood.phrases:
        return topic.strip()
    general = FRAME_WORDS | REQUEST_WORDS
    ends = [one.end for one in analyzer.analyze(topic) if one.text not in general]
    return topic[: max(ends)].strip() if ends else ""
