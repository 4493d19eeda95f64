"""How a row is laid under its header when extraction lost or added cells.

A row is laid by what the columns are headed and what the cells hold (a year column holds figures, a target
column an arrow), not by counting alone: aligned by position, a row with one more empty cell puts every
figure under the wrong year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import TableCell, TableRow
from ingest.cells import Value, value_of
from ingest.tables import Aligned, ColumnKind, Header

# What a column of codes holds: 0101, A-3; a title may follow.
_CODE = re.compile(r"[0-9０-９A-Za-z]{1,8}(?:-[0-9]+)?(?=\s|$)")
# What it costs to lay a value under a column: (empty, dash, number, arrow, mark, text). Small integers, so
# that sums are exact and ties are ties. 60 and more is a misfit, which no row aligned by position may hold.
_COSTS_IN_ORDER: dict[ColumnKind, tuple[int, ...]] = {
    ColumnKind.CODE: (6, 40, 0, 80, 80, 20),
    ColumnKind.TEXT: (6, 10, 20, 80, 60, 0),
    ColumnKind.YEAR: (10, 0, 0, 80, 30, 10),
    ColumnKind.TARGET: (6, 10, 10, 0, 40, 10),
    ColumnKind.MARK: (6, 6, 40, 80, 0, 20),
    ColumnKind.NOTE: (0, 10, 20, 80, 60, 0),
}
_LONG_TEXT_IN_YEAR = 40  # what a longer text costs under a year
_LONGEST_IN_YEAR = 12  # characters
_MISFIT = 60  # from which cost on a value does not suit its column
_NO_CELL = 12
_DROPPED_EMPTY = 12
_DROPPED_TRAILING = 11
_DROPPED_FILLED = 400
_COSTS = {
    value: {kind: costs[at] for kind, costs in _COSTS_IN_ORDER.items()} for at, value in enumerate(Value)
}
_MISFITS = {
    value: frozenset(kind for kind, cost in costs.items() if cost >= _MISFIT)
    for value, costs in _COSTS.items()
}


def align(row: TableRow, header: Header) -> Aligned:
    """The row's cell under each column, None where it has none.

    A row of the header's length whose values suit their columns is taken by position, and so is one that is
    shorter, or that has more filled cells than there are columns. Otherwise the order of
    cells is kept and surplus empty cells are left out where the rest then suits best (least cost, ties to the
    rightmost cell left out).
    """
    cells = row.cells
    if len(cells) == len(header) and _suits(cells, header):
        return cells
    if len(row.filled) > len(header):
        return cells[: len(header)]
    if len(cells) < len(header) and _suits(cells, header):
        return (*cells, *(None for _ in range(len(header) - len(cells))))
    return _cheapest(cells, header)


def _suits(cells: Sequence[TableCell], header: Header) -> bool:
    """Whether each filled cell suits the column at its place; an empty one suits any."""
    for column, (text, _) in zip(header, cells, strict=False):
        if text and column.kind in _MISFITS[value_of(text)]:
            return False
    return True


def _costs(text: str, header: Header) -> list[int]:
    """What it costs to lay a cell under each column."""
    value = value_of(text)
    costs = _COSTS[value]
    if _CODE.match(text):
        costs = {**costs, ColumnKind.CODE: 0}
    if value is Value.TEXT and len(text) > _LONGEST_IN_YEAR:
        costs = {**costs, ColumnKind.YEAR: _LONG_TEXT_IN_YEAR}
    return [costs[column.kind] for column in header]


def _cheapest(cells: Sequence[TableCell], header: Header) -> Aligned:
    """Needleman and Wunsch's alignment of cells to columns."""
    rows, columns = len(cells), len(header)
    costs = [_costs(cell.text, header) for cell in cells]
    dropped = _dropping(cells)
    # best[i][j]: the least cost of what is left from cell i and column j on, with the step to take there.
    best = [[(0, 0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for j in range(columns - 1, -1, -1):
        best[rows][j] = (_NO_CELL + best[rows][j + 1][0], 0, 1)
    for i in range(rows - 1, -1, -1):
        below, here, cost = best[i + 1], best[i], costs[i]
        here[columns] = (dropped[i] + below[columns][0], 1, 0)
        for j in range(columns - 1, -1, -1):
            least, step = _NO_CELL + here[j + 1][0], (0, 1)
            if dropped[i] + below[j][0] < least:
                least, step = dropped[i] + below[j][0], (1, 0)
            if cost[j] + below[j + 1][0] < least:
                least, step = cost[j] + below[j + 1][0], (1, 1)
            here[j] = (least, *step)
    aligned: list[TableCell | None] = []
    i = j = 0
    while i < rows or j < columns:
        _, down, right = best[i][j]
        if right:
            aligned.append(cells[i] if down else None)
        i, j = i + down, j + right
    return tuple(aligned)


def _dropping(cells: Sequence[TableCell]) -> list[int]:
    """What it costs to leave out each cell."""
    last = max((i for i, cell in enumerate(cells) if cell.text), default=-1)
    return [
        _DROPPED_TRAILING if i > last else _DROPPED_FILLED if cell.text else _DROPPED_EMPTY
        for i, cell in enumerate(cells)
    ]
