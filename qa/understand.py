"""Reading a question: which town, years and department it names, which words are left to search for.

What was read becomes a limit and is shown, so that a person sees why something is not in the list. A year
in a question is met by the year of the fact or by a year that the passage's own words name: a plan of
令和6年度 states targets for 令和10年度.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges
from corpus.folding import fold, match_key
from corpus.municipality import Municipality, MunicipalityTable
from corpus.municipality_text import find_municipalities, find_short_names
from index.expansion import Called, Expander
from index.facets import Facets
from index.filters import Filters
from index.lexical import Alternatives, WeightedTerm
from index.terms import Term, TermAnalyzer, TermKind
from qa.question import Question
from qa.request_words import FRAME_WEIGHT, FRAME_WORDS, REQUEST_WEIGHT, REQUEST_WORDS

EXPANSION_WEIGHT = 0.7
"""How much a called word counts beside the typed one: never more."""

DEPARTMENT_PARTS = re.compile(r".+?(?:部|局|室|本部|支所|課|係|センター|事務局|委員会)(?=.|$)")
DEPARTMENT_END = ("部", "課", "室", "局", "係", "所", "センター", "委員会", "館")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was read from a question.

    Attributes:
        question: as checked.
        filters: limits given by the person together with those read from the question.
        read: the limits read from the question alone.
        municipalities: the towns named in it.
        fiscal_years: the years named in it, ascending.
        departments: the words by which a department was named.
        topic: the question without what became a limit.
        terms: the words to search for, with weights.
        topic_words: the single words among them that tell this topic from others.
        phrases: what must be found exactly.
        called: other words that the question calls up, with the typed ones that call.
    """

    question: Question
    filters: Filters
    read: Filters
    municipalities: tuple[Municipality, ...]
    fiscal_years: tuple[int, ...]
    departments: tuple[str, ...]
    topic: str
    terms: tuple[WeightedTerm, ...]
    topic_words: tuple[str, ...]
    phrases: tuple[str, ...]
    called: tuple[Called, ...] = ()

    @property
    def alternatives(self) -> tuple[Alternatives, ...]:
        """What the retriever is to look for beside the terms, one entry a typed word."""
        ways: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        for one in self.called:
            ways.setdefault(one.typed, []).append((one.terms, one.weight * EXPANSION_WEIGHT))
        return tuple(Alternatives(ways=tuple(found)) for found in ways.values())


def understand(
    question: Question,
    given: Filters,
    facets: Facets,
    table: MunicipalityTable,
    analyzer: TermAnalyzer,
    expander: Expander | None,
) -> Understood:
    """Read a question over the values that the library holds; given limits win over those read.

    Without an expander the words are looked for as typed.
    """
    years, yearless = _years(question.text)
    folded = fold(yearless).text
    towns, townless = _towns(folded, facets, table)
    departments = _departments(folded, facets)
    read = Filters()
    if towns and given.municipalities is None and given.prefectures is None:
        read = replace(read, municipalities=tuple(town.code for town in towns))
    if years and given.fiscal_years is None:
        read = replace(read, stated_years=years)
    if departments and given.departments is None:
        values = tuple(
            value for value in facets.departments if any(d in match_key(value) for d in departments)
        )
        read = replace(read, departments=values)
    topic = townless.strip(" のはがをにで、。・?") or fold(question.text).text
    terms = analyzer.analyze(topic)
    weighted = weighted_terms(terms)
    compounds = {term.text for term in terms if term.kind is TermKind.COMPOUND}
    return Understood(
        question=question,
        filters=merged(given, read),
        read=read,
        municipalities=towns,
        fiscal_years=years,
        departments=departments,
        topic=topic,
        terms=weighted,
        topic_words=tuple(term.text for term in weighted if term.weight >= 1 and term.text not in compounds),
        phrases=question.phrases,
        called=() if question.only_phrases or expander is None else _called(topic, expander),
    )


