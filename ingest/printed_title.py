"""The title that the look of a file tells: its largest words, a style, merged cells, else its properties.

Text alone does not tell a title from the name of the town above it. How it is set does: a title is what its
author made large, centred or styled as one. It remains a guess, which a person confirms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import InputError
from ingest.file_type import FileType
from ingest.ooxml_package import open_package
from ingest.title_words import is_title

BY_SIZE, BY_STYLE, BY_CELLS, BY_PROPERTIES = (
    "1ページ目の大きな文字",
    "冒頭の表題の文字",
    "先頭のシートの見出し",
    "ファイルのプロパティ",
)
_CORE = "docProps/core.xml"
_DEFAULTS = re.compile(
    r"Microsoft\s|(?:PowerPoint|プレゼンテーション|スライド|文書|表|シート|Book|Sheet|無題|名称未設定)"
    r"[\s\w]{0,12}$|.*\.(?:pdf|docx?|docm|xls[xmb]?|pptx?|jtdc?|jaw|txt)$",
    re.IGNORECASE,
)
"""What programs write as a title by themselves: their own name, a file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTitle:
    """A title and what it was told by (Japanese)."""

    text: str
    source: str


def printed_title(kind: FileType, data: bytes, by_cells: str = "") -> PrintedTitle | None:
    """The title of a file, None where its look tells none.

    Args:
        kind: of the file.
        data: its bytes.
        by_cells: of a workbook, the title that its reader saw.

    Raises:
        InputError: the file is damaged or asks for a password.
    """
    if by_cells:
        return PrintedTitle(text=by_cells, source=BY_CELLS)
    for text, source in (_by_look(kind, data), (_by_properties(kind, data), BY_PROPERTIES)):
        if text:
            return PrintedTitle(text=text, source=source)
    return None


def _by_look(kind: FileType, data: bytes) -> tuple[str, str]:
    # What a format needs is loaded where a file of it comes, as by ``ingest.readers``.
    if kind is FileType.PDF:
        from ingest.pdf_pdfium import one_page
        from ingest.pdf_title import pdf_title

        page, _ = one_page(data, 1)
        return pdf_title(page), BY_SIZE
    if kind is FileType.DOCX:
        from ingest.docx_title import docx_title

        return docx_title(data), BY_STYLE
    return "", ""


def _by_properties(kind: FileType, data: bytes) -> str:
    if kind is FileType.PDF:
        from ingest.pdf_pdfium import title_entry

        entered = title_entry(data)
    elif kind in (FileType.DOCX, FileType.XLSX, FileType.PPTX):
        tree = open_package(data).tree(_CORE)
        found = tree.find("{http://purl.org/dc/elements/1.1/}title") if tree is not None else None
        entered = (found.text or "") if found is not None else ""
    else:
        return ""
    text = " ".join(entered.split())
    return text if is_title(text) and not _DEFAULTS.match(text) else ""


def title_or_none(kind: FileType, data: bytes, by_cells: str = "") -> PrintedTitle | None:
    """The same; None also where the file cannot be looked at so: reading it tells what is wrong with it."""
    try:
        return printed_title(kind, data, by_cells)
    except InputError:
        return None
