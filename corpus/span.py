"""A place in a stored text: the unit in which every quote, cell and passage is located."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` in code points of a document's stored text."""

    start: int
    end: int

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, start: int, end: int) -> Span:
    """``text[start:end]`` without white space at its ends; empty at ``start`` if nothing is left."""
    piece = text[start:end]
    kept = piece.strip()
    if not kept:
        return Span(start, start)
    if len(kept) == len(piece):
        return Span(start, end)
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + left + len(kept))
