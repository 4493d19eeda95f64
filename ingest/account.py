"""The account of a document's characters: shown in a passage, carried by one as its header, or left out.

A layout says while it reads what passages carry and what it leaves out on purpose. What is then neither is
found here and told apart by simple rules (tags, list marks, rules of dashes); whatever holds words is handed
back, to be kept as text: nothing is dropped because no layout knew it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.coverage import LeftOut, LeftOutReason
from corpus.span import Span, trimmed
from ingest.markup import content_spans, tag_spans

_OPEN, _SHOWN, _CARRIED = 0, 1, 2
_REASONS = dict(enumerate(LeftOutReason, start=3))
_MARK_OF = {reason: mark for mark, reason in _REASONS.items()}
_OPEN_RUN = re.compile(rb"\x00+")
_MARKED_RUN = re.compile(rb"([\x02-\xff])\1*")
# Words and the blanks between them; a tab or a line end parts two pieces.
_PIECE = re.compile(r"\S+(?:[^\S\n\t]+\S+)*")
# A letter, a figure or a progress mark: what is none of these says nothing.
_MEANT = re.compile(r"[^\W_]|[◎○〇◯△▲×●☆□■]")


class Account:
    """The account of one text; what is shown outweighs what is carried, and that what is left out."""

    def __init__(self, text: str) -> None:
        """Begin with every character open."""
        self._text = text
        self._carried: list[Span] = []
        self._left: list[tuple[Span, LeftOutReason]] = []
        self._state = bytearray(len(text))
        self._may_hold_tags = "<" in text

    def carry(self, *spans: Span) -> None:
        """Passages carry these characters as headers, labels or titles."""
        self._carried.extend(spans)

    def leave(self, reason: LeftOutReason, *spans: Span) -> None:
        """These characters are left out on purpose."""
        self._left.extend((span, reason) for span in spans)

    def close(self, shown: Iterable[Span]) -> list[Span]:
        """Enter what passages show and what is carried; gives the words that are in neither, in order."""
        for span, reason in self._left:
            self._enter(span, _MARK_OF[reason])
        for span in self._carried:
            self._enter(span, _CARRIED)
        self._mark_tags()
        for span in shown:
            self._mark(span, _SHOWN)
        words = [piece for piece in self._open_pieces() if self._is_words(piece)]
        for piece in words:
            self._mark(piece, _MARK_OF[LeftOutReason.UNREAD])
        return words

    def show(self, spans: Iterable[Span]) -> None:
        """Enter further characters as shown."""
        for span in spans:
            self._mark(span, _SHOWN)

    def result(self) -> tuple[tuple[Span, ...], tuple[LeftOut, ...]]:
        """What is carried and what is left out, each in source order, after ``close``."""
        carried: list[Span] = []
        left: list[LeftOut] = []
        for run in _MARKED_RUN.finditer(self._state):
            span = trimmed(self._text, *run.span())
            value = self._state[run.start()]
            if span.start == span.end:
                continue
            if value == _CARRIED:
                carried.append(span)
            else:
                left.append(LeftOut(span=span, reason=_REASONS[value]))
        return tuple(carried), tuple(left)

    def _enter(self, span: Span, value: int) -> None:
        if not self._may_hold_tags or self._text.find("<", span.start, span.end) < 0:
            self._mark(span, value)
            return
        for part in content_spans(self._text, span):
            self._mark(part, value)

    def _mark(self, span: Span, value: int) -> None:
        self._state[span.start : span.end] = bytes((value,)) * (span.end - span.start)

    def _mark_tags(self) -> None:
        for span in tag_spans(self._text):
            self._mark(span, _MARK_OF[LeftOutReason.MARKUP])

    def _open_pieces(self) -> Iterator[Span]:
        """What is open and no white space, by lines and cells."""
        for start, end in [run.span() for run in _OPEN_RUN.finditer(self._state)]:
            if not self._text[start:end].isspace():
                for piece in _PIECE.finditer(self._text, start, end):
                    yield Span(*piece.span())

    def _is_words(self, piece: Span) -> bool:
        """Whether a piece holds words or marks; what does not is left out as list mark or separator."""
        body = piece.of(self._text)
        if _MEANT.search(body):
            return True
        is_list_mark = body == "-" and self._begins_line(piece.start)
        reason = LeftOutReason.MARKUP if is_list_mark else LeftOutReason.SEPARATOR
        self._mark(piece, _MARK_OF[reason])
        return False

    def _begins_line(self, position: int) -> bool:
        line = self._text.rfind("\n", 0, position) + 1
        return not self._text[line:position].strip()
