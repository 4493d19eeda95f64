"""The answer: a few lines, each a quotation with its mark, or a refusal that says what was searched.

Nothing is written that the documents do not say. A line is the words of one passage, read again from the
store before it is shown; a quotation that does not hold is left out, and where none holds there is no answer.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.citation import Citation
from corpus.errors import CitationError
from corpus.fiscal_year import era_label
from corpus.passage import PassageKind
from corpus.span import Span
from corpus.store_reader import StoreReader
from index.terms import TermAnalyzer
from qa.citations import cite
from qa.hits import Hit
from qa.quotes import best_quote, row_said, shown_cells

logger = logging.getLogger(__name__)

MOST_LINES = 6
LINES_A_TOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One line of an answer.

    Attributes:
        label: whose words, of when, from which part.
        said: the quotation; for a table row, its values behind their headers.
        citation: where it stands.
        hit: the passage that it stands in.
        cells: the numbers of the passage's cells that are said, that first which a reader looks for; empty
            where it is no table row.
    """

    label: str
    said: str
    citation: Citation
    hit: Hit
    cells: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The line as shown in plain text, ending with its mark."""
        return f"{self.label}「{self.said}」[{self.citation.n}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence in other words than the quotations', proved by those that it names.

    Attributes:
        words: the sentence without its marks.
        marks: numbers of the citations, at least one.
    """

    words: str
    marks: tuple[int, ...]

    @property
    def text(self) -> str:
        """The sentence as shown in plain text, ending with its marks."""
        return self.words + "".join(f"[{n}]" for n in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer, or a refusal.

    Attributes:
        short: the bare value for a question of a figure, else empty.
        lines: empty in a refusal.
        abstained: whether no answer is given.
        reason: why not (Japanese), empty in an answer.
        statements: what a language model made of the lines; empty without one.
        notice: what a person should know of the wording (Japanese), mostly empty.
        leads: whether its passages are what the question looked for, without a bare value.
    """

    short: str
    lines: tuple[AnswerLine, ...]
    abstained: bool
    reason: str
    statements: tuple[Statement, ...] = ()
    notice: str = ""
    leads: bool = False

    @property
    def generated(self) -> bool:
        """Whether a language model worded a part of it."""
        return bool(self.statements)

    @property
    def text(self) -> str:
        """All lines; where statements stand for some of them, those first, then the lines left unsaid."""
        said = {n for statement in self.statements for n in statement.marks}
        unsaid = [line.text for line in self.lines if line.citation.n not in said]
        return "\n".join([*(statement.text for statement in self.statements), *unsaid])

    @property
    def citations(self) -> tuple[Citation, ...]:
        """In the order of their marks."""
        return tuple(line.citation for line in self.lines)


def refusal(reason: str) -> Answer:
    """No answer, and why."""
    return Answer(short="", lines=(), abstained=True, reason=reason)


def chosen_hits(hits: Sequence[Hit], *, balanced: bool, figures: bool) -> list[Hit]:
    """The hits to quote, best first: where balanced, each town's best before any town's second.

    Contents lists are never quoted, and of hits that say the same words only the first is. Where no figure
    is asked for, a row of a table stands behind all that was written.
    """

    def place(hit: Hit) -> tuple[bool, int]:
        return not figures and hit.passage.kind is PassageKind.ROW, hit.rank

    distinct: dict[str, Hit] = {}
    for hit in sorted(hits, key=place):
        if hit.passage.kind is not PassageKind.CONTENTS:
            distinct.setdefault("".join(hit.passage.text.split()), hit)
    usable = list(distinct.values())
    if not balanced:
        return usable[:LINES_A_TOWN]
    towns: dict[str, list[Hit]] = {}
    for hit in usable:
        towns.setdefault(hit.document.municipality_code, []).append(hit)
    if len(towns) == 1:
        return usable[:LINES_A_TOWN]
    rounds = [town[at] for at in range(LINES_A_TOWN) for town in towns.values() if at < len(town)]
    kept = rounds[: min(max(len(towns), LINES_A_TOWN), MOST_LINES)]
    return [hit for town in towns.values() for hit in town if hit in kept]


def compose(
    store: StoreReader,
    hits: Sequence[Hit],
    weights: Mapping[str, float],
    fiscal_years: tuple[int, ...],
    analyzer: TermAnalyzer,
    short: str = "",
) -> Answer:
    """An answer of one line a hit, each verified; a refusal where no quotation holds.

    Args:
        store: to read every quotation from again.
        hits: what to quote, best first.
        weights: of the question's terms.
        fiscal_years: the years asked for, ascending.
        analyzer: cuts terms.
        short: the bare value, if one was found.
    """
    lines: list[AnswerLine] = []
    for hit in hits:
        line = _line(store, hit, len(lines) + 1, weights, fiscal_years, analyzer, short)
        if line is not None:
            lines.append(line)
    if not lines:
        return refusal("見つかった箇所を原文で確かめられなかったため、回答を控えます。")
    return Answer(short=short, lines=tuple(lines), abstained=False, reason="")


def _line(
    store: StoreReader,
    hit: Hit,
    n: int,
    weights: Mapping[str, float],
    fiscal_years: tuple[int, ...],
    analyzer: TermAnalyzer,
    short: str,
) -> AnswerLine | None:
    is_row = hit.passage.kind is PassageKind.ROW and len(hit.passage.cells) > 1
    cells = shown_cells(hit.passage, fiscal_years, short) if is_row else ()
    span = _row_span(hit, cells) if is_row else best_quote(hit.passage, weights, analyzer, short)
    quote = hit.passage.at(span)
    try:
        citation = cite(store, hit, n, quote, span)
    except CitationError as exc:
        logger.warning("%s", exc)
        return None
    said = row_said(hit.passage, cells) if is_row else " ".join(quote.split())
    return AnswerLine(label=line_label(hit), said=said, citation=citation, hit=hit, cells=cells)


def _row_span(hit: Hit, cells: Sequence[int]) -> Span:
    """The line of the cell that is looked for; where all rows are quoted, the longest of them."""
    segments = hit.passage.segments
    sought = hit.passage.cells[cells[0]].span
    own = [one for one in segments if one.contains(sought)] if len(cells) < len(hit.passage.cells) else []
    return own[0] if own else max(segments, key=len)


def line_label(hit: Hit) -> str:
    """「大泉町（令和6年度 企画部 中間レビュー）: 」: whose words, of when, from which part."""
    year = era_label(hit.fiscal_year) if hit.fiscal_year is not None else ""
    sheet = hit.sheet.title if hit.sheet else ""
    section = hit.passage.section_path[-1] if hit.passage.section_path else ""
    parts = dict.fromkeys(part for part in (year, hit.department, sheet, section) if part)
    return f"{hit.document.municipality}（{' '.join(parts)}）: "
