"""Reading a question: which town, years, department and kind of document it names, which words are left.

What was read becomes a limit and is shown, so that a person sees why something is not in the list. A year
in a question is met by the year of the fact or by a year that the passage's own words name: a plan of
令和6年度 states targets for 令和10年度.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from corpus.fiscal_year import fiscal_year_of
from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges
from corpus.folding import fold, match_key
from corpus.municipality import Municipality, MunicipalityTable
from corpus.relative_years import RelativeFiscalYears, relative_fiscal_years, vague_years
from index.expansion import Called, Expander
from index.facets import Facets
from index.filters import Filters
from index.lexical import Alternatives, WeightedTerm
from index.terms import Term, TermAnalyzer, TermKind
from qa.kind_words import NamedKind, named_kinds
from qa.question import QUOTED, Question
from qa.question_kind import asks_for_passages
from qa.request_words import FRAME_WEIGHT, FRAME_WORDS, REQUEST_WEIGHT, REQUEST_WORDS
from qa.section_words import NamedField, named_fields
from qa.town_words import NamedTown, NamedTowns, blanked, named_towns

NO_TOPIC = (
    "何について知りたいのかを読み取れませんでした。"
    "「空き家の活用の課題は」のように、話題になる言葉を入れてください。"
)

EXPANSION_WEIGHT = 0.7
"""How much a called word counts beside the typed one: never more."""

SOME_YEARS = "「{words}」は年度を限らずに探しました。「過去3年」のように入れると、年度を限って探せます。"

DEPARTMENT_PARTS = re.compile(r".+?(?:部|局|室|本部|支所|課|係|センター|事務局|委員会)(?=.|$)")
FACILITY_END = ("館", "所", "センター")
_BEFORE_FACILITY = r"(?<![一-鿿々ァ-ヴーa-z0-9])|(?<=[市町村部局課])"
DEPARTMENT_END = ("部", "課", "室", "局", "係", "所", "センター", "委員会", "館")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was read from a question.

    Attributes:
        question: as checked.
        filters: limits given by the person together with those read from the question.
        read: the limits read from the question alone.
        towns: the towns named in it, with the words that name them.
        fiscal_years: the years named in it, ascending, those of ``relative`` among them.
        departments: the words by which a department was named.
        topic: the question without what became a limit.
        terms: the words to search for, with weights.
        topic_words: the single words among them that tell this topic from others.
        phrases: what must be found exactly.
        called: other words that the question calls up, with the typed ones that call.
        relative: the years named relative to today (昨年度).
        kinds: the kinds of document that it is limited to.
        fields: the fields of a form that it is limited to.
        notices: what a person should know of the reading (Japanese sentences).
    """

    question: Question
    filters: Filters
    read: Filters
    towns: tuple[NamedTown, ...]
    fiscal_years: tuple[int, ...]
    departments: tuple[str, ...]
    topic: str
    terms: tuple[WeightedTerm, ...]
    topic_words: tuple[str, ...]
    phrases: tuple[str, ...]
    called: tuple[Called, ...] = ()
    relative: tuple[RelativeFiscalYears, ...] = ()
    kinds: tuple[NamedKind, ...] = ()
    fields: tuple[NamedField, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """The towns named in the question."""
        return tuple(one.town for one in self.towns)

    @property
    def doubt(self) -> str:
        """Why the question cannot be answered whatever the documents say, empty where it may be."""
        if self.question.doubt or self.phrases or not self.read.unlimited:
            return self.question.doubt
        return "" if any(term.text not in REQUEST_WORDS for term in self.terms) else NO_TOPIC

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
    *,
    today: date | None = None,
    without: Sequence[str] = (),
    narrow: bool = True,
    departed: bool = True,
) -> Understood:
    """Read a question over the values that the library holds; given limits win over those read.

    Args:
        question: as checked.
        given: limits that a person set.
        facets: the values of the library.
        table: the municipalities that are known.
        analyzer: cuts the topic.
        expander: calls up words; without one they are looked for as typed.
        today: what 昨年度 is relative to; without it such words name no year.
        without: expansions that are not wanted, see ``FilterWords``.
        narrow: whether kinds of document and fields of forms limit; else their words are searched for.
        departed: whether departments limit; their words are searched for anyway.
    """
    years = _years(question, today)
    towns = named_towns(fold(years.rest).text, facets, table, given.municipalities)
    departments = _departments(fold(years.rest).text, facets) if departed else ()
    kinds, fields = _narrowed(towns.rest, given, facets) if narrow else ((), ())
    read = _limits(given, facets, towns, years.years, departments, kinds, fields)
    places = [(one.start, one.after) for one in kinds] + [(one.start, one.end) for one in fields]
    rest = blanked(towns.rest, places)
    topic = rest.strip(" のはがをにで、。・?") or fold(question.text).text
    terms = analyzer.analyze(topic)
    light = {term.text for name in towns.former_names for term in analyzer.analyze(fold(name).text)}
    weighted = weighted_terms(terms, light)
    compounds = {term.text for term in terms if term.kind is TermKind.COMPOUND}
    widened = not question.only_phrases and expander is not None
    return Understood(
        question=question,
        filters=merged(given, read),
        read=read,
        towns=towns.towns,
        fiscal_years=years.years,
        departments=departments,
        topic=topic,
        terms=weighted,
        topic_words=tuple(term.text for term in weighted if term.weight >= 1 and term.text not in compounds),
        phrases=question.phrases,
        called=_called(topic, expander, without) if widened and expander is not None else (),
        relative=years.relative if given.fiscal_years is None else (),
        kinds=kinds,
        fields=fields,
        notices=(*question.notices, *towns.notices, *(years.notices if given.fiscal_years is None else ())),
    )


