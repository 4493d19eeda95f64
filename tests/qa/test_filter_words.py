from __future__ import annotations

import pytest

from corpus.errors import AmbiguousMunicipalityError, FiscalYearError, UnknownMunicipalityError
from corpus.municipality import MunicipalityTable
from corpus.sample_corpus import sample_municipalities
from index.facets import Facets
from index.filters import Filters
from qa.filter_words import FilterWords, resolve_filters

FACETS = Facets(
    municipalities={"990019": 3, "132063": 2},
    departments={"企画部企画課": 1, "総務部 防災課": 2},
    document_kinds={"方針書": 3, "総合計画": 2},
    sections={"現状と課題": 3, "取組方針": 2},
)


@pytest.fixture(scope="module")
def table() -> MunicipalityTable:
    return MunicipalityTable.load(sample_municipalities())


RESOLVED = [
    (FilterWords(), Filters()),
    (FilterWords(municipalities=("千鳥ヶ原市",)), Filters(municipalities=("990019",))),
    (FilterWords(municipalities=("千鳥ヶ原",)), Filters(municipalities=("990019",))),
    (FilterWords(municipalities=("府中市",)), Filters(municipalities=("132063",))),
    (FilterWords(municipalities=("342084",)), Filters(municipalities=("342084",))),
    (FilterWords(prefectures=("みほん県",)), Filters(prefectures=("みほん県",))),
    (FilterWords(fiscal_years=("R5", "2020..2021")), Filters(fiscal_years=(2020, 2021, 2023))),
    (FilterWords(departments=("防災",)), Filters(departments=("総務部 防災課",))),
    (FilterWords(departments=("総務部防災課",)), Filters(departments=("総務部 防災課",))),
    (FilterWords(departments=("宇宙課",)), Filters(departments=())),
    (FilterWords(document_kinds=("方針書", "総合")), Filters(document_kinds=("方針書", "総合計画"))),
    (FilterWords(sections=("課題",)), Filters(sections=("現状と課題",))),
    (FilterWords(municipalities=("赤堀町",)), Filters(municipalities=("102041",))),
    (FilterWords(municipalities=("群馬県佐波郡東村",)), Filters(municipalities=("102041",))),
]


@pytest.mark.parametrize(("words", "filters"), RESOLVED)
def test_words_are_resolved_to_the_librarys_values(
    table: MunicipalityTable, words: FilterWords, filters: Filters
) -> None:
    assert resolve_filters(words, FACETS, table) == filters


def test_what_cannot_be_is_an_error(table: MunicipalityTable) -> None:
    with pytest.raises(UnknownMunicipalityError):
        resolve_filters(FilterWords(municipalities=("存在しない市",)), FACETS, table)
    with pytest.raises(AmbiguousMunicipalityError, match="府中市"):
        resolve_filters(FilterWords(municipalities=("府中市",)), Facets(), table)
    with pytest.raises(FiscalYearError):
        resolve_filters(FilterWords(fiscal_years=("令和99年度",)), FACETS, table)
