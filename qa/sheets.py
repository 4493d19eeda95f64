"""The sheets of a library as a list: each form with its sections and its progress marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.absence import Absence
from corpus.listing import ListedSheet
from corpus.municipality import MunicipalityTable
from corpus.store_reader import StoreReader
from index.facets import Facets
from qa.filter_words import FilterWords, resolve_filters
from qa.measures import MeasureLink, measures_of
from qa.record_limits import record_facets, record_limits
from qa.searched import Searched, searched


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsFound:
    """The sheets within the limits, and what was looked at.

    Attributes:
        searched: what was looked at.
        sheets: see ``list_sheets``.
        measures: the measures that a sheet names, by sheet id.
        absences: the fields that a sheet leaves empty, by sheet id.
    """

    searched: Searched
    sheets: tuple[ListedSheet, ...]
    measures: Mapping[str, tuple[MeasureLink, ...]]
    absences: Mapping[str, tuple[Absence, ...]]


def list_sheets(
    store: StoreReader, facets: Facets, table: MunicipalityTable, words: FilterWords
) -> SheetsFound:
    """The sheets that meet the filters, by municipality code, document year, source and place.

    A filter that matches nothing gives an empty list.

    Raises:
        InputError: a filter cannot be read.
    """
    filters = resolve_filters(words, record_facets(store, facets), table)
    sheets = tuple(store.listed_sheets(record_limits(filters)))
    return SheetsFound(
        searched=searched(store, facets, filters),
        sheets=sheets,
        measures=measures_of(store, sheets),
        absences=_absences_of(store, sheets),
    )


def _absences_of(store: StoreReader, sheets: Sequence[ListedSheet]) -> dict[str, tuple[Absence, ...]]:
    documents = dict.fromkeys(listed.sheet.document_id for listed in sheets)
    by_place: dict[tuple[str, int | None], list[Absence]] = {}
    for document_id in documents:
        for one in store.absences(document_id):
            by_place.setdefault((document_id, one.sheet_ordinal), []).append(one)
    return {
        listed.sheet.sheet_id: tuple(by_place.get((listed.sheet.document_id, listed.sheet.ordinal), ()))
        for listed in sheets
    }
