"""A document with all that was read from it: what the store takes in at once."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.absence import Absence
from corpus.coverage import LeftOut
from corpus.document import Document
from corpus.glossary_entry import GlossaryEntry
from corpus.indicator import Indicator
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """Everything the store keeps of one document.

    Attributes:
        document: what it is.
        text: as decoded; every span refers to it.
        origin: the path it was taken from.
        reader: the version of the reading program.
        sheets: in source order.
        passages: in source order.
        indicators: in the order of their places.
        carried: headers and labels that passages carry.
        left_out: what no passage shows, with reasons.
        absences: empty fields.
        glossary: terms that the document explains.
    """

    document: Document
    text: str
    origin: str
    reader: str
    sheets: tuple[Sheet, ...] = ()
    passages: tuple[Passage, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    carried: tuple[Span, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    absences: tuple[Absence, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
