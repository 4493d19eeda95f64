"""Indicators and sheets as rows of a list, with what stands over them; limited and joined by SQL.

It is apart from ``corpus.store_reader`` because a list reads many rows of several tables at once, where that
module looks single things up. A row that is not wanted is left before anything of it is unpacked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus import rows
from corpus.indicator import Indicator
from corpus.locator import Locator, locator_from_json
from corpus.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingLimits:
    """Limits that a row must meet, all of them; in one field any value will do; ``None`` is no limit.

    Attributes:
        municipalities: codes.
        prefectures: names.
        document_kinds: as stored.
        departments: as printed.
        sections: headings of any level.
        fiscal_years: of the value; of a sheet, any that it reports on.
        roles: of indicators; without meaning for sheets.
    """

    municipalities: tuple[str, ...] | None = None
    prefectures: tuple[str, ...] | None = None
    document_kinds: tuple[str, ...] | None = None
    departments: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    fiscal_years: tuple[int, ...] | None = None
    roles: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLabels:
    """The words by which an indicator is found."""

    name: str
    measure: str
    sheet: str
    section_path: tuple[str, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIndicator:
    """An indicator with its document, its sheet and its place.

    Attributes:
        indicator: as stored.
        labels: its name with what stands over it; the measure is the sheet where the row has none.
        document_id: the document.
        source: the document's file name.
        title: the document's title.
        municipality: its name.
        municipality_code: its code.
        locators: of the row's passage.
        ordinal: of the row's passage.
    """

    indicator: Indicator
    labels: IndicatorLabels
    document_id: str
    source: str
    title: str
    municipality: str
    municipality_code: str
    locators: tuple[Locator, ...]
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSheet:
    """A sheet with its document, and its sections with the number of passages in each, in source order."""

    sheet: Sheet
    source: str
    municipality: str
    municipality_code: str
    document_fiscal_year: int | None
    sections: tuple[tuple[tuple[str, ...], int], ...]


Wanted = Callable[[IndicatorLabels], bool]

_INDICATORS = f"""
SELECT i.name, i.measure, coalesce(s.title, ''), p.section_path, i.departments,
    {rows.qualified("i", rows.INDICATOR_COLUMNS)},
    d.document_id, d.source, d.title, d.municipality, d.municipality_code, p.locators, p.ordinal
FROM document d
JOIN passage p ON p.document_id = d.document_id
JOIN indicator i ON i.passage_id = p.passage_id
LEFT JOIN sheet s ON s.document_id = p.document_id AND s.ordinal = p.sheet_ordinal
"""
_INDICATOR_ORDER = (
    "ORDER BY d.municipality_code, d.fiscal_year, d.source, d.document_id, p.ordinal, i.indicator_id"
)
_SHEETS = f"""
SELECT {rows.qualified("s", rows.SHEET_COLUMNS)},
    d.source, d.municipality, d.municipality_code, d.fiscal_year
