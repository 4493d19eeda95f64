"""Figures of a table row as indicators: each value with its name, role, year, unit and place.

A row gives indicators where its headers name years or roles (基準値, 目標値, 実績, 予算額, 決算額,
効果額). A cell that holds no number (随時, 類似団体平均以下, —) stays an indicator without a value: it
is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from corpus.folding import fold
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.passage import Cell, Passage, PassageKind

Found = TypeVar("Found")

ROLE_WORDS = (
    (IndicatorRole.BASELINE, ("基準値", "現状値", "現況値")),
    (IndicatorRole.BUDGET, ("予算",)),
    (IndicatorRole.SETTLEMENT, ("決算",)),
    (IndicatorRole.EFFECT, ("効果額",)),
    (IndicatorRole.TARGET, ("目標",)),
    (IndicatorRole.ACTUAL, ("実績", "実数")),
)
ARROWS = {"↑": Direction.UP, "↗": Direction.UP, "→": Direction.KEEP, "↓": Direction.DOWN, "↘": Direction.DOWN}
REACHED = {"○": True, "◯": True, "〇": True, "◎": True, "×": False, "✕": False}
VALUE = re.compile(
    r"(?P<sign>[-△▲−]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>\D{0,8})"
)
UNIT_IN_HEADER = re.compile(r"\((?:単位[:\s]*)?(千円|百万円|円|%|人|件|回|km|戸|世帯|団体)\)")


def indicators_of(passage: Passage) -> list[Indicator]:
    """The indicators of a row, left to right; empty for anything but a row of figures."""
    if passage.kind is not PassageKind.ROW:
        return []
    cells = [(cell, role) for cell in passage.cells if (role := _role(cell)) is not None]
    if not any(_value(cell.text)[0] is not None for cell, _ in cells):
        return []
    name = _name(passage)
    direction = _first(ARROWS, passage, "目標")
    achieved = _first(REACHED, passage, "達成")
    return [
        _indicator(passage, cell, role, name, direction, achieved)
        for cell, role in cells
        if cell.text not in ARROWS
    ]


def _role(cell: Cell) -> IndicatorRole | None:
    for role, words in ROLE_WORDS:
        if any(word in cell.header for word in words):
            return role
    return IndicatorRole.ACTUAL if cell.fiscal_year is not None else None


def _name(passage: Passage) -> str:
    """What is counted: the cell under 指標, else the row's item, else its first label."""
    named = [cell.text for cell in passage.cells if cell.header in {"指標", "指標名"}]
    labels = [cell.text for cell in passage.cells if _role(cell) is None]
    return next((name for name in (*named, passage.item, *labels) if name and name != "-"), passage.item)


def _first(table: Mapping[str, Found], passage: Passage, header: str) -> Found | None:
    for cell in passage.cells:
        if header in cell.header and cell.text in table:
            return table[cell.text]
    return None


def _indicator(
    passage: Passage,
    cell: Cell,
    role: IndicatorRole,
    name: str,
    direction: Direction | None,
    achieved: bool | None,
) -> Indicator:
    printed = cell.text
    value, unit = _value(printed)
    in_header = UNIT_IN_HEADER.search(fold(cell.header).text)
    return Indicator(
        passage_id=passage.passage_id,
        name=" ".join(name.split()),
        role=role,
        fiscal_year=cell.fiscal_year,
        value=value,
        value_text=printed,
        unit=unit or (in_header[1] if in_header and value is not None else ""),
        direction=direction,
        achieved=achieved,
        span=cell.span,
    )


def _value(printed: str) -> tuple[float | None, str]:
    """The number and the unit of a cell that holds one number, else (None, "")."""
    found = VALUE.fullmatch("".join(fold(printed).text.split()))
    if found is None:
        return None, ""
    number = float(found["number"].replace(",", ""))
    return (-number if found["sign"] else number), found["unit"]
