"""The source viewer: the stored text of a document around a passage, with the passage marked.

The browser names a passage by its id and nothing else: what is shown is read from the store, never from a
path.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from corpus.document import Document
from corpus.errors import InputError
from corpus.passage import Passage
from corpus.span import Span
from corpus.store_reader import StoreReader
from ui.markup import button, esc, marked
from ui.year_words import years_label

AROUND = 30
WIDER = 100
WIDEST = 5_000
GONE = (
    "この箇所は、今のライブラリにありません。資料が入れ替わった可能性があります。もう一度検索してください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRequest:
    """What to show.

    Attributes:
        passage_id: the passage.
        quote: the characters of it that are quoted, None for all of it.
        around: how many lines before and after.
    """

    passage_id: str
    quote: Span | None = None
    around: int = AROUND

    @classmethod
    def read(cls, value: str) -> SourceRequest:
        """The request that a button carries: ``id``, ``id|start|end`` or ``id|start|end|around``.

        Raises:
            InputError: it is none of these.
        """
        passage_id, *numbers = value.split("|")
        if len(numbers) not in (0, 2, 3) or not all(
            n.isascii() and n.isdigit() and len(n) < 12 for n in numbers
        ):
            raise InputError(GONE)
        values = [int(number) for number in numbers]
        quote = Span(values[0], values[1]) if values and values[0] < values[1] else None
        around = min(values[2], WIDEST) if len(values) == 3 else AROUND
        return cls(passage_id=passage_id, quote=quote, around=around)

    def written(self) -> str:
        """The form that ``read`` reads."""
        quote = self.quote or Span(0, 0)
        return f"{self.passage_id}|{quote.start}|{quote.end}|{self.around}"


def source_html(store: StoreReader, request: SourceRequest) -> str:
    """The viewer for a passage.

    Raises:
        InputError: the library does not hold it.
    """
    document_id = request.passage_id.rpartition("/")[0]
    document = next((one for one in store.documents() if one.document_id == document_id), None)
    passage = store.passage(request.passage_id)
    text = store.document_text(document_id)
    if document is None or passage is None or text is None:
        raise InputError(GONE)
    lines = _lines(text)
    first, last = _window(lines, passage, request.around)
    body = _body(text, lines, first, last, passage, request.quote)
    more = first > 0 or last < len(lines) - 1
    return (
        f'<aside class="source" aria-labelledby="source-title">{_head(document, passage)}'
        f'<div class="controls">{_widen(request) if more else ""}'
        f"{button('閉じる', 'close', '', said='原文を閉じる')}</div>"
        f'<div class="page" tabindex="0" role="region" aria-label="原文">{_edge(first, lines)}{body}'
        f"{_end(last, lines)}</div></aside>"
    )


def source_error_html(message: str) -> str:
    """The viewer where the source cannot be shown: why, and what to do."""
    return (
        '<aside class="source" aria-labelledby="source-title">'
        '<h2 id="source-title" tabindex="-1">原文を開けませんでした</h2>'
        f'<p class="error" role="alert">{esc(message)}</p>'
        f'<div class="controls">{button("閉じる", "close", "", said="原文を閉じる")}</div></aside>'
    )


def _head(document: Document, passage: Passage) -> str:
    year = years_label((document.fiscal_year,)) if document.fiscal_year is not None else ""
    facts = [
        document.municipality,
        year,
        document.document_kind,
        document.source,
        passage.locators[0].label(),
    ]
    spans = "".join(f"<span>{esc(fact)}</span>" for fact in facts if fact)
    return (
        f'<h2 id="source-title" tabindex="-1"><span class="over">原文</span>{esc(document.title)}</h2>'
        f'<p class="meta">{spans}</p>'
    )


def _widen(request: SourceRequest) -> str:
    return button("前後を広げる", "open", replace(request, around=request.around + WIDER).written())


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
