"""Filters as people give them, resolved to the library's own values.

A word that no value of the library matches becomes a limit that nothing meets: the result is empty and says
which word it was. It never becomes "no limit".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.errors import UnknownMunicipalityError
from corpus.fiscal_year import parse_fiscal_year_range
from corpus.folding import match_key
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_former_names
from index.facets import Facets
from index.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterWords:
    """What a person asked to be limited to; each field's values are alternatives, empty is no limit.

    Attributes:
        municipalities: names, former names or codes.
        prefectures: names.
        fiscal_years: 2024, 令和6, R6, 2020..2024.
        departments: the name or a part of it.
        document_kinds: 方針書 and so on.
        sections: a heading or a part of it.
        widen: whether words that the question calls up from the thesaurus are looked for too.
        without: expansions that are not wanted: 「ゴミ出し→ごみの分別」 for one, a word alone for all that it
            calls and all that call it.
    """

    municipalities: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    fiscal_years: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    document_kinds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    widen: bool = True
    without: tuple[str, ...] = ()


def resolve_filters(words: FilterWords, facets: Facets, table: MunicipalityTable) -> Filters:
    """The limits that the words stand for.

    Raises:
        UnknownMunicipalityError: a town's name or code does not exist at all.
        AmbiguousMunicipalityError: two towns of the table share the name and the library does not decide.
        FiscalYearError: a year cannot be read.
    """
    filters = Filters()
    if words.municipalities:
        codes = [_municipality(word, facets, table) for word in words.municipalities]
        filters = replace(filters, municipalities=tuple(dict.fromkeys(codes)))
    if words.prefectures:
        filters = replace(filters, prefectures=tuple(word.strip() for word in words.prefectures))
    if words.fiscal_years:
        filters = replace(filters, fiscal_years=_years(words.fiscal_years))
    if words.departments:
        filters = replace(filters, departments=holding(words.departments, facets.departments))
    if words.document_kinds:
        filters = replace(filters, document_kinds=holding(words.document_kinds, facets.document_kinds))
    if words.sections:
        filters = replace(filters, sections=holding(words.sections, facets.sections))
    return filters


def holding(words: Iterable[str], values: Iterable[str]) -> tuple[str, ...]:
    """The values that hold one of the words (folded, white space aside), in the values' order."""
    keys = [match_key(word) for word in words]
    return tuple(value for value in values if any(key and key in match_key(value) for key in keys))


def _municipality(word: str, facets: Facets, table: MunicipalityTable) -> str:
    """The code; of several towns with the name, the one in the library is meant if there is just one."""
    word = word.strip()
    if not word.isdigit():
        former = [one for one in find_former_names(word, table) if (one.start, one.end) == (0, len(word))]
        if former and former[0].located:
            return former[0].former.successor.code
        named = table.named(word)
        held = [one for one in named if one.code in facets.municipalities]
        if len(held) == 1:
            return held[0].code
        if not named:
            short = [one for one in _held(facets, table) if one[1] == word]
            if len(short) == 1:
                return short[0][0]
            if former:
                return former[0].former.successor.code
    return table.resolve(word).code


def _held(facets: Facets, table: MunicipalityTable) -> list[tuple[str, str]]:
    """Codes of the library's towns with their names without 市, 町, 村 or 区."""
    found = []
    for code in facets.municipalities:
        try:
            found.append((code, table.by_code(code).name[:-1]))
        except UnknownMunicipalityError:
            continue
    return found


def _years(words: Iterable[str]) -> tuple[int, ...]:
    years: set[int] = set()
    for word in words:
        first, last = parse_fiscal_year_range(word)
        years.update(range(first, last + 1))
    return tuple(sorted(years))
