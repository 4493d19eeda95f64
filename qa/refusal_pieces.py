"""The places where an answer may stand: sentences and table rows of the found passages, one by one.

A passage about the topic may speak of it in one sentence and state a figure of something else in the next, so
what is asked and the form of its answer have to meet in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold
from corpus.passage import Cell, Passage, PassageKind
from corpus.sentences import sentence_spans
from corpus.span import Span
from index.terms import Term, TermAnalyzer
from qa.figures import with_unit
from qa.hits import Hit
from qa.refusal_demands import Demand, Form
from qa.short_dates import MOST_ASKED
from qa.short_units import counts, figures_in, unit_fits

HITS_READ = 20
CHARACTERS_READ = 6_000

BARE = 0.7
"""How well a number without a unit fits."""

OTHER_YEAR = 0.4
"""How much a piece counts of which nothing says that it is of a year asked for."""

DOCUMENT_YEAR = 0.8
"""How much one counts whose document alone is of that year."""

LABEL = 12
"""How far before a bare number the noun may stand that says what it counts (件数 …)."""

PROSE_CELL = 16
"""From this length on a cell of a row is read as prose."""

_LABELLED = re.compile(r"[件人回者数率員量]")
_OTHER_UNIT = re.compile(r" ?[一-鿿ァ-ヴa-z]")
_MONEY_HEADER = re.compile(r"円|費|額|予算|決算|料")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What has the demanded form: code points ``[start, end)`` of the folded text, and how well it fits."""

    start: int
    end: int
    fit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence or a row.

    Attributes:
        hit: the passage that it stands in.
        text: folded.
        terms: of its words, by place.
        over: the terms of the headings over it.
        beside: the terms of what other sections of the sheet say under the same number.
        cells: of a row of a table; empty for a sentence.
    """

    hit: Hit
    text: str
    terms: tuple[Term, ...]
    over: frozenset[str]
    beside: frozenset[str]
    cells: tuple[Cell, ...] = ()

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.cells)


def pieces(hits: Sequence[Hit], analyzer: TermAnalyzer) -> Iterator[Piece]:
    """The sentences and rows of the first hits, in order."""
    known: dict[str, frozenset[str]] = {}

    def keys(source: str) -> frozenset[str]:
        if source not in known:
            known[source] = frozenset(analyzer.keys(fold(source).text))
        return known[source]

    read = 0
    for hit in hits[:HITS_READ]:
        passage = hit.passage
        if passage.kind is PassageKind.CONTENTS:
            continue
        over, beside = keys(hit.context), keys(" ".join(one.text for one in hit.linked))
        is_row = passage.kind is PassageKind.ROW and len(passage.cells) > 1
        for source, cells in _rows(passage) if is_row else ((one, ()) for one in _sentences(passage)):
            text = fold(source).text
            terms = tuple(analyzer.analyze(text))
            yield Piece(hit=hit, text=text, terms=terms, over=over, beside=beside, cells=cells)
        read += len(passage.text)
        if read > CHARACTERS_READ:
            return


def _rows(passage: Passage) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of a passage with their cells; one that is merged over rows counts for each of them."""
    for segment in passage.segments:
        first = next((cell for cell in passage.cells if segment.contains(cell.span)), None)
        cells = passage.row_of(first) if first is not None else ()
        above = [cell.text for cell in cells if not segment.contains(cell.span)]
        if len(passage.segments) == 1 or first is None:
            yield passage.at(segment), passage.cells
        else:
            yield " ".join([*above, passage.at(segment)]), cells


def _sentences(passage: Passage) -> Iterator[str]:
    for text in passage.running():
        for span in sentence_spans(text, Span(0, len(text))):
            yield span.of(text)


