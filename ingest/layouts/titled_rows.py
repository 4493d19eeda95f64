"""The first row of a form with a number, a title and perhaps a department: 「1-1｜電子申請｜担当課｜総務課」.

Its number and title are a heading, for what stands below is about them; labels that follow are fields. Such a
row is neither the head of columns nor a row below one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.span import Span
from ingest.blocks import Block, Table, TableCell, TableRow, TextLine
from ingest.cells import Value, value_of
from ingest.layouts.form_fields import OFFICE_LABEL, is_known_label
from ingest.tables import label_key

# The number of a form in a cell of its own: 1-1, No.12, (3), ④, Ⅱ.
_NUMBER = re.compile(
    r"(?:no\.?|№|第)?\s*[0-9０-９]{1,3}(?:[-－‐.．][0-9０-９]{1,3}){0,2}|[(（][0-9０-９]{1,2}[)）]|[①-⑳Ⅰ-Ⅻ]",
    re.IGNORECASE,
)
_LONGEST_TITLE = 50


def is_titled(rows: Sequence[TableRow]) -> bool:
    """Whether a table begins with such a row, of which fields or columns of its own follow."""
    if len(rows) < 2 or len(rows[0].filled) < 2:
        return False
    number, title, *rest = rows[0].filled
    if rows[0].cells[0] is not number or not _NUMBER.fullmatch(number.text) or not _is_title(title):
        return False
    if rest:
        return len(rest) % 2 == 0 and all(map(_is_field, rest[::2], rest[1::2]))
    return is_known_label(rows[1].cells[0].text) and len(rows[1].filled) == 2


def title_of(row: TableRow) -> Iterator[Block]:
    """The heading that such a row is, then its fields as a table of one row."""
    number, title, *rest = row.filled
    span = Span(number.span.start, title.span.end)
    yield TextLine(text=f"{number.text} {title.text}", span=span, line=row.line)
    if rest:
        yield Table(rows=(TableRow(cells=tuple(rest), line=row.line),))


def _is_title(cell: TableCell) -> bool:
    return (
        value_of(cell.text) is Value.TEXT
        and len(cell.text) <= _LONGEST_TITLE
        and not is_known_label(cell.text)
        and not cell.text.endswith("。")
    )


def _is_field(label: TableCell, value: TableCell) -> bool:
    """Whether a label is that of a department, or any that is known, and its value no label."""
    return (
        OFFICE_LABEL.fullmatch(label_key(label.text)) is not None or is_known_label(label.text)
    ) and not is_known_label(value.text)
