"""Columns under a label that spans them, 「KPI 名称」, 「KPI 単位」: what one says holds for its group.

A header of two lines is kept as one text, the spanning label first. So 「KPI 単位」 is the unit of the values
under KPI and not of the amounts under 事業費 beside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.passage import Cell
from ingest.values import unit_in_brackets


def own_label(header: str) -> str:
    """A header without the label that spans it; empty where none does."""
    _, parted, own = header.partition(" ")
    return own.rpartition(" ")[2] if parted else ""


def is_in_group(header: str, group: str) -> bool:
    """Whether a column stands in a group; every one does in the group without a label."""
    return not group or header.startswith(f"{group} ")


def group_of(header: str) -> str:
    """The label that spans a column, empty where its header is one word."""
    group, parted, _ = header.partition(" ")
    return group if parted else ""


def unit_of_group(cells: Iterable[Cell], header: str) -> str:
    """The unit that the header of another column in the group prints in brackets: 「事業費 決算（千円）」."""
    group = group_of(header)
    if not group:
        return ""
    beside = (cell.header for cell in cells if is_in_group(cell.header, group))
    return next((unit for other in beside if (unit := unit_in_brackets(other))), "")
