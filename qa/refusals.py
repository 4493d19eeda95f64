"""When no answer is given, and what is said instead: why, what was searched, what exists nearby."""

from __future__ import annotations

from corpus.fiscal_year import era_label
from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters
from qa.absences import absence_sentence, absent_field
from qa.evidence import evident_hits
from qa.results import SearchResult
from qa.searched import searched


def refusal_reason(store: StoreReader, facets: Facets, found: SearchResult) -> str | None:
    """Why a question is not answered (Japanese sentences), None if it is.

    In order: a town that the library does not hold; nothing found; no passage that speaks of the topic; a
    field that the source leaves empty.
    """
    understood = found.understood
    absent = [town.name for town in understood.municipalities if town.code not in facets.municipalities]
    if absent:
        scope = searched(store, facets, Filters()).sentence()
        return f"{'、'.join(absent)}の資料は、このライブラリにありません。検索した範囲: {scope}"
    if not found.hits:
        return _nothing(found)
    evident = evident_hits(found.hits, understood.topic_words, found.weights)
    if not evident and not understood.phrases:
        return f"見つかりませんでした。{found.searched.sentence()}"
    absence = absent_field(store, understood.question.text, evident or found.hits, found.asked_years)
    if absence is not None:
        return f"{absence_sentence(store, absence)}{found.searched.sentence()}"
    return None


def _nothing(found: SearchResult) -> str:
    years = found.understood.filters.fiscal_years or found.understood.filters.stated_years
    if years and found.searched.documents:
        labels = "、".join(era_label(year) for year in years[:5])
        return f"{labels}について書かれた箇所は見つかりませんでした。{found.searched.sentence()}"
    return f"見つかりませんでした。{found.searched.sentence()}"
