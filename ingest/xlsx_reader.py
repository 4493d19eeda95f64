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
from ingest.worksheet_shown import WorksheetShown
from ingest.xlsx_parts import shapes_of, uncalculated, worksheet_parts

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.styles.colors import Color  # type: ignore[import-untyped]
    from openpyxl.workbook.workbook import Workbook  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

_NARROW = 4.5  # characters: too narrow for a label
_DEFAULT_WIDTH = 8.43
_TINY = 1.5  # points
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME = {0: _WHITE, 1: _BLACK}  # of every theme that anyone uses


class XlsxReader:
    """Reads workbooks."""

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
            text.skip_not_shown(sheet.title, page.shown)
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
    is_unseen: bool


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
            known = self._seen[key] = _Style(code, any(sides + ends), sum(sides), _is_unseen(cell))
        return known

    def printed(self, cell: Cell, style: _Style) -> str:
        value = cell.value
        if value is None:
            return ""
        text = printed(value, style.code, is_1904=self.is_1904)
        return one_line(text) if isinstance(value, str) else text


def _is_unseen(cell: Cell) -> bool:
    """Whether a cell's letters have the colour of their ground, or hardly any size."""
    if cell.font.sz is not None and cell.font.sz <= _TINY:
        return True
    fill = cell.fill
    if fill.fill_type not in (None, "solid"):
        return False
    ground = _colour(fill.fgColor, _WHITE) if fill.fill_type == "solid" else _WHITE
    return _colour(cell.font.color, _BLACK) == ground


def _colour(colour: Color | None, default: str) -> str:
    """A colour as six hexadecimal digits, or by its number in the theme where only that is known."""
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return default
    match colour.type:
        case "rgb":
            return str(colour.rgb)[-6:].upper()
        case "indexed":
            return (
                str(COLOR_INDEX[colour.indexed])[-6:].upper()
                if colour.indexed < len(COLOR_INDEX)
                else default
            )
        case "theme":
            plain = _THEME.get(colour.theme) if not colour.tint else None
            return plain or f"theme {colour.theme} {colour.tint}"
    return default


class _Page:
    """A worksheet while its cells are read."""

    def __init__(self, sheet: Worksheet, styles: _Styles) -> None:
        self._sheet = sheet
        self._styles = styles
        rows, columns = sheet.row_dimensions, sheet.column_dimensions
        self.shown = WorksheetShown(
            hidden_rows={row for row, one in rows.items() if one.hidden or one.height == 0},
            hidden_columns={
                column
                for one in columns.values()
                if one.hidden or one.width == 0
                for column in _range_of(one.min, one.max)
            },
        )

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
                is_unseen = style.is_unseen and not self._is_conditional(row, column)
                found.extend(self.shown.of(GridCell(text, row, column, *last, title), is_unseen=is_unseen))
        return self.shown.grid(found, walls=walls, drawn=drawn, narrow=self._narrow())

    def _is_conditional(self, row: int, column: int) -> bool:
        """Whether a cell's colours depend on its value, so that its style does not tell them."""
        ranges = (one for rule in self._sheet.conditional_formatting for one in rule.sqref.ranges)
        return any(
            one.min_row <= row <= one.max_row and one.min_col <= column <= one.max_col for one in ranges
        )

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
