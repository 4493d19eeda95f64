"""A draft filled into the form that somebody sent: each field gets the items below its heading."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx

from corpus.errors import InputError
from ui.draft_records import INDICATORS, DraftItem, DraftRecords
from ui.export_file import writing
from ui.export_footnotes import Footnotes
from ui.export_form import as_text, write_filled
from ui.form_rows import as_item
from ui.own_form import OwnField, OwnForm

DEPARTMENTS = ("部署", "担当課", "所管課", "課名", "所属", "担当部署", "部署名", "実践課", "担当部課")


def write_own_form(
    form: OwnForm,
    data: bytes,
    records: DraftRecords,
    department: str,
    sources: Mapping[int, str],
    path: Path,
) -> None:
    """Fill the form and write it.

    Args:
        form: as read from ``data``.
        data: the empty form.
        records: the draft.
        department: for a field that asks for it.
        sources: the source of each mark, in words.
        path: where to.

    Raises:
        InputError: nothing of the draft has a field in the form, or the file cannot be written.
    """
    filled = list(_filled(form, records, department))
    if not filled:
        raise InputError(
            "下書きの見出しが、読み取った様式の欄と合いません。"
            "下書きの「■」の見出しを、様式の欄の名前に合わせてください。"
        )
    if form.kind == "xlsx":
        values = [
            (field.sheet, field.row, field.column, _text(items), _marks(items)) for field, items in filled
        ]
        write_filled(data, values, sources, path)
    else:
        _write_word(data, filled, sources, path)


def _filled(
    form: OwnForm, records: DraftRecords, department: str
) -> Iterator[tuple[OwnField, list[DraftItem]]]:
    for field in form.fields:
        items = [*records.items(field.heading)]
        if field.heading == INDICATORS:
            items += map(as_item, records.indicators)
        if not items and department and "".join(field.heading.split()) in DEPARTMENTS:
            items = [DraftItem(text=department)]
        if items:
            yield field, items


def _text(items: list[DraftItem]) -> str:
    return items[0].text if len(items) == 1 else "\n".join(f"・{item.text}" for item in items)


def _marks(items: list[DraftItem]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(n for item in items for n in item.marks))


def _write_word(
    data: bytes, filled: list[tuple[OwnField, list[DraftItem]]], sources: Mapping[int, str], path: Path
) -> None:
    document = docx.Document(io.BytesIO(data))
    footnotes = Footnotes(document)
    for field, items in filled:
        cell = document.tables[int(field.sheet)].rows[field.row - 1].cells[field.column - 1]
        for number, item in enumerate(items):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.add_run(as_text(item.text if len(items) == 1 else f"・{item.text}"))
            for n in item.marks:
                if n in sources:
                    footnotes.add(paragraph, sources[n])
    footnotes.attach()
    with writing(path, "Word"):
        document.save(str(path))
