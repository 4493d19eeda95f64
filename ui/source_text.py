"""The stored text of a document around a passage, lines and tables, with what is cited marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.passage import Passage
from corpus.span import Span
from ingest.markup import content_spans, has_tags
from ui.markup import button, marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """How much to show around a passage.

    Attributes:
        before: how many lines before it.
        after: how many lines after it.
        earlier: what the button carries that asks for more before.
        later: what the one carries that asks for more after.
        step: how many lines more that is.
    """

    before: int
    after: int
    earlier: str
    later: str
    step: int


def text_html(text: str, passage: Passage, marks: Sequence[Span], around: Around) -> str:
    """The lines around a passage; where they are cut stands a button that shows more.

    Args:
        text: of the document.
        passage: what to show.
        marks: the characters of it that are cited, what to look at first; empty for all of it.
        around: how much.
    """
    lines = _lines(text)
    first, last = _window(lines, passage, around)
    body = _body(text, lines, first, last, passage, marks)
    earlier = _cut(first, "前", around.step, around.earlier)
    later = _cut(len(lines) - 1 - last, "後", around.step, around.later)
    return f'<div class="page" tabindex="0" role="region" aria-label="原文">{earlier}{body}{later}</div>'


def _cut(left: int, where: str, step: int, value: str) -> str:
    """Where lines are left out: how many, and the button that shows the nearest of them."""
    if left <= 0:
        return ""
    label = f"{where}の{min(left, step):,}行を表示"
    return (
        f'<div class="cut"><span>この{where}に{left:,}行あります</span>{button(label, "open", value)}</div>'
    )


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


def _window(lines: list[Span], passage: Passage, around: Around) -> tuple[int, int]:
    """The first and the last line to show."""
    held = [at for at, line in enumerate(lines) if _touches(line, passage.segments)]
    return max(0, held[0] - around.before), min(len(lines) - 1, held[-1] + around.after)


def _body(
    text: str, lines: list[Span], first: int, last: int, passage: Passage, cited: Sequence[Span]
) -> str:
    """The lines; neighbouring ones that are cut by tabs become one table."""
    sought = cited[0] if cited else None
    marks = sorted(cited or passage.segments)
    numbered = [(at, lines[at]) for at in range(first, last + 1)]
    parts: list[str] = []
    for tabbed, group in groupby(numbered, key=lambda pair: "\t" in pair[1].of(text)):
        drawn = [
            _row(text, at, line, marks, passage, sought) if tabbed else _line(text, at, line, marks, passage)
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
    return f"<p{_class(line, passage)}>{number}<span>{_words(text, marks, line)}</span></p>"


def _row(text: str, at: int, line: Span, marks: list[Span], passage: Passage, sought: Span | None) -> str:
    cells: list[str] = []
    start = line.start
    for value in line.of(text).split("\t"):
        cell = Span(start, start + len(value))
        css = ' class="sought"' if sought is not None and cell.contains(sought) else ""
        cells.append(f"<td{css}>{_words(text, marks, cell)}</td>")
        start += len(value) + 1
    number = f'<td class="no" aria-hidden="true">{at + 1}</td>'
    return f"<tr{_class(line, passage)}>{number}{''.join(cells)}</tr>"


def _words(text: str, marks: list[Span], within: Span) -> str:
    """The words of a line or cell; where extraction left a tag ``<p>``, a new line."""
    if not has_tags(text, within):
        return marked(text, marks, within)
    return "<br>".join(marked(text, marks, part) for part in content_spans(text, within))
