"""The short answer to a question of figure or fact: the bare words, and the passage that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.figures import figure_for
from qa.hits import Hit
from qa.results import SearchResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """The bare answer.

    Attributes:
        text: as shown, at most 120 characters.
        hits: the passages that it stands in, the first of them quoted first.
    """

    text: str
    hits: tuple[Hit, ...]


def short_answer(found: SearchResult, hits: Sequence[Hit]) -> Short | None:
    """The short answer that the hits give, None where the question asks for no fact or no hit states it.

    Args:
        found: the search with the question as understood.
        hits: those that speak of the topic, best first.
    """
    understood = found.understood
    typed = {term.text: found.weights[term.text] for term in understood.terms}
    figure = figure_for(understood.question.text, hits, found.asked_years, typed)
    return Short(text=figure.value, hits=(figure.hit,)) if figure else None
