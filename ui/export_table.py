"""A comparison as a table for Excel or another program: one line a quotation or row of figures.

No cell is ever a formula: what begins with a sign that a spreadsheet would calculate is written as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

from corpus.fiscal_year import era_label
from qa.aspect_words import Aspect
from qa.compare import Comparison, Row
from qa.compare_cells import Cell
from ui.compare_form import GROUPS, figure_rows, not_written
from ui.export_file import write_csv_lines, writing

HEADERS = (
    *(
        "自治体コード",
        "自治体",
        "観点",
        "記述",
        "年度",
        "文書",
        "文書の種別",
        "部署",
        "見出し",
        "所在",
        "ファイル",
    ),
)
WIDTHS = (12, 12, 8, 80, 14, 30, 14, 20, 30, 16, 26)
MATRIX_WIDTH = 46
LONGEST_CELL = 32_767
A3 = 8
"""The number of the paper in ECMA-376, 18.3.1.63; on A4 nobody could read five columns of prose."""

Line = tuple[str, ...]
Value = str | float
Worksheet = tuple[str, Line, Sequence[Sequence[Value]], Sequence[int]]
"""A worksheet: name, headings, lines and the widths of its columns (none: those of a matrix)."""


def write_xlsx(found: Comparison, path: Path) -> None:
    """Write the matrix, its sources and the differences as three worksheets.

    Raises:
        InputError: the file cannot be written.
    """
    matrix_head = ("自治体", *(aspect.value for aspect in Aspect))
    notes = [(text,) for text in (*found.notices, found.searched.sentence())]
    write_sheets(
        path,
        [
            ("比較表", matrix_head, list(_matrix(found)), ()),
            ("出典", HEADERS, list(table_lines(found)), WIDTHS),
            ("共通点と違い", ("区分", "自治体", "記述", "出典"), _differences(found), ()),
            ("検索した範囲", (f"テーマ: {found.theme.text}",), notes, (100,)),
        ],
    )


def write_sheets(path: Path, sheets: Iterable[Worksheet]) -> None:
    """Write worksheets of text and numbers, with a heading row that stays in sight.

    Raises:
        InputError: the file cannot be written.
    """
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    unwritten = writing(path, "Excel", xlsxwriter.exceptions.XlsxWriterException)
    with unwritten, xlsxwriter.Workbook(str(path), plain) as book:
        head = book.add_format({"bold": True, "bg_color": "#e8f1fe", "border": 1, "text_wrap": True})
        body = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, headers, lines, widths in sheets:
            _sheet(book, name, headers, lines, head, body, widths)


def write_csv(found: Comparison, path: Path) -> None:
    """Write one line a quotation, in UTF-8 with a byte order mark, as Excel expects it.

    Raises:
        InputError: the file cannot be written.
    """
    write_csv_lines(path, HEADERS, table_lines(found))


def table_lines(found: Comparison) -> Iterator[Line]:
    """The lines of the table of sources, town by town and aspect by aspect; empty cells say so."""
    for row in found.rows:
        for aspect, cell in row.cells.items():
            yield from _cell_lines(row, aspect, cell)


def _cell_lines(row: Row, aspect: Aspect, cell: Cell) -> Iterator[Line]:
    town = (row.municipality_code, row.municipality, aspect.value)
    if not cell.found:
        yield (*town, not_written(row), *("" for _ in HEADERS[4:]))
    for one in cell.passages:
        hit = one.hit
        year = era_label(hit.fiscal_year) if hit.fiscal_year is not None else ""
        path = " > ".join(
            dict.fromkeys(
                part
                for part in (
                    hit.sheet.title if hit.sheet else "",
                    *hit.passage.section_path,
                    hit.passage.item,
                )
                if part
            )
        )
        document = hit.document
        yield (
            *(*town, one.citation.quote, year, document.title, document.document_kind, hit.department, path),
            *(one.citation.locator.label(), document.source),
        )
    for name, values, first in figure_rows(cell.indicators):
        department = "、".join(first.indicator.departments)
        path = " > ".join(dict.fromkeys(part for part in (first.labels.sheet, first.labels.measure) if part))
        yield (
            *(*town, f"{name}: {values}", "", first.title, "", department, path),
            *(first.locators[0].label(), first.source),
        )


def _matrix(found: Comparison) -> Iterator[Line]:
    for row in found.rows:
        yield (row.municipality, *(_cell_text(row, cell) for cell in row.cells.values()))


def _cell_text(row: Row, cell: Cell) -> str:
    if not cell.found:
        return not_written(row)
    said = [
        f"{one.citation.quote}\n（{one.hit.document.title}、{one.citation.locator.label()}）"
        for one in cell.passages
    ]
    said += [
        f"{name}: {values}\n（{first.title}、{first.locators[0].label()}）"
        for name, values, first in figure_rows(cell.indicators)
    ]
    return "\n\n".join(said)


def _differences(found: Comparison) -> list[Line]:
    return [
        (
            title,
            one.hit.document.municipality,
            one.citation.quote,
            f"{one.hit.document.title}、{one.citation.locator.label()}（{one.citation.source}）",
        )
        for kind, title in GROUPS
        for group in getattr(found.differences, kind)
        for one in group.members
    ]


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    headers: Line,
    lines: Sequence[Sequence[Value]],
    head: object,
    body: object,
    widths: Sequence[int] = (),
) -> None:
    sheet = book.add_worksheet(name)
    for column, header in enumerate(headers):
        sheet.set_column(column, column, widths[column] if widths else 14 if column == 0 else MATRIX_WIDTH)
        sheet.write_string(0, column, header, head)
    for number, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, column, value[:LONGEST_CELL], body)
            else:
                sheet.write_number(number, column, value, body)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)  # all columns on one page, as many pages as the lines need
    sheet.repeat_rows(0)
    if lines and len(headers) > 1:
        sheet.autofilter(0, 0, len(lines), len(headers) - 1)
