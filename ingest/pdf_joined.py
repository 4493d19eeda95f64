"""Tables that go on over the border of a page.

A table at the foot of a page and one at the head of the next are one where their columns agree, the next row
had no room on the first page, and either the header is repeated, which is then read once, or the lower part
has none. Cells that are merged on one of the pages leave a border out: one part may have fewer columns. Forms
that follow one another, one a page, have the same columns too: they are told by their labels, which come
again below the first row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.pdf_paragraphs import runs_on
from ingest.pdf_tables import CellRows, PageTable, texts_of
from ingest.pdf_unruled_pages import united

_SAME_BORDER = 4.0  # points
_MARGIN = 0.16  # of the page's height
_MOST_HEADER_ROWS = 4
_MOST_COMPARED = 100  # rows
_MOST_RECURRING = 0.3  # of the labels: more are those of another form
_LONGEST_LABEL = 20  # characters


def joined(above: PageTable, below: PageTable, height: float) -> PageTable | None:
    """Both parts as one table without the repeated header, None where they are two tables.

    Args:
        above: what was read so far.
        below: what stands first on its page.
        height: of a page, in points.
    """
    if (
        above.is_chart
        or below.is_chart
        or above.is_box
        or below.page != above.page + 1
        or above.is_ruled is not below.is_ruled
    ):
        return None
    laid = _on_same_borders(above, below) if above.is_ruled else united(above, below)
    if laid is None:
        return None
    upper, lower = laid
    header = _repeated(upper, lower)
    if header in (len(upper.rows), len(lower.rows)):
        return None
    if _recurring(texts_of(upper.rows[header:][-_MOST_COMPARED:]), texts_of(lower.rows[header:])):
        return None
    if height - above.y1 > below.ys[header + 1] - below.ys[header] + _MARGIN * height:
        return None
    rows = lower.rows[header:]
    if _is_rest(upper.rows[-1], rows[0]):
        whole = tuple([*one, *other] for one, other in zip(upper.rows[-1], rows[0], strict=True))
        return replace(lower, rows=(*upper.rows[:-1], whole, *rows[1:]))
    return replace(lower, rows=(*upper.rows, *rows))


def _on_same_borders(above: PageTable, below: PageTable) -> tuple[PageTable, PageTable] | None:
    shift = above.x1 - below.x1
    moved = replace(below, xs=tuple(x + shift for x in below.xs))
    wider, narrower = (above, moved) if len(above.xs) >= len(moved.xs) else (moved, above)
    if not all(_index(wider.xs, x) >= 0 for x in narrower.xs):
        return None
    return _laid(above, wider.xs), _laid(moved, wider.xs)


def _is_rest(last: Sequence[CellRows], first: Sequence[CellRows]) -> bool:
    """Whether a row is the rest of the last one, of which some cells ended and others had no room."""
    pairs = list(zip(last, first, strict=True))
    ended = any(one and not other for one, other in pairs)
    rest = [(one, other) for one, other in pairs if other]
    return ended and bool(rest) and all(one and runs_on(one[-1], other[0]) for one, other in rest)


def _index(xs: Sequence[float], x: float) -> int:
    """Which border stands at ``x``, -1 for none."""
    return next((index for index, one in enumerate(xs) if abs(one - x) <= _SAME_BORDER), -1)


def _laid(table: PageTable, xs: tuple[float, ...]) -> PageTable:
    """A table on the borders of a wider one: a merged cell stands in the first of its columns."""
    if len(table.xs) == len(xs):
        return replace(table, xs=xs)
    places = [_index(xs, x) for x in table.xs[:-1]]
    rows: list[tuple[CellRows, ...]] = []
    for row in table.rows:
        cells: list[CellRows] = [[] for _ in xs[1:]]
        for place, cell in zip(places, row, strict=True):
            cells[place] = cell
        rows.append(tuple(cells))
    return replace(table, xs=xs, rows=tuple(rows))


def _repeated(upper: PageTable, lower: PageTable) -> int:
    """How many rows at the top are the same in both parts."""
    header = 0
    heads = (texts_of(table.rows[:_MOST_HEADER_ROWS]) for table in (upper, lower))
    for above, below in zip(*heads, strict=False):
        if above != below:
            break
        header += 1
    return header


def _recurring(upper: Sequence[tuple[str, ...]], lower: Sequence[tuple[str, ...]]) -> bool:
    """Whether labels at the left of the lower part stand at the left of the upper part already."""
    known = {row[0] for row in upper if row[0] and len(row[0]) <= _LONGEST_LABEL}
    labels = [row[0] for row in lower if row[0] and len(row[0]) <= _LONGEST_LABEL]
    again = sum(label in known for label in labels)
    return again > 1 and again > _MOST_RECURRING * len(labels)
