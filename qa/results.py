"""What search and ask give back: the contract between this package and the command line and page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa.answer import Answer
from qa.hits import Hit
from qa.meaning import Meaning
from qa.searched import Searched
from qa.understand import Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found.

    Attributes:
        understood: how the question was read.
        searched: what was looked at.
        hits: best first.
        notices: what a person should know of this result (Japanese sentences).
        weights: how much each term of the question, typed or called up, tells: rare ones more.
        meaning: tells how near a sentence is to the question.
    """

    understood: Understood
    searched: Searched
    hits: tuple[Hit, ...]
    notices: tuple[str, ...]
    weights: Mapping[str, float]
    meaning: Meaning

    @property
    def asked_years(self) -> tuple[int, ...]:
        """The fiscal years asked for, by filter or in the question, ascending."""
        return tuple(self.understood.filters.fiscal_years or self.understood.fiscal_years)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskResult:
    """An answer with the search that it rests on."""

    search: SearchResult
    answer: Answer
