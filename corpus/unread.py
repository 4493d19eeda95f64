"""A file that was offered and could not be read: an answer that leaves it out has to say so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A refused file.

    Attributes:
        origin: its path.
        source: its name.
        reason: a Japanese sentence for staff: what, where, what to do.
        noted_at: UTC, ISO 8601, seconds.
    """

    origin: str
    source: str
    reason: str
    noted_at: str
