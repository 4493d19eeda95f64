"""An empty Word file as offices here print it: A4, Japanese letters throughout, black headings.

python-docx begins with the template of an American Word: Letter, blue headings, and digits in other letters
than the words around them.
"""

from __future__ import annotations

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "游ゴシック"
"""Part of Windows and Office; elsewhere the reader's program takes its own Japanese letters."""

TEXT = Pt(10.5)
HEADINGS = {"Heading 1": Pt(14), "Heading 2": Pt(12)}
BLACK = RGBColor(0, 0, 0)
_SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_THEME_SLOTS = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")


def new_word_document() -> WordDocument:
    """A document to write into."""
    document = docx.Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for name, size in {"Normal": TEXT, **HEADINGS}.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.size, style.font.color.rgb = size, BLACK
        _set_font(style)
    return document


def _set_font(style: ParagraphStyle) -> None:
    """One font for all letters; a theme's would be stronger than the name."""
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in _SLOTS:
        fonts.set(qn(slot), FONT)
    for slot in _THEME_SLOTS:
        fonts.attrib.pop(qn(slot), None)
