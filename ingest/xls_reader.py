"""Old workbooks of Excel (.xls) and binary ones (.xlsb).

Those whose formats can be made out are read as printed; of the others only the values are known, so that
their print is guessed and told to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from corpus.errors import InputError, UnsupportedFileError
from ingest.cell_lines import one_line
from ingest.grid import Grid, GridCell
from ingest.number_format import printed
from ingest.reader import ReadFile
from ingest.workbook_text import WorkbookText
from ingest.xls_formatted import FormattedBook, formatted_book

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_OLD = b"\xd0\xcf\x11\xe0"
_MAY_DIFFER = (
    "表示形式を読み取れない形式（古い.xlsや.xlsb）のため、数値の表示形式は読み取れません。百分率（46.8%が0.468など）や先頭の0（01が1など）の"
    "表示が元と異なることがあります。正確に取り込むには、Excelで.xlsxとして保存し直してください。"
)


class XlsReader:
    """Reads workbooks of Excel 97 to 2003, and binary ones."""

    def read(self, data: bytes) -> ReadFile:
        """Read the worksheets that are shown.

        Raises:
            InputError: the file is empty, damaged or no workbook.
        """
        text = WorkbookText()
        book = formatted_book(data) if data.startswith(_OLD) else None
        if book is not None:
            return _as_printed(book, text)
        with _opened(data) as workbook:
            shown, others = _worksheets(workbook)
            text.skip_worksheets(others)
            for name in shown:
                text.worksheet(name, _grid(workbook, name), is_only=len(shown) == 1)
        text.warn(_MAY_DIFFER)
        return text.finish("xls")

    def grids(self, data: bytes) -> dict[str, Grid]:
        """The cells of the worksheets that are shown, by the worksheets' names.

        Raises:
            InputError: the file is empty, damaged or no workbook.
        """
        book = formatted_book(data) if data.startswith(_OLD) else None
        if book is not None:
            return {sheet.name: sheet.grid for sheet in book.sheets}
        with _opened(data) as workbook:
            return {name: _grid(workbook, name) for name in _worksheets(workbook)[0]}


def _as_printed(book: FormattedBook, text: WorkbookText) -> ReadFile:
    text.skip_worksheets(book.others)
    for sheet in book.sheets:
        text.worksheet(sheet.name, sheet.grid, is_only=len(book.sheets) == 1)
        text.skip_not_shown(sheet.name, sheet.shown)
    return text.finish("xls")


@contextmanager
def _opened(data: bytes) -> Iterator[CalamineWorkbook]:
    """A workbook while it is read; what the library says of it in our words."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        yield CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError as exc:
        raise UnsupportedFileError(
            "Excelファイルにパスワードがかかっています。パスワードを外してから取り込んでください。"
        ) from exc
    except (CalamineError, OSError, ValueError) as exc:
        raise InputError(
            "Excelファイル（.xls）として読み取れません。壊れているおそれがあります。"
            "Excelで開き、.xlsxとして保存し直してから取り込んでください。"
        ) from exc


def _worksheets(workbook: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The names of the worksheets that are shown, and of those that are not."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    return shown, [one.name for one in sheets if one.name not in shown]


def _grid(workbook: CalamineWorkbook, name: str) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    merged = _merged(sheet)
    _, first_column = sheet.start or (0, 0)  # rows are told from the first, columns are not
    cells = []
    for row, values in enumerate(sheet.iter_rows(), start=1):
        for column, value in enumerate(values, start=first_column + 1):
            text = one_line(printed(value, "General"))
            if text:
                last = merged.get((row, column), (row, column))
                cells.append(GridCell(text, row, column, *last, name))
    return Grid(cells=tuple(cells))


def _merged(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each merged range, by its first row and column, the last ones; from 1."""
    return {
        (first[0] + 1, first[1] + 1): (last[0] + 1, last[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    }
