"""The values that a sheet states year by year, each in a column or a sentence of its own.

Apart from finding one value, because which year was highest is told by all of them: the passages found are
some of the years only, so the sheet's others are read from the store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.fiscal_year_text import find_fiscal_years
from corpus.passage import Passage
from corpus.store_reader import StoreReader
from qa.hits import Hit

MOST = 12
SHEETS_READ = 2


def yearly_siblings(store: StoreReader, hits: Sequence[Hit]) -> list[Hit]:
    """The passages of the best hits' sheets under the same headings in other years; none found already.

    Args:
        store: to read the documents' passages.
        hits: best first.
    """
    known = {hit.passage.passage_id for hit in hits}
    found: list[Hit] = []
    sheets: dict[tuple[str, int | None], None] = {}
    for best in hits:
        place = (best.document.document_id, best.passage.sheet_ordinal)
        if best.passage.sheet_ordinal is None or len(best.passage.fiscal_years) != 1:
            continue
        if place not in sheets and len(sheets) == SHEETS_READ:
            continue
        sheets[place] = None
        for passage in store.passages_of_sheet(*place):
            if passage.passage_id not in known and _of_other_year(passage, best.passage):
                known.add(passage.passage_id)
                found.append(replace(best, passage=passage, matched=(), called=(), linked=()))
    return found[:MOST]


def under_one_heading(one: Passage, other: Passage) -> bool:
    """Whether two passages stand in one sheet under one heading, the years in it aside."""
    return (one.document_id, one.sheet_ordinal) == (other.document_id, other.sheet_ordinal) and _heading(
        one
    ) == _heading(other)


def _of_other_year(one: Passage, other: Passage) -> bool:
    return under_one_heading(one, other) and one.fiscal_years != other.fiscal_years


def _heading(passage: Passage) -> tuple[str, ...]:
    return tuple(without_years(part) for part in passage.section_path)


def without_years(text: str) -> str:
    """A heading or a title without the years in it, and without white space."""
    for mention in reversed(find_fiscal_years(text)):
        text = text[: mention.start] + text[mention.end :]
    return re.sub(r"\s+", "", text)
