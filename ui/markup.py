"""HTML made from untrusted text: everything is escaped first, then our own elements are put around it.

A document's title, a passage or a question may hold anything, markup included. No other module of the page
puts text into HTML except through these functions.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from corpus.span import Span

MARK_OPEN = "<mark>"


def esc(text: str) -> str:
    """Text as it may stand between tags and in double-quoted attributes."""
    return html.escape(text, quote=True)


def marked(text: str, spans: Iterable[Span], within: Span | None = None, open_tag: str = MARK_OPEN) -> str:
    """A part of a text, escaped, with the characters at the spans in ``<mark>``.

    Args:
        text: the whole text that the spans count in.
        spans: in order, none overlapping another; what lies outside of ``within`` is left out.
        within: the part to give, all of it if None.
        open_tag: the opening tag of a mark.
    """
    whole = Span(0, len(text)) if within is None else within  # an empty span is false
    pieces: list[str] = []
    at = whole.start
    for span in spans:
        start, end = max(span.start, at), min(span.end, whole.end)
        if start < end:
            pieces += [esc(text[at:start]), open_tag, esc(text[start:end]), "</mark>"]
            at = end
    pieces.append(esc(text[at : whole.end]))
    return "".join(pieces)


def button(label: str, act: str, value: str, *, css: str = "btn", said: str = "") -> str:
    """A button that the page's script reports as ``act`` with ``value``.

    Args:
        label: what is shown, plain text.
        act: what it does, one of the words that the script knows.
        value: what it does it to.
        css: its class.
        said: what a screen reader says instead of the label.
    """
    name = f' aria-label="{esc(said)}"' if said else ""
    return (
        f'<button type="button" class="{css}" data-act="{esc(act)}" data-value="{esc(value)}"{name}>'
        f"{esc(label)}</button>"
    )


def disclosure(summary: str, inside: str, css: str = "more") -> str:
    """A part that opens on request; ``inside`` is HTML, ``summary`` plain text."""
    return f'<details class="{css}"><summary>{esc(summary)}</summary>{inside}</details>'
