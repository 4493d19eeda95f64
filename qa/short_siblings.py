"""Further parts of the sheet that was found: why a measure fell behind, how many it counted.

Apart from the search, because the part that gives them names the topic nowhere: only its sheet does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.passage import PassageKind
from corpus.store_reader import StoreReader
from qa.hits import Hit

LEADING = 5
OF_ONE_SHEET = 3
"""So many of the leading hits stand in one sheet where it is the sheet that is meant."""

_WHY = re.compile(r"理由|原因|要因|課題|評価|検証|備考")
MOST = 6


def sheet_siblings(store: StoreReader, hits: Sequence[Hit], read: Collection[str]) -> list[Hit]:
    """The written passages of the sheet in which most leading hits stand.

    Args:
        store: to read the document's passages.
        hits: best first.
        read: the passages that were read already, by id.
    """
    leading = [hit for hit in hits[:LEADING] if hit.passage.sheet_ordinal is not None]
    places = Counter((hit.document.document_id, hit.passage.sheet_ordinal) for hit in leading)
    place, count = next(iter(places.most_common(1)), (None, 0))
    if place is None or count < OF_ONE_SHEET:
        return []
    best = next(hit for hit in leading if (hit.document.document_id, hit.passage.sheet_ordinal) == place)
    return [
        replace(best, passage=passage, matched=(), called=(), linked=())
        for passage in store.passages_of_sheet(*place)
        if passage.passage_id not in read and passage.kind is not PassageKind.ROW
    ]


def reason_siblings(store: StoreReader, hits: Sequence[Hit], years: tuple[int, ...]) -> list[Hit]:
    """The passages of the best hit's sheet that may say why, of the years asked; none that was found already.

    Args:
        store: to read the document's passages.
        hits: best first.
        years: the fiscal years asked for, empty for any.
    """
    if not hits or hits[0].passage.sheet_ordinal is None:
        return []
    best = hits[0]
    known = {hit.passage.passage_id for hit in hits}
    found = []
    for passage in store.passages_of_sheet(best.document.document_id, best.passage.sheet_ordinal):
        if passage.passage_id in known:
            continue
        columns = "" if passage.headers == best.passage.headers else passage.headers  # its row has them too
        heading = " ".join((*passage.section_path[-1:], passage.item, columns))
        meant = not years or not passage.fiscal_years or any(year in years for year in passage.fiscal_years)
        if meant and _WHY.search(heading):
            found.append(replace(best, passage=passage, matched=(), called=(), linked=()))
    return found[:MOST]


def year_siblings(
    store: StoreReader, hits: Sequence[Hit], years: tuple[int, ...], read: Collection[str]
) -> list[Hit]:
    """What a sheet writes beside a passage that speaks of a year asked for, though reported in another one.

    A report of one year speaks of the next one's budget in one field and gives its amount in another.

    Args:
        store: to read the documents' passages.
        hits: best first.
        years: the fiscal years asked for.
        read: the passages that were read already, by id.
    """
    found: dict[str, Hit] = {}
    for best in hits[:LEADING]:
        mine = best.passage
        if mine.sheet_ordinal is None or len(mine.fiscal_years) != 1 or mine.fiscal_years[0] in years:
            continue
        for passage in store.passages_of_sheet(mine.document_id, mine.sheet_ordinal):
            same = passage.fiscal_years == mine.fiscal_years
            if same and passage.passage_id not in read and passage.kind is not PassageKind.ROW:
                hit = replace(best, passage=passage, matched=(), called=(), linked=())
                found.setdefault(passage.passage_id, hit)
    return list(found.values())
