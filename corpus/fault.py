"""A fault 「不一致」 of a library: something kept that is not what it was, with what to do about it.

Finding faults is no error: a library with many of them is reported in full, and each fault is one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What is at fault."""

    STORE = "store"
    DOCUMENT = "document"
    PASSAGE = "passage"
    RECORD = "record"
    ORIGINAL = "original"
    INDEX = "index"
    STALE = "stale"
    PEOPLE = "people"


REBUILT = frozenset({FaultKind.INDEX, FaultKind.STALE})
"""Faults of the index alone: it can be made anew from what the store holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault; all texts are Japanese.

    Attributes:
        kind: what is at fault.
        what: what is wrong, without a full stop.
        where: the file, or the document with its place.
        remedy: what to do, one or more sentences.
        document_id: the document, empty where it is no single one.
    """

    kind: FaultKind
    what: str
    where: str
    remedy: str
    document_id: str = ""

    @property
    def line(self) -> str:
        """The fault in one line."""
        return f"{self.what}: {self.where}。{self.remedy}"


def fault(kind: FaultKind, what: str, where: str, remedy: str, document_id: str = "") -> Fault:
    """A fault whose texts can be shown, although damaged characters may be among them."""
    return Fault(
        kind=kind,
        what=shown(what),
        where=shown(where),
        remedy=shown(remedy),
        document_id=shown(document_id),
    )


def shown(text: str) -> str:
    """A text in one line, each character that is none replaced by a question mark."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
