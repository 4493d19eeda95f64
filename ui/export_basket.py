"""A basket as a file: Word with the sources as footnotes, Excel and CSV with a column for each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.fiscal_year import era_label
from ui.basket_items import BasketItem
from ui.export_file import write_csv_lines, writing
from ui.export_footnotes import Footnotes
from ui.export_table import write_sheets
from ui.word_page import new_word_document

HEADERS = ("番号", "自治体", "記述", "メモ", "年度", "文書", "種別", "部署", "所在", "ファイル", "出典")
WIDTHS = (6, 12, 70, 30, 12, 30, 14, 20, 16, 26, 60)
TITLE = "資料かご"


def write_basket(items: Sequence[BasketItem], kind: str, path: Path) -> None:
    """Write the items as ``docx``, ``xlsx`` or ``csv``.

    Raises:
        InputError: the file cannot be written.
    """
    if kind == "docx":
        _write_docx(items, path)
    elif kind == "xlsx":
        write_sheets(path, [(TITLE, HEADERS, list(lines_of(items)), WIDTHS)])
    else:
        _write_csv(items, path)


def lines_of(items: Sequence[BasketItem]) -> Iterator[tuple[str, ...]]:
    """One line an item."""
    for number, one in enumerate(items, start=1):
        hit = one.hit
        if hit is None:
            yield (str(number), "", "", one.kept.note, "", "", "", "", "", "", one.source)
            continue
        year, document = hit.fiscal_year, hit.document
        yield (
            *(str(number), document.municipality, one.words, one.kept.note),
            *(era_label(year) if year is not None else "", document.title, document.document_kind),
            *(hit.department, one.locator.label() if one.locator else "", document.source, one.source),
        )


def _write_csv(items: Sequence[BasketItem], path: Path) -> None:
    write_csv_lines(path, HEADERS, lines_of(items))


def _write_docx(items: Sequence[BasketItem], path: Path) -> None:
    document = new_word_document()
    footnotes = Footnotes(document)
    document.add_heading(TITLE, level=1)
    for one in items:
        paragraph = document.add_paragraph(style="List Bullet")
        town = f"{one.hit.document.municipality}: " if one.hit else ""
        paragraph.add_run(f"{town}「{printable(one.words)}」" if one.words else one.source)
        if one.hit is not None:
            footnotes.add(paragraph, one.source)
        if one.kept.note:
            document.add_paragraph(f"メモ: {printable(one.kept.note)}", style="List Continue")
    footnotes.attach()
    with writing(path, "Word"):
        document.save(str(path))


def printable(text: str) -> str:
    """Text without the control characters that no Word file may hold."""
    return "".join(one for one in text if one.isprintable() or one in "\u3000\n")
