"""Between the corpus's data classes and the rows of its tables (see ``corpus.schema``)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from corpus.absence import Absence
from corpus.document import Document
from corpus.glossary_entry import GlossaryEntry, GlossaryKind
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.locator import locator_from_json
from corpus.passage import Cell, Passage, PassageKind
from corpus.sheet import ProgressMark, Sheet
from corpus.span import Span
from corpus.wording import CellWording, Wording

Row = tuple[Any, ...]

_KINDS = {kind.value: kind for kind in PassageKind}

_SHARED_KEPT = 4_096

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

DOCUMENT_COLUMNS = (
    "source, municipality_code, municipality, prefecture, title, fiscal_year, document_kind, sha256, "
    "encoding, layout, added_at, warnings"
)
SHEET_COLUMNS = (
    "document_id, ordinal, title, identity, departments, fiscal_years, section_path, span, progress"
)
PASSAGE_COLUMNS = (
    "passage_id, document_id, sheet_ordinal, ordinal, kind, segments, text, fiscal_years, departments, "
    "section_path, item, cells, locators"
)
WORDING_COLUMNS = (
    "passage_id, document_id, sheet_ordinal, text, fiscal_years, departments, section_path, item, cells"
)
INDICATOR_COLUMNS = (
    "passage_id, name, role, fiscal_year, value, value_text, unit, direction, achieved, span, measure, "
    "departments, cumulative"
)
ABSENCE_COLUMNS = "document_id, sheet_ordinal, label, fiscal_year, section_path, start, end"
GLOSSARY_COLUMNS = "document_id, term, meaning, kind, start, end"


def qualified(table: str, columns: str) -> str:
    """Columns with the name of their table before each, for a query that joins several."""
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))


def dump(value: object) -> str:
    """JSON as it is kept in a column: Japanese as it is, no white space."""
    return _ENCODER.encode(value)


def _loaded(*values: str) -> list[Any]:
    """The JSON of several columns, parsed at once: a question reads dozens of passages of six each."""
    return list(json.loads(f"[{','.join(values)}]"))


@lru_cache(maxsize=_SHARED_KEPT)
def _shared(
    years: str, departments: str, path: str
) -> tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]:
    """The JSON of what a passage mostly has in common with its neighbours."""
    found = _loaded(years, departments, path)
    return tuple(found[0]), tuple(found[1]), tuple(found[2])


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def document_row(document: Document) -> Row:
    """In the order of ``DOCUMENT_COLUMNS``."""
    return (
        document.source,
        document.municipality_code,
        document.municipality,
        document.prefecture,
        document.title,
        document.fiscal_year,
        document.document_kind,
        document.sha256,
        document.encoding,
        document.layout,
        document.added_at,
        dump(document.warnings),
    )


def document_of(row: Row) -> Document:
    """The document that ``document_row`` wrote."""
    source, code, municipality, prefecture, title, year, kind, sha256, encoding, layout, added, warnings = row
    return Document(
        source=source,
        municipality_code=code,
        municipality=municipality,
        prefecture=prefecture,
        title=title,
        fiscal_year=year,
        document_kind=kind,
        sha256=sha256,
        encoding=encoding,
        layout=layout,
        added_at=added,
        warnings=tuple(json.loads(warnings)),
    )


def sheet_row(sheet: Sheet) -> Row:
    """In the order of ``SHEET_COLUMNS``."""
    return (
        sheet.document_id,
        sheet.ordinal,
        sheet.title,
        sheet.identity,
        dump(sheet.departments),
        dump(sheet.fiscal_years),
        dump(sheet.section_path),
        dump([sheet.span.start, sheet.span.end]),
        dump([[mark.fiscal_year, mark.mark, mark.meaning] for mark in sheet.progress]),
    )


def sheet_of(row: Row) -> Sheet:
    """The sheet that ``sheet_row`` wrote."""
    document_id, ordinal, title, identity, departments, years, path, span, progress = row
    departments, years, path, span, progress = _loaded(departments, years, path, span, progress)
    return Sheet(
        document_id=document_id,
        ordinal=ordinal,
        title=title,
        identity=identity,
        departments=tuple(departments),
        fiscal_years=tuple(years),
        section_path=tuple(path),
        span=Span(*span),
        progress=tuple(
            ProgressMark(fiscal_year=year, mark=mark, meaning=meaning) for year, mark, meaning in progress
        ),
    )


def passage_row(passage: Passage) -> Row:
    """In the order of ``PASSAGE_COLUMNS``."""
    return (
        passage.passage_id,
        passage.document_id,
        passage.sheet_ordinal,
        passage.ordinal,
        passage.kind.value,
        dump(_spans(passage.segments)),
        passage.text,
        dump(passage.fiscal_years),
        dump(passage.departments),
        dump(passage.section_path),
        passage.item,
        dump(
            [
                [cell.header, cell.span.start, cell.span.end, cell.fiscal_year, cell.text]
                for cell in passage.cells
            ]
        ),
        dump([locator.to_json() for locator in passage.locators]),
    )


def passage_of(row: Row) -> Passage:
    """The passage that ``passage_row`` wrote."""
    (passage_id, document_id, sheet, ordinal, kind, segments, text, years, departments, path, item, cells,
     locators) = row  # fmt: skip
    years, departments, path = _shared(years, departments, path)
    segments, cells, locators = _loaded(segments, cells, locators)
    return Passage(
        passage_id=passage_id,
        document_id=document_id,
        sheet_ordinal=sheet,
        ordinal=ordinal,
        kind=_KINDS[kind],
        segments=tuple([Span(start, end) for start, end in segments]),
        text=text,
        fiscal_years=years,
        departments=departments,
        section_path=path,
        item=item,
        cells=tuple(
            [
                Cell(header=header, span=Span(start, end), fiscal_year=year, text=text)
                for header, start, end, year, text in cells
            ]
        ),
        locators=tuple(map(locator_from_json, locators)),
    )


def wording_of(row: Row) -> Wording:
    """What the passage says whose ``WORDING_COLUMNS`` these are."""
    passage_id, document_id, sheet, text, years, departments, path, item, cells = row
    years, departments, path = _shared(years, departments, path)
    return Wording(
        passage_id,
        document_id,
        sheet,
        text,
        years,
        departments,
        path,
        item,
        tuple([CellWording(cell[0], cell[4]) for cell in json.loads(cells)]) if cells != "[]" else (),
    )


def indicator_row(indicator: Indicator) -> Row:
    """In the order of ``INDICATOR_COLUMNS``."""
    return (
        indicator.passage_id,
        indicator.name,
        indicator.role.value,
        indicator.fiscal_year,
        indicator.value,
        indicator.value_text,
        indicator.unit,
        indicator.direction.value if indicator.direction else None,
        indicator.achieved,
        dump([indicator.span.start, indicator.span.end]),
        indicator.measure,
        dump(indicator.departments),
        indicator.cumulative,
    )


def indicator_of(row: Row) -> Indicator:
    """The indicator that ``indicator_row`` wrote."""
    (passage_id, name, role, year, value, value_text, unit, direction, achieved, span, measure, departments,
     cumulative) = row  # fmt: skip
    return Indicator(
        passage_id=passage_id,
        name=name,
        role=IndicatorRole(role),
        fiscal_year=year,
        value=value,
        value_text=value_text,
        unit=unit,
        direction=Direction(direction) if direction else None,
        achieved=None if achieved is None else bool(achieved),
        span=Span(*json.loads(span)),
        measure=measure,
        departments=tuple(json.loads(departments)),
        cumulative=bool(cumulative),
    )


def absence_row(absence: Absence) -> Row:
    """In the order of ``ABSENCE_COLUMNS``."""
    return (
        absence.document_id,
        absence.sheet_ordinal,
        absence.label,
        absence.fiscal_year,
        dump(absence.section_path),
        absence.span.start,
        absence.span.end,
    )


def absence_of(row: Row) -> Absence:
    """The absence that ``absence_row`` wrote."""
    document_id, sheet, label, year, path, start, end = row
    return Absence(
        document_id=document_id,
        sheet_ordinal=sheet,
        label=label,
        fiscal_year=year,
        section_path=tuple(json.loads(path)),
        span=Span(start, end),
    )


def glossary_entry_row(entry: GlossaryEntry) -> Row:
    """In the order of ``GLOSSARY_COLUMNS``."""
    return (entry.document_id, entry.term, entry.meaning, entry.kind.value, entry.span.start, entry.span.end)


def glossary_entry_of(row: Row) -> GlossaryEntry:
    """The entry that ``glossary_entry_row`` wrote."""
    document_id, term, meaning, kind, start, end = row
    return GlossaryEntry(
        document_id=document_id,
        term=term,
        meaning=meaning,
        kind=GlossaryKind(kind),
        span=Span(start, end),
    )
