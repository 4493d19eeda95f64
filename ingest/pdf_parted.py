"""Printed lines that run over two columns, cut where other lines begin.

A cell that is full leaves little white before the next one, no more than between two words. That the next
column begins there is told by the lines above and below: they begin there, or keep white there too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.pdf_lines import Lines, PrintedLine

_SAME_EDGE = 0.3  # of the type
_NARROWEST = 0.25
_FEWEST = 2


def parted(rows: Sequence[Lines]) -> list[list[PrintedLine]]:
    """Rows with their lines cut at white after which two other lines begin, or that parts columns."""
    rows = [[part for line in row for part in _at_borders(line, row, rows)] for row in rows]
    edges = [line.x0 for row in rows for line in row]
    return _cut_all(rows, lambda x, far: sum(abs(edge - x) <= far for edge in edges) >= _FEWEST)


def parted_at(rows: Sequence[Lines], edges: Sequence[float]) -> list[list[PrintedLine]]:
    """Rows with their lines cut at white after which a column begins."""
    return _cut_all(rows, lambda x, far: any(abs(edge - x) <= far for edge in edges))


def _at_borders(line: PrintedLine, own: Lines, rows: Sequence[Lines]) -> Iterator[PrintedLine]:
    """A line cut between words that stand over two columns: in other rows each has a line of its own."""
    words = list(_words(line))
    start = 0
    for (first, end), (after, last) in pairwise(words):
        left, right = _reach(line, first, end), _reach(line, after, last)
        others = [row for row in rows if row is not own]
        if not any(_runs_over(one, left, right) for row in others for one in row) and (
            sum(_are_apart(row, left, right) for row in others) >= _FEWEST
        ):
            yield cut(line, start, after)
            start = after
    yield cut(line, start, len(line.text)) if start else line


def _words(line: PrintedLine) -> Iterator[tuple[int, int]]:
    """The parts of a line between white, as (first, one past the last) of its characters."""
    text, boxes = line.text, line.boxes
    if abs(boxes[0] - line.x0) > 1:  # a page that was turned: its boxes are not those of the layout
        yield 0, len(text)
        return
    start, before = 0, boxes[2]
    for at in range(1, len(text)):
        if text[at] == " ":
            continue
        if boxes[4 * at] - before >= _NARROWEST * line.size:
            yield start, at
            start = at
        before = boxes[4 * at + 2]
    yield start, len(text)


def _reach(line: PrintedLine, start: int, end: int) -> tuple[float, float]:
    boxes = line.boxes[4 * start : 4 * (start + len(line.text[start:end].rstrip()))]
    return boxes[0], max(boxes[2::4])


def _are_apart(row: Lines, left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether a row has one line where the left word stands, and another where the right one does."""
    over = [[one for one in row if one.x0 < x1 and one.x1 > x0] for x0, x1 in (left, right)]
    return bool(over[0]) and bool(over[1]) and over[0][-1].x1 <= over[1][0].x0


def _runs_over(line: PrintedLine, left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether a line stands over the white between two words without white of its own there."""
    middle = (left[1] + right[0]) / 2
    if not line.x0 < middle < line.x1:
        return False
    at = zip(line.boxes[0::4], line.boxes[2::4], line.text, strict=True)
    return any(x0 <= middle <= x1 for x0, x1, sign in at if sign != " ")


def _cut_all(rows: Sequence[Lines], begins: Callable[[float, float], bool]) -> list[list[PrintedLine]]:
    return [[part for line in row for part in _parts(line, begins)] for row in rows]


def _parts(line: PrintedLine, begins: Callable[[float, float], bool]) -> Iterator[PrintedLine]:
    start = 0
    for at, _ in list(_words(line))[1:]:
        if begins(line.boxes[4 * at], _SAME_EDGE * line.size):
            yield cut(line, start, at)
            start = at
    yield cut(line, start, len(line.text)) if start else line


def cut(line: PrintedLine, start: int, end: int) -> PrintedLine:
    """The characters ``[start, end)`` of a line, without the white space at their end."""
    end = start + len(line.text[start:end].rstrip())
    boxes = line.boxes[4 * start : 4 * end]
    return replace(
        line,
        text=line.text[start:end],
        x0=boxes[0],
        x1=max(boxes[2::4]),
        first=boxes[2] - boxes[0],
        boxes=boxes,
    )