def _limits(
    given: Filters,
    facets: Facets,
    towns: NamedTowns,
    years: tuple[int, ...],
    departments: tuple[str, ...],
    kinds: tuple[NamedKind, ...],
    fields: tuple[NamedField, ...],
) -> Filters:
    """The limits read, without those for which a person has set another."""
    read = Filters()
    if towns.towns and given.municipalities is None and given.prefectures is None:
        read = replace(read, municipalities=tuple(one.town.code for one in towns.towns))
    if years and given.fiscal_years is None:
        read = replace(read, stated_years=years)
    if departments and given.departments is None:
        values = tuple(
            value for value in facets.departments if any(d in match_key(value) for d in departments)
        )
        read = replace(read, departments=values)
    if kinds:
        read = replace(read, document_kinds=tuple(dict.fromkeys(v for one in kinds for v in one.values)))
    if fields:
        read = replace(read, sections=tuple(dict.fromkeys(v for one in fields for v in one.values)))
    return read


def _narrowed(
    folded: str, given: Filters, facets: Facets
) -> tuple[tuple[NamedKind, ...], tuple[NamedField, ...]]:
    """The kinds and fields that limit, where a person has set no such limit."""
    kinds = () if given.document_kinds is not None else tuple(named_kinds(folded, facets.document_kinds))
    fields = () if given.sections is not None else tuple(named_fields(folded, facets.sections))
    return kinds, fields


def _called(topic: str, expander: Expander, without: Sequence[str]) -> tuple[Called, ...]:
    """What the topic calls up; a word that speaks of every topic (取組, 見直し) calls nothing by itself."""
    general = FRAME_WORDS | REQUEST_WORDS
    unwanted = {match_key(word.replace("->", "→")) for word in without}
    return tuple(
        one
        for one in expander.expand(topic)
        if not general.issuperset(one.typed_terms)
        and unwanted.isdisjoint(map(match_key, (one.typed, one.called, f"{one.typed}→{one.called}")))
    )


