"""The indicator 「指標」: one value with its name, role, fiscal year, unit and place; never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.span import Span

YEN = {"円": 1, "千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
"""What the units of money are worth in yen."""


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
        value: the number in ``unit``, None where the cell holds text (随時, 類似団体平均以下) or a dash.
        value_text: as printed.
        unit: %, 件, 人, 千円 …; empty where the source does not settle it.
        direction: which way the target points, None where nothing says so.
        achieved: whether the source says that the target was reached, None where it says nothing.
        span: the value's characters in the stored text.
        measure: the 施策, 業務 or 取組 that the row belongs to; empty where it is the sheet itself.
        departments: who is responsible, as printed: the row's own where it names one, else the passage's.
        cumulative: whether the source says that the value adds up over the years 「累計」.
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
    measure: str = ""
    departments: tuple[str, ...] = ()
    cumulative: bool = False

    @property
    def indicator_id(self) -> str:
        """The value's name within the library: its passage, and the code point where it begins."""
        return f"{self.passage_id}/{self.span.start}"

    @property
    def yen(self) -> float | None:
        """The amount in yen, for comparing 千円 with 円; None for anything but an amount."""
        scale = YEN.get(self.unit)
        return None if self.value is None or scale is None else self.value * scale
