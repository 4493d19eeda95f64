"""What stands at the places of a basket: read again from the library each time, with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import CitationError, InputError
from corpus.fiscal_year import era_label
from corpus.indicator import Indicator
from corpus.locator import Locator
from corpus.passage import Passage
from corpus.span import Span
from corpus.store_reader import StoreReader
from qa.citations import cite
from qa.hits import Hit
from qa.quotes import cells_said
from ui.basket_store import KeptPlace
from ui.citation_text import source_line
from ui.indicator_form import ROLES
from ui.passage_view import row_words
from ui.source_request import SourceRequest

GONE = "この箇所は、今のライブラリで開けません（資料が入れ替わったか、閲覧できない資料です）。"


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketItem:
    """An item as it is shown and exported.

    Attributes:
        kept: its place and note.
        hit: the passage, None where the library does not hold it any more.
        words: the source's own words; of a figure its name, year, role and value.
        locator: where they stand.
    """

    kept: KeptPlace
    hit: Hit | None = None
    words: str = ""
    locator: Locator | None = None

    @property
    def source(self) -> str:
        """出典（…）, or why there is none."""
        return source_line(self.hit, self.locator) if self.hit is not None else GONE


def items_of(store: StoreReader, places: Iterable[KeptPlace]) -> list[BasketItem]:
    """The items at places, in their order."""
    return [_item(store, one) for one in places]


def _item(store: StoreReader, kept: KeptPlace) -> BasketItem:
    try:
        request = SourceRequest.read(kept.place)
    except InputError:
        return BasketItem(kept=kept)
    passage = store.passage(request.passage_id)
    document = store.document(request.passage_id.rpartition("/")[0])
    if passage is None or document is None:
        return BasketItem(kept=kept)
    hit = Hit(
        rank=1,
        score=0.0,
        passage=passage,
        document=document,
        sheet=store.sheet(passage.document_id, passage.sheet_ordinal),
        matched=(),
        called=(),
        row_id=0,
    )
    if request.quote is None:
        words = row_words(hit) if passage.cells else " ".join(passage.text.split())
        return BasketItem(kept=kept, hit=hit, words=words, locator=hit.locator)
    cells = request.shown_cells(passage)
    return _quoted(store, kept, hit, request.quote, cells_said(cells))


def _quoted(store: StoreReader, kept: KeptPlace, hit: Hit, span: Span, said: str) -> BasketItem:
    text = store.text_at(hit.document.document_id, span) or ""
    try:
        citation = cite(store, hit, 1, text, span)
    except CitationError:
        return BasketItem(kept=kept)
    figure = _figure(store, hit.passage, span)
    words = said or (_figure_words(figure) if figure is not None else " ".join(text.split()))
    return BasketItem(kept=kept, hit=hit, words=words, locator=citation.locator)


def _figure(store: StoreReader, passage: Passage, span: Span) -> Indicator | None:
    return next((one for one in store.indicators([passage.passage_id]) if one.span == span), None)


def _figure_words(one: Indicator) -> str:
    """「ふるさと納税の件数 令和元年度 実績 787件」."""
    printed = " ".join(one.value_text.split())
    value = printed if one.value is None or printed.endswith(one.unit) else f"{printed}{one.unit}"
    year = era_label(one.fiscal_year) if one.fiscal_year is not None else ""
    return " ".join(part for part in (" ".join(one.name.split()), year, ROLES[one.role], value) if part)
