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
    RUNNING_HEADER = "ページの柱・ノンブル"
    EMPTY_FIELD = "記入のない欄の見出し"
    LEGEND_SAMPLE = "記入例・凡例"
    SEPARATOR = "区切りの線や記号"
    UNREAD = "読み取れなかった部分"


FURNITURE = frozenset({LeftOutReason.DEBRIS, LeftOutReason.RUNNING_HEADER, LeftOutReason.SEPARATOR})
"""What belongs to the page and not to the document's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Characters in no passage and no carried header."""

    span: Span
    reason: LeftOutReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A document's account, in characters that are not white space.

    ``in_passages``, ``carried`` and ``left_out`` add up to ``total``; ``markup``, ``furniture`` and
    ``empty_fields`` are parts of ``left_out``.

    Attributes:
        total: of the stored text.
        in_passages: shown in a passage.
        carried: in a header, label or title that passages carry.
        left_out: listed with a reason.
        markup: tags and list marks, which are not the document's words.
        furniture: of the page: icons, running headers, page numbers, rules.
        empty_fields: labels and units printed in fields without an entry, which are recorded as absences.
    """

    total: int
    in_passages: int
    carried: int
    left_out: int
    markup: int = 0
    furniture: int = 0
    empty_fields: int = 0

    @property
    def share(self) -> float:
        """The share of the document's words that can be found again, 0 to 1; 1 for an empty text.

        That is in passages, in carried headers, or as the label of a recorded absence; markup and the
        furniture of the page are no words.
        """
        words = self.total - self.markup - self.furniture
        return (self.in_passages + self.carried + self.empty_fields) / words if words else 1.0
