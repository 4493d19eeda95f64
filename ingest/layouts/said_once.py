"""Warnings of a document, each sentence once with the lines that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OF_LINE = re.compile(r"([0-9]+)行目: (.+)", re.DOTALL)
_MOST_NAMED = 5


def said_once(warnings: Iterable[str]) -> tuple[str, ...]:
    """Warnings in order; those that say the same of several lines are one, at the place of the first."""
    lines: dict[str, list[str]] = {}
    for warning in warnings:
        found = _OF_LINE.fullmatch(warning)
        sentence = found[2] if found else warning
        told = lines.setdefault(sentence, [])
        if found:
            told.append(found[1])
    return tuple(f"{_named(told)}{sentence}" for sentence, told in lines.items())


def _named(lines: list[str]) -> str:
    if not lines:
        return ""
    left = len(lines) - _MOST_NAMED
    return "・".join(lines[:_MOST_NAMED]) + "行目" + (f"ほか{left}か所" if left > 0 else "") + ": "
