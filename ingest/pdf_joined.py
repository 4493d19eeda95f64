"""Tables that go on over the border of a page.

A table at the foot of a page and one at the head of the next are one where their columns agree and either the
header is repeated, which is then read once, or the lower part has none. Forms that follow one another, one a
page, have the same columns too: they are told by their labels, which come again below the first row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf_tables import PageTable

_SAME_BORDER = 4.0
_MOST_HEADER_ROWS = 4
_MOST_RECURRING = 0.3
_LONGEST_LABEL = 20


def joined(above: PageTable, below: PageTable) -> PageTable | None:
    """Both parts as one table without the repeated header, None where they are two tables."""
    if above.is_box or below.page != above.page + 1 or not _same_columns(above, below):
        return None
    upper, lower = above.texts, below.texts
    header = 0
    while header < min(_MOST_HEADER_ROWS, len(upper), len(lower)) and upper[header] == lower[header]:
        header += 1
    if header == len(lower) or header == len(upper):
        return None
    if _recurring(upper[header:], lower[header:]):
        return None
    return replace(above, page=below.page, y1=below.y1, rows=(*above.rows, *below.rows[header:]))


def _same_columns(above: PageTable, below: PageTable) -> bool:
    """Whether columns agree; a table may stand a little to the side on left-hand pages."""
    if len(above.xs) != len(below.xs):
        return False
    shift = below.x0 - above.x0
    return all(abs(b - a - shift) <= _SAME_BORDER for a, b in zip(above.xs, below.xs, strict=True))


def _recurring(upper: Sequence[tuple[str, ...]], lower: Sequence[tuple[str, ...]]) -> bool:
    """Whether labels at the left of the lower part stand at the left of the upper part already."""
    known = {row[0] for row in upper if row[0] and len(row[0]) <= _LONGEST_LABEL}
    labels = [row[0] for row in lower if row[0] and len(row[0]) <= _LONGEST_LABEL]
    again = sum(label in known for label in labels)
    return again > 1 and again > _MOST_RECURRING * len(labels)
