"""Workbooks of Excel 97 to 2003 with the formats of their cells: what is printed, merged, hidden."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

from ingest.cell_lines import one_line
from ingest.grid import Grid, GridCell
from ingest.number_format import JAPANESE_FORMATS, CellValue, printed
from ingest.worksheet_shown import WorksheetShown

if TYPE_CHECKING:
    from xlrd.book import Book  # type: ignore[import-untyped]
    from xlrd.sheet import Cell, Sheet  # type: ignore[import-untyped]

# What the library raises for files that it does not understand, beside its own error.
_DAMAGE = (
    *(AssertionError, AttributeError, LookupError, MemoryError, NotImplementedError, OverflowError),
    *(struct.error, TypeError, ValueError, ZeroDivisionError),
)
_EMPTY, _TEXT, _NUMBER, _DATE, _TRUTH, _ERROR = range(6)
_NARROW = 4.5 * 256  # of a letter's width: too narrow for a label
_DEFAULT_WIDTH = 8
_TINY = 30  # twentieths of a point
_WHITE = (255, 255, 255)
_BLACK = (0, 0, 0)
_AUTOMATIC = 0x40  # colours from here on are the window's own


@dataclass(slots=True)
class FormattedSheet:
    """A worksheet.

    Attributes:
        name: of its tab.
        grid: the cells that are shown.
        shown: what was left out.
    """

    name: str
    grid: Grid
    shown: WorksheetShown


@dataclass(slots=True)
class FormattedBook:
    """A workbook: the worksheets that are shown in order, and the names of the others."""

    sheets: list[FormattedSheet] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def formatted_book(data: bytes) -> FormattedBook | None:
    """A workbook with its formats, None where they cannot be made out."""
    import xlrd  # type: ignore[import-untyped]
    from xlrd.compdoc import CompDocError  # type: ignore[import-untyped]

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        found = FormattedBook()
        for sheet in book.sheets():
            if sheet.visibility:
                found.others.append(sheet.name)
            else:
                found.sheets.append(_Worksheet(book, sheet).read())
    except (xlrd.XLRDError, CompDocError, *_DAMAGE):
        return None
    return found


class _Worksheet:
    """A worksheet while it is read; the library counts from 0."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self._shown = WorksheetShown(
            hidden_rows={row + 1 for row, one in sheet.rowinfo_map.items() if one.hidden},
            hidden_columns={column + 1 for column, one in sheet.colinfo_map.items() if one.hidden},
        )

    def read(self) -> FormattedSheet:
        """Its cells."""
        sheet, name = self._sheet, self._sheet.name
        merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
        drawn = set()
        walls: dict[int, int] = {}
        found: list[GridCell] = []
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = sheet.cell(row, column)
                lines = self._lines(cell)
                if any(lines):
                    drawn.add((row + 1, column + 1))
                    walls[row + 1] = walls.get(row + 1, 0) + sum(lines[:2])
                text = self._printed(cell)
                if text:
                    last = merged.get((row, column), (row + 1, column + 1))
                    one = GridCell(text, row + 1, column + 1, *last, name)
                    found.extend(self._shown.of(one, is_unseen=self._is_unseen(cell)))
        grid = self._shown.grid(found, walls=walls, drawn=drawn, narrow=self._narrow())
        return FormattedSheet(name=name, grid=grid, shown=self._shown)

    def _printed(self, cell: Cell) -> str:
        kind = cell.ctype
        if kind == _TEXT:
            return one_line(printed(str(cell.value), self._code(cell)))
        if kind in (_NUMBER, _DATE):
            number = float(cell.value)
            value: CellValue = int(number) if number.is_integer() else number
            return printed(value, self._code(cell), is_1904=self._book.datemode == 1)
        if kind == _TRUTH:
            return printed(bool(cell.value), "General")
        return self._error(cell) if kind == _ERROR else ""

    def _error(self, cell: Cell) -> str:
        from xlrd.biffh import error_text_from_code  # type: ignore[import-untyped]

        return str(error_text_from_code.get(cell.value, ""))

    def _code(self, cell: Cell) -> str:
        key = self._book.xf_list[cell.xf_index].format_key
        known = self._book.format_map.get(key)
        return JAPANESE_FORMATS.get(key) or (known and known.format_str) or "General"

    def _lines(self, cell: Cell) -> list[bool]:
        """Whether lines are drawn left, right, above and below a cell."""
        border = self._book.xf_list[cell.xf_index].border
        styles = (border.left_line_style, border.right_line_style, border.top_line_style)
        return [bool(style) for style in (*styles, border.bottom_line_style)]

    def _is_unseen(self, cell: Cell) -> bool:
        xf = self._book.xf_list[cell.xf_index]
        font = self._book.font_list[xf.font_index]
        if font.height <= _TINY:
            return True
        filled = xf.background.fill_pattern == 1
        ground = self._colour(xf.background.pattern_colour_index, _WHITE) if filled else _WHITE
        return self._colour(font.colour_index, _BLACK) == ground

    def _colour(self, index: int, automatic: tuple[int, int, int]) -> tuple[int, int, int] | None:
        if index >= _AUTOMATIC:
            return automatic
        known: tuple[int, int, int] | None = self._book.colour_map.get(index)
        return known

    def _narrow(self) -> Iterator[int]:
        default = self._sheet.standardwidth or 256 * (self._sheet.defcolwidth or _DEFAULT_WIDTH)
        for column in range(self._sheet.ncols):
            one = self._sheet.colinfo_map.get(column)
            if (one.width if one is not None else default) <= _NARROW:
                yield column + 1
