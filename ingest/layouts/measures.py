"""Measures of a plan as its sheets: headings of one rank that each have the same sections below them.

A chapter of a plan holds many measures (施策), each with 現状と課題, 取組 and 指標: they are its sheets, and
the chapters without any stay whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Blank, Block
from ingest.heading_rank import Rank
from ingest.layouts.nesting import SYMBOLS_OUTSIDE
from ingest.layouts.outline_headings import Headings

_DEEPEST = Rank.NUMBER_IN_BRACKETS
_SHARED = 2
_SYMBOL_RANKS = frozenset(SYMBOLS_OUTSIDE.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStarts:
    """Where sheets begin, by the index of the block.

    Attributes:
        starts: in order, at least one.
        titles: for a sheet that begins at an outer heading (第1編), where its own (第1章) stands.
        by_form: whether sheets begin at forms and not at headings.
    """

    starts: tuple[int, ...]
    titles: dict[int, int] = field(default_factory=dict)
    by_form: bool = False


def with_measures(blocks: Sequence[Block], headings: Headings, chapters: Sequence[int]) -> SheetStarts | None:
    """Sheets that begin at measures and at the chapters without any; None where there are no measures.

    Args:
        blocks: of the document.
        headings: of the document.
        chapters: where sheets would begin without measures.
    """
    known = [start for start in chapters if start in headings]
    if not known:
        return None
    outer = min(headings[start][0] for start in known)
    if len(_alike(headings, outer)) > 1:
        return None
    ranks = sorted({rank for rank, _ in headings.values() if outer < rank <= _DEEPEST} - _SYMBOL_RANKS)
    measures = next((found for rank in ranks if len(found := _alike(headings, rank)) > 1), [])
    return _merged(blocks, headings, chapters, measures) if measures else None


def _alike(headings: Headings, rank: int) -> list[int]:
    """The headings of a rank that share two sections or more; none where one holds a section several times.

    A policy that holds 現状と課題 twice holds two measures and is none itself.
    """
    inner: dict[int, Counter[str]] = {}
    current = -1
    for index, (other, label) in headings.items():
        if other == rank:
            current = index
            inner[index] = Counter()
        elif other < rank:
            current = -1
        elif current >= 0:
            inner[current][label] += 1
    shared = Counter(label for labels in inner.values() for label in labels)
    if any(count > 1 and shared[label] > 1 for labels in inner.values() for label, count in labels.items()):
        return []
    return [i for i, labels in inner.items() if sum(shared[label] > 1 for label in labels) >= _SHARED]


def _merged(
    blocks: Sequence[Block], headings: Headings, chapters: Sequence[int], measures: Sequence[int]
) -> SheetStarts:
    """Chapters and measures in order; a measure right below its chapter begins at the chapter."""
    starts: list[int] = []
    titles: dict[int, int] = {}
    for start in sorted({*chapters, *measures}):
        before = starts[-1] if starts else -1
        between = range(before + 1, start)
        right_below = all(isinstance(blocks[i], Blank) or i in headings for i in between)
        if start in measures and before in chapters and before not in measures and right_below:
            titles[before] = start
        else:
            starts.append(start)
    return SheetStarts(starts=tuple(starts), titles=titles)
