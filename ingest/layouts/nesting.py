"""How deep headings stand whose marks do not tell it: symbols, and words with a number (重点項目1, 施策2).

A symbol (◆, ●) stands above numbers where a document begins with symbols. A word stands below numbers where
the first such heading follows right below a number: 「２ 部の重点項目」, 「重点項目１ ごみの減量」.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.blocks import Blank, Block
from ingest.heading_rank import Rank, RankedLabel

SYMBOLS_OUTSIDE = {
    Rank.FILLED_SYMBOL: Rank.NUMBER + 1,
    Rank.OPEN_SYMBOL: Rank.NUMBER + 2,
    Rank.CORNERED: Rank.NUMBER + 3,
}
"""The ranks of symbols in a document that begins with them: above all numbers but plain ones."""

_WORDS = (Rank.GOAL, Rank.MEASURE)
_OF_PARTS = (Rank.NUMBER_OF_TWO, Rank.NUMBER_OF_THREE, Rank.QUESTION)
# The ranks of words below a number, by both their ranks: right below it, goals further out than measures.
_BELOW_NUMBER = {
    **{(Rank.NUMBER, Rank.GOAL): Rank.NUMBER + 4, (Rank.NUMBER, Rank.MEASURE): Rank.NUMBER + 6},
    **{(rank, Rank.GOAL): Rank.QUESTION + 1 for rank in _OF_PARTS},
    **{(rank, Rank.MEASURE): Rank.QUESTION + 2 for rank in _OF_PARTS},
    (Rank.NUMBER_IN_BRACKETS, Rank.GOAL): Rank.NUMBER_IN_BRACKETS + 2,
    (Rank.NUMBER_IN_BRACKETS, Rank.MEASURE): Rank.NUMBER_IN_BRACKETS + 4,
}

Found = tuple[int, RankedLabel | None]


def nested(blocks: Sequence[Block], found: Iterable[Found]) -> Iterator[Found]:
    """Blocks in order, headings among them with the rank that they have in this document."""
    numbers_first: bool | None = None
    above: int | None = None
    before = (-1, 0)
    for index, heading in found:
        if heading is None:
            yield index, None
            continue
        rank, label = heading
        if numbers_first is None and (Rank.NUMBER < rank <= Rank.KANA or rank in SYMBOLS_OUTSIDE):
            numbers_first = rank <= Rank.KANA
        if above is None and rank in _WORDS:
            above = before[1] if _is_right_below(blocks, before[0], index) else 0
        if not numbers_first:
            rank = SYMBOLS_OUTSIDE.get(rank, rank)
        yield index, (_BELOW_NUMBER.get((above or 0, rank), rank), label)
        before = (index, rank)


def _is_right_below(blocks: Sequence[Block], upper: int, lower: int) -> bool:
    return upper >= 0 and all(isinstance(block, Blank) for block in blocks[upper + 1 : lower])
