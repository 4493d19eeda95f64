"""Where sentences end in Japanese administrative text.

A sentence ends at 。 (or ！ ？ and their half-width forms before a blank) outside of brackets, or at a line's
end. Brackets that are never closed do not swallow what follows: depth is kept within a line only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.span import Span, trimmed

OPENING = "「『（(〔［【〈《"
CLOSING = "」』）)〕］】〉》"
ENDS = "。！？"
_TELLING = re.compile(f"[{re.escape(OPENING + CLOSING + ENDS)}\n]")


def sentence_spans(text: str, span: Span) -> list[Span]:
    """The sentences within a span of ``text``, trimmed, in order; together they hold all its characters."""
    sentences = (trimmed(text, start, end) for start, end in _pieces(text, span))
    return [sentence for sentence in sentences if len(sentence)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed, in order."""
    found = (text[start:end].strip() for start, end in _pieces(text, Span(0, len(text))))
    return [piece for piece in found if piece]


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    begun = span.start
    depth = 0
    for match in _TELLING.finditer(text, span.start, span.end):
        character, at = match.group(), match.end()
        if character in OPENING:
            depth += 1
        elif character in CLOSING:
            depth = max(0, depth - 1)
        elif character == "\n" or depth == 0:
            depth = 0
            yield begun, at
            begun = at
    if begun < span.end:
        yield begun, span.end
