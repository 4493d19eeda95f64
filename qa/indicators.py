"""Indicators found by their words: name, measure, sheet, section and department.

A list is exact: an indicator is in it when all words of the topic stand over its value, and not otherwise.
The order is by how much of the name the words say, so that 「ふるさと納税の件数」 comes before an amount of
the same measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from corpus.folding import fold, match_key
from corpus.indicator import IndicatorRole
from corpus.listing import IndicatorLabels, ListedIndicator
from corpus.municipality import MunicipalityTable
from corpus.store_reader import StoreReader
from index.expansion import Expander
from index.facets import Facets
from index.terms import TermAnalyzer
from qa.filter_words import FilterWords, resolve_filters
from qa.question import read_question
from qa.record_limits import record_facets, record_limits
from qa.searched import Searched, searched
from qa.understand import Understood, understand


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorsFound:
    """The indicators of a query, best row first, the values of a row by year.

    Attributes:
        query: as typed, empty where all were asked for.
        searched: what was looked at.
        indicators: the values.
    """

    query: str
    searched: Searched
    indicators: tuple[ListedIndicator, ...]


def list_indicators(
    store: StoreReader,
    facets: Facets,
    table: MunicipalityTable,
    analyzer: TermAnalyzer,
    query: str = "",
    words: FilterWords | None = None,
    roles: tuple[IndicatorRole, ...] = (),
    expander: Expander | None = None,
    today: date | None = None,
) -> IndicatorsFound:
    """The indicators that meet the filters and hold the words of the query.

    A town or a fiscal year in the query limits as a filter does. A filter that matches nothing gives an
    empty list.

    Raises:
        QuestionError: the query has no word, or is too long.
        InputError: a filter cannot be read.
    """
    known = record_facets(store, facets)
    filters = resolve_filters(words or FilterWords(), known, table)
    matcher: Matcher | None = None
    if query:
        expander = expander or Expander(analyzer)
        understood = understand(read_question(query), filters, known, table, analyzer, expander, today=today)
        filters, matcher = understood.filters, matcher_of(understood, analyzer)
    listed = store.listed_indicators(record_limits(filters, roles), matcher.holds if matcher else None)
    return IndicatorsFound(
        query=query,
        searched=searched(store, facets, filters),
        indicators=tuple(_in_order(listed, matcher)),
    )


def matcher_of(understood: Understood, analyzer: TermAnalyzer) -> Matcher | None:
    """What a query's words ask of labels; None where nothing but a town or a year was typed."""
    whole = fold(understood.question.text).text
    if understood.topic == whole and (understood.municipalities or understood.fiscal_years):
        return None
    return Matcher(
        topic=frozenset(understood.topic_words),
        exact=match_key(understood.topic),
        phrases=tuple(match_key(phrase) for phrase in understood.phrases),
        analyzer=analyzer,
    )


@dataclass(slots=True, kw_only=True)
class Matcher:
    """Which labels hold the words of a topic, and how much of a name they say.

    Attributes:
        topic: the keys of the words that must stand in the labels.
        exact: the topic, folded and without white space: a name that holds it comes first.
        phrases: what must stand there exactly, folded.
        analyzer: cuts the labels as the question was cut.
    """

    topic: frozenset[str]
    exact: str
    phrases: tuple[str, ...]
    analyzer: TermAnalyzer
    _keys: dict[str, frozenset[str]] = field(default_factory=dict)
    _ranks: dict[str, tuple[int, float]] = field(default_factory=dict)

    def holds(self, labels: IndicatorLabels) -> bool:
        """Whether the labels hold every word of the topic and every phrase."""
        texts = (labels.name, labels.measure, labels.sheet, *labels.section_path, *labels.departments)
        if self.phrases and not all(any(p in match_key(text) for text in texts) for p in self.phrases):
            return False
        if self.exact in match_key(labels.name):
            return True
        missing = self.topic
        for text in texts:
            missing = missing - self._keys_of(text)
            if not missing:
                return bool(self.topic)
        return False

    def rank(self, name: str) -> tuple[int, float]:
        """The smaller the better: a name that holds the topic as typed, then the share of it that is said."""
        if name not in self._ranks:
            self._ranks[name] = (int(self.exact not in match_key(name)), -self._share(name))
        return self._ranks[name]

    def _keys_of(self, text: str) -> frozenset[str]:
        if text not in self._keys:
            self._keys[text] = frozenset(self.analyzer.keys(fold(text).text))
        return self._keys[text]

    def _share(self, name: str) -> float:
        """The share of the name's characters that the topic's words, or the topic as typed, cover."""
        text = fold(name).text
        said = {
            position
            for term in self.analyzer.analyze(text)
            if term.text in self.topic
            for position in range(term.start, term.end)
        }
        length = max(1, len(match_key(name)))
        exact = len(self.exact) if self.exact in match_key(name) else 0
        return max(len(said), exact) / length


def _in_order(listed: Iterable[ListedIndicator], matcher: Matcher | None) -> Iterator[ListedIndicator]:
    """The values row by row, best row first, ties in the order of the library."""
    grouped = groupby(listed, key=lambda one: one.indicator.passage_id)
    rows = [list(values) for _, values in grouped]
    if matcher is not None:
        rank = matcher.rank
        rows.sort(key=lambda row: min(rank(one.labels.name) for one in row))
    for row in rows:
        yield from _by_year(row)


def _by_year(row: list[ListedIndicator]) -> list[ListedIndicator]:
    """The values of one row: one name after the other as they stand, each by year, without a year last."""
    names = list(dict.fromkeys(one.labels.name for one in row))
    return sorted(
        row,
        key=lambda one: (
            names.index(one.labels.name),
            one.indicator.fiscal_year is None,
            one.indicator.fiscal_year or 0,
            one.indicator.span.start,
        ),
    )
