"""The columns that say what a table's rows are: which of them hold merged cells, and a row's full name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.blocks import TableRow
from ingest.cells import Value, is_figure, value_of
from ingest.headings import squeezed
from ingest.indicator_roles import NAME_OF_AIM, role_of_row, role_word
from ingest.tables import Aligned, ColumnKind, Header, label_key, row_label

_INDICATOR = re.compile(
    r"(成果|評価|活動|数値|管理|重要業績評価)?指標(名|項目|名称)?|k[pg]i(名|指標)?|管理項目"
)
_UNIT = re.compile(r"単位")


def label_columns(header: Header, rows: Sequence[TableRow]) -> int:
    """How many columns at the left are labels: those before the first year, role or column of figures."""
    for index, column in enumerate(header):
        is_name = NAME_OF_AIM.fullmatch(label_key(column.header)) is not None
        if column.fiscal_year is not None or (role_word(column.header) is not None and not is_name):
            return index
        texts = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
        figures = sum(is_figure(text) for text in texts)
        if column.kind is not ColumnKind.CODE and figures * 2 > len(texts):
            return index
    return len(header)


def merged_columns(header: Header, rows: Sequence[TableRow], labels: int) -> int:
    """How many columns at the left hold merged cells: where one is blank, a later label is not.

    The first column is always taken for one.
    """
    merged = 1
    for index in range(1, labels - 1):
        blank = [row for row in rows if index < len(row.cells) and not row.cells[index].text]
        if _UNIT.search(header[index].header) or not all(
            any(cell.text for cell in row.cells[index + 1 : labels]) for row in blank
        ):
            break
        merged = index + 1
    return merged


def row_name(header: Header, aligned: Aligned, labels: int) -> str:
    """What a row is about: the cell under 指標, else its labels where one divides another, else one."""
    pairs = [(c, squeezed(cell.text)) for c, cell in zip(header, aligned, strict=True) if cell and cell.text]
    indicator = next((t for c, t in pairs if _INDICATOR.fullmatch(label_key(c.header))), "")
    if indicator and indicator.strip("-－—―"):
        return indicator
    divided = _divided(header[:labels], aligned[:labels])
    return divided or row_label(header, aligned)


def _divided(header: Header, aligned: Aligned) -> str:
    """The labels of columns that share one header, as 「確保方策 保育所」; empty where none do."""
    texts: list[str] = []
    for index, (column, cell) in enumerate(zip(header, aligned, strict=True)):
        if cell is None or not cell.text or value_of(cell.text) is not Value.TEXT:
            continue
        shares = index > 0 and column.header in ("", header[index - 1].header)
        if (shares and texts and role_of_row(cell.text) is None) or (
            not texts and index + 1 < len(header) and header[index + 1].header in ("", column.header)
        ):
            texts.append(squeezed(cell.text))
    return " ".join(texts) if len(texts) > 1 else ""
