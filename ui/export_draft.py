"""A draft as a Word file: its headings, sentences and paragraphs, its marks as footnotes with the sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from docx.text.paragraph import Paragraph

from qa.compare_cells import CitedHit
from ui.citation_text import source_line
from ui.draft_text import BULLET, HEADING, MARK
from ui.export_file import writing
from ui.export_footnotes import Footnotes
from ui.word_page import new_word_document


def write_draft(text: str, cited: Sequence[CitedHit], path: Path) -> None:
    """Write a draft; a mark that no source belongs to stays as it was typed.

    Args:
        text: see ``ui.draft_text``; its first line is the title.
        cited: the sources, by number.
        path: where to.

    Raises:
        InputError: the file cannot be written.
    """
    document = new_word_document()
    footnotes = Footnotes(document)
    sources = {one.citation.n: source_line(one.hit, one.citation.locator) for one in cited}
    lines = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(lines):
        if not line:
            continue
        if number == 0:
            paragraph = document.add_heading(level=1)
        elif line.startswith(HEADING.strip()):
            paragraph = document.add_heading(level=2)
            line = line.removeprefix(HEADING.strip()).strip()
        elif line.startswith(BULLET):
            paragraph = document.add_paragraph(style="List Bullet")
            line = line.removeprefix(BULLET).strip()
        else:
            paragraph = document.add_paragraph()
        _write(paragraph, line, sources, footnotes)
    footnotes.attach()
    with writing(path, "Word"):
        document.save(str(path))


def _write(paragraph: Paragraph, line: str, sources: dict[int, str], footnotes: Footnotes) -> None:
    """A line with its marks as footnotes where they stand."""
    at = 0
    for mark in MARK.finditer(line):
        source = sources.get(int(mark[1]))
        if source is not None:
            _run(paragraph, line[at : mark.start()])
            footnotes.add(paragraph, source)
            at = mark.end()
    _run(paragraph, line[at:])


def _run(paragraph: Paragraph, text: str) -> None:
    """Text without the control characters that no Word file may hold."""
    kept = "".join(one for one in text if one.isprintable() or one == "\u3000")
    if kept:
        paragraph.add_run(kept)
