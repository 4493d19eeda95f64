"""Which form a document has: every layout says how sure it is, the surest reads the document."""

from __future__ import annotations

from typing import Protocol

from ingest.blocks import BlockDocument
from ingest.layouts.business_inventory import BusinessInventory
from ingest.layouts.comprehensive_plan import ComprehensivePlan
from ingest.layouts.generic import Generic
from ingest.layouts.policy_statement import PolicyStatement
from ingest.layouts.promotion_plan import PromotionPlan
from ingest.layouts.reform_report import ReformReport
from ingest.parsed import ParsedDocument

__all__ = ["LAYOUTS", "BlockDocument", "Layout", "choose_layout"]


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
