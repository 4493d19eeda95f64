"""What became of each file that was offered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file.

    Attributes:
        path: as it was found.
        outcome: see ``Outcome``.
        document_id: None where it was refused.
        passages: how many it has now; 0 where it was refused.
        reason: why it was refused (Japanese), else empty.
        warnings: what a reader should know (Japanese).
    """

    path: Path
    outcome: Outcome
    document_id: str | None = None
    passages: int = 0
    reason: str = ""
    warnings: tuple[str, ...] = ()
