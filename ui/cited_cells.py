"""Which cells of a worksheet are cited of a passage.

A passage knows its cells by where they stand in the stored text, a worksheet by row and column. What joins
them is the words and, where several cells of a row say the same (``2 | 2 | 2``), which of them is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.passage import Cell, Passage
from corpus.span import Span
from ingest.grid import GridCell


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedWords:
    """What is cited of a passage.

    Attributes:
        text: a whole cell's, or a part of one.
        nth: of the passage's cells with this text the one that is meant, from 0.
        of: how many of its cells have this text; 0 where it is not a whole cell's.
    """

    text: str
    nth: int = 0
    of: int = 0

    def found_in(self, cells: Sequence[GridCell]) -> list[GridCell]:
        """The cells of a worksheet that say this: the one that is meant, or all where that is not certain."""
        same = [cell for cell in cells if _bare(cell.text) == _bare(self.text)]
        return [same[self.nth]] if 0 < self.of == len(same) else same


def cited_words(passage: Passage, marks: Sequence[Span]) -> list[CitedWords]:
    """The words at some places of a passage, cell by cell, in the order of the places.

    Args:
        passage: that holds them.
        marks: the places in the stored text; empty for the whole passage, which needs no words.
    """
    return [one for mark in marks for one in _at(passage, mark)]


def _at(passage: Passage, mark: Span) -> Iterator[CitedWords]:
    whole = [cell for cell in passage.cells if mark.contains(cell.span)]
    if whole:
        yield from (_of_cell(passage, cell) for cell in whole)
    elif any(segment.contains(mark) for segment in passage.segments):
        parts = (part.strip() for line in passage.at(mark).split("\n") for part in line.split("\t"))
        yield from (CitedWords(text=part) for part in parts if part)


def _of_cell(passage: Passage, cell: Cell) -> CitedWords:
    same = [one for one in passage.cells if _bare(one.text) == _bare(cell.text)]
    return CitedWords(text=cell.text, nth=same.index(cell), of=len(same))


def _bare(text: str) -> str:
    """A cell's text without white space: a line end in a cell is a space in the stored text."""
    return "".join(text.split())
