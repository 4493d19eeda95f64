"""Whether a sentence of a language model says only what the quotations that it names say.

What is checked can be checked without understanding: marks, figures, years, names, phrases, words and their
forms. A sentence that fails is withheld whole, never mended. True sentences may be withheld too: then the
quotation itself is shown, and nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold, match_key
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_municipalities
from index.morphemes import Tagger
from index.terms import TermAnalyzer, TermKind
from qa.gen_figures import TextFigure, figures_in
from qa.gen_forms import Form, forms_in, same_sense
from qa.gen_names import foreign_words_in, municipalities_in, proper_names_in
from qa.gen_reply import ReplySentence
from qa.generator import EvidenceLine
from qa.question import QUOTED

LONGEST_SENTENCE = 300
SUPPORTED_SHARE = 0.8
QUOTED_SHARE = 0.5

MARKUP = re.compile(
    r"https?:|www\.|[\w-]+\.(?:com|net|org|jp|io|example)\b|\S@\S|[<>{}`|\\]|\]\(|#{2,}|javascript:|&[a-z#0-9]+;",
    re.IGNORECASE,
)
# Words that turn a statement or bound it: one that no quotation writes makes another statement.
TURNING = re.compile(
    r"増|減|上昇|低下|拡大|縮小|達成|未達|廃止|中止|休止|終了|完了|開始|新設|倍|半数|半分|過半|大半|多数|少数"
    r"|すべて|全て|全員|全国|必ず|唯一|最も|最多|最少|最大|最小|初めて|毎年|毎月|不足|禁止|義務|無料|有料|無償"
    r"|成功|失敗|今年度|昨年|来年|本年度|前年|次年|翌年|良好|悪化|改善|遅れ|順調|予定|検討|不要|不適|違法|要望|困難"
)
# Words by which a sentence tells that something is written; they claim nothing themselves.
TELLING = frozenset(
    "示し 記載 述べ 挙げ 書き 掲げ 記し 説明 紹介 内容 取り組み 進め 実施 位置付け 定め".split()  # noqa: SIM905
)
_PLAIN_KINDS = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


class Fault(StrEnum):
    """Why a sentence is withheld."""

    NO_MARK = "no mark"
    UNKNOWN_MARK = "unknown mark"
    IDLE_MARK = "a mark whose quotation says nothing of it"
    MARKUP = "markup"
    FIGURE = "figure"
    YEAR = "year"
    NAME = "name"
    PHRASE = "phrase"
    WORDS = "words"
    SENSE = "sense"


@dataclass(frozen=True, slots=True)
class _Cited:
    """A quotation, read for comparing; its figures with the town that it names before each."""

    line: EvidenceLine
    key: str
    terms: frozenset[str]
    quoted_terms: frozenset[str]
    forms: Mapping[str, frozenset[Form]]
    figures: tuple[tuple[TextFigure, str], ...]

    @property
    def town(self) -> str:
        return match_key(self.line.municipality)


class SentenceChecker:
    """Holds sentences against one answer's quotations. It belongs to the thread that made it.

    Args:
        question: as typed; its words may be used, its figures and names prove nothing.
        evidence: the quotations.
        analyzer: cuts terms.
        table: the municipalities that are known.
    """

    def __init__(
        self,
        question: str,
        evidence: Sequence[EvidenceLine],
        analyzer: TermAnalyzer,
        table: MunicipalityTable,
    ) -> None:
        self._analyzer = analyzer
        self._table = table
        self._tagger = Tagger()
        self._question_key = match_key(question)
        self._question_terms = frozenset(analyzer.keys(fold(question).text))
        self._towns = {match_key(line.municipality) for line in evidence}
        self._lines = {line.n: self._cited(line) for line in evidence}

    def fault(self, sentence: ReplySentence) -> Fault | None:
        """The first reason to withhold a sentence, None where it holds."""
        if not sentence.marks:
            return Fault.NO_MARK
        if any(mark not in self._lines for mark in sentence.marks):
            return Fault.UNKNOWN_MARK
        if _has_markup(sentence.text):
            return Fault.MARKUP
        cited = [self._lines[mark] for mark in sentence.marks]
        text = fold(sentence.text).text
        return (
            self._phrase_or_name(sentence.text, cited)
            or _year(sentence.text, cited)
            or self._figure(text, cited)
            or self._words(text, cited)
        )

    def _cited(self, line: EvidenceLine) -> _Cited:
        quote = fold(line.quote).text
        terms = self._analyzer.analyze(quote)
        quoted_terms = frozenset(term.text for term in terms)
        label = fold(f"{line.municipality} {line.year} {line.section}").text
        return _Cited(
            line=line,
            key=match_key(f"{label} {quote}"),
            terms=quoted_terms | frozenset(self._analyzer.keys(label)),
            quoted_terms=quoted_terms,
            forms=forms_in(quote, terms),
            figures=tuple(
                (figure, self._town_before(quote[: figure.start]) or match_key(line.municipality))
                for figure in figures_in(quote)
            ),
        )

    def _phrase_or_name(self, text: str, cited: Sequence[_Cited]) -> Fault | None:
        def written(name: str, beside: str = "") -> bool:
            return name in beside or any(name in one.key for one in cited)

        phrases = (match_key("".join(group or "" for group in found)) for found in QUOTED.findall(text))
        if not all(written(phrase) for phrase in phrases):
            return Fault.PHRASE
        names = [*municipalities_in(text, self._table), *proper_names_in(text, self._tagger)]
        if not all(written(name) for name in names):
            return Fault.NAME
        if not all(written(match_key(word), self._question_key) for word in foreign_words_in(text)):
            return Fault.NAME
        named = {town for town in self._towns if town in match_key(text)}
        whose = {one.town for one in cited}
        return Fault.NAME if named and not (whose <= named and all(map(written, named))) else None

    def _figure(self, text: str, cited: Sequence[_Cited]) -> Fault | None:
        for figure in figures_in(text):
            town = self._town_before(text[: figure.start])
            if not any(_states(one, figure, town) for one in cited):
                return Fault.FIGURE
        return None

    def _town_before(self, text: str) -> str:
        """The town named last, folded; empty where none is."""
        key = match_key(text)
        mentioned = {match_key(one.municipalities[0].name) for one in find_municipalities(text, self._table)}
        at, town = max(((key.rfind(town), town) for town in self._towns | mentioned), default=(-1, ""))
        return town if at >= 0 else ""

    def _words(self, text: str, cited: Sequence[_Cited]) -> Fault | None:
        terms = self._analyzer.analyze(text)
        quoted = frozenset[str]().union(*(one.terms for one in cited))
        words = {term.text for term in terms if term.kind is TermKind.WORD} - (TELLING - quoted)
        held, known = words & quoted, words & (quoted | self._question_terms)
        if not words or len(known) < SUPPORTED_SHARE * len(words) or len(held) < QUOTED_SHARE * len(words):
            return Fault.WORDS
        if any(not words & one.quoted_terms for one in cited):
            return Fault.IDLE_MARK
        forms: dict[str, frozenset[Form]] = {}
        for one in cited:
            for key, ways in one.forms.items():
                forms[key] = forms.get(key, frozenset()) | ways
        turned = any(all(word not in one.key for one in cited) for word in TURNING.findall(text))
        return Fault.SENSE if turned or not same_sense(forms_in(text, terms), forms, text) else None


def _has_markup(text: str) -> bool:
    hidden = any(unicodedata.category(character) in _PLAIN_KINDS for character in text)
    return hidden or len(text) > LONGEST_SENTENCE or MARKUP.search(fold(text).text) is not None


def _year(text: str, cited: Sequence[_Cited]) -> Fault | None:
    """A fiscal year must be one of the quotations', a date or calendar year must stand there as written."""
    fiscal = {one.line.fiscal_year for one in cited}
    for one in cited:
        mentions = find_fiscal_years(f"{one.line.section}\n{one.line.quote}")
        fiscal.update(mention.fiscal_year for mention in mentions if mention.is_fiscal)
    for mention in find_fiscal_years(text):
        if mention.is_fiscal and mention.fiscal_year in fiscal:
            continue
        if mention.is_fiscal or all(match_key(mention.label) not in one.key for one in cited):
            return Fault.YEAR
    return None


def _states(cited: _Cited, figure: TextFigure, town: str) -> bool:
    """Whether a quotation holds a figure, in this unit, with these bounds, of this year and town."""
    return any(
        (other.value, other.bounds) == (figure.value, figure.bounds)
        and _same_unit(figure, other, cited.key)
        and _same_year(figure.fiscal_year, other.fiscal_year, cited.line.fiscal_year)
        and whose == (town or cited.town)
        for other, whose in cited.figures
    )


def _same_unit(said: TextFigure, quoted: TextFigure, key: str) -> bool:
    """A cell's bare number takes its unit from the words of its row (431 under 件数, 35 under 受講者数)."""
    if said.unit == quoted.unit:
        return True
    told = said.unit in key or (said.unit == "人" and "者数" in key)
    return quoted.is_cell and not quoted.unit and told


def _same_year(said: int | None, quoted: int | None, of_line: int | None) -> bool:
    if said is None:
        return quoted is None or quoted == of_line
    return said == (of_line if quoted is None else quoted)
