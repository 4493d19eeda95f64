"""Terms that a document explains itself, and names that it writes in two ways.

A footnote explains its term (「※8 書かない窓口…」). A name has another where one stands in brackets
behind the other and one of the two is an abbreviation in Latin capitals (「情報通信技術（ICT）」,
「PPP（公民連携）」), where a footnote's own term is so written, or where the text says so
(「…（以下「△△」という。）」). Other brackets hold remarks, not names, and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Document
from corpus.folding import match_key
from corpus.glossary_entry import GlossaryEntry, GlossaryKind
from corpus.passage import Passage, PassageKind
from corpus.span import Span

_NAME = r"(?=[^）)]*[一-鿿][^）)]*[一-鿿])[一-鿿々〆ァ-ヴー・ぁ-ん]{3,30}"
_SOLID = r"[一-鿿々〆ァ-ヴー・]{3,30}"
_ABBREVIATION = r"[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ/／-]{1,9}"
_BEHIND = re.compile(rf"(?P<term>{_SOLID})[（(](?P<other>{_ABBREVIATION})[）)]")
_BEFORE = re.compile(rf"(?P<term>(?<![A-Za-zＡ-Ｚａ-ｚ]){_ABBREVIATION})[（(](?P<other>{_NAME})[）)]")
_HEREAFTER = re.compile(
    rf"(?P<term>{_SOLID})[（(]以下、?[「『](?P<other>[^」』]{{2,20}})[」』]と(?:いう|する)。?[）)]"
)
_OPENED = re.compile("[（(]")
_IN_TERM = re.compile(r"(?P<term>[^（()）]{2,30})[（(](?P<other>[^（()）]{2,30})[）)]")


def glossary_of(document: Document, passages: Sequence[Passage]) -> list[GlossaryEntry]:
    """The document's entries in source order; each pair of names once."""
    found: dict[tuple[str, str], GlossaryEntry] = {}
    for passage in passages:
        if passage.kind is PassageKind.CONTENTS:
            continue
        for entry in _entries(document, passage):
            found.setdefault((match_key(entry.term), match_key(entry.meaning)), entry)
    return list(found.values())


def _entries(document: Document, passage: Passage) -> Iterator[GlossaryEntry]:
    if passage.kind is PassageKind.NOTE and passage.item:
        span = Span(passage.segments[0].start, passage.segments[-1].end)
        yield _entry(document, passage.item, passage.text, GlossaryKind.DEFINITION, span)
        names = _IN_TERM.fullmatch(passage.item)
        if names:
            yield _entry(document, names["term"], names["other"], GlossaryKind.OTHER_NAME, span)
    for segment in passage.segments:
        text = passage.at(segment)
        if not _OPENED.search(text):
            continue
        for pattern in (_BEHIND, _BEFORE, _HEREAFTER):
            for match in pattern.finditer(text):
                span = Span(segment.start + match.start(), segment.start + match.end())
                yield _entry(document, match["term"], match["other"], GlossaryKind.OTHER_NAME, span)


def _entry(document: Document, term: str, meaning: str, kind: GlossaryKind, span: Span) -> GlossaryEntry:
    return GlossaryEntry(
        document_id=document.document_id, term=term.strip(), meaning=meaning.strip(), kind=kind, span=span
    )
