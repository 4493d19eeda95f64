"""The axis of a chart: from zero, or from below it where a value is, in round steps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The values of an axis: from ``low`` on, ``STEPS`` steps."""

    low: float
    step: float

    @property
    def high(self) -> float:
        """The value at its end."""
        return self.low + STEPS * self.step

    @property
    def ticks(self) -> Iterator[float]:
        """The values that are written at it, ascending."""
        return (self.low + number * self.step for number in range(STEPS + 1))

    def share(self, value: float) -> float:
        """Where a value stands, 0 at the beginning and 1 at the end."""
        return (value - self.low) / (self.high - self.low)

    def is_zero(self, value: float) -> bool:
        """Whether a tick is that of zero."""
        return abs(value) < self.step / 1000


def axis_of(values: Iterable[float]) -> Axis:
    """The axis that holds the values and zero."""
    held = [0.0, *values]
    least, most = min(held), max(held)
    rough = ((most - least) or STEPS) / STEPS  # of nothing but zeros: steps of one
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 2.5, 5, 10, 20) if _fits(least, most, power * one))
    return Axis(low=math.floor(least / step) * step, step=step)


def _fits(least: float, most: float, step: float) -> bool:
    return math.floor(least / step) * step + STEPS * step >= most
