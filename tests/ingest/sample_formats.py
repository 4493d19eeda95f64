"""The sample corpus as a town hall would publish it: PDF with and without rules, Word and Excel.

``python -m tests.ingest.sample_formats --out FOLDER`` writes each document of ``corpus/samples`` in all of
them. What is drawn is what the text says and nothing else: a heading is a heading, rows with tabs are a
table, ``<p>`` in a cell is a paragraph of it, and a dash before a list's own mark is the extraction's.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from corpus.sample_corpus import SAMPLES
from tests.ingest.made_files import add_table, docx_bytes
from tests.ingest.pdf_drawing import FONT, register

WIDE = 7
"""Columns from which on a table is printed on paper laid crosswise."""
_TAG = re.compile(r"</?(?:p|ul|li|br)\b[^>]*>")
_OWN_MARK = re.compile(r"- (?=[①-⑳※・(（])")
_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(\.\d+)?([%人件回戸世帯台]*)")
_LONGEST_HEADING = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Paragraphs that stand together."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table, all rows equally long; the paragraphs of a cell are lines."""

    rows: tuple[tuple[str, ...], ...]


Part = Heading | Lines | Rows


def parts_of(text: str) -> list[Part]:
    """A stored text as its author laid it out."""
    found: list[Part] = []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        for is_table, lines in groupby(block.split("\n"), key=lambda line: "\t" in line):
            told = list(lines)
            if is_table:
                found.append(_rows([line.split("\t") for line in told]))
            elif told := [_OWN_MARK.sub("", line) for line in told if line.strip()]:
                found.append(_running(told))
    return found


def _rows(rows: Sequence[Sequence[str]]) -> Rows:
    width = max(map(len, rows))
    return Rows(rows=tuple((*map(_paragraphs, row), *[""] * (width - len(row))) for row in rows))


def _paragraphs(cell: str) -> str:
    return "\n".join(part.strip() for part in _TAG.split(cell) if part.strip())


def _running(lines: Sequence[str]) -> Heading | Lines:
    is_short = len(lines) == 1 and len(lines[0]) <= _LONGEST_HEADING and "。" not in lines[0]
    is_marked = lines[0].startswith(("- ", "・", "※"))
    return Heading(text=lines[0]) if is_short and not is_marked else Lines(lines=tuple(lines))


def is_wide(parts: Sequence[Part]) -> bool:
    return any(len(part.rows[0]) >= WIDE for part in parts if isinstance(part, Rows))


def as_ruled_pdf(text: str) -> bytes:
    """Tables with rules around each cell."""
    return _pdf(text, [("GRID", (0, 0), (-1, -1), 0.5, "black")])


def as_unruled_pdf(text: str) -> bytes:
    """Tables whose columns are told by where they stand."""
    return _pdf(text, [])


def _pdf(text: str, rules: list[Any]) -> bytes:
    register()
    parts = parts_of(text)
    size = landscape(A4) if is_wide(parts) else A4
    room = size[0] - 112
    body = ParagraphStyle("body", fontName=FONT, fontSize=10.5, leading=17, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=13, leading=20, spaceBefore=6, keepWithNext=1)
    story: list[Flowable] = []
    for part in parts:
        match part:
            case Heading():
                story.append(Paragraph(escape(part.text), head))
            case Lines():
                story.extend(Paragraph(escape(line), body) for line in part.lines)
            case Rows():
                story.append(_pdf_table(part, room, rules))
        story.append(Spacer(1, 14))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=size, margins=56, invariant=1)
    document.build(story, onFirstPage=_number, onLaterPages=_number)
    return buffer.getvalue()


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 30, f"- {document.page} -")


