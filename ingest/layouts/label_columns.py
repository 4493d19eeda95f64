"""The columns that say what a table's rows are: which of them hold merged cells, and a row's full name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import TableCell, TableRow
from ingest.cells import Value, is_figure, value_of
from ingest.column_groups import own_label
from ingest.headings import squeezed
from ingest.indicator_cells import INDICATOR_HEADER
from ingest.indicator_roles import (
    NAME_OF_AIM,
    is_amount,
    is_rate_row,
    is_role_only,
    named_role,
    role_of_row,
    role_word,
)
from ingest.tables import (
    Aligned,
    ColumnKind,
    Header,
    column_of,
    fill_down,
    is_total,
    label_key,
    row_label,
    short_label,
)
from ingest.values import figure_of

_UNIT = re.compile(r"単位")
_IN_BRACKETS = re.compile(r"\(.*\)$")  # 「指標（単位）」 heads names, each with its unit
# Heads of columns of text that tells no two rows of one name apart.
_NO_LABEL = re.compile(r"単位|担当|所管|主体|関係|課$|部署|内容|概要|説明|備考|出典|コード|番号")


def label_columns(header: Header, rows: Sequence[TableRow]) -> int:
    """How many columns at the left are labels: those before the first year, role or column of figures."""
    for index, column in enumerate(header):
        is_name = NAME_OF_AIM.fullmatch(label_key(column.header)) is not None
        if column.fiscal_year is not None or (role_word(column.header) is not None and not is_name):
            return index
        texts = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
        figures = sum(is_figure(text) and figure_of(text).value is not None for text in texts)
        if index and column.kind is not ColumnKind.CODE and figures * 2 > len(texts):
            return index
    return len(header)


def filled_labels(header: Header, rows: Sequence[TableRow], labels: int) -> tuple[TableRow, ...]:
    """Rows with what their merged label cells say, and with the unit of an indicator in each of its rows.

    Args:
        header: of the table.
        rows: below it.
        labels: how many columns at the left are labels.
    """
    merged = _merged_columns(header, rows, labels)
    filled = fill_down(rows, merged, _counting_columns(header, rows, merged))
    return _with_units(header, rows, filled, labels)


def _merged_columns(header: Header, rows: Sequence[TableRow], labels: int) -> int:
    """How many columns at the left hold merged cells: where one is blank, a later label is not.

    The first column is always taken for one; a row of totals has no later label and tells nothing.
    """
    merged = 1
    rows = [row for row in rows if not any(is_total(cell.text) for cell in row.filled)]
    for index in range(1, labels - 1):
        blank = [row for row in rows if index < len(row.cells) and not row.cells[index].text]
        if _UNIT.search(header[index].header) or not all(
            any(cell.text for cell in row.cells[index + 1 : labels]) for row in blank
        ):
            break
        merged = index + 1
    return merged


def _counting_columns(header: Header, rows: Sequence[TableRow], merged: int) -> frozenset[int]:
    """Which of the merged columns only number the rows: headed No. or 番号, and filled anew in each."""
    return frozenset(
        index
        for index in range(min(merged, len(header)))
        if header[index].kind is ColumnKind.CODE and _counts([row.texts for row in rows], index)
    )


def _counts(rows: Sequence[Sequence[str]], index: int) -> bool:
    texts = [row[index] for row in rows if index < len(row) and any(row)]
    return len(texts) > 1 and all(texts) and len(set(texts)) == len(texts)


def _with_units(
    header: Header, rows: Sequence[TableRow], filled: Sequence[TableRow], labels: int
) -> tuple[TableRow, ...]:
    """Filled rows with the unit of the row above where name and unit are printed once for both: 計画, 実績.

    Args:
        header: of the table.
        rows: as printed.
        filled: the same with merged cells filled down.
        labels: how many columns at the left are labels; a row that compares others (達成率) gets no unit.
    """
    at = next((i for i in range(1, labels) if _UNIT.fullmatch(label_key(header[i].header))), 0)
    if not at:
        return tuple(filled)
    found: list[TableRow] = []
    above: TableCell | None = None
    for row, full in zip(rows, filled, strict=True):
        cells = list(full.cells)
        if at < len(cells) and cells[at].text:
            above = cells[at]
        elif above is not None and at < len(cells) and not any(row.texts[:at]) and any(full.texts[:at]):
            told = [text for text in full.texts[at + 1 : labels] if text]
            if told and all(role_of_row(text) is not None for text in told):
                cells[at] = above
                full = replace(full, cells=tuple(cells))
        else:
            above = None if any(row.texts[:at]) else above
        found.append(full)
    return tuple(found)


def spread_labels(header: Header, rows: Sequence[TableRow], labels: int) -> Header:
    """The header whose blank label columns are called like the column at their left, if they hold text.

    So 「区分」 is printed over 「財源内訳」 and 「国庫支出金」.
    """
    spread = list(header)
    for index in range(1, labels):
        texts = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text]
        if not spread[index].header and texts and not any(is_figure(text) for text in texts):
            spread[index] = spread[index - 1]
    return tuple(spread)


def spanning(heads: Sequence[TableRow], header: Header) -> Header:
    """The columns under the labels of a head's first line alone: 令和4年度 of 「令和4年度 目標」."""
    if len(heads) < 2:
        return header
    above = ""
    wide = []
    for column, text in zip(header, heads[0].texts, strict=False):
        above = text or above
        wide.append(replace(column_of(short_label(above)), fiscal_year=column.fiscal_year))
    return tuple(wide)


