"""A document as its sentences and rows alone: what is kept of one whose form made a layout fail."""

from __future__ import annotations

from ingest.blocks import BlockDocument, Table, TextLine
from ingest.layouts.drafting import Draft, Place
from ingest.parsed import ParsedDocument


class TextAlone:
    """Reads lines and rows in their order, without headings, sheets and figures; it cannot fail on a form."""

    name = "text_alone"
    document_kind = ""

    def score(self, document: BlockDocument) -> float:
        """Never chosen by itself."""
        return 0.0

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Each line and each row as text."""
        draft = Draft(document)
        for block in document.blocks:
            if isinstance(block, TextLine):
                draft.prose(Place(), (block.span,))
            elif isinstance(block, Table):
                for row in block.rows:
                    draft.prose(Place(), tuple(cell.span for cell in row.filled))
        return draft.finish(layout=self.name, document_kind="", title="", fiscal_year=None)
