"""Which measures 「施策」 of a plan a sheet is in charge of, and which other sheets are about them.

A sheet names its measures in a column of that header. A sheet of another document of the same municipality
is about a measure if its title stands in the measure's name: 「Ⅲ3 多文化共生の推進」 ↔ the plan's chapter
「多文化共生の推進」.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.folding import match_key
from corpus.listing import ListedSheet
from corpus.store_reader import StoreReader

HEADERS = frozenset({"施策名", "施策", "関連施策", "関連する施策"})
SHORTEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLink:
    """A measure that a sheet names.

    Attributes:
        name: as printed.
        sheet_ids: sheets of other documents of the municipality that are about it, in the store's order.
    """

    name: str
    sheet_ids: tuple[str, ...]


def measures_of(store: StoreReader, sheets: Iterable[ListedSheet]) -> dict[str, tuple[MeasureLink, ...]]:
    """The measures of each sheet that names any, by sheet id, in source order."""
    towns = {document.document_id: document.municipality_code for document in store.documents()}
    titles: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for sheet in store.sheets():
        key = match_key(sheet.title)
        if len(key) >= SHORTEST:
            titles[towns[sheet.document_id]].append((key, sheet.document_id, sheet.sheet_id))
    found = {}
    for listed in sheets:
        sheet = listed.sheet
        names = _named(store, sheet.document_id, sheet.ordinal)
        if names:
            others = titles[listed.municipality_code]
            found[sheet.sheet_id] = tuple(_link(name, sheet.document_id, others) for name in names)
    return found


def _named(store: StoreReader, document_id: str, ordinal: int) -> list[str]:
    cells = [
        cell.text
        for passage in store.passages_with_header(document_id, ordinal, "施策")
        for cell in passage.cells
        if cell.header in HEADERS and cell.text
    ]
    return list(dict.fromkeys(cells))


def _link(name: str, document_id: str, titles: Iterable[tuple[str, str, str]]) -> MeasureLink:
    key = match_key(name)
    ids = (sheet_id for title, other, sheet_id in titles if other != document_id and title in key)
    return MeasureLink(name=name, sheet_ids=tuple(ids))
