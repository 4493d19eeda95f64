"""Workbooks of Excel (.xlsx, .xlsm): what is printed of them, and the cells that it stands in."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import InputError
from ingest.cell_lines import one_line
from ingest.collecting import cycles_kept
from ingest.grid import Grid, GridCell
from ingest.number_format import JAPANESE_FORMATS, printed
from ingest.ooxml_package import OFFICE_DAMAGE, open_package
from ingest.reader import ReadFile
from ingest.workbook_text import WorkbookText
from ingest.xlsx_parts import shapes_of, uncalculated, worksheet_parts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.workbook.workbook import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

_NARROW = 4.5  # characters: too narrow for a label
_DEFAULT_WIDTH = 8.43
_WALLS = 2  # lines at the side of cells that make a row part of a table


class XlsxReader:
    """Reads workbooks."""

    extensions = frozenset({".xlsx", ".xlsm"})

    def read(self, data: bytes) -> ReadFile:
        """Read the worksheets that are shown.

        Raises:
            InputError: the file is empty, damaged or no workbook.
        """
        with cycles_kept():
            return self._read(data)

    def _read(self, data: bytes) -> ReadFile:
        package = open_package(data)
        parts = worksheet_parts(package)
        workbook = _load(data)
        shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        text = WorkbookText()
        text.skip_worksheets([sheet.title for sheet in workbook.worksheets if sheet not in shown])
        styles = _Styles(is_1904=workbook.epoch.year == 1904)
        for sheet in shown:
            page = _Page(sheet, styles)
            shapes = shapes_of(package, sheet.title, parts.get(sheet.title, ""))
            text.worksheet(sheet.title, page.grid(), shapes, is_only=len(shown) == 1)
            text.skip_hidden(sheet.title, page.skipped_rows, page.skipped_columns)
        text.lack_results({s.title: uncalculated(package, parts.get(s.title, "")) for s in shown})
        for warning in package.warnings:
            text.warn(warning)
        return text.finish("xlsx")

    def grids(self, data: bytes) -> dict[str, Grid]:
        """The cells of the worksheets that are shown, by the worksheets' names.

        Raises:
            InputError: the file is empty, damaged or no workbook.
        """
        open_package(data)  # refuses what is not safe to parse
        workbook = _load(data)
        styles = _Styles(is_1904=workbook.epoch.year == 1904)
        shown = (sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible")
        return {sheet.title: _Page(sheet, styles).grid() for sheet in shown}


def _load(data: bytes) -> Workbook:
    from openpyxl import load_workbook  # type: ignore[import-untyped]
    from openpyxl.utils.exceptions import InvalidFileException  # type: ignore[import-untyped]

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: none of it is text
            return load_workbook(BytesIO(data), data_only=True)
    except (InvalidFileException, *OFFICE_DAMAGE) as exc:
        raise InputError(
            "Excelファイルとして読み取れません。壊れているおそれがあります。"
            "Excelで開き、名前を付けて保存し直してから取り込んでください。"
        ) from exc


@dataclass(frozen=True, slots=True)
class _Style:
    code: str
    is_drawn: bool
    walls: int


@dataclass(slots=True)
class _Styles:
    """The formats and lines of the workbook's styles, each looked at once."""

    is_1904: bool
    _seen: dict[bytes, _Style] = field(default_factory=dict)

    def of(self, cell: Cell) -> _Style:
        # The public name ``style_id`` looks the style up in a list of all, which takes longer than the rest.
        key = cell._style.tobytes()
        known = self._seen.get(key)
        if known is None:
            border = cell.border
            sides = [side is not None and bool(side.style) for side in (border.left, border.right)]
            ends = [side is not None and bool(side.style) for side in (border.top, border.bottom)]
            # No public name gives the number, which alone tells the formats that the language decides.
            code = JAPANESE_FORMATS.get(cell._style.numFmtId) or cell.number_format
            known = self._seen[key] = _Style(code, any(sides + ends), sum(sides))
        return known

    def printed(self, cell: Cell, style: _Style) -> str:
        value = cell.value
        if value is None:
            return ""
        text = printed(value, style.code, is_1904=self.is_1904)
        return one_line(text) if isinstance(value, str) else text


class _Page:
    """A worksheet while its cells are read."""

    def __init__(self, sheet: Worksheet, styles: _Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        rows, columns = sheet.row_dimensions, sheet.column_dimensions
        self._hidden_rows = {row for row, one in rows.items() if one.hidden or one.height == 0}
        self._hidden_columns = {
            column
            for one in columns.values()
            if one.hidden or one.width == 0
            for column in _range_of(one.min, one.max)
        }
        self.skipped_rows: set[int] = set()
        self.skipped_columns: set[int] = set()

    def grid(self) -> Grid:
        """The cells that are shown; those left out are noted."""
        merged = {(one.min_row, one.min_col): one for one in self._sheet.merged_cells.ranges}
        # Every other way to the cells makes those that the file does not have.
        cells = self._sheet._cells
        title = self._sheet.title
        drawn = set()
        walls: dict[int, int] = {}
        found: list[GridCell] = []
        for row, column in sorted(cells):
            cell = cells[row, column]
            style = self._styles.of(cell)
            if style.is_drawn:
                drawn.add((row, column))
                walls[row] = walls.get(row, 0) + style.walls
            text = self._styles.printed(cell, style)
            if text:
                one = merged.get((row, column))
                last = (one.max_row, one.max_col) if one else (row, column)
                found.extend(self._shown(GridCell(text, row, column, *last, title)))
        return Grid(
            cells=tuple(found),
            ruled=frozenset(row for row, count in walls.items() if count >= _WALLS),
            drawn=frozenset(drawn),
            narrow=frozenset(self._narrow()),
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
        )

    def _shown(self, cell: GridCell) -> Iterator[GridCell]:
        """A cell by what of it is shown: merged cells may begin in a hidden row or column."""
        if not (self._hidden_rows or self._hidden_columns):
            yield cell
            return
        rows = [row for row in range(cell.row, cell.last_row + 1) if row not in self._hidden_rows]
        columns = [c for c in range(cell.column, cell.last_column + 1) if c not in self._hidden_columns]
        if rows and columns:
            yield cell._replace(row=rows[0], column=columns[0], last_row=rows[-1], last_column=columns[-1])
        elif not rows:
            self.skipped_rows.add(cell.row)
        else:
            self.skipped_columns.add(cell.column)

    def _narrow(self) -> Iterator[int]:
        layout = self._sheet.sheet_format
        default = layout.defaultColWidth or layout.baseColWidth or _DEFAULT_WIDTH
        widths = {
            column: one.width
            for one in self._sheet.column_dimensions.values()
            for column in _range_of(one.min, one.max)
        }
        for column in range(1, self._sheet.max_column + 1):
            if widths.get(column, default) <= _NARROW:
                yield column


def _range_of(first: int | None, last: int | None) -> range:
    return range(first, (last or first) + 1) if first else range(0)
