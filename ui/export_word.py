"""Precedents as a Word file: sections and frames as headings, wordings as a list, sources as footnotes."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as WordDocument

from qa.precedents import PatternGroup, Precedent, Precedents
from ui.citation_text import source_line
from ui.export_file import writing
from ui.export_footnotes import Footnotes
from ui.precedents_form import outcome_text
from ui.word_page import new_word_document


def write_docx(found: Precedents, path: Path) -> None:
    """Write the groups with a footnote for each source.

    Raises:
        InputError: the file cannot be written.
    """
    document = new_word_document()
    footnotes = Footnotes(document)
    section = f"（{found.section}）" if found.section else ""
    document.add_heading(f"先例の書きぶり: {found.theme.text}{section}", level=1)
    for notice in found.notices:
        document.add_paragraph(notice)
    for group in found.groups:
        _group(document, group, footnotes)
    document.add_paragraph(found.searched.sentence())
    document.add_paragraph(
        "各文は原文のままの引用です。使うときは、自治体の名前・年度・数値を自分のものに改めてください。"
    )
    footnotes.attach()
    with writing(path, "Word"):
        document.save(str(path))


def _group(document: WordDocument, group: PatternGroup, footnotes: Footnotes) -> None:
    document.add_heading(f"{group.section.value} {group.pattern}", level=2)
    for one in group.passages:
        _precedent(document, one, footnotes)


def _precedent(document: WordDocument, one: Precedent, footnotes: Footnotes) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(f"「{' '.join(one.cited.citation.quote.split())}」")
    footnotes.add(paragraph, source_line(one.cited.hit))
    outcome = outcome_text(one.outcome)
    if outcome:
        note = document.add_paragraph(style="List Continue")
        note.add_run(f"その後: {outcome}")
        if one.outcome.text:
            footnotes.add(note, source_line(one.outcome.text.hit))