def values(piece: Piece, demand: Demand, years: Sequence[int]) -> list[Value]:
    """What a piece holds of the demanded form."""
    if demand.form in (Form.FIGURE, Form.MONEY):
        found = _cell_values(piece, demand, years) if piece.is_row else _figures(piece.text, demand)
        given = demand.given.finditer(piece.text) if demand.given else ()
        return [*found, *(Value(start=one.start(), end=one.end(), fit=1.0) for one in given)]
    if (
        demand.form is Form.DATE
        and not re.search("[月日]", demand.said)
        and piece.is_row
        and any(cell.fiscal_year for cell in piece.cells)
    ):
        return [Value(start=0, end=0, fit=1.0 if "年" in demand.said else BARE)]
    if (
        demand.form is Form.DATE
        and (demand.said.startswith("何年度") or MOST_ASKED.search(demand.question))
        and len(piece.hit.passage.fiscal_years) == 1
        and not piece.is_row
    ):
        return [Value(start=0, end=0, fit=BARE)]
    if demand.given is None:
        return []
    if demand.form is Form.BREAKDOWN and not figures_in(piece.text):
        return []
    text = piece.text
    if demand.form not in (Form.DATE, Form.DETAIL, Form.PREMISE):
        with_over = f"{text} {fold(piece.hit.context).text}"
        if demand.beside is None:
            text = with_over
        elif not demand.beside.search(with_over):
            return []
    return [Value(start=match.start(), end=match.end(), fit=1.0) for match in demand.given.finditer(text)]


def _figures(text: str, demand: Demand) -> list[Value]:
    found = []
    for figure in figures_in(text):
        if not figure.unit and _OTHER_UNIT.match(text, figure.end):
            fit = 0.0
        elif counts(text, figure, demand.question) or (
            not figure.unit
            and demand.form is not Form.MONEY
            and _LABELLED.search(text, max(0, figure.start - LABEL), figure.start)
        ):
            fit = BARE
        else:
            fit = unit_fits(figure.unit, demand.units) if demand.units else 1.0 if figure.unit else BARE
        if fit > 0:
            found.append(Value(start=figure.start, end=figure.end, fit=fit))
    if demand.units:
        counted = re.compile(rf"\d[\d,.]* ?[千万億]?{re.escape(demand.units[0])}")
        found += [Value(start=one.start(), end=one.end(), fit=1.0) for one in counted.finditer(text)]
    return found


def _cell_values(piece: Piece, demand: Demand, years: Sequence[int]) -> list[Value]:
    passage = piece.hit.passage
    cells = [cell for cell in piece.cells if _DIGIT.search(fold(cell.text).text)]
    prose = [cell for cell in cells if len(cell.text) >= PROSE_CELL]
    cells = [cell for cell in cells if len(cell.text) < PROSE_CELL]
    if years and any(cell.fiscal_year for cell in cells):
        cells = [cell for cell in cells if cell.fiscal_year in years]
    fits = [_cell_fit(cell, passage, demand) for cell in cells]
    fits += [value.fit for cell in prose for value in _figures(fold(cell.text).text, demand)]
    fit = max(fits, default=0.0)
    return [Value(start=0, end=0, fit=fit)] if fit > 0 else []


def _cell_fit(cell: Cell, passage: Passage, demand: Demand) -> float:
    text = fold(with_unit(cell, passage)).text
    row = passage.row_of(cell)
    over = passage.section_path[-1:]
    labels = fold(" ".join([*over, passage.item, cell.header, *(one.text for one in row)])).text
    best = 0.0
    if demand.units and re.search(rf"\d ?{re.escape(demand.units[0])}", text):
        best = 1.0  # in a unit that only this question and this cell know (20主体)
    for figure in figures_in(text):
        if not figure.unit and demand.units and _OTHER_UNIT.match(text, figure.end):
            fit = 0.0
        elif not figure.unit:
            fit = BARE if demand.form is not Form.MONEY or _MONEY_HEADER.search(labels) else 0.0
        else:
            fit = unit_fits(figure.unit, demand.units) if demand.units else 1.0
        best = max(best, fit)
    return best


def year_share(piece: Piece, years: Sequence[int]) -> float:
    """How far a piece is of a year asked for, 0 to 1; 1 where none is asked for."""
    passage = piece.hit.passage
    if not years:
        return 1.0
    dated = [cell for cell in piece.cells if cell.fiscal_year and len(cell.text) < PROSE_CELL]
    if piece.is_row and dated:
        return 1.0
    named = {mention.fiscal_year for mention in find_fiscal_years(piece.text)}
    if named & set(years) or set(passage.fiscal_years) & set(years):
        return 1.0
    return DOCUMENT_YEAR if piece.hit.document.fiscal_year in years else OTHER_YEAR
