"""One page in reading order: rows of text and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians, sin

from corpus.locator import Box
from ingest.pdf_aligned import aligned_tables
from ingest.pdf_barred import barred_tables
from ingest.pdf_chart import charts_of, is_axis
from ingest.pdf_columns import columns_of, rows_of
from ingest.pdf_glyphs import Glyph, glyphs_of, parted_by_direction, stacks_of
from ingest.pdf_grid import RuledGrid, grids_of
from ingest.pdf_gutter import banded
from ingest.pdf_lines import PrintedLine, glyph_rows, segments_of, stacked
from ingest.pdf_paragraphs import Row, settle_margins
from ingest.pdf_pdfium import RawPage
from ingest.pdf_tables import PageTable, ruled_tables
from ingest.pdf_turned import turned_back
from ingest.pdf_unruled import unruled_tables

_FRAME_PADDING = 6.0  # points
_MOST_CUT = 0.03  # of the letters that stand together: more is a drawing
_FEWEST_ENDS = 3  # lines that end at one margin
_SENTENCE = 9  # characters of a line of text
_HANGING = frozenset("、。，．,.」』）)")

Item = Row | PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """A page as it is read.

    Attributes:
        number: from 1.
        height: in points, of the layout (of a page with vertical text its width).
        columns: what stands in its columns, in reading order, each from the top.
        is_unreadable: whether most characters have no meaning, as their font tells none.
        is_ocr: whether its text was read from a picture.
    """

    number: int
    height: float
    columns: tuple[tuple[Item, ...], ...]
    is_unreadable: bool = False
    is_ocr: bool = False


def page_layout(raw: RawPage) -> PageLayout:
    """Read a page."""
    horizontal, vertical = parted_by_direction(_as_shown(glyphs_of(raw.characters), raw), raw.width)
    across = _columns(horizontal, raw.rules, raw.number)
    turned = _columns(vertical, [_turned(rule, raw.width) for rule in raw.rules], raw.number)
    return PageLayout(
        number=raw.number,
        height=raw.width if len(vertical) > len(horizontal) else raw.height,
        columns=tuple(tuple(column) for column in (*turned, *across)),
        is_unreadable=is_unreadable(raw),
        is_ocr=raw.is_ocr,
    )


def _as_shown(glyphs: list[Glyph], raw: RawPage) -> list[Glyph]:
    """Glyphs of a page that was straightened or turned for reading, with their boxes on the page as it is."""
    if raw.slant:
        glyphs = [one._replace(box=_slanted(one, raw)) for one in glyphs]
    if raw.turned:
        size = (raw.width, raw.height)
        glyphs = [one._replace(box=turned_back(one.box, raw.turned, *size)) for one in glyphs]
    return glyphs


def _slanted(one: Glyph, raw: RawPage) -> Box:
    turned = radians(raw.slant)
    across, down = cos(turned), sin(turned)
    x0, y0 = raw.width / 2, raw.height / 2
    dx, dy = (one.x0 + one.x1) / 2 - x0, one.middle - y0
    x, y = x0 + dx * across + dy * down, y0 - dx * down + dy * across
    half_x, half_y = (one.x1 - one.x0) / 2, (one.y1 - one.y0) / 2
    return (x - half_x, y - half_y, x + half_x, y + half_y)


def _columns(glyphs: Sequence[Glyph], rules: Sequence[Box], page: int) -> list[list[Item]]:
    """The columns of glyphs with the tables that rules form of them."""
    if not glyphs:
        return []
    grids = grids_of(rules)
    drawn = [grid for grid in grids if grid.width > 1 or _is_stack(grid, grids)]
    frames = [box for grid in grids if grid not in drawn for box in _fields(grid)]
    tables, free = _tables(drawn, glyphs, page)
    free, stacks = stacks_of(free)
    lines = [line for row in glyph_rows(free) for line in segments_of(row, page)]
    labels = [stacked(stack, page) for stack in stacks]
    elements: list[PrintedLine | PageTable] = [*tables, *labels, *lines]
    settled = set(map(id, [*tables, *labels]))
    columns: list[list[PrintedLine | PageTable]] = []
    bars = [rule for rule in rules if not any(_is_in(rule, grid) for grid in drawn)]
    for part in banded(elements):
        free_lines = [one for one in part if id(one) not in settled or isinstance(one, PageTable)]
        found = [*(one for one in part if id(one) in settled), *_free_elements(free_lines, bars, page)]
        columns.extend(columns_of(found))
    return [_items(column, frames, page) for column in columns]


def _lines_of(rows: Sequence[Sequence[PrintedLine | PageTable]]) -> list[list[PrintedLine]]:
    """The printed lines of rows; a row is empty where a table stands."""
    return [[one for one in row if isinstance(one, PrintedLine)] for row in rows]


def _is_in(rule: Box, grid: RuledGrid) -> bool:
    x0, y0, x1, y1 = grid.box
    return x0 - 1 <= rule[0] and rule[2] <= x1 + 1 and y0 - 1 <= rule[1] and rule[3] <= y1 + 1


def _free_elements(
    elements: Sequence[PrintedLine | PageTable], bars: Sequence[Box], page: int
) -> Iterator[PrintedLine | PageTable]:
    """Printed lines of a page, and the tables that they form without rules, or with rules across only."""
    standing = rows_of(elements)
    charts = list(charts_of(_lines_of(standing), page))
    if not charts:  # whose groups of bars are parted by rules too
        free = [one for one in elements if isinstance(one, PrintedLine)]
        for barred in barred_tables(free, bars, page):
            yield barred.table
            inside = set(map(id, barred.lines))
            elements = [*(one for one in elements if id(one) not in inside), barred.table]
        standing = rows_of(elements)
    at = 0
    lines = _lines_of(standing)
    gone: set[int] = set()
    for chart in charts:
        if chart.table is not None:
            yield chart.table
        yield from (line for row in chart.rows.values() for line in row)
        yield from (replace(line, is_loose=True) for index in chart.loose for line in lines[index])
        gone.update(chart.rows, chart.loose)
    scales = [index for index, row in enumerate(lines) if index not in gone and is_axis(row)]
    yield from (replace(line, is_loose=True) for index in scales for line in lines[index])
    gone.update(scales)
    lines = [[] if index in gone else row for index, row in enumerate(lines)]
    for found in unruled_tables(lines, page):
        yield from (line for row in lines[at : found.start] for line in row)
        yield found.table
        at = found.end
    yield from (line for row in lines[at:] for line in row)


def _is_stack(grid: RuledGrid, grids: Sequence[RuledGrid]) -> bool:
    """Whether a grid of one column is boxes one above the other, with no table in any."""
    x0, y0, x1, y1 = grid.box
    inside = (other for other in grids if other is not grid)
    return grid.height > 1 and not any(
        x0 <= other.xs[0] and other.xs[-1] <= x1 and y0 <= other.ys[0] and other.ys[-1] <= y1
        for other in inside
    )


def _fields(grid: RuledGrid) -> list[Box]:
    x0, x1 = grid.xs[0], grid.xs[-1]
    return [(x0, a, x1, b) for a, b in zip(grid.ys, grid.ys[1:], strict=False)]


def _tables(
    grids: Sequence[RuledGrid], glyphs: Sequence[Glyph], page: int
) -> tuple[list[PageTable], Sequence[Glyph]]:
    """Tables, and the glyphs that stand in none; a table inside of another has its glyphs for itself."""
    tables: list[PageTable] = []
    for grid in sorted(grids, key=_area):
        cells = _cells_of(grid, glyphs)
        inside: dict[int, list[Glyph]] = {}
        for glyph, cell in zip(glyphs, cells, strict=True):
            if cell >= 0:
                inside.setdefault(cell, []).append(glyph)
        found = ruled_tables(grid, inside, page) if inside and not _is_drawing(glyphs, cells) else None
        if found is not None:
            tables.extend(found)
            glyphs = [glyph for glyph, cell in zip(glyphs, cells, strict=True) if cell < 0]
    return tables, glyphs


def _cells_of(grid: RuledGrid, glyphs: Sequence[Glyph]) -> list[int]:
    """The cell in which each glyph stands; punctuation that hangs over a border is of the word before it."""
    cells = [grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.middle) for glyph in glyphs]
    for index, (before, glyph) in enumerate(pairwise(glyphs), start=1):
        if glyph.text in _HANGING and cells[index] != cells[index - 1] and _is_beside(before, glyph):
            cells[index] = cells[index - 1]
    return cells


def _is_beside(before: Glyph, after: Glyph) -> bool:
    """Whether a glyph stands close behind another on its line."""
    near = -0.3 * before.size < after.x0 - before.x1 < 0.15 * before.size
    return near and abs(after.middle - before.middle) <= 0.2 * before.size


def _is_drawing(glyphs: Sequence[Glyph], cells: Sequence[int]) -> bool:
    """Whether borders run through words, as the lines and bars of a chart do."""
    together = cut = 0
    for (before, one), (after, other) in pairwise(zip(glyphs, cells, strict=True)):
        if (one < 0 and other < 0) or after.is_spaced:
            continue
        if _is_beside(before, after):
            together += 1
            cut += one != other
    return cut > 2 and cut > _MOST_CUT * together


def _area(grid: RuledGrid) -> float:
    x0, y0, x1, y1 = grid.box
    return (x1 - x0) * (y1 - y0)


def _items(column: Sequence[PrintedLine | PageTable], frames: Sequence[Box], page: int) -> list[Item]:
    """Rows and tables of a column from the top; rows that line up become tables."""
    right = _right_margin(column)
    items: list[Item] = []
    text: list[list[PrintedLine]] = []
    for row in [*rows_of(column), []]:
        lines = [element for element in row if isinstance(element, PrintedLine)]
        if lines:
            text.append(lines)
            continue
        items.extend(_text_items(text, frames, right, page))
        text = []
        items.extend(element for element in row if isinstance(element, PageTable))
    return items


def _right_margin(column: Sequence[PrintedLine | PageTable]) -> float:
    """Where the lines of a column end at the right; a table may stick out of the text, or be narrower.

    Where a title or what stands in several pieces reaches further, the lines that stand alone tell it.
    """
    ends = [element.x1 for element in column if isinstance(element, PrintedLine)]
    last = max(ends, default=0.0)
    size = max((element.size for element in column if isinstance(element, PrintedLine)), default=0.0)
    if sum(last - end <= size for end in ends) >= _FEWEST_ENDS:
        return last
    alone = [row[0] for row in rows_of(column) if len(row) == 1]
    text = [one for one in alone if isinstance(one, PrintedLine) and len(one.text) >= _SENTENCE]
    ends = [one.x1 - one.size if one.text[-1] in _HANGING else one.x1 for one in text]
    last = max(ends, default=0.0)
    if sum(last - end <= one.size for end, one in zip(ends, text, strict=True)) >= _FEWEST_ENDS:
        return last
    return max(element.x1 for element in column)


def _text_items(
    rows: Sequence[list[PrintedLine]], frames: Sequence[Box], right: float, page: int
) -> list[Item]:
    tables = {start: (end, table) for start, end, table in aligned_tables(rows, page)}
    items: list[Item] = []
    index = 0
    while index < len(rows):
        if index in tables:
            index, table = tables[index]
            items.append(table)
            continue
        items.append(_row(rows[index], frames, right))
        index += 1
    settle_margins([item for item in items if isinstance(item, Row)])
    return items


def _row(lines: list[PrintedLine], frames: Sequence[Box], right: float) -> Row:
    """A row with its margin: that of the narrowest frame around it, else of the column."""
    x0, x1, y = lines[0].x0, lines[-1].x1, lines[0].middle
    around = [
        (box[2] - box[0], index)
        for index, box in enumerate(frames)
        if box[0] - 2 <= x0 and x1 <= box[2] + 2 and box[1] <= y <= box[3]
    ]
    if not around:
        return Row(lines=lines, right=right)
    frame = min(around)[1]
    return Row(lines=lines, right=min(right, frames[frame][2] - _FRAME_PADDING), frame=frame)


def _turned(rule: Box, width: float) -> Box:
    x0, y0, x1, y1 = rule
    return (y0, width - x1, y1, width - x0)


def is_unreadable(raw: RawPage) -> bool:
    """Whether most characters are of private use or unknown, as their font tells no meaning."""
    strange = sum(0xE000 <= one.code <= 0xF8FF or one.code == 0xFFFD for one in raw.characters)
    return strange * 2 > len(raw.characters)
