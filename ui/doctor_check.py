"""One line of what ``doctor`` tells: what was looked at, how it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

INSTALL = "「python -m pip install -c constraints.txt -e .」を実行してください。"
"""What to do where a package is missing."""


class Standing(StrEnum):
    """How something stands; only a fault keeps the program from working."""

    GOOD = "good"
    NOTE = "note"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that was looked at; texts are Japanese.

    Attributes:
        name: what.
        standing: how it stands.
        found: what was found.
        advice: what to do, empty where nothing is to be done.
    """

    name: str
    standing: Standing
    found: str
    advice: str = ""


def good(name: str, found: str) -> Check:
    """Something that is as it should be."""
    return Check(name=name, standing=Standing.GOOD, found=found)


def note(name: str, found: str, advice: str) -> Check:
    """Something without which the program works, though not in all."""
    return Check(name=name, standing=Standing.NOTE, found=found, advice=advice)


def failing(name: str, found: str, advice: str) -> Check:
    """Something that keeps the program from working."""
    return Check(name=name, standing=Standing.FAULT, found=found, advice=advice)
