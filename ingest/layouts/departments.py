"""The departments that a cell names."""

from __future__ import annotations

import re

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
