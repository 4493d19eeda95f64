"""What changed in a measure from one year to the next, and where its course turned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.fiscal_year import era_label
from corpus.folding import match_key
from corpus.indicator import Direction, IndicatorRole
from corpus.listing import ListedIndicator
from qa.aspect_pieces import statement_spans

MARKS = {"◎": 3, "○": 2, "〇": 2, "◯": 2, "△": 1, "▲": 1, "×": 0, "✕": 0}
STOPPED = re.compile(r"廃止|休止|中止|取りやめ|取り止め|見送|凍結|終了し|縮小")
MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a year brought against the one before.

    Attributes:
        kinds: of ``first``, ``new``, ``dropped``, ``merged``, ``mark_up``, ``mark_down``, ``mark_same``,
            ``value_up``, ``value_down``, ``value_same``, ``target_raised``, ``target_lowered``,
            ``corrected``, ``wording``, ``same_wording``.
        text: the same in Japanese, one clause a change.
        added: statements of this year that the one before does not have.
        removed: statements of the one before that this year does not have.
    """

    kinds: tuple[str, ...] = ()
    text: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversal:
    """A turn against the course: a mark that fell, a count that turned, a target lowered, an end."""

    fiscal_year: int
    kind: str
    text: str


@dataclass(slots=True, kw_only=True)
class Notes:
    """Changes of one year as they are found."""

    kinds: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        """Note a change."""
        self.kinds.append(kind)
        self.texts.append(text)


def note_mark(before: str, now: str, notes: Notes) -> None:
    """Compare two progress marks; blank ones say nothing."""
    if before not in MARKS or now not in MARKS:
        return
    if MARKS[now] > MARKS[before]:
        notes.add("mark_up", f"達成度が上がりました（{before}→{now}）")
    elif MARKS[now] < MARKS[before]:
        notes.add("mark_down", f"達成度が下がりました（{before}→{now}）")
    else:
        notes.add("mark_same", f"達成度は同じです（{now}）")


def note_values(before: Sequence[ListedIndicator], now: Sequence[ListedIndicator], notes: Notes) -> None:
    """Compare the figures of two years by name and role; targets of plans are compared elsewhere."""
    earlier = {key_of(one): one for one in before}
    for one in now:
        other = earlier.get(key_of(one))
        left, right = (other.indicator.value if other else None), one.indicator.value
        if left is None or right is None or one.indicator.role is IndicatorRole.TARGET:
            continue
        name, unit = one.indicator.name, one.indicator.unit
        said = f"{name} {shown(left, unit)}→{shown(right, unit)}"
        kind = "value_up" if right > left else "value_down" if right < left else "value_same"
        against = _against(one.indicator.direction, right - left)
        notes.add(kind, f"{said}（目標の向きと逆）" if against else said)


def note_wording(before: str, now: str, notes: Notes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare two texts of one aspect; gives the statements added and those removed."""
    if not before or not now:
        return (), ()
    if match_key(before) == match_key(now):
        notes.add("same_wording", "記述は前年度と同じです")
        return (), ()
    left, right = statements(before), statements(now)
    old, new = {match_key(one) for one in left}, {match_key(one) for one in right}
    notes.add("wording", "記述が変わりました")
    added = tuple(one for one in right if match_key(one) not in old)
    removed = tuple(one for one in left if match_key(one) not in new)
    return added[:MOST_SENTENCES], removed[:MOST_SENTENCES]


def statements(text: str) -> list[str]:
    """The statements of a text."""
    return [span.of(text) for span in statement_spans(text)]


def value_turns(values: Sequence[ListedIndicator]) -> Iterator[Reversal]:
    """Where the actual values of one row, years in order, begin to move against their target.

    Where the source names no direction, each turn from growth to decline and back.
    """
    told = [one for one in values if one.indicator.role is IndicatorRole.ACTUAL]
    course = 0
    for earlier, later in pairwise(told):
        before, now, year = earlier.indicator.value, later.indicator.value, later.indicator.fiscal_year
        if before is None or now is None or year is None or now == before:
            continue
        step = 1 if now > before else -1
        aimed = later.indicator.direction in (Direction.UP, Direction.DOWN)
        against = _against(later.indicator.direction, now - before)
        if step != course and (against or (course and not aimed)):
            words = "目標の向きと逆に" if against else ""
            words += "増え始めました" if step > 0 else "減り始めました"
            unit = later.indicator.unit
            text = f"{later.indicator.name}が{words}（{shown(before, unit)}→{shown(now, unit)}）"
            yield Reversal(fiscal_year=year, kind="value", text=text)
        course = step


def mark_falls(marks: Sequence[tuple[int, str]]) -> Iterator[Reversal]:
    """The years in which a progress mark is worse than the last one given."""
    last = ""
    for year, mark in marks:
        if mark in MARKS:
            if last and MARKS[mark] < MARKS[last]:
                yield Reversal(fiscal_year=year, kind="mark", text=f"達成度が下がりました（{last}→{mark}）")
            last = mark


def stops(year: int, before: str, now: str) -> Iterator[Reversal]:
    """An end, a cut or a delay that this year's text states and the one before did not."""
    if not before or STOPPED.search(before):
        return
    for one in statements(now):
        if STOPPED.search(one):
            yield Reversal(fiscal_year=year, kind="stopped", text=f"{era_label(year)}: 「{one}」")
            return


def key_of(one: ListedIndicator) -> tuple[str, str, str]:
    """By what two values of different years are the same figure."""
    return match_key(one.labels.measure), match_key(one.indicator.name), one.indicator.role.value


def shown(value: float, unit: str) -> str:
    """A number as a person writes it."""
    return f"{value:,.0f}{unit}" if value == int(value) else f"{value:,}{unit}"


def _against(direction: Direction | None, step: float) -> bool:
    return (direction is Direction.UP and step < 0) or (direction is Direction.DOWN and step > 0)
