"""Files made for tests of readers: a document's tab-separated text as a workbook and as a Word document."""

import io
from collections.abc import Sequence
from itertools import groupby

import docx
from docx.oxml import OxmlElement
from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Border, Side  # type: ignore[import-untyped]

from ingest.blocks import BlockDocument
from ingest.layout import choose_layout
from ingest.reader import ReadFile
from tests.ingest.documents import check_passages

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def workbook_bytes(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def docx_bytes(document: "docx.document.Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_workbook(text: str) -> bytes:
    """Each line of a text in a row; rows of tables are boxed, cell by cell."""
    workbook = Workbook()
    sheet = workbook.active
    for number, line in enumerate(text.split("\n"), start=1):
        is_row = "\t" in line
        for column, cell in enumerate(line.split("\t"), start=1):
            one = sheet.cell(number, column, cell or None)
            if is_row:
                one.border = _BOX
    return workbook_bytes(workbook)


def add_table(
    document: "docx.document.Document", rows: Sequence[Sequence[str]], style: str | None = None
) -> None:
    """A table at the end of a Word document; each line of a cell is a paragraph of it."""
    table = document.add_table(len(rows), max(map(len, rows)), style)
    cells = (
        (cell, text)
        for made, row in zip(table.rows, rows, strict=True)
        for cell, text in zip(made.cells, row, strict=False)
    )
    for cell, text in cells:
        first, *others = text.split("\n")
        cell.text = first
        for other in others:
            cell.add_paragraph(other)


def as_docx(text: str) -> bytes:
    """Each line of a text as a paragraph, each table as a table."""
    document = docx.Document()
    for is_table, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if is_table:
            add_table(document, [line.split("\t") for line in lines])
            document.element.body.append(OxmlElement("w:p"))
        else:
            for line in lines:
                document.add_paragraph(line)
    return docx_bytes(document)


def told(text: str, document: BlockDocument) -> list[object]:
    """What a document's layout makes of it, without places: sheets, then passages with their cells."""
    parsed = choose_layout(document).parse(document)
    check_passages(text, parsed)
    sheets: list[object] = [(parsed.layout, s.title, s.departments, s.fiscal_years) for s in parsed.sheets]
    return sheets + [
        (
            passage.kind,
            passage.sheet,
            passage.section_path,
            " / ".join(" ".join(span.of(text).split()) for span in passage.segments),
            tuple((cell.header, cell.span.of(text), cell.fiscal_year) for cell in passage.cells),
        )
        for passage in parsed.passages
    ]


def told_of(read: ReadFile) -> list[object]:
    return told(read.text, BlockDocument(text=read.text, blocks=read.blocks))
