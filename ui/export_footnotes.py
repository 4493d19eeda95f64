"""Real footnotes in a Word file: python-docx has no way to write them, so their part is written here.

The part is that of ISO/IEC 29500-1, 17.11: two separators that Word requires, then one footnote a source; the
text refers to each by its number.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIRST = 1
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
    "</w:footnote>"
)
_CLOSE = '<w:pPr><w:spacing w:before="0" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>'
_SMALL = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
"""Nine points: a page of citations must leave room for the text."""


class Footnotes:
    """The footnotes of one document, numbered from 1 in the order in which they are added."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._texts: list[str] = []

    def add(self, paragraph: Paragraph, text: str) -> int:
        """Put a reference at the end of a paragraph; gives the footnote's number."""
        self._texts.append(text)
        number = FIRST + len(self._texts) - 1
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)
        return number

    def attach(self) -> None:
        """Add the part with the texts to the document; call it once, before it is saved."""
        if not self._texts:
            return
        notes = "".join(_note(number, text) for number, text in enumerate(self._texts, start=FIRST))
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f'<w:footnotes xmlns:w="{NAMESPACE}">{_SEPARATORS}{notes}</w:footnotes>'
        )
        main = self._document.part
        if main.package is None:
            raise ValueError("the document has no package to add a part to")
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, xml.encode("utf-8"), main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(number: int, text: str) -> str:
    kept = "".join(one for one in text if one.isprintable())
    return (
        f'<w:footnote w:id="{number}"><w:p>{_CLOSE}'
        f'<w:r><w:rPr>{_SMALL}<w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:rPr>{_SMALL}</w:rPr><w:t xml:space="preserve"> {escape(kept)}</w:t></w:r>'
        "</w:p></w:footnote>"
    )
