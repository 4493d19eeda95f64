"""Values of a role that carry their own year: in brackets in their cell, or in the cell beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.passage import Cell
from ingest.blocks import TableRow
from ingest.indicator_roles import role_word
from ingest.tables import Header, column_year, label_key
from ingest.values import figure_of
from ingest.year_note import is_year_note, year_note

# Heads of a column of the years of the values at its left.
_YEAR_BESIDE = re.compile(r"(基準|現状|目標|実績|達成)?(年度?|年次|時点|時期)")


def dated_values(cells: Sequence[Cell], text: str) -> list[Cell]:
    """A row's cells, values of a role with the year that stands with them.

    Args:
        cells: of the row, left to right.
        text: that they are cut out of.
    """
    dated = [_dated_by_itself(cell, text) for cell in cells]
    notes = [is_year_note(cell.span.of(text)) for cell in dated]
    figures = [figure_of(cell.span.of(text)).value is not None for cell in dated]
    behind = any(notes) and any(figures) and figures.index(True) < notes.index(True)
    for at, cell in enumerate(dated):
        if cell.fiscal_year is not None or role_word(cell.header) is None or notes[at]:
            continue
        after = dated[at + 1] if at + 1 < len(dated) else None
        if after is not None and _YEAR_BESIDE.fullmatch(label_key(after.header)):
            beside: Cell | None = after
        else:
            other = at + (1 if behind else -1)
            beside = dated[other] if 0 <= other < len(dated) and notes[other] else None
        year = None if beside is None else column_year(beside.span.of(text))
        dated[at] = cell if year is None else replace(cell, fiscal_year=year)
    return dated


def spread_roles(header: Header, rows: Sequence[TableRow]) -> Header:
    """The header with a role's label also above the values beside its column of years in brackets."""
    spread = list(header)
    for index in range(1, len(header)):
        if spread[index].header or role_word(spread[index - 1].header) is None:
            continue
        beside = [row.cells[index - 1].text for row in rows if index < len(row.cells)]
        own = [row.cells[index].text for row in rows if index < len(row.cells)]
        are_notes = any(beside) and all(is_year_note(text) for text in beside if text)
        if are_notes and not any(is_year_note(text) for text in own):
            spread[index] = spread[index - 1]
    return tuple(spread)


def noted_year(value: str) -> int | None:
    """The year in brackets beside a value, None where none stands there."""
    return column_year(year_note(value))


def _dated_by_itself(cell: Cell, text: str) -> Cell:
    """A value of a role with the year that stands in brackets with it: 「78.4％（R2）」."""
    if cell.fiscal_year is not None or role_word(cell.header) is None:
        return cell
    year = noted_year(cell.span.of(text))
    return cell if year is None else replace(cell, fiscal_year=year)
