"""A language model's reply cut into sentences with their marks, before anything of it is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from corpus.span import Span

_MARK = r"[\[［【]\s*\d{1,3}(?:\s*[,、，]\s*\d{1,3})*\s*[\]］】]"
MARK = re.compile(_MARK)
LEADING_MARKS = re.compile(rf"(?:{_MARK}\s*)+[。．]?")
MARKS_AT_END = re.compile(rf"(?:{_MARK}\s*)+[。．！？!?]?$")
LIST_SIGN = re.compile(r"^(?:[-*・•]\s*|\d{1,2}[.)．）]\s+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySentence:
    """A sentence of a reply.

    Attributes:
        text: without marks and list signs.
        marks: the numbers of the quotations that it names, in their order, each once; empty where the
            sentence does not end with marks.
    """

    text: str
    marks: tuple[int, ...]


def reply_sentences(reply: str) -> list[ReplySentence]:
    """The sentences of a reply, in order. Marks belong to the sentence before them (…した。[1]).

    Where that sentence has its own already, further ones belong to none.
    """
    pieces: list[str] = []
    for span in sentence_spans(reply, Span(0, len(reply))):
        piece = span.of(reply)
        marks = LEADING_MARKS.match(piece)
        if marks and pieces:
            if not MARKS_AT_END.search(pieces[-1]):
                pieces[-1] += marks.group()
            piece = piece[marks.end() :]
        if piece.strip():
            pieces.append(piece.strip())
    read = [_read(piece) for piece in pieces]
    return [sentence for sentence in read if sentence.text]


def _read(piece: str) -> ReplySentence:
    marks: list[int] = []
    if MARKS_AT_END.search(piece.strip()):
        marks = [int(n) for mark in MARK.findall(piece) for n in re.findall(r"\d+", mark)]
    body = MARK.sub("", LIST_SIGN.sub("", piece)).replace("**", "").strip()
    text = body.rstrip("。．") + "。" if body.rstrip("。．") else ""
    return ReplySentence(text=text, marks=tuple(dict.fromkeys(marks)))
