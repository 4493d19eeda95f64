"""The statements of a passage with their aspects: the smallest things that a comparison quotes.

A statement is a sentence, a line of a list, or an item behind a mark within a line (「・…の徹底 ・…の充実」).
In a row every cell speaks under its own header, in prose the section does. What is no statement of a plan has
none: lists of contents, glosses of words, the form's own legend, a bare number or mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import match_key
from corpus.passage import Cell, Passage, PassageKind
from corpus.sentences import sentence_spans
from corpus.span import Span
from qa.aspect_words import Aspect
from qa.aspects import aspect_among, aspect_of_sentence, aspects_of_heading, aspects_over

_INLINE_MARK = re.compile(r"(?<=[\s\u3000])(?=[・●○◯■◆※①-⑳⑴-⒇])")
_LIST_MARK = re.compile(r"[\s\u3000]*(?:[・●◯■◆◎\-–‐*]+[\s\u3000]*|○(?=\S{2}))?")
_WORDY = re.compile(r"[一-鿿ぁ-ゖァ-ヴー]{2}")
_OFFICE = re.compile(r"[^、。をがはにで]*(?:部|課|係|局|室|班|委員会|事務局)")
_LETTER = re.compile(r"[一-鿿々ぁ-ゖァ-ヴーA-Za-zＡ-Ｚａ-ｚ]")
SHORTEST = 5
LETTERS = 0.6
"""The share of a statement that is written in letters: less is a chart's labels, or a row of figures."""
NOT_SAID = frozenset({PassageKind.CONTENTS, PassageKind.NOTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A statement.

    Attributes:
        span: its characters in the stored text, without a list mark.
        text: those characters.
        aspect: what it tells, None where nothing shows it.
        place: the number of the segment or cell that it stands in, from 0.
        labelled: whether a heading or header shows the aspect.
    """

    span: Span
    text: str
    aspect: Aspect | None
    place: int
    labelled: bool


def pieces_of(passage: Passage) -> list[Piece]:
    """The statements of a passage, in source order; each lies within one of its segments."""
    if passage.kind in NOT_SAID:
        return []
    return list(_of_cells(passage) if passage.cells else _of_prose(passage))


def _of_prose(passage: Passage) -> Iterator[Piece]:
    allowed = aspects_over(passage.section_path)
    for place, segment in enumerate(passage.segments):
        yield from _pieces(passage.at(segment), segment.start, allowed, place)


def _of_cells(passage: Passage) -> Iterator[Piece]:
    over = aspects_over(passage.section_path)
    for place, cell in enumerate(passage.cells):
        allowed = aspects_of_heading(cell.header) or (over if _under_section(cell) else frozenset())
        if not allowed or Aspect.INDICATOR in allowed:
            continue
        if any(segment.contains(cell.span) for segment in passage.segments):
            yield from _pieces(passage.at(cell.span), cell.span.start, allowed, place, loose=False)


def _under_section(cell: Cell) -> bool:
    """Whether a cell says what its section says: its header is empty or only a year, or names its own row."""
    return cell.fiscal_year is not None or not match_key(cell.header)


def _pieces(
    text: str, start: int, allowed: frozenset[Aspect], place: int, *, loose: bool = True
) -> Iterator[Piece]:
    for span in statement_spans(text):
        said = span.of(text)
        if not _is_statement(said):
            continue
        aspect = aspect_among(said, allowed) if allowed else (aspect_of_sentence(said) if loose else None)
        if aspect is Aspect.INDICATOR:
            continue
        yield Piece(
            span=Span(start + span.start, start + span.end),
            text=said,
            aspect=aspect,
            place=place,
            labelled=bool(allowed),
        )


def _is_statement(said: str) -> bool:
    """Whether a text is more than a name of an office, a number, or the labels of a chart."""
    if len(said) < SHORTEST or not _WORDY.search(said) or _OFFICE.fullmatch(said):
        return False
    return len(_LETTER.findall(said)) >= LETTERS * len(said)


@lru_cache(maxsize=4_000)
def statement_spans(text: str) -> tuple[Span, ...]:
    """Sentences and lines of a text, cut at inner list marks, without the marks before them."""
    found = []
    for sentence in sentence_spans(text, Span(0, len(text))):
        cuts = [match.start() for match in _INLINE_MARK.finditer(text, sentence.start, sentence.end)]
        for first, last in zip([sentence.start, *cuts], [*cuts, sentence.end], strict=True):
            mark = _LIST_MARK.match(text, first, last)
            begun = mark.end() if mark else first
            ended = first + len(text[first:last].rstrip())
            if begun < ended:
                found.append(Span(begun, ended))
    return tuple(found)
