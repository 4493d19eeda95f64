"""What a search looked at: said with every answer, so that "not found" can be judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.fiscal_year import era_label, format_fiscal_year
from corpus.store_reader import StoreReader
from corpus.unread import UnreadFile
from index.facets import Facets
from index.filters import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The part of the library within a search's limits.

    Attributes:
        documents: how many.
        passages: how many.
        municipalities: names, in the order of their codes.
        fiscal_years: of the facts, ascending.
        unread_files: offered to the library and not readable.
        absent_years: the years that were asked for, where none of the documents states a fact of any.
        stated_years: the years that the documents state facts of, asked for or not; ascending.
    """

    documents: int
    passages: int
    municipalities: tuple[str, ...]
    fiscal_years: tuple[int, ...]
    unread_files: tuple[UnreadFile, ...]
    absent_years: tuple[int, ...] = ()
    stated_years: tuple[int, ...] = ()

    def year_notices(self) -> tuple[str, ...]:
        """That the years asked for are stated nowhere, and which are; empty where one of them is."""
        if not self.absent_years:
            return ()
        absent = "・".join(format_fiscal_year(year) for year in self.absent_years)
        told = f"{absent}について書かれた資料は、検索した範囲にありません。"
        if self.stated_years:
            told += f"資料に書かれているのは{_range(self.stated_years)}です。"
        return (f"{told}年度を選び直してお試しください。",)

    def sentence(self) -> str:
        """The coverage line."""
        if self.documents == 0:
            line = "条件に合う資料がないため、検索した文書はありません。"
        else:
            years = ""
            if self.fiscal_years:
                years = f"・{_range(self.fiscal_years)}"
            looked_at = f"{self.documents}文書・{len(self.municipalities)}自治体{years}"
            line = f"{looked_at}（{self.passages:,}か所）を検索しました。"
        return f"{line}読み取れなかったファイル: {len(self.unread_files)}"


def _range(years: Sequence[int]) -> str:
    """The first to the last of some years, at least one."""
    first, last = era_label(years[0]), era_label(years[-1])
    return first if first == last else f"{first.removesuffix('年度')}〜{last}"


def searched(store: StoreReader, facets: Facets, filters: Filters) -> Searched:
    """What a search with these limits looks at; kept while the library stays as it is."""
    # The facets are another library's state where the index was opened after the documents changed; they are
    # kept with what was made of them, so that no other facets ever get their id.
    key = ("searched", filters, id(facets))
    return store.kept(key, lambda: (_searched(store, facets, filters), facets))[0]


def _searched(store: StoreReader, facets: Facets, filters: Filters) -> Searched:
    documents = [document for document in store.documents() if is_within(document, filters)]
    ids = [document.document_id for document in documents]
    years = sorted({year for document_id in ids for year in facets.document_years.get(document_id, ())})
    limits = filters.fiscal_years or filters.stated_years
    within = years if limits is None else [year for year in years if year in limits]
    names = dict.fromkeys(
        document.municipality for document in sorted(documents, key=lambda one: one.municipality_code)
    )
    return Searched(
        documents=len(documents),
        passages=sum(facets.documents.get(document_id, 0) for document_id in ids),
        municipalities=tuple(names),
        fiscal_years=tuple(within),
        unread_files=tuple(store.unread_files()),
        absent_years=tuple(sorted(limits)) if limits and documents and not within else (),
        stated_years=tuple(years),
    )


def is_within(document: Document, filters: Filters) -> bool:
    """Whether a document is one of those that a search with these limits looks at."""
    limits = (
        (filters.municipalities, document.municipality_code),
        (filters.prefectures, document.prefecture),
        (filters.document_kinds, document.document_kind),
    )
    return all(values is None or value in values for values, value in limits)
