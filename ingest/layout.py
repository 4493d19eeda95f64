"""Which form a document has: every layout says how sure it is, the surest reads the document."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Protocol

from ingest.blocks import BlockDocument
from ingest.layouts.business_inventory import BusinessInventory
from ingest.layouts.comprehensive_plan import ComprehensivePlan
from ingest.layouts.generic import Generic
from ingest.layouts.policy_statement import PolicyStatement
from ingest.layouts.promotion_plan import PromotionPlan
from ingest.layouts.reform_report import ReformReport
from ingest.layouts.text_alone import TextAlone
from ingest.parsed import ParsedDocument

logger = logging.getLogger(__name__)

UNREAD_FORM = (
    "資料の組み立てを読み取れなかったため、見出しや表を分けずに文だけを取り込みました。"
    "検索はできますが、指標や個票にはなりません。開発者に知らせてください。"
)


class Layout(Protocol):
    """A form of document and how it is read.

    Attributes:
        name: what the store records (``policy_statement``).
        document_kind: the Japanese name of what such a document is (方針書), empty where it tells nothing.
    """

    name: str
    document_kind: str

    def score(self, document: BlockDocument) -> float:
        """How sure the layout is that the document has its form, 0 to 1, by properties of the form."""
        ...

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read the document into sheets and passages, in source order."""
        ...


LAYOUTS: tuple[Layout, ...] = (
    PolicyStatement(),
    ComprehensivePlan(),
    BusinessInventory(),
    ReformReport(),
    PromotionPlan(),
    Generic(),
)


def choose_layout(document: BlockDocument) -> Layout:
    """The layout that is surest of the document; of equals the first in the registry."""
    return max(LAYOUTS, key=lambda layout: layout.score(document))


def parsed_by(layout: Layout, document: BlockDocument) -> ParsedDocument:
    """The document as a layout reads it; where that fails, its text alone with a warning.

    A layout may fail on a form that nobody has thought of. The text is there all the same, and is kept.
    """
    try:
        parsed = layout.parse(document)
        _check(parsed, len(document.text))
    except (ValueError, LookupError, TypeError, AttributeError) as exc:
        logger.info("layout %s failed: %r", layout.name, exc, exc_info=True)
        kept = TextAlone().parse(document)
        return replace(kept, warnings=(UNREAD_FORM, *kept.warnings))
    return parsed


def _check(parsed: ParsedDocument, length: int) -> None:
    """That every passage has characters, in their order, inside of a text of a length.

    Raises:
        ValueError: one has not.
    """
    for number, passage in enumerate(parsed.passages, start=1):
        position = 0
        for segment in passage.segments:
            if not position <= segment.start < segment.end <= length:
                raise ValueError(f"passage {number} has the span {segment} after {position}")
            position = segment.end
