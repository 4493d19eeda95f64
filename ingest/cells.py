"""What a single cell of a table holds: nothing, a dash, a number, an arrow, a progress mark or words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

_DASH = re.compile(r"[-－—―‐ー–−]+")
# A figure with at most four characters of a unit: 1,240人, △3.5%.
_NUMBER = re.compile(r"[△▲+−-]?\s*[0-9０-９][0-9０-９,，.．]*\s*[^\s0-9。、]{0,4}")
_ARROW = re.compile(r"[→↑↓↗↘⇒➡]+")
_MARK = re.compile(r"[◎○〇△▲×●☆]")
# One pattern, whose alternatives are tried in their order: the names of its groups are values.
_SHORT_VALUE = re.compile(
    rf"(?P<dash>{_DASH.pattern})|(?P<mark>{_MARK.pattern})|(?P<arrow>{_ARROW.pattern})"
    rf"|(?P<number>{_NUMBER.pattern})"
)


class Value(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    DASH = "dash"
    NUMBER = "number"
    ARROW = "arrow"
    MARK = "mark"
    TEXT = "text"


_LONGEST_VALUE = 40


def value_of(text: str) -> Value:
    """What a trimmed cell holds; the first of dash, mark, arrow and number that fits, else text."""
    if not text:
        return Value.EMPTY
    return _value_of(text) if len(text) <= _LONGEST_VALUE else Value.TEXT


@lru_cache(maxsize=1 << 16)
def _value_of(text: str) -> Value:
    found = _SHORT_VALUE.fullmatch(text)
    return Value(found.lastgroup) if found and found.lastgroup else Value.TEXT


def is_blank_value(text: str) -> bool:
    """Whether a cell holds nothing, or a dash for nothing."""
    return not text or _DASH.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """Whether a cell holds a single progress mark (◎, ○, △, ×)."""
    return _MARK.fullmatch(text) is not None


def is_figure(text: str) -> bool:
    """Whether a cell holds a number with at most a short unit."""
    return len(text) <= _LONGEST_VALUE and _NUMBER.fullmatch(text) is not None