def _called(topic: str, expander: Expander) -> tuple[Called, ...]:
    """What the topic calls up; a word that speaks of every topic (取組, 見直し) calls nothing by itself."""
    general = FRAME_WORDS | REQUEST_WORDS
    return tuple(one for one in expander.expand(topic) if not general.issuperset(one.typed_terms))


def merged(given: Filters, read: Filters) -> Filters:
    """Both sets of limits; where both limit one field, the given one stands."""
    values = {
        name: getattr(given, name) if getattr(given, name) is not None else getattr(read, name)
        for name in Filters.__slots__
    }
    return Filters(**values)


def weighted_terms(terms: Sequence[Term]) -> tuple[WeightedTerm, ...]:
    """The distinct terms in order of appearance; words about the request or of every topic weigh less.

    Where nothing else was typed, they weigh as any other word.
    """
    keys = list(dict.fromkeys(term.text for term in terms))
    weights = {key: _weight(key) for key in keys}
    highest = max(weights.values(), default=1.0)
    return tuple(WeightedTerm(text=key, weight=weight / highest) for key, weight in weights.items())


def _weight(key: str) -> float:
    if key in REQUEST_WORDS:
        return REQUEST_WEIGHT
    return FRAME_WEIGHT if key in FRAME_WORDS else 1.0


def _years(text: str) -> tuple[tuple[int, ...], str]:
    """The years named in an unfolded text, ascending, and the text with their places blanked."""
    ranges = fiscal_year_ranges(text)
    mentions = find_fiscal_years(text)
    years = {mention.fiscal_year for mention in mentions}
    years.update(year for first, last, _ in ranges for year in range(first, last + 1))
    places = [(mention.start, mention.end) for mention in mentions] + [place for _, _, place in ranges]
    return tuple(sorted(years)), _blanked(text, places)


def _towns(folded: str, facets: Facets, table: MunicipalityTable) -> tuple[tuple[Municipality, ...], str]:
    """The towns named and the text with their places blanked; the library's own come first.

    Where the question names towns of the library and others, the others are part of its topic
    (「太田市と開いたセミナー」) and no limit.
    """
    found: dict[str, Municipality] = {}
    full = find_municipalities(folded, table)
    for mention in full:
        known = [town for town in mention.municipalities if town.code in facets.municipalities]
        found.update((town.code, town) for town in known or mention.municipalities)
    places = [(mention.start, mention.end) for mention in full]
    rest = _blanked(folded, places)
    held = [table.by_code(code) for code in facets.municipalities]
    for short in find_short_names(rest, held, table):
        if _joins(rest[short.end : short.end + 1]) or _joins(rest[: short.start][-1:]):
            continue
        found.update((town.code, town) for town in short.municipalities)
        places.append((short.start, short.end))
    in_library = tuple(town for town in found.values() if town.code in facets.municipalities)
    return in_library or tuple(found.values()), _blanked(folded, places)


def _departments(folded: str, facets: Facets) -> tuple[str, ...]:
    """Names of departments, or of their parts, that the question holds; the longest at each place."""
    key = folded.replace(" ", "")
    names = {
        part
        for value in facets.departments
        for part in _department_parts(match_key(value))
        if len(part) >= 3 and part.endswith(DEPARTMENT_END) and part in key
    }
    return tuple(
        sorted(name for name in names if not any(name != other and name in other for other in names))
    )


def _department_parts(value: str) -> set[str]:
    parts = DEPARTMENT_PARTS.findall(value)
    tails = {"".join(parts[at:]) for at in range(len(parts))}
    return {value, *parts, *tails}


def _joins(character: str) -> bool:
    """Whether a character goes on with the word beside it: 館林場外 is no place in 館林市."""
    return re.match(r"[一-鿿々〆ァ-ヴーa-z0-9]", character) is not None


def _blanked(text: str, places: Iterable[tuple[int, int]]) -> str:
    characters = list(text)
    for start, end in places:
        characters[start:end] = " " * (end - start)
    return re.sub(r"\s+", " ", "".join(characters))
