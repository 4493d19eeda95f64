"""How deep headings stand whose marks do not tell it: symbols, and words with a number (重点項目1, 施策2).

A symbol (◆, ●) stands above numbers where a document begins with symbols. A word stands below numbers where
the first such heading follows right below a number: 「２ 部の重点項目」, 「重点項目１ ごみの減量」.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.blocks import Blank, Block

SYMBOLS_OUTSIDE = {88: 51, 90: 52, 95: 53}
_WORDS = (45, 47)
_BELOW_NUMBER = {
    **{(50, 45): 54, (50, 47): 56},
    **{(rank, word): 58 + (word == 47) for rank in (55, 56, 57) for word in _WORDS},
    **{(60, 45): 62, (60, 47): 64},
}
_NUMBER_RANK, _LAST_NUMBER_RANK = 50, 80

Found = tuple[int, tuple[int, str] | None]


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
        if numbers_first is None and (_NUMBER_RANK < rank <= _LAST_NUMBER_RANK or rank in SYMBOLS_OUTSIDE):
            numbers_first = rank <= _LAST_NUMBER_RANK
        if above is None and rank in _WORDS:
            above = before[1] if _is_right_below(blocks, before[0], index) else 0
        if not numbers_first:
            rank = SYMBOLS_OUTSIDE.get(rank, rank)
        yield index, (_BELOW_NUMBER.get((above or 0, rank), rank), label)
        before = (index, rank)


def _is_right_below(blocks: Sequence[Block], upper: int, lower: int) -> bool:
    return upper >= 0 and all(isinstance(block, Blank) for block in blocks[upper + 1 : lower])
