"""The years of columns and rows that their own labels leave to their neighbours, a caption or the paper."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.indicator import IndicatorRole
from ingest.blocks import TableRow
from ingest.column_years import years_along
from ingest.indicator_roles import role_word
from ingest.tables import Header, column_year, label_key

# Heads of a first column whose cells are years, or classes among which years stand.
_YEAR_COLUMN = re.compile(r"(会計)?年度?(区分)?|区分|期間")
_LONGEST_YEAR = 15


def dated_by_neighbours(header: Header, own: int | None) -> Header:
    """The header with the years that only its neighbours or the document's own year explain."""
    years = years_along([column.header for column in header], own)
    return tuple(
        column if year is None or column.fiscal_year is not None else replace(column, fiscal_year=year)
        for column, year in zip(header, years, strict=True)
    )


def dated_by_paper(header: Header, year: int | None) -> Header:
    """A header of roles without any year, with that of a paper whose figures are all of one year."""
    roles = [role_word(column.header) for column in header]
    if year is None or any(column.fiscal_year is not None for column in header):
        return header
    if not any(roles) or IndicatorRole.BASELINE in roles:
        return header
    return tuple(
        column if role is None else replace(column, fiscal_year=year)
        for column, role in zip(header, roles, strict=True)
    )


def dated_columns(header: Header, columns: Collection[int], year: int) -> Header:
    """The header with a year for some of its columns."""
    return tuple(
        replace(column, fiscal_year=year) if index in columns else column
        for index, column in enumerate(header)
    )


def years_of_rows(header: Header, rows: Sequence[TableRow], own: int | None) -> Sequence[int | None]:
    """The year that the first cell of each row names, None where it names none."""
    texts = [row.cells[0].text if len(row.cells[0].text) <= _LONGEST_YEAR else "" for row in rows]
    if header and _YEAR_COLUMN.fullmatch(label_key(header[0].header)):
        return years_along(texts, own)
    return [column_year(text) for text in texts]
