"""A bare answer that may be given, and how well it fits."""

from __future__ import annotations

from dataclasses import dataclass

from qa.hits import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be shown as the short answer.

    Attributes:
        text: the source's own characters.
        hit: the passage that they stand in.
        score: comparable among candidates for one question only.
        year: the fiscal year of what they state, None where none is settled.
        others: further passages that it stands in.
        alone: whether the passages that it stands in are the whole answer.
        change: whether it is the amount by which something rose or fell.
        of_other: whether its own subject is a measure that nobody asked for.
    """

    text: str
    hit: Hit
    score: float
    year: int | None = None
    change: bool = False
    of_other: bool = False
    others: tuple[Hit, ...] = ()
    alone: bool = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The passages that it stands in."""
        return (self.hit, *self.others)
