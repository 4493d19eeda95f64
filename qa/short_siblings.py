"""Further parts of the sheet that was found: why a measure fell behind stands beside what was done.

Apart from the search, because the part that gives the reason names the topic nowhere: only its sheet does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.store_reader import StoreReader
from qa.hits import Hit

_WHY = re.compile(r"理由|原因|要因|課題|評価|検証|備考")
MOST = 6


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
    for passage in store.passages_of(best.document.document_id):
        if passage.sheet_ordinal != best.passage.sheet_ordinal or passage.passage_id in known:
            continue
        heading = " ".join((*passage.section_path[-1:], passage.item, passage.headers))
        meant = not years or not passage.fiscal_years or any(year in years for year in passage.fiscal_years)
        if meant and _WHY.search(heading):
            found.append(replace(best, passage=passage, matched=(), called=(), linked=()))
    return found[:MOST]
