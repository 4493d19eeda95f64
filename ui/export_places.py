"""Where the page fetches a file that is made on demand."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

FOLDER = "export"


def export_place(name: str, theme: str, towns: Sequence[str] = ()) -> str:
    """The address of a file, relative to the page, so that it holds behind a proxy too."""
    return f"{FOLDER}/{name}?{urlencode([('theme', theme), *(('town', town) for town in towns)])}"
