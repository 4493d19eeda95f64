"""A sheet's lines and tables written into a stored text."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ingest.block_text import Piece, TextBuilder
from ingest.grid import Grid, GridCell
from ingest.grid_parts import Part, Row, parts_of
from ingest.grid_regions import regions_of

# What an item of a list begins with: items in boxes one below the other stand together.
_ITEM = re.compile(r"[・●■◆◇□▼○◎]|[①-⑳]|[(（][0-9０-９ア-ン]{1,2}[)）]|- ")


def write_grid(builder: TextBuilder[GridCell], grid: Grid) -> None:
    """Write a sheet's content, each region and each table parted from the next by a blank line."""
    for region in regions_of(grid):
        for part in parts_of(grid, region):
            builder.blank()
            if part.columns:
                _table(builder, part)
            else:
                _lines(builder, part.rows, grid.ruled)
    builder.blank()


def _table(builder: TextBuilder[GridCell], part: Part) -> None:
    place = {column: index for index, group in enumerate(part.columns) for column in group}
    for row in part.rows:
        cells: list[list[Piece[GridCell]]] = [[] for _ in part.columns]
        for cell in row:
            cells[place[cell.column]].append(Piece(cell.text, cell))
        builder.row(cells)


def _lines(builder: TextBuilder[GridCell], rows: Sequence[Row], ruled: Container[int]) -> None:
    before: Row = ()
    for row in rows:
        if before and not _goes_on(before, row, is_boxed=row[0].row in ruled):
            builder.blank()
        pieces: list[Piece[GridCell]] = []
        for cell in row:
            pieces.extend([Piece(" ")] if pieces else [])
            pieces.append(Piece(cell.text, cell))
        builder.line(*pieces)
        before = row


def _goes_on(before: Row, after: Row, *, is_boxed: bool) -> bool:
    """Whether two rows are lines one below the other, or items of a list; a box holds what is whole."""
    if after[0].row > before[-1].last_row + 1:
        return False
    return not is_boxed or bool(_ITEM.match(before[0].text) and _ITEM.match(after[0].text))
