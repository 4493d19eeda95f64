"""How running content is cut into passages: 40 to 400 characters where the source allows.

A topic should stay whole, so content is first cut where its author began a new item (①, ・, ●, a paragraph),
then, only where an item is long, between sentences. Neighbours that are short are put together again. No cut
falls inside a bracket or a number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.span import Span, trimmed
from ingest.markup import content_spans

Piece = tuple[Span, ...]

_NUMBERED = r"[①-⑳㉑-㉟]|[(（][0-9０-９]{1,2}[)）]|[(（][ア-ン][)）]"
_BULLET = r"[・●■◆◇□▼※]|○(?=\S)|[〔【〈《]|[0-9０-９]{1,2}[.．](?=[^0-9０-９])"
# Where an author began a new item.
_ITEM_MARK = re.compile(rf"(?:(?<=[\s。])|^)(?:(?P<numbered>{_NUMBERED})|{_BULLET})")
_SENTENCE_END = re.compile(r"[。！？]+")
# Where a sentence may be cut: behind a comma or a blank that stands in no number.
_PAUSE = re.compile(r"、(?![0-9０-９])|(?<![0-9０-９、])\s+|\s+(?![0-9０-９])")
_BRACKETS = {"」": "「", "』": "『", "）": "（", ")": "(", "】": "【", "〕": "〔", "〉": "〈", "》": "《"}
_DEEPEST = 20
_BRACKET = re.compile(r"[「」『』（）()【】〔〕〈〉《》]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Lengths of passages in characters.

    Attributes:
        shortest: a shorter piece is joined to a neighbour.
        target: pieces are joined up to this length; unmarked prose longer than this is cut into sentences.
        longest: an item up to this length stays whole.
        separate: two numbered items of which one has this length are never joined.
    """

    shortest: int = 40
    target: int = 250
    longest: int = 400
    separate: int = 80


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class _Part:
    """An item, or a sentence of a long one."""

    piece: Piece
    numbered: bool = False
    marked: bool = False

    @property
    def length(self) -> int:
        return piece_length(self.piece)


def piece_length(piece: Piece) -> int:
    """Characters of a piece."""
    return sum(len(span) for span in piece)


def split_content(text: str, spans: Iterable[Span | Piece], limits: Limits = LIMITS) -> tuple[Piece, ...]:
    """Cut the content of consecutive paragraphs, bullets or cells into pieces, in order.

    Args:
        text: the stored text.
        spans: the paragraphs, in order, each one span or, where lines break it, several; they may hold tags,
            which end up outside of every piece.
        limits: the lengths to keep to.
    """
    parts = [
        item
        for span in spans
        for block in (content_spans(text, span) if isinstance(span, Span) else (_freed(text, span),))
        for item in _items(_Body(text, (block,) if isinstance(block, Span) else block))
    ]
    cut = [piece for part in parts for piece in _cut_long(text, part, limits)]
    return tuple(part.piece for part in _absorb_short(text, _join_neighbours(text, cut, limits), limits))


def _freed(text: str, piece: Piece) -> Piece:
    return tuple(part for span in piece for part in content_spans(text, span))


def leading_mark(text: str) -> str:
    """The mark 「①」 or 「(1)」 that ``text`` begins with, or an empty string."""
    found = _ITEM_MARK.match(text)
    return found["numbered"] or "" if found else ""


def _join_pieces(text: str, first: Piece, second: Piece) -> Piece:
    """Two neighbouring pieces as one; spans that only blanks separate become one span."""
    if not first or not second:
        return first or second
    gap = text[first[-1].end : second[0].start]
    if gap.strip(" 　") == "":
        return (*first[:-1], Span(first[-1].start, second[0].end), *second[1:])
    return first + second


class _Body:
    """The running text of a piece, whose lines may be broken, with the way back to its places."""

    __slots__ = ("_brackets", "_source", "piece", "text")

    def __init__(self, source: str, piece: Piece) -> None:
        self._source = source
        self._brackets: list[tuple[int, int]] | None = None
        self.piece = piece
        self.text = "".join(span.of(source) for span in piece)

    def at(self, start: int, end: int) -> Piece:
        """The places of the characters from ``start`` to ``end``, trimmed."""
        found = []
        offset = 0
        for span in self.piece:
            first, last = max(start - offset, 0), min(end - offset, len(span))
            if first < last:
                part = trimmed(self._source, span.start + first, span.start + last)
                found.extend([part] if len(part) else [])
            offset += len(span)
        return tuple(found)

    def cut(self, borders: Sequence[int]) -> list[Piece]:
        """The pieces between the borders given, without empty ones."""
        pieces = (self.at(a, b) for a, b in pairwise([0, *borders, len(self.text)]))
        return [piece for piece in pieces if piece]

    def is_bracketed(self, position: int) -> bool:
        """Whether a character stands in a bracket; one that is never closed protects nothing."""
        if self._brackets is None:
            self._brackets = _brackets(self.text)
        at = bisect_left(self._brackets, (position, 0)) - 1
        return at >= 0 and position <= self._brackets[at][1]