def is_spanned(aligned: Aligned, wide: Header, header: Header) -> bool:
    """Whether each amount of a row takes all columns of its year: the first is filled, those beside it never.

    So a cost is printed that stands for the year, below rows of 目標 and 実績.
    """
    if wide == header:
        return False
    groups: dict[str, list[bool]] = {}
    for column, inner, cell in zip(wide, header, aligned, strict=False):
        if column.fiscal_year is not None and column.header != inner.header:
            groups.setdefault(column.header, []).append(bool(cell and cell.text))
    several = [filled for filled in groups.values() if len(filled) > 1 and any(filled)]
    label = next((cell.text for cell in aligned if cell and cell.text), "")
    firsts = all(filled[0] and not any(filled[1:]) for filled in several)
    return len(several) > 1 and firsts and is_amount("", (label,))


def row_names(header: Header, rows: Sequence[Aligned], labels: int) -> list[str]:
    """What each row is about; rows that share a label are told apart by the label beside it (対象, 区分)."""
    if _is_under_label(header, rows, labels):
        return [header[0].header for _ in rows]
    keys = [label_key(column.header) for column in header]
    own = [label_key(own_label(column.header)) for column in header]
    both = enumerate(zip(keys, own, strict=True))
    named = [index for index, labels_of in both if any(map(INDICATOR_HEADER.fullmatch, labels_of))]
    shared = [i for i in range(1, labels) if header[i].header in ("", header[i - 1].header)]
    names = [_row_name(header, aligned, labels, labels if shared else 0, named) for aligned in rows]
    names = _named_above(names)
    often = {name for name, count in Counter(names).items() if count > 1}
    return [
        f"{name} {beside}".strip()
        if name in often and (beside := _beside(header, aligned, labels, name))
        else name
        for name, aligned in zip(names, rows, strict=True)
    ]


def _named_above(names: Sequence[str]) -> list[str]:
    """Rows that are called by a role alone with the name of the row above: 「計画 有収率」, then 「実績」."""
    named: list[str] = []
    above = ""
    for name in names:
        _, counted = named_role(name)
        above = counted or above
        named.append(f"{name} {above}" if above and is_role_only(name) else name)
    return named


def _is_under_label(header: Header, rows: Sequence[Aligned], labels: int) -> bool:
    """Whether the first head spans all rows and no other column says what they are: 事業費 with its years."""
    if not header[0].header or labels not in (1, len(header)):
        return False
    return bool(rows) and not any(cell is not None and cell.text for cell, *_ in rows)


def _beside(header: Header, aligned: Aligned, labels: int, name: str) -> str:
    """The first text of a label column after the one that a row is named by; no unit, office or role."""
    found = False
    for column, cell in zip(header[:labels], aligned[:labels], strict=True):
        text = squeezed(cell.text) if cell else ""
        if (
            found
            and text
            and column.kind is ColumnKind.TEXT
            and not _NO_LABEL.search(_IN_BRACKETS.sub("", label_key(column.header)))
        ):
            return "" if role_of_row(text) is not None or is_rate_row(text) else text
        found = found or bool(text and name.endswith(text))
    return ""


def _row_name(header: Header, aligned: Aligned, labels: int, divided: int, named: Sequence[int]) -> str:
    """What a row is about: the cell under 指標, else its labels where one divides another, else one.

    Args:
        header: of the table.
        aligned: the row.
        labels: how many label columns there are.
        divided: the same, 0 where none of them divides another.
        named: the columns headed 指標.
    """
    for index in named:
        cell = aligned[index]
        if cell is not None and cell.text.strip("-－—―"):
            return squeezed(cell.text)
    told = _divided(header[:divided], aligned[:divided]) if divided else ""
    label = told or row_label(header, aligned)
    values = (cell.text for cell in aligned[labels:] if cell is not None)
    is_value = figure_of(label).value is not None and any(squeezed(text) == label for text in values)
    return "" if is_value else label


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
