"""The lines above a form that belong to it: a worksheet's name, a title that each form repeats, who made it.

A form is found by its title or by its first fields. What stands right above these in every form, each time a
line alike or each time another name without a mark, is its top and not the foot of the form before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Blank, Block, TextLine
from ingest.headings import heading_of, squeezed
from ingest.layouts.unit_caption import is_unit_caption

_FEWEST = 2
_LONGEST = 60
_MOST_LINES = 3


def with_tops(blocks: Sequence[Block], starts: Sequence[int]) -> tuple[int, ...]:
    """Where forms begin with the lines above them.

    Args:
        blocks: of the document.
        starts: where the forms' titles or first fields stand, in order.
    """
    found = tuple(starts)
    for _ in range(_MOST_LINES if len(found) >= _FEWEST else 0):
        above = [_line_above(blocks, start) for start in found]
        if any(index is None for index in above):
            return found
        lines = [blocks[index] for index in above if index is not None]
        texts = [squeezed(line.text) for line in lines if isinstance(line, TextLine)]
        if len(set(texts)) > 1 and not (len(set(texts)) == len(texts) and all(map(_is_name, texts))):
            return found
        found = tuple(index for index in above if index is not None)
    return found


def repeated_title(blocks: Sequence[Block], starts: Sequence[int]) -> str:
    """The longest line that stands at the top of every form, empty where none does."""
    return max(sorted(_shared(blocks, starts)), key=len, default="")


def repeated_lines(blocks: Sequence[Block], starts: Sequence[int]) -> frozenset[int]:
    """The lines at the tops of forms that each of them repeats: of a form they tell nothing."""
    shared = _shared(blocks, starts)
    return frozenset(
        index
        for start in starts
        for index in range(start, min(start + 2 * _MOST_LINES, len(blocks)))
        if isinstance(block := blocks[index], TextLine) and squeezed(block.text) in shared
    )


def _shared(blocks: Sequence[Block], starts: Sequence[int]) -> set[str]:
    tops = [_top(blocks, start) for start in starts]
    return set(tops[0]).intersection(*tops[1:]) if len(tops) >= _FEWEST else set()


def _top(blocks: Sequence[Block], start: int) -> tuple[str, ...]:
    lines: list[str] = []
    for block in blocks[start:]:
        if isinstance(block, TextLine) and len(lines) < _MOST_LINES:
            lines.append(squeezed(block.text))
        elif not isinstance(block, Blank):
            break
    return tuple(lines)


def _line_above(blocks: Sequence[Block], start: int) -> int | None:
    index = start - 1
    while index >= 0 and isinstance(blocks[index], Blank):
        index -= 1
    block = blocks[index] if index >= 0 else None
    if not isinstance(block, TextLine) or block.bullet or len(block.text) > _LONGEST:
        return None
    return None if is_unit_caption(block.text) else index


def _is_name(text: str) -> bool:
    """Whether a line may name a form: no sentence, and no heading with a mark, which may head a group."""
    return not text.endswith(("。", "、")) and heading_of(text) is None
