"""What the found passages state, sentence by sentence and cell by cell, weighed against the question.

A short answer stands in one statement: a sentence, or a cell of figures with the words of its row and header.
How far a statement speaks of what was asked counts the same for both, so that a figure in a table and one in
a sentence compete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import Folded, fold
from corpus.passage import Cell, PassageKind
from corpus.sentences import sentence_spans
from corpus.span import Span
from index.terms import Term, TermAnalyzer
from qa.hits import Hit
from qa.short_topic import Topic

HITS_READ = 16
CHARACTERS_READ = 3_000
LABEL_SHARE = 0.7
BEFORE_SHARE = 0.7
YEAR_WEIGHT = 0.3
RANK_COST = 0.015
MEANING_WEIGHT = 0.8
MEANING_FROM = 0.25
"""The cosine from which a sentence counts as near to the question."""

WORDS_MET = 0.9
"""The best score from which the question's words are met, and meaning counts nothing."""

WORDS_UNMET = 0.4
"""The one up to which they are not, and it counts fully."""

FOUND_WEIGHT = 0.18
FOUND_FIRST = 10
"""Where words are not met, what the search found first counts so much more, down to this rank."""

NEED_BONUS = 0.15
"""What a sentence that says what is lacking gains where a question asks for that."""

NEEDED_COST = 0.06
DATE_BONUS = 0.3
ORDINAL_BONUS = 0.25
UNNAMED_COST = 0.3
"""What a figure loses of which neither row nor column says a word of what was asked."""

PROSE_CELL = 12
LONGEST_NAME = 40
FIGURE_CELL = re.compile(
    r"[約△▲+\-]?\d[\d,]*(?:\.\d+)?(?:[千万億兆]\d[\d,]*(?:\.\d+)?)*\D{0,8}(?:\([^()]*\))?"
)
_DATED = re.compile(r"\d+ ?年(?:度|\d|[春夏秋冬末])|\d+ ?月|[rhs](?:元|\d{1,2})\.\d{1,2}(?!\d)")
"""A note of a few characters that tells when: 「令和9年4月開校予定」."""

_NAME_OF_AIM = re.compile(r"(?:基本|重点|政策|個別)目標")
_VALUE_HEADER = re.compile(r"目標|実績|基準|値|決算|予算")
_NAME_HEADER = re.compile(r"(?:名|名称|項目|事業|業務|施策|取り?組み?|視点)$")
_CODE_HEADER = re.compile(r"^[款項目節]$|番号|コード|順|区分|段階|年度?$|[Nn][Oo]\.?|№|^ID", re.IGNORECASE)
_ITEM_START = re.compile(r"[ \u3000]+(?=[・●○◆■〈①-⑳])")
_NEEDED = re.compile(
    r"(?:必要がある|必要です|求められて?(?:いる|います)?|課題(?:である|です|となっている)?)。?$"
)
_COMPILED = re.compile(r"予算(?:案)?を編成し")
"""A budget is compiled in the year before the one that it is of."""

