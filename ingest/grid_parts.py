"""Which rows of a region are lines, which are a table's, and which columns of a table are one.

A row whose only cell is as wide as its region is a line: a title, a note, prose. Within a table of like rows
it is a band (「基本目標1」 over its measures) and stays a row, for the columns go on below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ingest.grid import Grid, GridCell
from ingest.grid_regions import Rows

# A note below a table: 「※…」, 「（注1）…」.
_NOTE = re.compile(r"[※＊]|[(（]?注[0-9０-９:：)） 　]")
# The unit of a table's figures, or their date: 「（単位：千円）」, 「各年4月1日現在」.
_UNIT = re.compile(r"[(（【]?\s*(単位|各年)[^。]{0,30}")
# A mark or number typed into a cell of its own, before the text in the next one.
_LIST_MARK = re.compile(
    r"[・●■◆◇□▼○◎※＊\-－→⇒▶►➢✓]|[①-⑳㉑-㉟]|[(（]?[0-9０-９]{1,2}[)）.．]?|[(（][ア-ンa-zａ-ｚ一二三四五六七八九十][)）]"
    r"|[ア-コa-eａ-ｅ][)）.．]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.．]?|第[0-9０-９一二三四五六七八九十]+[章節編]?|[(（]?注[0-9０-９]*[)）]?|※[0-9０-９]+"
)
_LONG = 60
_WIDE = 0.8

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows that are lines, or rows of one table: of each the cells that begin in it.

    Attributes:
        rows: from top to bottom, none empty.
        columns: for a table, of each of its columns the sheet's columns that it joins; empty for lines.
    """

    rows: tuple[Row, ...]
    columns: tuple[tuple[int, ...], ...] = ()


def parts_of(grid: Grid, region: Rows) -> Iterator[Part]:
    """Lines and tables of a region, from top to bottom."""
    kinds = _kinds(grid, region)
    for is_line, numbers in groupby(sorted(kinds), key=lambda row: kinds[row]):
        told = list(numbers)
        rows = tuple(tuple(cell for cell in region[row] if cell.row == row) for row in told)
        if is_line:
            yield Part(rows=rows)
        else:
            last = max(cell.last_row for row in rows for cell in row)
            reached = [held for row, held in region.items() if told[0] <= row <= last]
            yield Part(rows=rows, columns=_columns(grid, reached))


def _kinds(grid: Grid, region: Rows) -> dict[int, bool]:
    """For each row in which a cell begins, whether it is a line."""
    own = {row: held for row, held in region.items() if any(cell.row == row for cell in held)}
    several = [row for row, held in own.items() if len(held) > 1]
    if all(_is_marked(grid, row, own[row]) or _is_title(grid, row, own[row]) for row in several):
        return dict.fromkeys(own, True)
    left = min(cell.column for row in several for cell in own[row])
    right = max(cell.last_column for row in several for cell in own[row])
    kinds = {}
    for row, held in own.items():
        if len(held) > 1:
            kinds[row] = False
            continue
        above = next((own[one] for one in reversed(several) if one < row), ())
        below = next((own[one] for one in several if one > row), ())
        cell = held[0]
        is_wide = cell.last_column - cell.column + 1 >= _WIDE * (right - left + 1)
        is_free = bool(grid.ruled) and row not in grid.ruled
        kinds[row] = _is_line(
            cell,
            above,
            below,
            is_wide=is_wide or is_free,
            begins=cell.column <= left and not grid.ruled,
        )
    return kinds


def _is_line(
    cell: GridCell, above: Sequence[GridCell], below: Sequence[GridCell], *, is_wide: bool, begins: bool
) -> bool:
    if above and below:
        return is_wide and (_is_prose(cell.text) or not _is_alike(above, below))
    if is_wide:
        return True
    if not above:
        return begins or bool(_UNIT.fullmatch(cell.text))
    return bool(_NOTE.match(cell.text)) or (begins and _is_prose(cell.text))


def _is_prose(text: str) -> bool:
    return len(text) > _LONG or "。" in text or _NOTE.match(text) is not None


def _is_alike(above: Sequence[GridCell], below: Sequence[GridCell]) -> bool:
    """Whether two rows have the same columns, or one has some of the other's."""
    first, second = ({cell.column for cell in row} for row in (above, below))
    return first <= second or second <= first


def _is_marked(grid: Grid, row: int, held: Sequence[GridCell]) -> bool:
    """Whether a row without lines is a list's mark and its text, typed into two cells."""
    return len(held) == 2 and row not in grid.ruled and _LIST_MARK.fullmatch(held[0].text) is not None


def _is_title(grid: Grid, row: int, held: Sequence[GridCell]) -> bool:
    """Whether a row without lines is a title with the unit of what follows at its side."""
    return len(held) == 2 and row not in grid.ruled and _UNIT.fullmatch(held[1].text) is not None


def _columns(grid: Grid, rows: Sequence[Sequence[GridCell]]) -> tuple[tuple[int, ...], ...]:
    """The columns in which anything stands; those that only the same merged cells take are one."""
    groups: list[list[int]] = []
    for column in sorted({cell.column for held in rows for cell in held}):
        if groups and _is_one(grid, rows, groups[-1], column):
            groups[-1].append(column)
        else:
            groups.append([column])
    return tuple(tuple(group) for group in groups)


def _is_one(grid: Grid, rows: Sequence[Sequence[GridCell]], group: Sequence[int], column: int) -> bool:
    """Whether no row fills both, and what stands in the group reaches into the column.

    In what is one table as a whole, a field of the group that is left empty beside the column parts them too.
    """
    for held in rows:
        within = [cell for cell in held if cell.column in group]
        if not within:
            if grid.is_table and _is_beside_empty(held, group[0], column):
                return False
            continue
        if any(cell.column == column for cell in held):
            return False
        if within[-1].last_column < column and within[-1].column not in grid.narrow:
            return False
    return True


def _is_beside_empty(held: Sequence[GridCell], first: int, column: int) -> bool:
    """Whether a cell begins in a column and what stands before it ends before the column ``first``."""
    before = [cell for cell in held if cell.column < column]
    begins = any(cell.column == column for cell in held)
    return begins and bool(before) and before[-1].last_column < first
