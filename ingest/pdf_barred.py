"""Tables whose rows are parted by rules and whose columns by white: bars across the table, and none down it.

Such bars have one width and follow one another down the page. What stands between two of them is one row,
however many printed lines its cells take; so a row is told where white tells nothing, as in a header whose
last label alone takes two lines. Bars that only frame the head and the body of a table part no rows: between
two of them every column has several lines, and such a table is left to ``ingest.pdf_unruled``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.locator import Box
from ingest.pdf_columns import rows_of
from ingest.pdf_grid import lines_across
from ingest.pdf_lines import Lines, PrintedLine
from ingest.pdf_parted import parted, parted_at
from ingest.pdf_tables import PageTable
from ingest.pdf_unruled_cells import cells_of, table_of
from ingest.pdf_unruled_region import extents_of, flat, size_of

Bar = tuple[float, float, float]
"""At which height, from where, to where."""

_SAME_EDGE = 3.0  # points
_SLACK = 2.0  # of the type: how far a bar may reach beyond what is written
_FEWEST_ROWS = 2
_FEWEST_COLUMNS = 3
_FEWEST_CELLS = 2  # of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A table between bars, and the lines as printed that stand in it."""

    table: PageTable
    lines: tuple[PrintedLine, ...]


def barred_tables(lines: Lines, rules: Sequence[Box], page: int) -> Iterator[Barred]:
    """Tables between bars, from the top.

    Args:
        lines: of the page, or of one of its columns, that stand in no other table.
        rules: of the page that belong to no grid.
        page: number from 1.
    """
    if not lines or len(rules) <= _FEWEST_ROWS:
        return
    size = size_of([lines])
    left, right = min(one.x0 for one in lines), max(one.x1 for one in lines)
    bars = [
        bar
        for bar in lines_across(rules)
        if left - _SLACK * size <= bar[1] and bar[2] <= right + _SLACK * size
    ]
    for group in _of_one_width(bars):
        for run in _runs(group, lines):
            found = _table(run, page)
            if found is not None:
                yield Barred(table=found, lines=tuple(flat(run)))


def _of_one_width(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars by where they begin and end, each group downwards."""
    groups: list[list[Bar]] = []
    for bar in bars:
        for group in groups:
            if max(abs(group[-1][1] - bar[1]), abs(group[-1][2] - bar[2])) <= _SAME_EDGE:
                group.append(bar)
                break
        else:
            groups.append([bar])
    return groups


def _runs(bars: Sequence[Bar], lines: Lines) -> Iterator[list[list[PrintedLine]]]:
    """The lines between bars that follow one another as those of a table do, bar by bar."""
    run: list[list[PrintedLine]] = []
    for (top, left, right), (bottom, _, _) in pairwise(bars):
        inside = [
            one for one in lines if top < one.middle < bottom and left <= (one.x0 + one.x1) / 2 <= right
        ]
        if _may_be_row(inside):
            run.append(inside)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run


def _may_be_row(lines: Lines) -> bool:
    """Whether lines are one row of a table: several cells, one of which at least takes a single line."""
    if len(lines) < _FEWEST_CELLS:
        return False
    stacks = extents_of(lines, lines[0].size)
    if len(stacks) < _FEWEST_CELLS:
        return False
    counts = [sum(x0 <= (one.x0 + one.x1) / 2 <= x1 for one in lines) for x0, x1 in stacks]
    return min(counts) == 1


def _table(run: Sequence[Lines], page: int) -> PageTable | None:
    """The table that lines between bars form, None where no white runs down through all of them."""
    if len(run) < _FEWEST_ROWS:
        return None
    printed = [rows_of(lines) for lines in run]
    every = [row for rows in printed for row in rows]
    columns = extents_of(flat(parted(every)), size_of(every))
    if len(columns) < _FEWEST_COLUMNS:
        return None
    blocks: list[Sequence[Lines]] = [parted_at(rows, [x0 for x0, _ in columns]) for rows in printed]
    if any(sum(map(bool, cells_of(block, columns))) < _FEWEST_CELLS for block in blocks):
        return None
    return table_of(blocks, columns, page)
