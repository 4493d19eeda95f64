"""A passage found, with all that a person needs to judge it: whose, of when, from where, why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.document import Document
from corpus.folding import fold
from corpus.locator import Locator
from corpus.passage import Passage
from corpus.sheet import Sheet
from index.expansion import Called
from index.lexical import WeightedTerm
from index.terms import TermAnalyzer
from qa.request_words import REQUEST_WORDS


def year_of_fact(passage: Passage, document: Document, asked: tuple[int, ...]) -> int | None:
    """Of the fact, where it is one year or one of its years was asked for; else of the document."""
    years = passage.fiscal_years
    own = [year for year in years if year in asked]
    if len(own) == 1:
        return own[0]
    return years[0] if len(years) == 1 else document.fiscal_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage in a ranked list.

    Attributes:
        rank: from 1.
        score: fused z-score; comparable within one list only.
        passage: what was found.
        document: where it stands.
        sheet: the sheet it belongs to, None outside of any.
        matched: the question's words that stand in the passage or over it, in the question's order.
        called: the words called up by the question's that stand there.
        row_id: its row in the store.
        asked_years: the fiscal years that the question names.
        linked: the same topic (①) in other sections of the sheet: what was planned for it, what came of it.
        also_years: further years whose cells say the same, ascending.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    sheet: Sheet | None
    matched: tuple[str, ...]
    called: tuple[Called, ...]
    row_id: int
    asked_years: tuple[int, ...] = ()
    also_years: tuple[int, ...] = ()
    linked: tuple[Passage, ...] = ()

    @property
    def fiscal_year(self) -> int | None:
        """See ``year_of_fact``."""
        return year_of_fact(self.passage, self.document, self.asked_years)

    @property
    def department(self) -> str:
        """Who is responsible, as printed."""
        return "、".join(self.passage.departments)

    @property
    def locator(self) -> Locator:
        """The place of its beginning."""
        return self.passage.locators[0]

    @property
    def context(self) -> str:
        """All that stands over the passage, in one line: never shown without it."""
        sheet = self.sheet.title if self.sheet else ""
        parts = [
            self.document.title,
            *self.passage.departments,
            sheet,
            *self.passage.section_path,
            self.passage.item,
            self.passage.headers,
        ]
        return " > ".join(dict.fromkeys(part for part in parts if part))


def ranked(scored: Iterable[tuple[float, Hit]]) -> list[Hit]:
    """Hits with new scores, best first, ties by their earlier rank; ranks counted anew."""
    ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1].rank))
    return [
        hit if hit.score == score and hit.rank == rank else replace(hit, score=score, rank=rank)
        for rank, (score, hit) in enumerate(ordered, start=1)
    ]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a passage's text that a question's word matches: code points ``[start, end)``."""

    start: int
    end: int


def marks_in(text: str, terms: frozenset[str], analyzer: TermAnalyzer) -> list[Mark]:
    """The places of the terms in a source text, in order, none overlapping another."""
    folded = fold(text)
    spans = sorted(
        folded.source_span(term.start, term.end)
        for term in analyzer.analyze(folded.text)
        if term.text in terms
    )
    marks: list[Mark] = []
    for start, end in spans:
        if marks and start < marks[-1].end:
            marks[-1] = Mark(marks[-1].start, max(end, marks[-1].end))
        else:
            marks.append(Mark(start, end))
    return marks


def matched(terms: Iterable[WeightedTerm], held: frozenset[str]) -> tuple[str, ...]:
    """The question's words that a passage holds, in the question's order."""
    return tuple(term.text for term in terms if term.text in held and term.text not in REQUEST_WORDS)
