"""The empty Word file: A4, one Japanese font, black headings; and footnotes that leave room for the text."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ui.export_footnotes import Footnotes
from ui.word_page import BLACK, FONT, new_word_document


def test_a_file_is_printed_on_a4() -> None:
    section = new_word_document().sections[0]
    told = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round((one or 0) / Mm(1)) for one in told] == [210, 297, 25, 25]


@pytest.mark.parametrize("name", ["Normal", "Heading 1", "Heading 2"])
def test_words_and_digits_are_of_one_font_and_black(name: str) -> None:
    saved = io.BytesIO()
    new_word_document().save(saved)
    style = Document(saved).styles[name]
    fonts = style.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {FONT}
    assert not [slot for slot in fonts.attrib if slot.endswith("Theme") or slot.endswith("theme")]
    assert style.font.color.rgb == BLACK


def test_footnotes_are_of_nine_points_without_room_between_them() -> None:
    document, saved = new_word_document(), io.BytesIO()
    notes = Footnotes(document)
    notes.add(document.add_paragraph("本文"), "出典（見本町「計画」、1行目）")
    notes.attach()
    document.save(saved)
    xml = zipfile.ZipFile(saved).read("word/footnotes.xml").decode()
    assert xml.count(f'<w:sz w:val="{int(Pt(9).pt * 2)}"/>') == 2
    assert '<w:spacing w:before="0" w:after="40"' in xml
