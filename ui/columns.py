"""Columns of a table in a terminal, where a Japanese character is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def aligned(rows: Iterable[Iterable[str]], right: Sequence[int] = ()) -> list[str]:
    """The rows as lines whose columns begin one below the other, two blanks between them.

    Args:
        rows: of equal length.
        right: the columns to be set flush right.
    """
    table = [list(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*table, strict=True)]
    lines = []
    for row in table:
        cells = [
            " " * (widths[at] - width(cell)) + cell
            if at in right
            else cell + " " * (widths[at] - width(cell))
            for at, cell in enumerate(row)
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def width(text: str) -> int:
    """The number of Latin characters that a text is as wide as (Unicode Standard Annex #11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