def _pdf_table(part: Rows, room: float, rules: list[Any]) -> Table:
    style = ParagraphStyle("cell", fontName=FONT, fontSize=8, leading=11, wordWrap="CJK")
    longest = [
        min(40, max(3, *(len(line) for row in part.rows for line in row[index].split("\n"))))
        for index in range(len(part.rows[0]))
    ]
    cells = [
        [[Paragraph(escape(line), style) for line in cell.split("\n")] if cell else "" for cell in row]
        for row in part.rows
    ]
    # A column is never narrower than a short label: 三文字 and the cell's padding.
    least = 3 * 8 + 14
    rest = room - least * len(longest)
    widths = [least + rest * one / sum(longest) for one in longest]
    commands = [("VALIGN", (0, 0), (-1, -1), "TOP" if not rules else "MIDDLE"), *rules]
    return Table(cells, colWidths=widths, style=TableStyle(commands), splitByRow=1)


def as_docx(text: str) -> bytes:
    """Headings in Word's own styles, tables with a grid."""
    document = docx.Document()
    for part in parts_of(text):
        match part:
            case Heading():
                document.add_heading(part.text, level=2)
            case Lines():
                for line in part.lines:
                    is_bullet = line.startswith("- ")
                    document.add_paragraph(line.removeprefix("- "), "List Bullet" if is_bullet else None)
            case Rows():
                add_table(document, part.rows, "Table Grid")
                document.add_paragraph("")
    return docx_bytes(document)


def as_xlsx(text: str) -> bytes:
    """One worksheet: prose in merged cells, figures as numbers with formats, an empty row between parts."""
    parts = parts_of(text)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    width = max([4, *(len(part.rows[0]) for part in parts if isinstance(part, Rows))])
    sheet.set_column(0, width - 1, 18)
    formats = _Formats(book)
    row = 0
    for part in parts:
        match part:
            case Heading():
                sheet.write_string(row, 0, part.text, formats.of(bold=True))
                row += 1
            case Lines():
                for line in part.lines:
                    sheet.merge_range(row, 0, row, width - 1, line, formats.of(text_wrap=True))
                    row += 1
            case Rows():
                for cells in part.rows:
                    _write_row(sheet, formats, row, cells)
                    row += 1
        row += 1
    book.close()
    return buffer.getvalue()


class _Formats:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **options: object) -> Any:
        key = tuple(sorted(options.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(options)
        return self._made[key]


def _write_row(sheet: Any, formats: _Formats, row: int, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        _write(sheet, formats, row, column, cell)


def _write(sheet: Any, formats: _Formats, row: int, column: int, cell: str) -> None:
    number = _NUMBER.fullmatch(cell)
    if number is None:
        sheet.write(row, column, None, formats.of(border=1)) if not cell else sheet.write_string(
            row, column, cell, formats.of(border=1, text_wrap=True)
        )
        return
    sign, whole, fraction, unit = number[1], number[2], number[3] or "", number[4]
    code = ("#,##0" if "," in whole else "0") + (f".{'0' * (len(fraction) - 1)}" if fraction else "")
    value = float(f"{sign}{whole.replace(',', '')}{fraction}")
    if unit == "%":
        value, code = value / 100, f"{code}%"
    elif unit:
        code = f'{code}"{unit}"'
    sheet.write_number(row, column, value, formats.of(border=1, num_format=code))


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "pdf ruled": (".pdf", as_ruled_pdf),
    "pdf unruled": (".pdf", as_unruled_pdf),
    "docx": (".docx", as_docx),
    "xlsx": (".xlsx", as_xlsx),
}
"""Each format's extension and how a text is written in it."""


def sample_names() -> list[str]:
    return sorted(path.name for path in SAMPLES.glob("*.txt"))


@cache
def made(name: str, form: str) -> bytes:
    """A document of the sample corpus in a format."""
    return FORMATS[form][1]((SAMPLES / name).read_text("utf-8"))


def written(folder: Path) -> Iterator[Path]:
    """Write all documents in all formats, a folder for each format."""
    for form, (extension, _) in FORMATS.items():
        inner = folder / form.replace(" ", "_")
        inner.mkdir(parents=True, exist_ok=True)
        for name in sample_names():
            path = inner / Path(name).with_suffix(extension).name
            path.write_bytes(made(name, form))
            yield path


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, required=True)
    for made_path in written(parser.parse_args().out):
        print(made_path)  # noqa: T201
