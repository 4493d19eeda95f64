"""Rows of a form that give figures beside their years: 活動指標, 運行日数, R5実績, 243日, R7計画, 294日.

No row of heads stands above them: each value has its year, perhaps with its role, in the cell before it. A
label at the left may hold for several such rows.
"""

from __future__ import annotations

from corpus.passage import Cell
from ingest.blocks import TableCell, TableRow
from ingest.cells import Value, is_blank_value, is_figure, value_of
from ingest.column_years import is_dated_value
from ingest.headings import squeezed
from ingest.indicator_cells import is_indicator_label
from ingest.tables import column_year, short_label, tidy

_LONGEST_YEAR = 15
_LONGEST_ITEM = 60
_FEWEST = 2
_MOST_NAMES = 2


def is_dated_field(row: TableRow) -> bool:
    """Whether a row is a name, or a label and a name, and values each behind its year."""
    return len(row.cells) > 2 * _FEWEST and bool(_parts(row)[1])


def dated_field(row: TableRow, above: str) -> tuple[str, str, tuple[Cell, ...]]:
    """The label of a row of dated values, what they count, and its cells.

    Args:
        row: of which ``is_dated_field`` holds.
        above: the label of the rows above, for a row without one.
    """
    names, pairs = _parts(row)
    label = short_label(names[0].text) if len(names) > 1 else "" if row.cells[0].text else above
    name = squeezed(names[-1].text)
    item = name if not label or is_indicator_label(label) else f"{label} {name}"
    cells = (
        Cell(header=label, span=names[-1].span),
        *(
            Cell(header=tidy(year.text), span=value.span, fiscal_year=column_year(year.text))
            for year, value in pairs
            if value.text
        ),
    )
    return label, item if len(item) <= _LONGEST_ITEM else name, cells


def _parts(row: TableRow) -> tuple[tuple[TableCell, ...], tuple[tuple[TableCell, TableCell], ...]]:
    """The cells that name what is counted, and the pairs of year and value; none where it reads otherwise."""
    filled = list(row.filled)
    pairs: list[tuple[TableCell, TableCell]] = []
    while len(filled) > 2 and _is_year(filled[-2].text) and _is_dated(filled[-1].text):
        pairs.insert(0, (filled[-2], filled[-1]))
        del filled[-2:]
    named = 0 < len(filled) <= _MOST_NAMES and all(value_of(one.text) is Value.TEXT for one in filled)
    if len(pairs) < _FEWEST or not named or any(_is_year(one.text) for one in filled):
        return (), ()
    return tuple(filled), tuple(pairs)


def _is_year(text: str) -> bool:
    return len(text) <= _LONGEST_YEAR and column_year(text) is not None and not is_dated_value(text)


def _is_dated(text: str) -> bool:
    return (is_figure(text) or is_blank_value(text)) and column_year(text) is None
