"""Where sentences end in Japanese administrative text.

A sentence ends at 。 (or ！ ？ and their half-width forms before a blank) outside of brackets, or at a line's
end. Brackets that are never closed do not swallow what follows: depth is kept within a line only.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.span import Span

OPENING = "「『（(〔［【〈《"
CLOSING = "」』）)〕］】〉》"
ENDS = "。！？"


def sentence_spans(text: str, span: Span) -> list[Span]:
    """The sentences within a span of ``text``, trimmed, in order; together they hold all its characters."""
    found = []
    for start, end in _pieces(text, span):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        kept = piece.strip()
        if kept:
            found.append(Span(start + left, start + left + len(kept)))
    return found


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    begun = span.start
    depth = 0
    for at in range(span.start, span.end):
        character = text[at]
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        elif character == "\n":
            depth = 0
            yield begun, at + 1
            begun = at + 1
        elif character in ENDS and depth == 0:
            yield begun, at + 1
            begun = at + 1
    if begun < span.end:
        yield begun, span.end
