"""What sort of table it is: a form, rows of labels with one value, or rows that go on from a page before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.blocks import Table, TableCell, TableRow
from ingest.cells import is_figure
from ingest.indicator_roles import role_word
from ingest.layouts.dated_fields import is_dated_field
from ingest.layouts.form_fields import are_labels, is_field_label, is_known_label, pairs_by_position, pairs_of
from ingest.tables import Header, column_year


def is_form(table: Table) -> bool:
    """Whether a table is a form: each row gives labels beside values, and two labels or more are known."""
    rows = table.rows
    if len(rows) > 1 and are_labels(rows[0]) and len(rows[0].filled) > 1:
        return False
    if len(rows) > 1 and _heads_one_column(rows):
        return False
    paired = [pairs_of(row) for row in rows]
    by_turns = any(len(pairs) > 1 for pairs in paired)
    for row, pairs in zip(rows, paired, strict=True):
        told = pairs or len(row.filled) < 2 or are_labels(row) or is_dated_field(row)
        if not told and not (by_turns and pairs_by_position(row)):
            return False
    beside = [pair for pairs in paired for pair in pairs]
    known = sum(is_field_label(label.text) for label in _labels(rows, paired))
    return (
        known > 1
        and bool(beside)
        and not any(is_known_label(value.text) for _, value in beside if value.text)
    )


def _heads_one_column(rows: Sequence[TableRow]) -> bool:
    """Whether a year or a role stands above nothing but figures in the second of two columns."""
    if any(len(row.filled) > 2 for row in rows) or len(rows[0].filled) != 2:
        return False
    above = rows[0].filled[1].text
    is_head = column_year(above) is not None or role_word(above) is not None
    return is_head and all(is_figure(row.cells[-1].text) for row in rows[1:])


def _labels(
    rows: Sequence[TableRow], paired: Sequence[Sequence[tuple[TableCell, TableCell]]]
) -> Iterator[TableCell]:
    for row, pairs in zip(rows, paired, strict=True):
        yield from (label for label, _ in pairs)
        if row.filled and not pairs:
            yield row.filled[0]


def goes_on(table: Table, before: Header) -> bool:
    """Whether a table without a header has the columns of the one before it, and no field of a form."""
    if not before or any(len(row.cells) != len(before) for row in table.rows):
        return False
    return not any(pairs_of(row) and is_known_label(row.filled[0].text) for row in table.rows)


def is_labelled(table: Table) -> bool:
    """Whether each row of a table gives labels and one value, or labels and values by turns."""
    if max(len(row.cells) for row in table.rows) == 2 or is_form(table):
        return True
    labels = [cell.text for row in table.rows for cell in row.filled[:-1]]
    return max(len(row.filled) for row in table.rows) <= 3 and not any(is_figure(label) for label in labels)
