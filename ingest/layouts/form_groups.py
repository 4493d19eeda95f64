"""Headings over a group of forms, and where a form ends that such a heading follows.

「重点項目2」 stands above its first form, perhaps with some lines of its own, and holds for those after it. A
heading of that depth which is said once ends the form above it, whether forms follow or a last chapter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.blocks import Block, Table
from ingest.heading_rank import RankedLabel
from ingest.headings import HeadingPath


def group_headings(
    blocks: Sequence[Block],
    headings: Mapping[int, RankedLabel],
    starts: Sequence[int],
    ends: Mapping[int, int],
) -> dict[int, tuple[RankedLabel, ...]]:
    """The headings of groups that each form stands under, outermost first; empty where each form has its own.

    Args:
        blocks: of the document.
        headings: rank and label, by the index of the block.
        starts: where the forms begin; a form begins at the first heading above its table.
        ends: where forms end that a heading of a group follows, by where they begin.
    """
    leads = {start: _leading(blocks, headings, start) for start in starts}
    if sum(bool(lead) for lead in leads.values()) * 2 > len(starts):
        return {}
    open_headings = HeadingPath()
    found: dict[int, tuple[RankedLabel, ...]] = {}
    ranks = {headings[end][0] for end in ends.values()}
    before = [one for index, one in headings.items() if index < starts[0] and one[0] in ranks]
    for start, lead in leads.items():
        for rank, label in (*before, *lead):
            open_headings.enter(rank, label)
        found[start] = open_headings.headings
        end = ends.get(start, len(blocks))
        following = next((other for other in starts if other > start), len(blocks))
        before = [one for index, one in headings.items() if end <= index < following]
    return found


def form_ends(
    blocks: Sequence[Block], headings: Mapping[int, RankedLabel], starts: Sequence[int]
) -> dict[int, int]:
    """Where forms end before the next begins: at a heading said once, no deeper than those over the form.

    Args:
        blocks: of the document.
        headings: rank and label, by the index of the block, in order.
        starts: where the forms begin.
    """
    said = Counter(label for _, label in headings.values())
    ends: dict[int, int] = {}
    for start, following in pairwise([*starts, len(blocks)] if len(starts) > 1 else ()):
        table = _first_table(blocks, start)
        above = HeadingPath()
        for index, (rank, label) in headings.items():
            if index < table:
                above.enter(rank, label)
            elif index < following and rank <= above.rank and said[label] == 1:
                ends[start] = index
                break
    return ends


def _leading(blocks: Sequence[Block], headings: Mapping[int, RankedLabel], start: int) -> list[RankedLabel]:
    """The headings between where a form begins and its first table."""
    return [headings[index] for index in range(start, _first_table(blocks, start)) if index in headings]


def _first_table(blocks: Sequence[Block], start: int) -> int:
    return next((i for i in range(start, len(blocks)) if isinstance(blocks[i], Table)), start)
