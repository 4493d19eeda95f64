"""What the search page does, apart from Gradio: a question and filters in, HTML out.

Nothing is kept between calls: what a person sees follows from the question, the filters and the library, so
that users at the same time cannot see each other's.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import ShirubeError
from index.facets import Facets
from qa.engine import Engine
from qa.filter_words import FilterWords
from ui.chips import chips_of
from ui.library_view import empty_html, start_html
from ui.original_view import OriginalView
from ui.page_work import Made, guarded, worked
from ui.result_view import error_html, result_html, status_html
from ui.source_request import SourceRequest
from ui.source_view import source_error_html, source_html
from ui.view_link import ViewLink, view_html
from ui.year_words import years_label

logger = logging.getLogger(__name__)

Choice = tuple[str, str]
COUNTED = "\u3000"
"""Between a value and its count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoices:
    """What can be limited to: (label with its count, value) pairs."""

    municipalities: tuple[Choice, ...] = ()
    prefectures: tuple[Choice, ...] = ()
    fiscal_years: tuple[Choice, ...] = ()
    departments: tuple[Choice, ...] = ()
    document_kinds: tuple[Choice, ...] = ()

    @property
    def towns(self) -> tuple[Choice, ...]:
        """The municipalities without their counts."""
        return tuple((label.partition(COUNTED)[0], code) for label, code in self.municipalities)


class SearchPage:
    """The page over one engine."""

    def __init__(self, engine: Engine, originals: OriginalView | None = None) -> None:
        self._engine = engine
        self._originals = originals or OriginalView(engine.library)

    def start(self) -> str:
        """The page before a question: guidance, or how to fill an empty library."""
        return guarded(self._steady(self._start), error_html)

    def search(self, typed: str, words: FilterWords) -> str:
        """The answer with its passages, a refusal, or an error; without a question the start."""
        if not typed.strip():
            return self.start()
        return guarded(self._steady(lambda: self._search(typed, words)), error_html)

    def source(self, value: str, place: str = "source", opened: Callable[[], None] = lambda: None) -> str:
        """The viewer for what an 「原文を開く」 button carries.

        Args:
            value: what the button carries.
            place: what the viewer's ids begin with.
            opened: is called where there is something to show.
        """

        def make() -> str:
            html = source_html(self._engine.store, SourceRequest.read(value), self._originals, place)
            opened()
            return html

        return guarded(self._steady(make), source_error_html)

    def choices(self) -> FilterChoices:
        """The values of the filters; none where the library cannot be used (``start`` says why)."""
        try:
            return worked(self._steady(self._choices))
        except ShirubeError as exc:
            logger.warning("%s", exc)
        except Exception:
            logger.exception("the filters could not be read")
        return FilterChoices()

    def _steady(self, make: Callable[[], Made]) -> Callable[[], Made]:
        """The same, made of one state of the library."""

        def making() -> Made:
            with self._engine.steady():
                return make()

        return making

    def _start(self) -> str:
        store = self._engine.store
        documents = store.documents()
        if not documents:
            return status_html("") + empty_html(store.unread_files())
        return status_html("") + start_html(documents, self._engine.facets.documents, store.unread_files())

    def _search(self, typed: str, words: FilterWords) -> str:
        documents = self._engine.store.documents()
        if not documents:
            return self._start()
        result = self._engine.ask(typed, words)
        chips = chips_of(result.search.understood, words, town_names(documents))
        link = ViewLink(tab="search", text=typed.strip(), words=words)
        return result_html(result, chips, self._engine.analyzer) + view_html(link)

    def _choices(self) -> FilterChoices:
        documents = self._engine.store.documents()
        if not documents:
            return FilterChoices()
        facets, names = self._engine.facets, town_names(documents)
        years = sorted(facets.fiscal_years.items(), reverse=True)
        return FilterChoices(
            municipalities=_counted(
                (names.get(code, code), code, n) for code, n in facets.municipalities.items()
            ),
            prefectures=_counted((name, name, n) for name, n in _by_prefecture(documents, facets).items()),
            fiscal_years=_counted((years_label((year,)), str(year), n) for year, n in years),
            departments=_counted((name, name, n) for name, n in facets.departments.items()),
            document_kinds=_counted((name, name, n) for name, n in facets.document_kinds.items()),
        )


def _by_prefecture(documents: list[Document], facets: Facets) -> dict[str, int]:
    """Passages by prefecture, in the order of the municipalities' codes."""
    counts: Counter[str] = Counter()
    for one in sorted(documents, key=lambda one: one.municipality_code):
        counts[one.prefecture] += facets.documents.get(one.document_id, 0)
    return dict(counts)


def town_names(documents: list[Document]) -> dict[str, str]:
    """Names by code; with the prefecture where two towns of the library share one (府中市)."""
    towns = {one.municipality_code: one for one in documents}
    shared = Counter(one.municipality for one in towns.values())
    return {
        code: one.municipality if shared[one.municipality] == 1 else f"{one.prefecture}{one.municipality}"
        for code, one in towns.items()
    }


def _counted(values: Iterable[tuple[str, str, int]]) -> tuple[Choice, ...]:
    return tuple((f"{label}{COUNTED}{count:,}か所", value) for label, value, count in values if label)
