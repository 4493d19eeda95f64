"""What became of a source's characters: each is in a passage, in a header that passages carry, or left out.

Nothing that was read is dropped silently: what no passage shows is listed with its place and the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.span import Span


class LeftOutReason(StrEnum):
    """Why characters of a source are in no passage; the value is what a person is told."""

    MARKUP = "書式の記号"
    DEBRIS = "図やアイコンの断片"
    REPEATED_TITLE = "繰り返しの表題"
    RUNNING_HEADER = "ページの柱・ノンブル"
    EMPTY_FIELD = "記入のない欄の見出し"
    FORM_LABEL = "様式の見出し・注記"
    LEGEND_SAMPLE = "記入例・凡例"
    SEPARATOR = "区切りの線や記号"
    UNREAD = "読み取れなかった部分"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Characters in no passage and no carried header."""

    span: Span
    reason: LeftOutReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A document's account, in characters that are not white space; the three add up to ``total``.

    Attributes:
        total: of the stored text.
        in_passages: shown in a passage.
        carried: in a header, label or title that passages carry.
        left_out: listed with a reason.
    """

    total: int
    in_passages: int
    carried: int
    left_out: int

    @property
    def share(self) -> float:
        """The share in passages or carried headers, 0 to 1; 1 for an empty text."""
        return (self.in_passages + self.carried) / self.total if self.total else 1.0
