"""Views of a document's blocks that layouts share: lines and rows in one sequence, tables cut in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from corpus.span import Span
from ingest.blocks import Blank, Block, Table, TableRow, TextLine

Entry = TextLine | TableRow | Blank


def entries_of(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Lines and rows in one sequence; tables are told apart by the blanks and lines between them."""
    return tuple(e for block in blocks for e in (block.rows if isinstance(block, Table) else (block,)))


def split_tables(blocks: Iterable[Block], starts: Callable[[TableRow], bool]) -> tuple[Block, ...]:
    """The blocks with each table cut before every row that ``starts`` something new."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            found.append(block)
            continue
        borders = [i for i, row in enumerate(block.rows) if i and starts(row)]
        if not borders:
            found.append(block)
            continue
        pieces = zip([0, *borders], [*borders, len(block.rows)], strict=True)
        found.extend(Table(rows=block.rows[a:b]) for a, b in pieces)
    return tuple(found)


def span_of(blocks: Sequence[Block] | Sequence[Entry], start: int, end: int) -> Span:
    """The span from the first to the last character of ``blocks[start:end]``; empty at 0 without any."""
    first = next((ends[0] for block in blocks[start:end] if (ends := _ends(block))), None)
    last = next((ends[1] for block in reversed(blocks[start:end]) if (ends := _ends(block))), None)
    return Span(first.start, last.end) if first and last else Span(0, 0)


def line_of(block: Block | Entry) -> int:
    """The number of a block's first line, 0 for a blank."""
    match block:
        case TextLine() | TableRow():
            return block.line
        case Table():
            return block.rows[0].line
        case Blank():
            return 0


def _ends(block: Block | Entry) -> tuple[Span, Span] | None:
    """The first and the last span of a block that holds anything."""
    match block:
        case TextLine():
            return block.span, block.span
        case TableRow():
            return (block.filled[0].span, block.filled[-1].span) if block.filled else None
        case Table():
            rows = [row for row in block.rows if row.filled]
            return (rows[0].filled[0].span, rows[-1].filled[-1].span) if rows else None
        case Blank():
            return None
