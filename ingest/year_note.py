"""The year that stands alone in brackets beside a figure or in a header: 「85.0%（R34）」, 「（R10）30人」.

In running text R34 may be a part number; in brackets of its own beside a figure it names the figure's year,
as far ahead as the era's years are read at all. A number without its era, 「（34年度）」, is parted from the
figure and names no year.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.era import ERA_OF_MARK, narrow_text, read_number, year_of_era

_OPEN, _CLOSE = r"[(（\[［〔]", r"[)）\]］〕]"
_ERA = r"(?:令和|平成|[RHＲＨ])\s*(?:元|[0-9０-９]{1,2})\s*(?:年度?)?末?"
_WESTERN = r"(?:19|20)[0-9]{2}\s*(?:年度?)?末?"
_NOTE = rf"{_OPEN}\s*(?:{_ERA}|{_WESTERN}|[0-9０-９]{{1,2}}年度末?)\s*{_CLOSE}"
# A year in brackets behind or before a value.
_BESIDE = re.compile(rf"(?<=\S)\s*(?P<behind>{_NOTE})$|^(?P<before>{_NOTE})\s*(?=[^\s])")
_ALONE = re.compile(_NOTE)
# A year in brackets of its own with its era or century.
_NAMED = re.compile(
    rf"{_OPEN}\s*(?:(?P<era>令和|平成|[RHＲＨ])\s*(?P<number>元|[0-9０-９]{{1,2}})|(?P<western>(?:19|20)[0-9]{{2}}))"
    rf"\s*(?:年度?)?末?\s*{_CLOSE}"
)
_CACHED = 1 << 14


@lru_cache(maxsize=_CACHED)
def year_note(printed: str) -> str:
    """The year in brackets behind or before a value, with its brackets; empty where none stands there."""
    found = _BESIDE.search(printed) if _may_hold(printed) else None
    return (found["behind"] or found["before"]) if found else ""


def without_year_note(printed: str) -> str:
    """A value without the year in brackets beside it."""
    note = year_note(printed)
    if not note:
        return printed
    return printed.removesuffix(note).rstrip() if printed.endswith(note) else printed[len(note) :].lstrip()


def is_year_note(text: str) -> bool:
    """Whether a cell holds nothing but a year in brackets: 「（R34）」."""
    return _may_hold(text) and _ALONE.fullmatch(text.strip()) is not None


def bracketed_years(text: str) -> frozenset[int]:
    """The fiscal years in brackets of their own; a bare number is none."""
    return _bracketed_years(text) if _may_hold(text) else frozenset()


@lru_cache(maxsize=_CACHED)
def _bracketed_years(text: str) -> frozenset[int]:
    years = (_year(found) for found in _NAMED.finditer(text))
    return frozenset(year for year in years if year is not None)


def _year(found: re.Match[str]) -> int | None:
    if found["western"]:
        return int(found["western"])
    era = ERA_OF_MARK[narrow_text(found["era"])]
    return year_of_era(era, read_number(narrow_text(found["number"])), before_nendo=False)


def without_bracketed_years(text: str) -> str:
    """A header without the years that stand in brackets of their own."""
    return _NAMED.sub(" ", text) if _may_hold(text) else text


def _may_hold(text: str) -> bool:
    return any(bracket in text for bracket in "(（[［〔")
