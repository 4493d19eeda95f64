"""The stored text of a document around a passage, lines and tables, with what is cited marked."""

from __future__ import annotations

from itertools import groupby

from corpus.passage import Passage
from corpus.span import Span
from ui.markup import button, marked


def text_html(text: str, passage: Passage, quote: Span | None, around: int, widen: str) -> str:
    """The lines around a passage.

    Args:
        text: of the document.
        passage: what to show.
        quote: the characters of it that are cited, None for all of it.
        around: how many lines before and after.
        widen: what the button that widens asks for.
    """
    lines = _lines(text)
    first, last = _window(lines, passage, around)
    body = _body(text, lines, first, last, passage, quote)
    more = first > 0 or last < len(lines) - 1
    controls = f'<div class="controls">{button("前後を広げる", "open", widen)}</div>' if more else ""
    return (
        f'{controls}<div class="page" tabindex="0" role="region" aria-label="原文">'
        f"{_edge(first, lines)}{body}{_end(last, lines)}</div>"
    )


def _edge(first: int, lines: list[Span]) -> str:
    return "" if first == 0 else f'<p class="cut">…（この前に{first:,}行あります）</p>'


def _end(last: int, lines: list[Span]) -> str:
    left = len(lines) - 1 - last
    return "" if left <= 0 else f'<p class="cut">…（この後に{left:,}行あります）</p>'


def _lines(text: str) -> list[Span]:
    """The lines of a text, without their ends."""
    spans: list[Span] = []
    at = 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    return spans


def _touches(line: Span, segments: tuple[Span, ...]) -> bool:
    return any(segment.start <= line.end and line.start < segment.end for segment in segments)


def _window(lines: list[Span], passage: Passage, around: int) -> tuple[int, int]:
    """The first and the last line to show."""
    held = [at for at, line in enumerate(lines) if _touches(line, passage.segments)]
    return max(0, held[0] - around), min(len(lines) - 1, held[-1] + around)


def _body(text: str, lines: list[Span], first: int, last: int, passage: Passage, quote: Span | None) -> str:
    """The lines; neighbouring ones that are cut by tabs become one table."""
    marks = [quote] if quote else list(passage.segments)
    numbered = [(at, lines[at]) for at in range(first, last + 1)]
    parts: list[str] = []
    for tabbed, group in groupby(numbered, key=lambda pair: "\t" in pair[1].of(text)):
        drawn = [
            _row(text, at, line, marks, passage) if tabbed else _line(text, at, line, marks, passage)
            for at, line in group
        ]
        parts.append(f"<table><tbody>{''.join(drawn)}</tbody></table>" if tabbed else "".join(drawn))
    return "".join(parts)


def _class(line: Span, passage: Passage) -> str:
    return ' class="here"' if _touches(line, passage.segments) else ""


def _line(text: str, at: int, line: Span, marks: list[Span], passage: Passage) -> str:
    if not line.of(text).strip():
        return '<p class="blank"></p>'
    number = f'<span class="no" aria-hidden="true">{at + 1}</span>'
    return f"<p{_class(line, passage)}>{number}<span>{marked(text, marks, line)}</span></p>"


def _row(text: str, at: int, line: Span, marks: list[Span], passage: Passage) -> str:
    cells: list[str] = []
    start = line.start
    for value in line.of(text).split("\t"):
        cells.append(f"<td>{marked(text, marks, Span(start, start + len(value)))}</td>")
        start += len(value) + 1
    number = f'<td class="no" aria-hidden="true">{at + 1}</td>'
    return f"<tr{_class(line, passage)}>{number}{''.join(cells)}</tr>"
