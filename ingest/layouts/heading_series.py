"""Headings that a word and a number make, 「目標1」, 「目標2」, 「目標3」, told by their series.

Which words number the parts of a document each town chooses for itself. That lines begin with one word and
the numbers from 1 on, each once and in order, tells such headings, however long they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from corpus.era import read_number
from ingest.blocks import Block, TextLine
from ingest.heading_rank import RankedLabel
from ingest.headings import heading_of, is_sum, squeezed

# A word, a number and a title: 「目標1 港のにぎわい」.
_NUMBERED = re.compile(
    r"(?P<word>[一-龥ァ-ヶー]{1,8}?)\s?(?P<number>[0-9０-９]{1,2})[\s:：.．]\s*(?P<title>[^\s0-9０-９].*)"
)
_MAY_BE = re.compile(r"\s*[一-龥ァ-ヶー]{1,8}\s*[0-9０-９]")
# Words that a number follows without making a heading: years, figures, notes, quantities.
_OTHER = re.compile(r"令和|平成|昭和|第|.*(図|表|資料|様式|別紙|参考|写真|年|月|問|注|式|脚注|約|計|版|全)")
_FEWEST = 2
_FEWEST_LIKE = 3
_LONGEST = 60


def series_of(blocks: Sequence[Block], others: Collection[int]) -> dict[int, str]:
    """The lines that a series numbers, with their labels, by the index of the block.

    Args:
        blocks: of the document.
        others: blocks that are no headings, whatever they look like.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    labels: dict[int, str] = {}
    for index, block in enumerate(blocks):
        if not isinstance(block, TextLine) or block.bullet or index in others:
            continue
        may_be = len(block.text) <= 2 * _LONGEST and _MAY_BE.match(block.text)
        line = squeezed(block.text) if may_be else ""
        told = _NUMBERED.fullmatch(line) if line and len(line) <= _LONGEST else None
        if told is None or line[-1] in "。、" or _OTHER.fullmatch(told["word"]) or heading_of(line):
            continue
        if is_sum(line):
            continue
        found.setdefault(told["word"], []).append((read_number(told["number"]), index))
        labels[index] = line
    return {
        index: labels[index]
        for numbered in found.values()
        if len(numbered) >= _FEWEST
        and [number for number, _ in numbered] == list(range(1, len(numbered) + 1))
        for _, index in numbered
    }


def closed_series(headings: Mapping[int, RankedLabel], series: Collection[int], rank: int) -> int | None:
    """The heading without a mark that ends a series: its last part alone would hold such headings.

    Args:
        headings: rank and label, by the index of the block.
        series: the headings of one series or several.
        rank: that of headings without marks.

    Returns:
        Where it stands; None where the parts of the series hold such headings, or none does.
    """
    starts = sorted(index for index in series if index in headings)
    alone = [index for index, (other, _) in headings.items() if other == rank]
    if len(starts) < _FEWEST_LIKE or any(
        start < index < after for start, after in pairwise(starts) for index in alone
    ):
        return None
    return next((index for index in sorted(alone) if index > starts[-1]), None)
