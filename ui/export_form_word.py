"""A draft in a form's layout as a Word file: paragraphs, tables, and the sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docx.document import Document as WordDocument
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from ui.export_file import writing
from ui.export_footnotes import Footnotes
from ui.export_form import as_text
from ui.form_rows import FormCell, FormRow
from ui.word_page import new_word_document


def write_form_word(rows: Sequence[FormRow], sources: Mapping[int, str], path: Path) -> None:
    """Write the rows of a form.

    Args:
        rows: see ``ui.form_rows``.
        sources: the source of each mark, in words.
        path: where to.

    Raises:
        InputError: the file cannot be written.
    """
    document = new_word_document()
    footnotes = Footnotes(document)
    for part in _parts(rows):
        if len(part) == 1 and _is_line(part[0]):
            _line(document, part[0][0], sources, footnotes, is_first=part[0] is rows[0])
        else:
            _table(document, part, sources, footnotes)
    footnotes.attach()
    with writing(path, "Word"):
        document.save(str(path))


def _is_line(row: FormRow) -> bool:
    return len(row) == 1 and row[0].across == 1


def _parts(rows: Sequence[FormRow]) -> Iterator[list[FormRow]]:
    """Each line alone, the rows of a table together."""
    table: list[FormRow] = []
    for row in rows:
        if not _is_line(row):
            table.append(row)
            continue
        if table:
            yield table
            table = []
        yield [row]
    if table:
        yield table


def _line(
    document: WordDocument, cell: FormCell, sources: Mapping[int, str], notes: Footnotes, *, is_first: bool
) -> None:
    if is_first:
        paragraph = document.add_heading(level=1)
    elif cell.label:
        paragraph = document.add_heading(level=2)
    else:
        paragraph = document.add_paragraph()
    _fill(paragraph, cell.text, cell.marks, sources, notes)


def _table(
    document: WordDocument, rows: Sequence[FormRow], sources: Mapping[int, str], notes: Footnotes
) -> None:
    width = max(sum(cell.across for cell in row) for row in rows)
    table = document.add_table(len(rows), width, "Table Grid")
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            first = table.cell(at, column)
            last = table.cell(at + cell.down - 1, column + cell.across - 1)
            if (cell.down, cell.across) != (1, 1):
                first = first.merge(last)
            if cell.text:
                _cell(first, cell, sources, notes)
            column += cell.across
    document.add_paragraph()


def _cell(made: _Cell, cell: FormCell, sources: Mapping[int, str], notes: Footnotes) -> None:
    lines = cell.text.split("\n")
    for number, line in enumerate(lines):
        paragraph = made.paragraphs[0] if number == 0 else made.add_paragraph()
        marks = cell.marks if number == len(lines) - 1 else ()
        _fill(paragraph, line, marks, sources, notes, is_bold=cell.label)


def _fill(
    paragraph: Paragraph,
    text: str,
    marks: Sequence[int],
    sources: Mapping[int, str],
    notes: Footnotes,
    *,
    is_bold: bool = False,
) -> None:
    run = paragraph.add_run(as_text(text))
    if is_bold:
        run.bold = True
    for n in marks:
        if n in sources:
            notes.add(paragraph, sources[n])
