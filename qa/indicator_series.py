"""The values of one indicator of one town in one row, by year and role: what can be put beside another's.

Values of another unit, and sums over years beside single years, are never of one series.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold, match_key
from corpus.indicator import YEN, Direction, IndicatorRole
from corpus.listing import ListedIndicator

DONE = (IndicatorRole.ACTUAL, IndicatorRole.SETTLEMENT, IndicatorRole.EFFECT, IndicatorRole.BUDGET)
"""Roles of what was or will be spent or reached in a year, the most telling first."""

_CODE = re.compile(r"^\d{2,8}[\s\u3000]+")
_SAME_UNITS = {"％": "%", "パーセント": "%", "ポイント": "pt"} | dict.fromkeys(
    ("か所", "カ所", "ヶ所", "ケ所", "ヵ所", "箇所"), "か所"
)

NameKey = tuple[str, str, str, bool]
SeriesKey = tuple[str, str, str, bool, str]
Place = tuple[int | None, IndicatorRole]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An indicator of a town.

    Attributes:
        municipality: the town's name.
        municipality_code: its code.
        name: as printed, without its code.
        measure: what it belongs to, as printed.
        departments: who is responsible.
        unit: as printed; empty where the source does not settle it.
        cumulative: whether its values add up over the years.
        direction: which way its target points.
        values: by year (None for a value without one) and role; of several documents the newest one's.
    """

    municipality: str
    municipality_code: str
    name: str
    measure: str
    departments: tuple[str, ...]
    unit: str
    cumulative: bool
    direction: Direction | None
    values: Mapping[Place, ListedIndicator]

    @property
    def scale(self) -> str:
        """What its values are counted in: amounts of money in any unit are one scale, 「円」."""
        return "円" if self.unit in YEN else same_unit(self.unit)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a value, ascending."""
        return tuple(sorted({year for year, _ in self.values if year is not None}))

    @property
    def numbers(self) -> bool:
        """Whether any value is a number."""
        return any(one.indicator.value is not None for one in self.values.values())

    @property
    def newest(self) -> ListedIndicator | None:
        """The newest value that was reached, the one it began with where none was; a number."""
        for roles in (DONE, (IndicatorRole.BASELINE,)):
            held = [
                (year or 0, -roles.index(role), one)
                for (year, role), one in self.values.items()
                if role in roles and one.indicator.value is not None
            ]
            if held:
                return max(held, key=lambda each: each[:2])[2]
        return None

    def last_of(self, role: IndicatorRole) -> ListedIndicator | None:
        """The value of a role in its last year."""
        held = [(year or 0, one) for (year, own), one in self.values.items() if own is role]
        return max(held, key=lambda each: each[0])[1] if held else None


def same_unit(unit: str) -> str:
    """A unit as it is compared: what is only written otherwise is one."""
    key = fold(unit).text.strip()
    return _SAME_UNITS.get(key, key)


def plain_name(name: str) -> str:
    """An indicator's or measure's name without the code before it."""
    return _CODE.sub("", " ".join(name.split()))


def series_of(listed: Iterable[ListedIndicator]) -> list[Series]:
    """The series of values, in the order of their first values."""
    values = list(listed)
    found: dict[SeriesKey, dict[Place, tuple[int, ListedIndicator]]] = {}
    units = _units(values)
    for one in values:
        indicator = one.indicator
        row = found.setdefault((*_name_key(one), units[_name_key(one)].get(_printed(one), _printed(one))), {})
        place = (indicator.fiscal_year, indicator.role)
        stated = max((year.fiscal_year for year in find_fiscal_years(one.title)), default=0)
        if place not in row or stated > row[place][0]:
            row[place] = (stated, one)
    return [_series({place: one for place, (_, one) in row.items()}) for row in found.values()]


def _units(values: Iterable[ListedIndicator]) -> dict[NameKey, dict[str, str]]:
    """By indicator, the unit that a value without one takes: a dash has none, its neighbours tell it."""
    told: dict[NameKey, set[str]] = {}
    for one in values:
        told.setdefault(_name_key(one), set()).update({_printed(one)} - {""})
    return {key: {"": next(iter(units))} if len(units) == 1 else {} for key, units in told.items()}


def _name_key(one: ListedIndicator) -> NameKey:
    measure, name = (match_key(plain_name(text)) for text in (one.labels.measure, one.labels.name))
    return one.municipality_code, measure, name, one.indicator.cumulative


def _printed(one: ListedIndicator) -> str:
    return same_unit(one.indicator.unit)


def _series(values: Mapping[Place, ListedIndicator]) -> Series:
    newest = max(values.values(), key=lambda one: one.indicator.fiscal_year or 0)
    indicator = newest.indicator
    pointed = (one.indicator.direction for one in values.values() if one.indicator.direction is not None)
    return Series(
        municipality=newest.municipality,
        municipality_code=newest.municipality_code,
        name=plain_name(newest.labels.name),
        measure=plain_name(newest.labels.measure),
        departments=indicator.departments,
        unit=next((one.indicator.unit for one in values.values() if one.indicator.unit), ""),
        cumulative=indicator.cumulative,
        direction=next(pointed, None),
        values=values,
    )
