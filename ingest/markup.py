"""Residual tags in extracted text: which ``<…>`` are markup and which are the author's own words.

Extraction leaves a few HTML tags in table cells, some never closed. Municipal documents also use angle
brackets as brackets (「<R2年度電気料>」, 〈…〉, 《…》), so only tags known by name are markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.span import Span, trimmed

_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div|span)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)


def content_spans(text: str, span: Span) -> tuple[Span, ...]:
    """The spans between the tags of ``text`` within ``span``, trimmed, none of them empty."""
    if text.find("<", span.start, span.end) < 0:
        whole = trimmed(text, span.start, span.end)
        return (whole,) if len(whole) else ()
    spans = []
    position = span.start
    for tag in _TAG.finditer(text, span.start, span.end):
        spans.append(trimmed(text, position, tag.start()))
        position = tag.end()
    spans.append(trimmed(text, position, span.end))
    return tuple(found for found in spans if len(found))


def tag_spans(text: str) -> Iterator[Span]:
    """Where tags stand in the whole of ``text``."""
    if "<" in text:
        yield from (Span(*tag.span()) for tag in _TAG.finditer(text))


def has_tags(text: str, span: Span) -> bool:
    """Whether a tag stands within ``span``."""
    return text.find("<", span.start, span.end) >= 0 and bool(_TAG.search(text, span.start, span.end))


def without_tags(text: str) -> str:
    """``text`` with each tag replaced by a space, trimmed."""
    return (_TAG.sub(" ", text) if "<" in text else text).strip()
