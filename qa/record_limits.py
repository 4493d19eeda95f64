"""From a person's filters to the limits of a list of records (indicators, sheets)."""

from __future__ import annotations

from dataclasses import replace

from corpus.indicator import IndicatorRole
from corpus.listing import ListingLimits
from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters


def record_facets(store: StoreReader, facets: Facets) -> Facets:
    """The library's values with the departments that only rows and sheets name (the 担当 of an indicator)."""
    named = dict.fromkeys(store.record_departments(), 0)
    return replace(facets, departments={**named, **facets.departments})


def record_limits(filters: Filters, roles: tuple[IndicatorRole, ...] = ()) -> ListingLimits:
    """The limits that filters set; a year in a question limits as a given one does: values have their own."""
    years = filters.fiscal_years if filters.fiscal_years is not None else filters.stated_years
    return ListingLimits(
        municipalities=filters.municipalities,
        prefectures=filters.prefectures,
        document_kinds=filters.document_kinds,
        departments=filters.departments,
        sections=filters.sections,
        fiscal_years=years,
        roles=tuple(role.value for role in roles) or None,
    )
