"""The names of the files that the page gives: each says what it holds, and any system can keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

LONGEST_PART = 24
LONGEST = 90
"""In characters, without the day and the extension: Windows keeps paths of 260."""

FEW_TOWNS = 2
"""Up to so many towns are named; of more, the number is."""

_NOT_IN_NAMES = re.compile(
    r'[\\/:*?"<>|\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff_]+'
)
"""What Windows keeps in no name, what is not seen in one, and what stands between the parts here."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def export_name(parts: Iterable[str], day: date) -> str:
    """A file's name without its extension: its parts in order, then the day as eight digits.

    Args:
        parts: what tells it from other files, the kind of file first; empty ones are left out.
        day: on which it is made.
    """
    kept = (_part(one) for one in parts)
    named = "_".join(one for one in dict.fromkeys(kept) if one)[:LONGEST].rstrip("-._ ")
    if not named or _DEVICES.match(named):  # Windows would open a device
        named = f"しるべ_{named}" if named else "しるべ"
    return f"{named}_{day:%Y%m%d}"


def towns_part(names: Sequence[str]) -> str:
    """The towns that a file is of, by name where they are few: 「大泉町・館林市」, 「50自治体」."""
    distinct = tuple(dict.fromkeys(names))
    return "・".join(distinct) if len(distinct) <= FEW_TOWNS else f"{len(distinct)}自治体"


def _part(text: str) -> str:
    kept = _NOT_IN_NAMES.sub("-", text.strip()).strip("-.")
    return kept if len(kept) <= LONGEST_PART else f"{kept[: LONGEST_PART - 1].rstrip('-.')}…"
