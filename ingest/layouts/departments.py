"""The departments that a cell names."""

from __future__ import annotations

import re

# A division, which sections and offices are parts of.
_DIVISION = re.compile(r"\S+(部|局)")
_LEVELS = ("部", "局", "課", "室", "係", "所", "センター", "署", "会", "館", "園")


def departments_of(text: str) -> tuple[str, ...]:
    """The departments named in a cell, as printed; 「部 課 係」 is one, two 課 are two.

    Several stand separated by 、 or by blanks where each names the same level.
    """
    found: list[str] = []
    for part in re.split(r"[、，,；;\n]|／", text):
        words = part.split()
        levels = {next((level for level in _LEVELS if word.endswith(level)), "") for word in words}
        found.extend(words if len(words) > 1 and levels in ({"課"}, {"部"}, {"室"}) else [" ".join(words)])
    return tuple(dict.fromkeys(name for name in found if name))


def named_within(outer: tuple[str, ...], inner: tuple[str, ...]) -> tuple[str, ...]:
    """The departments that a row names, with the division of its sheet (総務部) if they are parts of one."""
    divisions = tuple(one for one in outer if _DIVISION.fullmatch(one))
    are_parts = not any(_DIVISION.match(one) for one in inner)
    return tuple(dict.fromkeys((*divisions, *inner))) if are_parts else inner
