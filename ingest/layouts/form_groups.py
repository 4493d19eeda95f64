"""Headings over a group of forms: 「重点項目2」 stands above its first form and holds for those after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.blocks import Block, Table
from ingest.heading_rank import RankedLabel
from ingest.headings import HeadingPath


def group_headings(
    blocks: Sequence[Block], headings: Mapping[int, RankedLabel], starts: Sequence[int]
) -> dict[int, tuple[RankedLabel, ...]]:
    """The headings of groups that each form stands under, outermost first; empty where each form has its own.

    Args:
        blocks: of the document.
        headings: rank and label, by the index of the block.
        starts: where the forms begin; a form begins at the first heading above its table.
    """
    leads = {start: _leading(blocks, headings, start) for start in starts}
    if sum(bool(lead) for lead in leads.values()) * 2 > len(starts):
        return {}
    open_headings = HeadingPath()
    found: dict[int, tuple[RankedLabel, ...]] = {}
    for start, lead in leads.items():
        for rank, label in lead:
            open_headings.enter(rank, label)
        found[start] = open_headings.headings
    return found


def _leading(blocks: Sequence[Block], headings: Mapping[int, RankedLabel], start: int) -> list[RankedLabel]:
    """The headings between where a form begins and its first table."""
    table = next((i for i in range(start, len(blocks)) if isinstance(blocks[i], Table)), start)
    return [headings[index] for index in range(start, table) if index in headings]
