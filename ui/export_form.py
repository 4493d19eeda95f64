"""A draft in a form's layout as an Excel file; the sources are the notes of its cells, printed at its end.

A source stands in a note and not in a cell, so that the file, taken in again, gives the draft's own records
and nothing beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.comments import Comment  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from ui.export_file import writing
from ui.form_rows import FormRow

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell  # type: ignore[import-untyped]
    from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

AUTHOR = "しるべ"
WIDTH = 24
TITLE, TEXT = 14, 11
"""Sizes of letters in points."""

LINE = 18.0
CHARACTERS = 2.1
LONGEST_CELL = 32_767
_SIDE = Side(style="thin")
BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_form(rows: Sequence[FormRow], sources: Mapping[int, str], path: Path) -> None:
    """Write the rows of a form.

    Args:
        rows: see ``ui.form_rows``.
        sources: the source of each mark, in words.
        path: where to.

    Raises:
        InputError: the file cannot be written.
    """
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = "様式"
    width = max((sum(cell.across for cell in row) for row in rows), default=1)
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTH
    for number, row in enumerate(rows, start=1):
        if len(row) == 1 and row[0].across == 1:
            _write_line(sheet, number, row, width, sources)
        else:
            _write_row(sheet, number, row, sources)
    print_notes_at_end(sheet)
    save(book, path)


def write_filled(
    data: bytes,
    values: Sequence[tuple[str, int, int, str, tuple[int, ...]]],
    sources: Mapping[int, str],
    path: Path,
) -> None:
    """Fill a workbook that somebody sent.

    Args:
        data: the workbook.
        values: worksheet, row, column, text and marks of each cell to fill.
        sources: the source of each mark, in words.
        path: where to.

    Raises:
        InputError: the file cannot be written.
    """
    book = load_workbook(BytesIO(data))
    for worksheet, row, column, text, marks in values:
        cell = book[worksheet].cell(row, column)
        cell.value = as_text(text)
        cell.data_type = "s"
        cell.alignment = _WRAP
        _note(cell, marks, sources)
        print_notes_at_end(book[worksheet])
    save(book, path)


def as_text(text: str) -> str:
    """Text without control characters, as long as a cell may be."""
    return "".join(one for one in text if one.isprintable() or one == "\n")[:LONGEST_CELL]


def print_notes_at_end(sheet: Worksheet) -> None:
    """Let Excel print the notes of the cells behind the sheet, as footnotes."""
    sheet.page_setup.cellComments = "atEnd"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def save(book: Workbook, path: Path) -> None:
    """Save a workbook.

    Raises:
        InputError: the file cannot be written.
    """
    with writing(path, "Excel"):
        book.save(path)


def _write_line(sheet: Worksheet, number: int, row: FormRow, width: int, sources: Mapping[int, str]) -> None:
    only = row[0]
    if not only.text:
        return
    cell = sheet.cell(number, 1)
    _fill(cell, only.text, only.marks, sources)
    size = TITLE if number == 1 else TEXT
    cell.font = Font(bold=only.label or number == 1, size=size)
    if width > 1:
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    _raise(sheet, number, only.text, width, size / TEXT)


def _write_row(sheet: Worksheet, number: int, row: FormRow, sources: Mapping[int, str]) -> None:
    column = 1
    for one in row:
        cell = sheet.cell(number, column)
        if not _is_covered(sheet, number, column):
            _fill(cell, one.text, one.marks, sources)
            if one.label:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E8F1FE")
        last_row, last_column = number + one.down - 1, column + one.across - 1
        for r in range(number, last_row + 1):
            for c in range(column, last_column + 1):
                sheet.cell(r, c).border = BORDER
        if (last_row, last_column) != (number, column):
            sheet.merge_cells(start_row=number, end_row=last_row, start_column=column, end_column=last_column)
        _raise(sheet, number, one.text, one.across)
        column = last_column + 1


def _is_covered(sheet: Worksheet, row: int, column: int) -> bool:
    """Whether a cell lies below the first of a merged range."""
    return any(
        one.min_row <= row <= one.max_row
        and one.min_col <= column <= one.max_col
        and (row, column) != (one.min_row, one.min_col)
        for one in sheet.merged_cells.ranges
    )


def _fill(cell: Cell, text: str, marks: Sequence[int], sources: Mapping[int, str]) -> None:
    if text:
        cell.value = as_text(text)
        cell.data_type = "s"  # a text that begins with = is no formula
    cell.alignment = _WRAP
    _note(cell, marks, sources)


def _note(cell: Cell, marks: Sequence[int], sources: Mapping[int, str]) -> None:
    told = [f"[{n}] {sources[n]}" for n in marks if n in sources]
    if told:
        comment = Comment(as_text("\n".join(told)), AUTHOR)
        comment.width, comment.height = 420, 28 + 44 * len(told)
        cell.comment = comment


def _raise(sheet: Worksheet, number: int, text: str, across: int, larger: float = 1.0) -> None:
    """Make a row high enough for its text: Excel does not do it for merged cells.

    ``larger`` is the size of its letters beside that of the text.
    """
    room = max(1.0, across * WIDTH / CHARACTERS / larger)
    lines = sum(max(1, -(-len(line) // int(room))) for line in text.split("\n")) if text else 1
    held = sheet.row_dimensions[number].height or LINE
    sheet.row_dimensions[number].height = min(400.0, max(held, LINE * larger * lines))
