"""Which words of a passage to quote: the sentence that holds most of what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from corpus.folding import fold, match_key
from corpus.passage import Cell, Passage
from corpus.sentences import sentence_spans
from corpus.span import Span
from index.terms import TermAnalyzer

LONGEST = 200
SHORT = 120
FROM_START = 0.75
"""The share of the best clauses' weight for which the sentence's own beginning is quoted instead."""

SHORTEST = 24
SHORTEST_PART = 2
HELD = 1_000.0
"""What holding the short answer counts: a quotation beneath it has to show it, whatever else it holds."""

PARTS = re.compile("[、／（）→]|(?<=年度) ")
"""Between the parts of a short answer: its values, and the years told with them."""
LIST_MARKS = "・●○◦■◆-–‐ \u3000\n"
OPEN_ENDS = "、，, \u3000\n"
CLAUSE_ENDS = "、，,）」 　"


def best_quote(
    passage: Passage, weights: Mapping[str, float], analyzer: TermAnalyzer, short: str = ""
) -> Span:
    """Where one sentence (or neighbouring short ones) of a passage stands in the stored text.

    The place lies within one of the passage's segments.

    Args:
        passage: what to quote from.
        weights: how much each term of the question counts.
        analyzer: cuts terms.
        short: the short answer, which the quotation should hold; empty without one.
    """
    weigh = _weigher(weights, analyzer, short)
    best: tuple[float, Span, Span] | None = None
    for segment in passage.segments:
        text = passage.at(segment)
        sentences = _joined(sentence_spans(text, Span(0, len(text))))
        for place, sentence in enumerate(sentences):
            weight = weigh(sentence.of(text))
            if best is None or weight > best[0] + 1e-9:
                best = (weight, _with_following(sentences, place), segment)
    if best is None:
        return passage.segments[0]
    _, sentence, segment = best
    kept = _trimmed(_shortened(sentence, passage.at(segment), weigh), passage.at(segment))
    return Span(segment.start + kept.start, segment.start + kept.end)


def _with_following(sentences: list[Span], place: int) -> Span:
    """A sentence with those behind it that still make a short quotation: they often say what came of it."""
    end = sentences[place].end
    for following in sentences[place + 1 :]:
        if following.end - sentences[place].start > SHORT:
            break
        end = following.end
    return Span(sentences[place].start, end)


def _trimmed(span: Span, text: str) -> Span:
    """A span without the list mark before its words and the comma after them; never empty."""
    inner = span.of(text)
    start = span.start + len(inner) - len(inner.lstrip(LIST_MARKS))
    end = span.end - (len(inner) - len(inner.rstrip(OPEN_ENDS)))
    return Span(start, end) if start < end else span


def weight_of(text: str, weights: Mapping[str, float], analyzer: TermAnalyzer) -> float:
    """The summed weights of the distinct terms that a text holds."""
    if not weights:
        return 0.0
    keys = {term.text for term in analyzer.analyze(fold(text).text)}
    return sum(weight for term, weight in weights.items() if term in keys)


def _joined(sentences: list[Span]) -> list[Span]:
    """Sentences, the short ones (a bare number, a label) together with the one that follows."""
    joined: list[Span] = []
    for sentence in sentences:
        if joined and len(joined[-1]) < SHORTEST and sentence.end - joined[-1].start <= LONGEST:
            joined[-1] = Span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return joined


def _weigher(weights: Mapping[str, float], analyzer: TermAnalyzer, short: str) -> Callable[[str], float]:
    """How much a piece of text is worth quoting."""
    whole = _stands(short)
    parts = [found for part in PARTS.split(short) if (found := _stands(part)) is not None]

    def weigh(text: str) -> float:
        weight = weight_of(text, weights, analyzer)
        if whole is None:
            return weight
        key = match_key(text)
        held = sum(part.search(key) is not None for part in parts) / len(parts) if parts else 0.0
        return weight + HELD * (1.0 if whole.search(key) else 0.9 * held)

    return weigh


def _stands(said: str) -> re.Pattern[str] | None:
    """Finds what was said, a number only as a whole one; None where next to nothing was said."""
    key = match_key(said)
    if not key or (len(key) < SHORTEST_PART and not key.isdigit()):
        return None
    before = r"(?<![\d.,])" if key[0].isdigit() else ""
    after = r"(?![\d])" if key[-1].isdigit() else ""
    return re.compile(before + re.escape(key) + after)


def _shortened(span: Span, text: str, weigh: Callable[[str], float]) -> Span:
    """A span of at most ``LONGEST`` characters: of the clauses that fit, those that hold most."""
    if len(span) <= LONGEST:
        return span
    breaks = [span.start]
    breaks += [at + 1 for at in range(span.start, span.end) if text[at] in CLAUSE_ENDS]
    breaks.append(span.end)
    best: tuple[float, Span] | None = None
    begun: tuple[float, Span] | None = None
    for index, start in enumerate(breaks[:-1]):
        ends = [end for end in breaks[index + 1 :] if end - start <= LONGEST]
        end = ends[-1] if ends else min(start + LONGEST, span.end)
        window = Span(start, end)
        weight = weigh(window.of(text))
        if best is None or weight > best[0] + 1e-9:
            best = (weight, window)
        begun = begun or (weight, window)
    if best is None or begun is None:
        return Span(span.start, span.start + LONGEST)
    return begun[1] if begun[0] >= FROM_START * best[0] else best[1]


def row_said(passage: Passage, cells: Iterable[int]) -> str:
    """Cells of a table row in words, by their numbers: in the row's order, each value behind its header."""
    return cells_said(passage.cells[at] for at in sorted(cells))


def cells_said(cells: Iterable[Cell]) -> str:
    """Cells in words, each value behind its header."""
    return "／".join(_said(cell) for cell in cells)


def shown_cells(passage: Passage, fiscal_years: tuple[int, ...], short: str = "") -> tuple[int, ...]:
    """The numbers of the cells of a table row that are quoted, that first which a reader looks for.

    Of the years' columns only those of the asked years are, if any are asked; of several rows only the one
    that the short answer is made of. What a reader looks for is that cell, else the first of an asked year;
    without either the order is the row's.
    """
    kept = _kept(passage, fiscal_years)
    key = match_key(short)
    made_of = [at for at in kept if _is_in(passage.cells[at].text, key)]
    rows = {passage.row_of(passage.cells[at]) for at in made_of}
    if len(rows) == 1:
        row = next(iter(rows))
        kept = [at for at in kept if passage.cells[at] in row]
    asked = [at for at in kept if passage.cells[at].fiscal_year in fiscal_years]
    both = [at for at in made_of if at in asked]
    first = next(iter(both or made_of or asked), None)
    return tuple(kept) if first is None else (first, *(at for at in kept if at != first))


def _kept(passage: Passage, fiscal_years: tuple[int, ...]) -> list[int]:
    asked = any(cell.fiscal_year in fiscal_years for cell in passage.cells)
    return [
        at
        for at, cell in enumerate(passage.cells)
        if cell.fiscal_year is None or not asked or cell.fiscal_year in fiscal_years
    ]


def _is_in(text: str, short: str) -> bool:
    """Whether a cell's text is the short answer, or stands in it; both as keys."""
    stands = _stands(text)
    return bool(short) and (match_key(text) == short or (stands is not None and bool(stands.search(short))))


def _said(cell: Cell) -> str:
    value = " ".join(cell.text.split())
    return f"{cell.header}: {value}" if cell.header else value
