"""Printed lines that run over two columns, cut where other lines begin.

A cell that is full leaves little white before the next one, no more than between two words. That the next
column begins there is told by the lines above and below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.pdf_lines import PrintedLine

_SAME_EDGE = 0.3  # of the type
_NARROWEST = 0.4
_FEWEST = 2


def parted(rows: Sequence[Sequence[PrintedLine]]) -> list[list[PrintedLine]]:
    """Rows with their lines cut at white after which at least two other lines begin."""
    edges = [line.x0 for row in rows for line in row]
    return [[part for line in row for part in _parts(line, edges)] for row in rows]


def _parts(line: PrintedLine, edges: Sequence[float]) -> Iterator[PrintedLine]:
    boxes = line.boxes
    start = 0
    for at, character in enumerate(line.text):
        if character != " " or at + 1 >= len(line.text) or abs(boxes[0] - line.x0) > 1:
            continue
        left, right = boxes[4 * at + 2], boxes[4 * at + 4]
        near = sum(abs(edge - right) <= _SAME_EDGE * line.size for edge in edges)
        if right - left >= _NARROWEST * line.size and near >= _FEWEST:
            yield _cut(line, start, at)
            start = at + 1
    yield _cut(line, start, len(line.text)) if start else line


def _cut(line: PrintedLine, start: int, end: int) -> PrintedLine:
    boxes = line.boxes[4 * start : 4 * end]
    return replace(
        line,
        text=line.text[start:end],
        x0=boxes[0],
        x1=max(boxes[2::4]),
        first=boxes[2] - boxes[0],
        boxes=boxes,
    )