FROM document d JOIN sheet s ON s.document_id = d.document_id
"""
_SHEET_ORDER = "ORDER BY d.municipality_code, d.fiscal_year, d.source, d.document_id, s.ordinal"
_SECTIONS = """
SELECT sheet_ordinal, section_path, count(*) FROM passage
WHERE document_id = ? AND sheet_ordinal IS NOT NULL
GROUP BY sheet_ordinal, section_path ORDER BY min(ordinal)
"""
_IN_ARRAY = (
    "EXISTS (SELECT 1 FROM json_each({column}) one WHERE one.value IN (SELECT value FROM json_each(?)))"
)
_IN = "{column} IN (SELECT value FROM json_each(?))"
_SHEET_SECTION = (
    "(s.document_id, s.ordinal) IN (SELECT p.document_id, p.sheet_ordinal "
    "FROM passage p, json_each(p.section_path) one WHERE one.value IN (SELECT value FROM json_each(?)))"
)
_DOCUMENT_LIMITS = {
    "municipalities": _IN.format(column="d.municipality_code"),
    "prefectures": _IN.format(column="d.prefecture"),
    "document_kinds": _IN.format(column="d.document_kind"),
}
_INDICATOR_LIMITS = {
    **_DOCUMENT_LIMITS,
    "departments": _IN_ARRAY.format(column="i.departments"),
    "sections": _IN_ARRAY.format(column="p.section_path"),
    "fiscal_years": _IN.format(column="i.fiscal_year"),
    "roles": _IN.format(column="i.role"),
}
_SHEET_LIMITS = {
    **_DOCUMENT_LIMITS,
    "departments": _IN_ARRAY.format(column="s.departments"),
    "sections": _SHEET_SECTION,
    "fiscal_years": _IN_ARRAY.format(column="s.fiscal_years"),
}


def listed_indicators(
    connection: sqlite3.Connection, limits: ListingLimits, wanted: Wanted | None = None
) -> Iterator[ListedIndicator]:
    """The indicators within the limits that are wanted by their labels.

    They come by municipality code, document year, source and place.
    """
    where, values = _where(_INDICATOR_LIMITS, limits)
    for row in connection.execute(f"{_INDICATORS} {where} {_INDICATOR_ORDER}", values):
        labels = IndicatorLabels(
            name=row[0],
            measure=row[1] or row[2],
            sheet=row[2],
            section_path=_strings(row[3]),
            departments=_strings(row[4]),
        )
        if wanted is None or wanted(labels):
            yield _listed_indicator(labels, row[5:])


def listed_sheets(connection: sqlite3.Connection, limits: ListingLimits) -> Iterator[ListedSheet]:
    """The sheets within the limits, by municipality code, document year, source and place."""
    where, values = _where(_SHEET_LIMITS, limits)
    found = connection.execute(f"{_SHEETS} {where} {_SHEET_ORDER}", values).fetchall()
    sections: dict[int, list[tuple[tuple[str, ...], int]]] = {}
    document_id = ""
    for *columns, source, municipality, code, year in found:
        sheet = rows.sheet_of(tuple(columns))
        if sheet.document_id != document_id:
            document_id = sheet.document_id
            sections = _sections(connection, document_id)
        yield ListedSheet(
            sheet=sheet,
            source=source,
            municipality=municipality,
            municipality_code=code,
            document_fiscal_year=year,
            sections=tuple(sections.get(sheet.ordinal, ())),
        )


def record_departments(connection: sqlite3.Connection) -> list[str]:
    """The departments that indicators and sheets name, in order; a row's own may be no passage's."""
    sql = "SELECT DISTINCT one.value FROM {table}, json_each({table}.departments) one"
    both = " UNION ".join(sql.format(table=table) for table in ("indicator", "sheet"))
    return sorted(str(row[0]) for row in connection.execute(both))


def _listed_indicator(labels: IndicatorLabels, row: tuple[Any, ...]) -> ListedIndicator:
    *columns, document_id, source, title, municipality, code, locators, ordinal = row
    return ListedIndicator(
        indicator=rows.indicator_of(tuple(columns)),
        labels=labels,
        document_id=document_id,
        source=source,
        title=title,
        municipality=municipality,
        municipality_code=code,
        locators=tuple(locator_from_json(data) for data in json.loads(locators)),
        ordinal=ordinal,
    )


def _sections(
    connection: sqlite3.Connection, document_id: str
) -> dict[int, list[tuple[tuple[str, ...], int]]]:
    """The sections of each of a document's sheets with their numbers of passages."""
    found: dict[int, list[tuple[tuple[str, ...], int]]] = {}
    for ordinal, path, count in connection.execute(_SECTIONS, (document_id,)):
        found.setdefault(ordinal, []).append((_strings(path), count))
    return found


def _where(conditions: dict[str, str], limits: ListingLimits) -> tuple[str, list[str]]:
    """The conditions of the fields that limit, and their values as JSON: one mark a field."""
    limited = {name: getattr(limits, name) for name in conditions if getattr(limits, name) is not None}
    where = " AND ".join(conditions[name] for name in limited)
    return f"WHERE {where}" if where else "", [rows.dump(values) for values in limited.values()]


@lru_cache(maxsize=20_000)
def _strings(dumped: str) -> tuple[str, ...]:
    """The same paths and departments stand over many rows: they are unpacked once."""
    return tuple(json.loads(dumped))
