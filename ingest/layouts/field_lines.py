"""Lines that are fields of a form without a table: 「施策番号　11　　施策名　港のにぎわい」.

Labels and values stand by turns, parted by white or by colons. A line is one where at least two of its
labels, and half of them, are labels that forms have, or where boxes to check stand behind one label; anything
else is running text or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.span import Span
from ingest.blocks import TableCell, TableRow, TextLine
from ingest.cells import Value, value_of
from ingest.checked_box import labelled_choice
from ingest.layouts.form_fields import is_known_label

_WORD = re.compile(r"\S+")
_COLON = re.compile(r"[：:]")
# A label before a colon.
_LABEL = re.compile(r"(?<!\S)(?P<label>[^\s：:]{1,10})\s?[：:]")
_WIDE = re.compile(r"\s{2,}")
_FEWEST = 2
_LONGEST_LABEL = 10
_LONGEST = 100


def fields_in_line(line: TextLine) -> TableRow | None:
    """The labels and values of such a line as cells of a row, None for any other line."""
    text = line.text
    if line.bullet or len(text) > _LONGEST or "。" in text:
        return None
    choice = labelled_choice(text)
    if choice is not None:
        return _row_of(line, [(span.start, span.end) for span in choice])
    by_colons = _by_colons(text)
    if by_colons and _are_fields([text[start:end] for start, end in by_colons]):
        return _row_of(line, by_colons)
    words = text.split()
    if len(words) < 2 * _FEWEST or not is_known_label(words[0]):
        return None
    for pieces in (_by_wide_white(text), [found.span() for found in _WORD.finditer(text)]):
        if _are_fields([text[start:end] for start, end in pieces]):
            return _row_of(line, pieces)
    return None


def _row_of(line: TextLine, pieces: Sequence[tuple[int, int]]) -> TableRow:
    at = line.span.start
    cells = [TableCell(line.text[a:b], Span(at + a, at + b)) for a, b in pieces]
    return TableRow(cells=tuple(cells), line=line.line)


def _by_colons(text: str) -> list[tuple[int, int]]:
    """Labels and values where each label ends in a colon and a value in white before the next label."""
    labels = list(_LABEL.finditer(text)) if _COLON.search(text) else []
    if len(labels) < _FEWEST or labels[0].start():
        return []
    pieces: list[tuple[int, int]] = []
    for label, end in zip(labels, [*(one.start() for one in labels[1:]), len(text)], strict=True):
        value = text[label.end() : end]
        start = label.end() + len(value) - len(value.lstrip())
        pieces.extend((label.span("label"), (start, max(start, label.end() + len(value.rstrip())))))
    return pieces


def _by_wide_white(text: str) -> list[tuple[int, int]]:
    """Labels and values where wide white parts the fields, so that a value may have a space in it."""
    pieces: list[tuple[int, int]] = []
    start = 0
    for end, after in [*(found.span() for found in _WIDE.finditer(text)), (len(text), len(text))]:
        words = [found.span() for found in _WORD.finditer(text, start, end)]
        if len(words) < 2:
            return []
        pieces.extend((words[0], (words[1][0], words[-1][1])))
        start = after
    return pieces


def _are_fields(texts: list[str]) -> bool:
    """Whether texts are labels and values by turns."""
    labels, values = texts[::2], texts[1::2]
    if len(labels) < _FEWEST or len(labels) != len(values):
        return False
    known = sum(map(is_known_label, labels))
    plain = all(len(text) <= _LONGEST_LABEL and value_of(text) is Value.TEXT for text in labels)
    return plain and known >= _FEWEST and known * 2 >= len(labels) and not any(map(is_known_label, values))
