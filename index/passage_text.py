"""Which words of a passage are indexed in which field.

A passage is found by its own words and by what stands over it: the document's and the sheet's title, its
headings, its department, its item and the headers of its cells. They are separate fields because a word in
the text says more about a passage than the same word in a title that a hundred passages share.
"""

from __future__ import annotations

from typing import NamedTuple

from corpus.document import Document
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.wording import Wording


class PassageText(NamedTuple):
    """The texts of one passage by field, in the source's own characters; its own text comes last."""

    plan: str
    title: str
    headings: str
    item: str
    body: str

    @property
    def embedded(self) -> str:
        """What the embedding model reads."""
        return "\n".join(part for part in (self.title, self.headings, self.item, self.body) if part)


def passage_text(passage: Passage | Wording, document: Document, sheet: Sheet | None) -> PassageText:
    """Collect a passage's texts by field; the same heading is not said twice."""
    plan = f"{document.title} {document.document_kind}"
    title = sheet.title if sheet else document.title
    headings = [*passage.section_path, *passage.departments]
    if passage.cells:
        headings.append(passage.headers)
    kept = [heading for heading in dict.fromkeys(headings) if heading and heading != title]
    return PassageText(plan=plan, title=title, headings=" ".join(kept), item=passage.item, body=passage.text)


def section_labels(passage: Passage | Wording) -> tuple[str, ...]:
    """The headings by which a section filter finds the passage."""
    return passage.section_path
