"""What became of a source's characters: each is in a passage, in a header that passages carry, or left out.

Nothing that was read is dropped silently: what no passage shows is listed with its place and the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from corpus.span import Span


class LeftOutReason(StrEnum):
    """Why characters of a source are in no passage; the value is what a person is told."""

    MARKUP = "書式の記号"
    DEBRIS = "図やアイコンの断片"
    RUNNING_HEADER = "ページの柱・ノンブル"
    EMPTY_FIELD = "記入のない欄の見出し"
    BLANK_ROW = "記入のない行に印刷された語"
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
    """A document's account, in characters that are not white space.

    ``in_passages``, ``carried`` and ``left_out`` add up to ``total``. Its shares are of the words of the
    document: all but the markup, which extraction or the file's format added, and the furniture around the
    text, letters of pictures and icons and what pages repeat.

    Attributes:
        total: of the stored text.
        in_passages: shown in a passage.
        headers: in a header, label or title that passages carry.
        by_reason: in neither, by the reason; a reason that does not occur may be missing.
    """

    total: int
    in_passages: int
    headers: int
    by_reason: Mapping[LeftOutReason, int]

    @property
    def empty_fields(self) -> int:
        """Labels of fields without an entry: their sheet carries each as an absence, with its place."""
        return self.by_reason.get(LeftOutReason.EMPTY_FIELD, 0)

    @property
    def carried(self) -> int:
        """Carried by passages as headers, or by their sheet as absences that a question can ask for."""
        return self.headers + self.empty_fields

    @property
    def left_out(self) -> int:
        """In no passage and carried by nothing, for whatever reason."""
        return sum(self.by_reason.values()) - self.empty_fields

    @property
    def markup(self) -> int:
        """Tags and list marks."""
        return self.by_reason.get(LeftOutReason.MARKUP, 0)

    @property
    def furniture(self) -> int:
        """Letters of pictures and icons, running headers and page numbers."""
        reasons = (LeftOutReason.DEBRIS, LeftOutReason.RUNNING_HEADER)
        return sum(self.by_reason.get(reason, 0) for reason in reasons)

    @property
    def words(self) -> int:
        """The document's own characters: markup and furniture are left aside."""
        return self.total - self.markup - self.furniture

    @property
    def share(self) -> float:
        """The share of words in passages or carried, 0 to 1; 1 for an empty text."""
        return (self.in_passages + self.carried) / self.words if self.words else 1.0

    @property
    def recorded_share(self) -> float:
        """The part of ``share`` that recorded absences make, 0 to 1."""
        return self.empty_fields / self.words if self.words else 0.0
