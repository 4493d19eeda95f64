"""The list of sheets: what is in it, its sections and marks."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.municipality import MunicipalityTable
from corpus.record import DocumentRecord
from corpus.sample_corpus import sample_municipalities
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.facets import Facets
from qa.filter_words import FilterWords
from qa.sheets import SheetsFound, list_sheets
from tests.corpus.make import a_document, a_sheet, passages_by_line

TEXT = "一つ目の課題。\n二つ目の課題。"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> StoreReader:
    folder = tmp_path_factory.mktemp("sheets")
    with Store.create(folder).writing() as writer:
        for code in ("990035", "990019"):
            document = a_document(TEXT, code=code, source=f"{code}.txt")
            writer.add(
                DocumentRecord(
                    document=document,
                    text=TEXT,
                    origin=f"/plans/{code}.txt",
                    reader="1",
                    sheets=(a_sheet(document, TEXT),),
                    passages=tuple(passages_by_line(document, TEXT)),
                )
            )
    return Store.open(folder).reader


def listed(store: StoreReader, words: FilterWords | None = None) -> SheetsFound:
    facets = Facets(
        municipalities={"990019": 2, "990035": 2},
        departments={"多文化共生課": 4},
        document_kinds={"方針書": 4},
        sections={"現状と課題": 4},
        documents={document.document_id: 2 for document in store.documents()},
    )
    table = MunicipalityTable.load(sample_municipalities())
    return list_sheets(store, facets, table, words or FilterWords())


def test_sheets_come_with_their_sections_and_marks_by_town(store: StoreReader) -> None:
    found = listed(store)
    assert [one.municipality for one in found.sheets] == ["千鳥ヶ原市", "月見浦市"]
    one = found.sheets[0]
    assert one.sections == ((("現状と課題",), 2),)
    assert [(mark.fiscal_year, mark.mark, mark.meaning) for mark in one.sheet.progress] == [
        (2024, "◎", "計画以上")
    ]
    assert (one.source, one.document_fiscal_year) == ("990019.txt", 2024)


LIMITS = [
    (FilterWords(municipalities=("月見浦市",)), 1),
    (FilterWords(departments=("多文化",)), 2),
    (FilterWords(fiscal_years=("令和6",)), 2),
    (FilterWords(sections=("課題",)), 2),
    (FilterWords(document_kinds=("方針",)), 2),
    (FilterWords(municipalities=("鳴神沢町",)), 0),
    (FilterWords(fiscal_years=("令和5",)), 0),
    (FilterWords(departments=("宇宙課",)), 0),
    (FilterWords(sections=("最終レビュー",)), 0),
]


@pytest.mark.parametrize(("words", "count"), LIMITS)
def test_filters_limit_and_one_that_matches_nothing_gives_nothing(
    store: StoreReader, words: FilterWords, count: int
) -> None:
    assert len(listed(store, words).sheets) == count


def test_an_empty_library_has_no_sheets(tmp_path: Path) -> None:
    Store.create(tmp_path)
    found = listed(Store.open(tmp_path).reader)
    assert (found.sheets, found.searched.documents) == ((), 0)
