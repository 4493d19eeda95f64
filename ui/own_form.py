"""A form read from an empty sheet that somebody sent: its fields by their labels, and where they are filled.

A field is a short label with an empty cell beside it (to the right, else below). What it tells is read from
the label as headings of plans are; a label that says nothing of the kind is a field all the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import docx
from docx.table import Table, _Cell

from corpus.errors import InputError, UnsupportedFileError
from ingest.docx_reader import DocxReader
from ingest.file_type import file_type
from ingest.grid import Grid, GridCell
from ingest.xlsx_reader import XlsxReader

LARGEST = 3_000_000
MOST_FIELDS = 60
LONGEST_LABEL = 40
UNREAD = (
    "この様式から記入欄を読み取れませんでした。見出しのセルの右か下に、空のセルがある表になっているかを"
    "確かめてください（読めるのは Excel の .xlsx と Word の .docx です）。"
    "様式は「方針書」などからも選べます。"
)
_SPACE = re.compile(r"\s+")
_WORDY = re.compile(r"[一-鿿ぁ-ゖァ-ヴA-Za-z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """A field of a form.

    Attributes:
        heading: its label.
        sheet: the worksheet's name, or the number of the table in a Word file.
        row: of the cell to fill, from 1.
        column: likewise.
    """

    heading: str
    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnForm:
    """A form: its name, its format (``xlsx`` or ``docx``) and its fields, no label twice."""

    name: str
    kind: str
    fields: tuple[OwnField, ...]


def read_form(name: str, data: bytes) -> OwnForm:
    """Read an empty sheet.

    Raises:
        InputError: the file is too large, damaged, of another format, or no field can be found in it.
    """
    if len(data) > LARGEST:
        raise InputError(
            f"様式のファイルは{LARGEST // 1_000_000}MBまでです。図や写真を除いた様式を選んでください。"
        )
    kind = file_type(name, data).value.removeprefix(".")
    if kind in ("xlsx", "xlsm"):
        found = list(_of_workbook(data))
    elif kind == "docx":
        found = list(_of_word(data))
    else:
        raise UnsupportedFileError(UNREAD)
    kept = tuple(_own_places(found))[:MOST_FIELDS]
    if not kept:
        raise InputError(UNREAD)
    return OwnForm(
        name=name.rpartition(".")[0] or name, kind="docx" if kind == "docx" else "xlsx", fields=kept
    )


def _own_places(found: Sequence[tuple[OwnField, bool]]) -> Iterator[OwnField]:
    """No label and no cell twice: an empty cell belongs to the label at its left, else to the one above."""
    first = {field.heading: field for field, _ in reversed(found)}
    left = {(field.sheet, field.row, field.column) for field, is_left in found if is_left}
    for field, is_left in found:
        place = (field.sheet, field.row, field.column)
        if first[field.heading] is field and (is_left or place not in left):
            yield field


def _of_workbook(data: bytes) -> Iterator[tuple[OwnField, bool]]:
    """The fields, each with whether its label stands left of it."""
    for worksheet, grid in XlsxReader().grids(data).items():
        taken = {
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.last_row + 1)
            for column in range(cell.column, cell.last_column + 1)
        }
        for cell in grid.cells:
            label = _label(cell.text)
            place = _empty_beside(cell, grid, taken) if label else None
            if place is not None:
                field = OwnField(heading=label, sheet=worksheet, row=place[0], column=place[1])
                yield field, place[0] == cell.row


def _empty_beside(cell: GridCell, grid: Grid, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The drawn cell without text to the right of a label, else below it."""
    for place in ((cell.row, cell.last_column + 1), (cell.last_row + 1, cell.column)):
        if place not in taken and place in grid.drawn:
            return place
    return None


def _of_word(data: bytes) -> Iterator[tuple[OwnField, bool]]:
    DocxReader().read(data)  # refuses what is damaged or not safe to parse
    for number, table in enumerate(docx.Document(io.BytesIO(data)).tables):
        yield from _of_table(table, str(number))


def _of_table(table: Table, number: str) -> Iterator[tuple[OwnField, bool]]:
    rows = [row.cells for row in table.rows]
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            label = _label(cell.text)
            place = _empty_place(rows, at, column, cell) if label else None
            if place is not None:
                field = OwnField(heading=label, sheet=number, row=place[0] + 1, column=place[1] + 1)
                yield field, place[0] == at


def _empty_place(
    rows: Sequence[Sequence[_Cell]], at: int, column: int, cell: _Cell
) -> tuple[int, int] | None:
    """The first cell without text to the right of a label, else the one below; merged cells repeat."""
    right = next((c for c in range(column + 1, len(rows[at])) if rows[at][c]._tc is not cell._tc), None)
    if right is not None and not rows[at][right].text.strip():
        return at, right
    below = next(
        (
            r
            for r in range(at + 1, len(rows))
            if column < len(rows[r]) and rows[r][column]._tc is not cell._tc
        ),
        None,
    )
    if below is not None and right is None and not rows[below][column].text.strip():
        return below, column
    return None


def _label(text: str) -> str:
    """A label's text, empty where a cell is none."""
    label = _SPACE.sub(" ", text).strip()
    told = "。" in label or not _WORDY.search(label) or len(label) > LONGEST_LABEL
    return "" if told else label
