from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.passage import Passage
from corpus.span import Span
from corpus.store import Store
from qa.short_siblings import sheet_siblings, year_siblings
from tests.qa.make import a_hit, plan, prose, stored

TEXTS = ("調べた。", "比べた。", "まとめた。", "県内の8町を訪ねた。")
WHOLE = "\n".join(TEXTS)


@pytest.fixture
def document() -> Document:
    return plan(WHOLE)


@pytest.fixture
def store(tmp_path: Path, document: Document) -> Store:
    store = Store.create(tmp_path)
    stored(store, WHOLE, passages(document), document)
    return store


def passages(document: Document) -> list[Passage]:
    """The fields of one sheet: three of fiscal 2022, the last of 2023."""
    found = []
    for number, text in enumerate(TEXTS, start=1):
        start = WHOLE.index(text)
        one = prose(document, WHOLE, number, Span(start, start + len(text)))
        found.append(replace(one, fiscal_years=(2023 if number == len(TEXTS) else 2022,)))
    return found


def test_a_sheet_that_most_hits_stand_in_is_read_to_its_end(store: Store, document: Document) -> None:
    hits = [a_hit(document, one, rank) for rank, one in enumerate(passages(document)[:3], start=1)]
    read = {hit.passage.passage_id for hit in hits}
    assert [hit.passage.text for hit in sheet_siblings(store.reader, hits, read)] == [TEXTS[3]]
    assert sheet_siblings(store.reader, hits[:2], read) == []


def test_a_field_beside_one_that_speaks_of_the_year_asked_is_read(store: Store, document: Document) -> None:
    hits = [a_hit(document, passages(document)[0])]
    read = {hits[0].passage.passage_id}
    beside = year_siblings(store.reader, hits, (2023,), read)
    assert [hit.passage.text for hit in beside] == [TEXTS[1], TEXTS[2]]
    assert year_siblings(store.reader, hits, (2022,), read) == []