_OWN_YEAR = re.compile(
    r"[・(〈【 ]*(?:令和|平成|[rh])(?:元|\d{1,2})(?:年度?)?(?:の|末の?)?(?:実績|結果|状況)?\)?[::]"
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One sentence, or one cell of figures.

    Attributes:
        hit: the passage that it stands in.
        folded: its words, folded, with the way back to the source's.
        source: its words as printed.
        terms: of its own words, by place.
        score: how far it speaks of what was asked; about 0 to 1.3.
        year: the fiscal year of its cell, label or passage; None where none is settled.
        cell: the cell, where it is a cell of figures.
        header: of the cell that a sentence stands in, or empty.
        keyed: the keys by which its meaning is told, a cell's labels among them.
    """

    hit: Hit
    folded: Folded
    source: str
    terms: tuple[Term, ...]
    score: float
    year: int | None
    cell: Cell | None = None
    header: str = ""
    keyed: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The headings that it stands under, the nearest last: sections, the row's label, the header."""
        passage = self.hit.passage
        header = self.cell.header if self.cell is not None else self.header
        return " > ".join(part for part in (*passage.section_path, passage.item, header) if part)

    @property
    def text(self) -> str:
        """The folded words."""
        return self.folded.text

    def said(self, start: int, end: int) -> str:
        """The source's own characters of a place in ``text``."""
        first, last = self.folded.source_span(start, end)
        return " ".join(self.source[first:last].split())

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its terms."""
        return frozenset(term.text for term in self.terms)


def statements(hits: Sequence[Hit], topic: Topic, analyzer: TermAnalyzer) -> list[Statement]:
    """The statements of the first hits, best first; ties in the order of the hits."""
    found: list[Statement] = []
    known: dict[str, frozenset[str]] = {}
    read = 0
    for hit in hits[:HITS_READ]:
        if hit.passage.kind is PassageKind.CONTENTS:
            continue
        found.extend(_Reader(hit, topic, analyzer, known).statements())
        read += len(hit.passage.text)
        if read > CHARACTERS_READ:
            break
    return sorted(found, key=lambda one: -one.score)


def by_meaning(found: Sequence[Statement], topic: Topic) -> list[Statement]:
    """The statements with their nearness in meaning counted: the more, the less the words are met."""
    best = max((one.score for one in found), default=0.0)
    share = min(1.0, max(0.0, (WORDS_MET - best) / (WORDS_MET - WORDS_UNMET)))
    if not share:
        return list(found)
    return [
        replace(
            one,
            score=one.score
            + share * MEANING_WEIGHT * max(0.0, topic.nearness(one.keyed) - MEANING_FROM)
            + share * FOUND_WEIGHT * max(0.0, 1.0 - (one.hit.rank - 1) / FOUND_FIRST),
        )
        for one in found
    ]


class _Reader:
    """The statements of one hit."""

    def __init__(
        self, hit: Hit, topic: Topic, analyzer: TermAnalyzer, known: dict[str, frozenset[str]]
    ) -> None:
        self.hit, self.topic, self.analyzer, self.known = hit, topic, analyzer, known
        passage = hit.passage
        sheet = hit.sheet.title if hit.sheet else ""
        over = [hit.document.title, sheet, *passage.section_path, *passage.departments, passage.item]
        self.row = fold(passage.text).text if passage.cells else ""
        self.over = topic.held(self._keys(" ".join(over)))
        self.of_row = ""

    def statements(self) -> Iterator[Statement]:
        passage = self.hit.passage
        if not passage.cells:
            for run in passage.running():
                yield from self._sentences(run, None, "")
            return
        for cell in passage.cells:
            labels = (one.text for one in passage.row_of(cell) if self._is_label(one))
            named = self._keys(" ".join([passage.item, *labels]))
            text = fold(" ".join(cell.text.split())).text
            if not self._is_label(cell) and (FIGURE_CELL.fullmatch(text) or _in_words(cell, text)):
                yield self._figure(cell, named)
            elif len(cell.text) >= PROSE_CELL or _DATED.search(fold(cell.text).text):
                self.of_row = " ".join(one.text for one in passage.row_of(cell) if _names_row(one, cell))
                yield from self._sentences(cell.text, cell.fiscal_year, cell.header)

    def _is_label(self, cell: Cell) -> bool:
        """Whether a cell names its row: text, or a number that only counts or codes it."""
        if _NAME_OF_AIM.fullmatch(cell.header):
            return True
        if cell.fiscal_year is not None or _VALUE_HEADER.search(cell.header):
            return False
        text = fold(" ".join(cell.text.split())).text
        return not (cell.header and FIGURE_CELL.fullmatch(text)) or bool(_CODE_HEADER.search(cell.header))

    def _keys(self, text: str) -> frozenset[str]:
        keys = self.known.get(text)
        if keys is None:
            keys = self.known[text] = frozenset(self.analyzer.keys(fold(text).text))
        return keys

    def _figure(self, cell: Cell, named: frozenset[str]) -> Statement:
        own = self._keys(cell.text) if any(map(str.isdigit, cell.text)) else frozenset()
        held = self.topic.held(named | own | self._keys(cell.header))
        folded = fold(cell.text)
        years = (cell.fiscal_year,) if cell.fiscal_year is not None else ()
        return Statement(
            hit=self.hit,
            folded=folded,
            source=cell.text,
            terms=(),
            score=self._score(held, {}, years, (), text=self.row) - (0.0 if held else UNNAMED_COST),
            keyed=(*sorted(named), *sorted(self._keys(cell.header))),
            year=cell.fiscal_year,
            cell=cell,
        )

    def _sentences(self, text: str, year: int | None, header: str) -> Iterator[Statement]:
        over = self.topic.held(self._keys(f"{self.of_row} {header}")) if header else {}
        before: dict[str, float] = {term: LABEL_SHARE * share for term, share in over.items()}
        own_year = year
        for span in _pieces(text):
            source = span.of(text)
            folded = fold(source)
            terms = tuple(self.analyzer.analyze(folded.text))
            named = self._named_years(source)
            if _OWN_YEAR.match(folded.text) and named:
                own_year = named[0]
            held = self.topic.held(frozenset(term.text for term in terms))
            settled = (own_year,) if own_year is not None else self._passage_year()
            if settled and not named and _COMPILED.search(folded.text):
                named = (settled[0] + 1,)
            yield Statement(
                hit=self.hit,
                folded=folded,
                source=source,
                terms=terms,
                score=self._score(held, before, settled, named, text=folded.text),
                keyed=tuple(term.text for term in terms),
                year=named[0] if len(set(named)) == 1 and own_year == year else own_year,
                header=header,
            )
            for term, share in held.items():
                before[term] = max(before.get(term, 0.0), BEFORE_SHARE * share)

    def _named_years(self, source: str) -> tuple[int, ...]:
        """The years that a sentence names; one in brackets, 「（R5 78件）」, only where it was asked for."""
        return tuple(
            mention.fiscal_year
            for mention in find_fiscal_years(source)
            if mention.fiscal_year in self.topic.years
            or source[max(0, mention.start - 1) : mention.start] not in ("(", "（")
        )

    def _passage_year(self) -> tuple[int, ...]:
        years = self.hit.passage.fiscal_years
        return years if len(years) == 1 else ()

    def _score(
        self,
        held: Mapping[str, float],
        before: Mapping[str, float],
        settled: tuple[int, ...],
        named: tuple[int, ...],
        *,
        text: str = "",
    ) -> float:
        shares = {term: LABEL_SHARE * share for term, share in self.over.items()}
        for source in (before, held):
            for term, share in source.items():
                shares[term] = max(shares.get(term, 0.0), share)
        total = sum(self.topic.weights[term] * share for term, share in shares.items())
        covered = total / self.topic.total if self.topic.total else 0.0
        if _NEEDED.search(text):
            covered += NEED_BONUS if self.topic.needs else -NEEDED_COST
        if self.topic.dates and any(date in text.replace(" ", "") for date in self.topic.dates):
            covered += DATE_BONUS
        if any(ordinal in text.replace(" ", "") for ordinal in self.topic.ordinals):
            covered += ORDINAL_BONUS
        return covered + YEAR_WEIGHT * self._year_fit(settled, named) - RANK_COST * (self.hit.rank - 1)

    def _year_fit(self, settled: tuple[int, ...], named: tuple[int, ...]) -> float:
        asked = self.topic.years
        if not asked:
            return 0.0
        if any(year in asked for year in named):
            return 1.0
        if settled:
            return 0.9 if settled[0] in asked else -1.0
        if named:
            return -0.5
        return 0.5 if self.hit.document.fiscal_year in asked else -0.2


def _names_row(cell: Cell, own: Cell) -> bool:
    """Whether another cell names the row that a cell stands in: its 業務名, its 取組項目."""
    return cell is not own and _NAME_HEADER.search(cell.header) is not None and len(cell.text) <= LONGEST_NAME


def _in_words(cell: Cell, text: str) -> bool:
    """Whether a cell gives in a few words what its column gives in figures: 「平均以下」, 「随時」."""
    valued = cell.fiscal_year is not None or _VALUE_HEADER.search(cell.header)
    return bool(valued) and 1 < len(text) < PROSE_CELL and not _DATED.search(text)


def _pieces(text: str) -> Iterator[Span]:
    """The sentences, and of a list written in one line its entries."""
    for sentence in sentence_spans(text, Span(0, len(text))):
        start = sentence.start
        for mark in _ITEM_START.finditer(text, sentence.start, sentence.end):
            if mark.start() > start:
                yield Span(start, mark.start())
            start = mark.end()
        if start < sentence.end:
            yield Span(start, sentence.end)
