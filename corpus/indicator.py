"""The indicator 「指標」: one value with its name, role, fiscal year, unit and place; never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.span import Span


class IndicatorRole(StrEnum):
    """What a value is in the life of an indicator."""

    BASELINE = "baseline"
    TARGET = "target"
    ACTUAL = "actual"
    BUDGET = "budget"
    SETTLEMENT = "settlement"
    EFFECT = "effect"


class Direction(StrEnum):
    """Which way a target points."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One cell of a table of figures.

    Attributes:
        passage_id: the row that it stands in.
        name: what is counted, in the source's own characters.
        role: see ``IndicatorRole``.
        fiscal_year: of the value (its column's), None where the header names none.
        value: the number, None where the cell holds text (随時, 類似団体平均以下) or a dash.
        value_text: as printed.
        unit: %, 件, 人, 千円 …; empty where none is printed.
        direction: which way the target points, None where nothing says so.
        achieved: whether the source says that the target was reached, None where it says nothing.
        span: the value's characters in the stored text.
    """

    passage_id: str
    name: str
    role: IndicatorRole
    fiscal_year: int | None
    value: float | None
    value_text: str
    unit: str
    direction: Direction | None
    achieved: bool | None
    span: Span
