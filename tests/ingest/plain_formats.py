"""A small text as a file of each format, by the name that the file gets."""

import io
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby

from openpyxl import Workbook  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.util import Cm

from tests.ingest.made_files import workbook_bytes
from tests.ingest.pdf_drawing import typeset
from tests.ingest.sample_formats import as_docx


def _parts(text: str) -> Iterator[tuple[bool, list[str]]]:
    """The lines that stand together, and whether they are rows of a table."""
    lines = [line for line in text.split("\n") if line]
    for is_table, found in groupby(lines, key=lambda line: "\t" in line):
        yield is_table, list(found)


def as_html(text: str) -> bytes:
    """Paragraphs and tables."""
    body = []
    for is_table, lines in _parts(text):
        if is_table:
            rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line.split("\t")) for line in lines)
            body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
        else:
            body.extend(f"<p>{escape(line)}</p>" for line in lines)
    return f"<html><meta charset=utf-8><body>{''.join(body)}</body></html>".encode()


def as_csv(text: str) -> bytes:
    """Cells parted by commas, as spreadsheets write them in Japan."""
    return text.replace(",", "").replace("\t", ",").encode("cp932")


def as_workbook(text: str) -> bytes:
    """A row a line."""
    book = Workbook()
    for line in text.split("\n"):
        book.active.append(line.split("\t"))
    return workbook_bytes(book)


def as_pptx(text: str) -> bytes:
    """A slide with the lines and the tables below each other."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    for number, (is_table, lines) in enumerate(_parts(text)):
        place = (Cm(1), Cm(1 + 4 * number), Cm(20), Cm(3))
        if is_table:
            rows = [line.split("\t") for line in lines]
            table = slide.shapes.add_table(len(rows), len(rows[0]), *place).table
            places = ((r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row))
            for row_number, column, cell in places:
                table.cell(row_number, column).text = cell
        else:
            slide.shapes.add_textbox(*place).text_frame.text = "\n".join(lines)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


PLAIN_FORMATS: dict[str, Callable[[str], bytes]] = {
    "plan.txt": str.encode,
    "old.txt": lambda text: text.encode("cp932"),
    "plan.csv": as_csv,
    "plan.html": as_html,
    "plan.docx": as_docx,
    "plan.xlsx": as_workbook,
    "plan.pdf": typeset,
    "plan.pptx": as_pptx,
}