def merged(given: Filters, read: Filters) -> Filters:
    """Both sets of limits; where both limit one field, the given one stands."""
    values = {
        name: getattr(given, name) if getattr(given, name) is not None else getattr(read, name)
        for name in Filters.__slots__
    }
    return Filters(**values)


def weighted_terms(terms: Sequence[Term], light: Set[str] = frozenset()) -> tuple[WeightedTerm, ...]:
    """The distinct terms in order of appearance; words about the request or of every topic weigh less.

    So do the ``light`` ones, which name a place that was read as a limit already. Where nothing else was
    typed, they weigh as any other word.
    """
    keys = list(dict.fromkeys(term.text for term in terms))
    weights = {key: min(_weight(key), FRAME_WEIGHT if key in light else 1.0) for key in keys}
    highest = max(weights.values(), default=1.0)
    return tuple(WeightedTerm(text=key, weight=weight / highest) for key, weight in weights.items())


def _weight(key: str) -> float:
    if key in REQUEST_WORDS:
        return REQUEST_WEIGHT
    return FRAME_WEIGHT if key in FRAME_WORDS else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Years:
    """The years that a question names: all of them, those relative to today, and the text without them."""

    years: tuple[int, ...]
    relative: tuple[RelativeFiscalYears, ...]
    rest: str
    notices: tuple[str, ...]


def _years(question: Question, today: date | None) -> _Years:
    """Read the years out of an unfolded text; in a phrase to be found exactly 昨年度 is only a word."""
    text = question.text
    ranges = fiscal_year_ranges(text)
    mentions = find_fiscal_years(text)
    unquoted = QUOTED.sub(lambda match: " " * len(match.group()), text)
    relative = _relative(unquoted, today) if today is not None else ()
    years = {mention.fiscal_year for mention in mentions}
    years.update(year for first, last, _ in ranges for year in range(first, last + 1))
    years.update(year for one in relative for year in range(one.first, one.last + 1))
    places = [(mention.start, mention.end) for mention in mentions] + [place for _, _, place in ranges]
    places += [(one.start, one.end) for one in relative]
    vague = [] if years or today is None else vague_years(unquoted)
    return _Years(
        years=tuple(sorted(years)),
        relative=relative,
        rest=blanked(text, [*places, *vague]),
        notices=tuple(
            SOME_YEARS.format(words=words) for words in dict.fromkeys(text[start:end] for start, end in vague)
        ),
    )


def _relative(text: str, today: date) -> tuple[RelativeFiscalYears, ...]:
    """The years named relative to today; who drafts says by 来年度 only when the plan is to be written."""
    found = tuple(relative_fiscal_years(text, today))
    if not asks_for_passages(fold(text).text):
        return found
    return tuple(one for one in found if one.last < fiscal_year_of(today))


def _departments(folded: str, facets: Facets) -> tuple[str, ...]:
    """Names of departments, or of their parts, that the question holds; the longest at each place.

    A facility may be a department too, but only where its name stands alone: a 移動図書館 is a thing.
    """
    key = folded.replace(" ", "")
    names = {
        part
        for value in facets.departments
        for part in _department_parts(match_key(value))
        if len(part) >= 3 and part.endswith(DEPARTMENT_END) and part in key and _stands_alone(part, folded)
    }
    return tuple(
        sorted(name for name in names if not any(name != other and name in other for other in names))
    )


def _stands_alone(name: str, folded: str) -> bool:
    """Whether a facility's name begins a word, or follows the town or department that it belongs to."""
    return not is_facility(name) or re.search(rf"(?:{_BEFORE_FACILITY}){re.escape(name)}", folded) is not None


def is_facility(department: str) -> bool:
    """Whether a department is named as a house that people go to."""
    return department.endswith(FACILITY_END)


def _department_parts(value: str) -> set[str]:
    parts = DEPARTMENT_PARTS.findall(value)
    tails = {"".join(parts[at:]) for at in range(len(parts))}
    return {value, *parts, *tails}
