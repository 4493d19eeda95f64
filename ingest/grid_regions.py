"""Which cells of a sheet belong together: rows without a break, and tables that stand side by side.

Rows are parted by rows that hold nothing and by the end of ruled lines; tables side by side by columns that
no cell reaches into and no line surrounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.grid import Grid, GridCell, covering

Rows = Mapping[int, Sequence[GridCell]]
"""For each row the cells that stand in it or reach into it from above, in order of columns."""

_TABLE_ROW = 3


def regions_of(grid: Grid) -> Iterator[Rows]:
    """The regions of a sheet from top to bottom, of those side by side the left one first."""
    rows = covering(grid.cells)
    if grid.is_table and rows:
        yield rows
        return
    for region in _runs(grid, rows):
        yield from _sides(grid, region)


def _runs(grid: Grid, rows: Rows) -> Iterator[Rows]:
    run: dict[int, Sequence[GridCell]] = {}
    last = 0
    for row in sorted(rows):
        if run and (_has_gap(grid, last, row) or _changes(grid, run[last], rows[row], last, row)):
            yield run
            run = {}
        run[row] = rows[row]
        last = row
    if run:
        yield run


def _has_gap(grid: Grid, above: int, below: int) -> bool:
    """Whether an empty row stands between two rows; one that is ruled belongs to its table."""
    return any(row not in grid.ruled and row not in grid.hidden_rows for row in range(above + 1, below))


def _changes(grid: Grid, held: Sequence[GridCell], after: Sequence[GridCell], above: int, below: int) -> bool:
    """Whether a table's lines begin or end between two rows; a row of three cells needs none to be its."""
    if (above in grid.ruled) is (below in grid.ruled) or any(cell.row < below for cell in after):
        return False
    if below in grid.ruled and below == above + 1 and _spans(held, after):
        return False
    return len(after if above in grid.ruled else held) < _TABLE_ROW


def _spans(held: Sequence[GridCell], after: Sequence[GridCell]) -> bool:
    """Whether each of several cells stands over two or more of the row below: heads of groups of columns."""
    return len(held) > 1 and all(
        sum(one.column <= cell.column <= one.last_column for cell in after) > 1 for one in held
    )


def _sides(grid: Grid, region: Rows) -> Iterator[Rows]:
    alone = {cell for held in region.values() if len(held) == 1 for cell in held}
    reach = 0
    for cell in sorted({c for held in region.values() for c in held} - alone, key=lambda one: one.column):
        if reach and _is_gap(grid, region, range(reach + 1, cell.column)):
            left, right = _cut(region, reach)
            if _is_tabular(left) and _is_tabular(right):
                yield left
                yield from _sides(grid, right)
                return
        reach = max(reach, cell.last_column)
    yield region


def _is_gap(grid: Grid, region: Rows, columns: range) -> bool:
    """Whether columns that hold nothing are white: no line in them, and not only hidden."""
    shown = [column for column in columns if column not in grid.hidden_columns]
    return bool(shown) and not any((row, column) in grid.drawn for row in region for column in shown)


def _cut(region: Rows, column: int) -> tuple[Rows, Rows]:
    left = {row: [cell for cell in held if cell.column <= column] for row, held in region.items()}
    right = {row: [cell for cell in held if cell.column > column] for row, held in region.items()}
    return _filled(left), _filled(right)


def _filled(region: Rows) -> Rows:
    return {row: held for row, held in region.items() if held}


def _is_tabular(region: Rows) -> bool:
    return sum(len(held) > 1 for held in region.values()) > 1