def _brackets(body: str) -> list[tuple[int, int]]:
    """Where brackets open and close, pairs within pairs left out."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(body):
        character, position = match.group(), match.start()
        wanted = _BRACKETS.get(character)
        if wanted is None:
            opened = [*opened[-_DEEPEST:], (character, position)]
            continue
        depth = next((i for i in reversed(range(len(opened))) if opened[i][0] == wanted), None)
        if depth is not None:
            start = opened[depth][1]
            del opened[depth:]
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, position))
    return found


def _items(body: _Body) -> list[_Part]:
    marks = [mark for mark in _ITEM_MARK.finditer(body.text) if not body.is_bracketed(mark.start())]
    starts = [0, *(mark.start() for mark in marks if mark.start() > 0), len(body.text)]
    by_start = {mark.start(): mark for mark in marks}
    parts = []
    for start, end in pairwise(starts):
        piece = body.at(start, end)
        mark = by_start.get(start)
        if piece:
            parts.append(_Part(piece, numbered=bool(mark and mark["numbered"]), marked=mark is not None))
    return parts


def _cut_long(text: str, part: _Part, limits: Limits) -> list[_Part]:
    if part.length <= (limits.longest if part.marked else limits.target):
        return [part]
    body = _Body(text, part.piece)
    ends = [end.end() for end in _SENTENCE_END.finditer(body.text) if not body.is_bracketed(end.start())]
    sentences = [piece for sentence in body.cut(ends) for piece in _cut_sentence(text, sentence, limits)]
    aim = part.length / -(-part.length // limits.target)
    groups: list[Piece] = []
    for sentence in sentences:
        length = piece_length(groups[-1]) if groups else limits.longest
        if length >= aim or length + piece_length(sentence) > limits.target:
            groups.append(sentence)
        else:
            groups[-1] = _join_pieces(text, groups[-1], sentence)
    return [_Part(group, numbered=part.numbered, marked=part.marked) for group in groups]


def _cut_sentence(text: str, piece: Piece, limits: Limits) -> list[Piece]:
    """Halve a sentence that is longer than a passage may be, at the pause nearest to its middle."""
    if piece_length(piece) <= limits.longest:
        return [piece]
    body = _Body(text, piece)
    length = len(body.text)
    shortest = limits.shortest
    pauses = [p.end() for p in _PAUSE.finditer(body.text) if shortest < p.end() < length - shortest]
    best = [pause for pause in pauses if not body.is_bracketed(pause - 1)] or pauses
    if not best:
        return [piece]
    middle = min(best, key=lambda pause: (abs(pause - length // 2), pause))
    return [part for half in body.cut([middle]) for part in _cut_sentence(text, half, limits)]


def _join_neighbours(text: str, parts: Sequence[_Part], limits: Limits) -> list[_Part]:
    joined: list[_Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is None or before.length + part.length > limits.target or _apart(before, part, limits):
            joined.append(part)
        else:
            joined[-1] = _joined(text, before, part)
    return joined


def _apart(first: _Part, second: _Part, limits: Limits) -> bool:
    return first.numbered and second.numbered and max(first.length, second.length) >= limits.separate


def _absorb_short(text: str, parts: Sequence[_Part], limits: Limits) -> list[_Part]:
    kept: list[_Part] = []
    for part in parts:
        short = kept and min(part.length, kept[-1].length) < limits.shortest
        if short and part.length + kept[-1].length <= limits.longest and not _apart(kept[-1], part, limits):
            kept[-1] = _joined(text, kept[-1], part)
        else:
            kept.append(part)
    return kept


def _joined(text: str, first: _Part, second: _Part) -> _Part:
    piece = _join_pieces(text, first.piece, second.piece)
    return _Part(piece, numbered=first.numbered and second.numbered, marked=first.marked)
