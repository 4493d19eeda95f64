"""Printed lines that run over two columns, cut where other lines begin.

A cell that is full leaves little white before the next one, no more than between two words. That the next
column begins there is told by the lines above and below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.pdf_lines import PrintedLine

_SAME_EDGE = 0.3  # of the type
_NARROWEST = 0.25
_FEWEST = 2

Lines = Sequence[PrintedLine]


def parted(rows: Sequence[Lines]) -> list[list[PrintedLine]]:
    """Rows with their lines cut at white after which at least two other lines begin."""
    edges = [line.x0 for row in rows for line in row]
    return _cut_all(rows, lambda x, far: sum(abs(edge - x) <= far for edge in edges) >= _FEWEST)


def parted_at(rows: Sequence[Lines], edges: Sequence[float]) -> list[list[PrintedLine]]:
    """Rows with their lines cut at white after which a column begins."""
    return _cut_all(rows, lambda x, far: any(abs(edge - x) <= far for edge in edges))


def _cut_all(rows: Sequence[Lines], begins: Callable[[float, float], bool]) -> list[list[PrintedLine]]:
    return [[part for line in row for part in _parts(line, begins)] for row in rows]


def _parts(line: PrintedLine, begins: Callable[[float, float], bool]) -> Iterator[PrintedLine]:
    text, boxes = line.text, line.boxes
    if abs(boxes[0] - line.x0) > 1:  # a page that was turned: its boxes are not those of the layout
        yield line
        return
    start, before = 0, boxes[2]
    for at in range(1, len(text)):
        if text[at] == " ":
            continue
        left = boxes[4 * at]
        if left - before >= _NARROWEST * line.size and begins(left, _SAME_EDGE * line.size):
            yield cut(line, start, at)
            start = at
        before = boxes[4 * at + 2]
    yield cut(line, start, len(text)) if start else line


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
