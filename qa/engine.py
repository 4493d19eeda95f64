"""Search and answer over one library: the face of this package to the command line and the page."""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from corpus.access import Audience
from corpus.errors import AccessError, LibraryError
from corpus.indicator import IndicatorRole
from corpus.municipality import MunicipalityTable
from corpus.store import Store
from corpus.store_reader import StoreReader
from corpus.track_links import TrackLinks
from index.encoder import Encoder
from index.expansion import Expander
from index.facets import Facets
from index.filters import Filters
from index.reranker import Reranker
from index.retriever import Retriever, RetrieverConfig, Scored, SearchRequest
from index.terms import TermAnalyzer
from qa.answer import Answer, refusal
from qa.answer_first import answer_first
from qa.answering import answer
from qa.collapse import collapsed
from qa.compare import Comparison, compare
from qa.every_town import with_every_town
from qa.filter_words import FilterWords, resolve_filters
from qa.generation import reworded
from qa.generator import Generator
from qa.hits import Hit
from qa.indicators import IndicatorsFound, list_indicators
from qa.meaning import Meaning, built_in
from qa.narrowing import widened
from qa.opened import OpenedLibraries, OpenedLibrary
from qa.precedents import Precedents, precedents
from qa.priors import Priors, reordered
from qa.question import read_question
from qa.quoted import stands_under, with_quoted
from qa.read_hits import read_hits, with_linked
from qa.reranking import READ as RERANKED
from qa.reranking import in_order_of
from qa.results import AskResult, SearchResult
from qa.searched import searched
from qa.sheet_support import supported
from qa.theme_search import ThemeSource
from qa.track import Track, track
from qa.understand import Understood, is_facility, understand

QUOTED_POOL = 200
"""Among how many passages those are looked for that stand under a heading which the question quotes."""

ANSWER_POOL = 30
AGAIN_POOL = 20
REPEATED = 20
"""How many more passages are fetched, since some repeat others and are shown once."""

logger = logging.getLogger(__name__)

Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def _steadily(
    asked: Callable[Concatenate[Engine, Asked], Found],
) -> Callable[Concatenate[Engine, Asked], Found]:
    """A method that asks of one state of the library; see ``Engine.steady``."""

    @wraps(asked)
    def asking(self: Engine, /, *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        with self.steady():
            return asked(self, *args, **kwargs)

    return asking


class Engine:
    """Answers over what one audience may see of a library.

    Safe to share between threads; follows the library when it changes.
    """

    def __init__(
        self,
        store: Store,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        table: MunicipalityTable,
        config: RetrieverConfig | None = None,
        generator: Generator | None = None,
        today: Callable[[], date] = date.today,
        thesaurus: Path | None = None,
        *,
        audience: Audience,
        libraries: OpenedLibraries | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Answer to an audience.

        Args:
            store: the library's.
            analyzer: cuts questions.
            encoder: makes vectors.
            table: of municipalities; those of the library that it does not know are added.
            config: of the retriever.
            generator: words answers anew, None for quotations alone.
            today: the day that 昨年度 is relative to.
            thesaurus: the user's, where a setting names it.
            audience: who is looking.
            libraries: what is opened of the library, where several engines share it.
            reranker: puts the first passages in a new order, None for the order of the search.
        """
        self._store = store
        self._audience = audience
        self._analyzer = analyzer
        self._encoder = encoder
        self._generator = generator
        self._reranker = reranker
        self._today = today
        self._priors = Priors()
        self._libraries = libraries or OpenedLibraries(
            store, analyzer, encoder, table, config or RetrieverConfig(), thesaurus
        )
        self._held = threading.local()

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self._store.folder

    @property
    def store(self) -> StoreReader:
        """This thread's view of the store: what the audience may see."""
        return self._store.seen_by(self._audience)

    @property
    def analyzer(self) -> TermAnalyzer:
        """The analyzer that cuts questions and marks matches."""
        return self._analyzer

    @property
    def table(self) -> MunicipalityTable:
        """The municipalities that are known, those of the library's own documents among them."""
        return self._current().table

    @property
    def today(self) -> date:
        """The day that 昨年度 is relative to."""
        return self._today()

    @property
    def expander(self) -> Expander:
        """Calls up words: the product's, the documents' own and the user's."""
        return self._current().expander

    @property
    def facets(self) -> Facets:
        """The values that the library can be filtered by."""
        return self._retriever().facets

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Let all that this thread asks in the context be of one state of the library; it may be nested.

        Documents may be taken in or removed while a question is answered: what is found in one state and
        quoted, counted or compared in the next would be an answer that neither state gives.
        """
        if self._pinned is not None:
            yield
            return
        for last in (False, True):
            with self._store.steady(self._audience):
                current = self._opened()
                if current is None and not last:
                    continue  # its index may have gone between the look at the library and the opening
                self._held.current = current
                try:
                    yield
                finally:
                    self._held.current = None
                return

    @_steadily
    def search(self, typed: str, words: FilterWords | None = None, limit: int = 10) -> SearchResult:
        """Passages for a question, best first.

        Raises:
            QuestionError: nothing to search for, or too long.
            InputError: a filter cannot be read.
            LibraryError: the library or its index cannot be used.
        """
        question = read_question(typed)
        current = self._current()
        asked, facets = words or FilterWords(), current.retriever.facets
        given, today = resolve_filters(asked, facets, self.table), self.today

        def found(*, narrow: bool, departed: bool = True) -> SearchResult:
            expander = current.expander if asked.widen else None
            understood = understand(
                question,
                given,
                facets,
                self.table,
                self._analyzer,
                expander,
                today=today,
                without=asked.without,
                narrow=narrow,
                departed=departed,
            )
            return self._found(current.retriever, understood, max(limit, RERANKED if self._reranker else 0))

        result = found(narrow=True)
        if result.understood.kinds or result.understood.fields:
            result = widened(result, found(narrow=False))
        departments = result.understood.departments
        if departments and (not result.hits or all(map(is_facility, departments))):
            result = widened(result, found(narrow=True, departed=False))
        if self._reranker is not None:
            result = in_order_of(self._reranker, result, limit)
        fault = current.own.notice
        return replace(result, notices=(*result.notices, fault)) if fault and asked.widen else result

    def ask(self, typed: str, words: FilterWords | None = None, limit: int = ANSWER_POOL) -> AskResult:
        """A cited answer, or a refusal. Errors as ``search``."""
        found, made = self._answered(typed, words, limit)
        if self._generator is not None and not found.understood.doubt:
            asked = found.understood.question.text
            made = reworded(made, asked, self._generator, self._analyzer, self.table)
        return AskResult(search=answer_first(found, made), answer=made)

    @_steadily
    def _answered(self, typed: str, words: FilterWords | None, limit: int) -> tuple[SearchResult, Answer]:
        """What was found, and the answer of quotations before a language model words it anew."""
        found = self.search(typed, words, max(limit, ANSWER_POOL))
        if found.understood.doubt:
            return found, refusal(found.understood.doubt)
        retriever = self._retriever()

        def asked_with(filters: Filters, limit: int) -> list[Hit]:
            understood = replace(found.understood, filters=filters)
            scored = self._retrieve(retriever, understood, limit)[0]
            return with_linked(self._ordered(scored, understood), self.store)

        def again(filters: Filters) -> list[Hit]:
            return asked_with(filters, AGAIN_POOL)

        found = with_every_town(found, retriever.facets, asked_with)
        return found, answer(self.store, retriever.facets, found, self._analyzer, again)

    @_steadily
    def compare(self, theme: str, words: FilterWords | None = None) -> Comparison:
        """What each municipality writes of a theme, aspect by aspect. Errors as ``search``."""
        return compare(self._source(), theme, words)

    @_steadily
    def indicators(
        self, query: str = "", words: FilterWords | None = None, roles: tuple[IndicatorRole, ...] = ()
    ) -> IndicatorsFound:
        """Figures whose labels hold the words of a query, all of them without one. Errors as ``search``."""
        current = self._current()
        return list_indicators(
            self.store,
            current.retriever.facets,
            self.table,
            self._analyzer,
            query,
            words,
            roles,
            current.expander,
            self.today,
        )

    @_steadily
    def track(self, theme: str, words: FilterWords | None = None) -> Track:
        """The measures of a theme over the fiscal years. Errors as ``search``."""
        return track(self._source(), theme, words, TrackLinks(self.library).read())

    @_steadily
    def precedents(self, theme: str, words: FilterWords | None = None) -> Precedents:
        """Wordings of a theme to draft from. Errors as ``search``."""
        return precedents(self._source(), theme, words)

    def _source(self) -> ThemeSource:
        current = self._current()
        return ThemeSource(
            store=self.store,
            retriever=current.retriever,
            analyzer=self._analyzer,
            encoder=self._encoder,
            table=self.table,
            expander=current.expander,
        )

    def _found(self, retriever: Retriever, understood: Understood, limit: int) -> SearchResult:
        scored, notices = self._retrieve(retriever, understood, limit + REPEATED)
        return SearchResult(
            understood=understood,
            searched=searched(self.store, retriever.facets, understood.filters),
            hits=tuple(with_linked(collapsed(self._ordered(scored, understood))[:limit], self.store)),
            notices=(*understood.notices, *notices),
            weights=self._weights(understood),
            meaning=Meaning(built_in(self._encoder, self._analyzer), understood.topic),
        )

    def _retrieve(
        self, retriever: Retriever, understood: Understood, limit: int
    ) -> tuple[list[Scored], list[str]]:
        request = SearchRequest(
            text=understood.topic,
            terms=understood.terms,
            phrases=understood.phrases,
            filters=understood.filters,
            limit=limit,
            alternatives=understood.alternatives,
        )
        if not understood.phrases or understood.question.only_phrases:
            return retriever.search(request), []
        anywhere = retriever.search(replace(request, phrases=(), limit=max(limit, QUOTED_POOL)))
        under = {
            hit.row_id for hit in self._hits(anywhere, understood) if stands_under(hit, understood.phrases)
        }
        scored = with_quoted(anywhere, retriever.search(request), under)[:limit]
        if scored:
            return scored, []
        phrases = "".join(f"「{phrase}」" for phrase in understood.phrases)
        notice = f"{phrases}をそのまま含む箇所はありません。言葉の近い箇所を示します。"
        return anywhere[:limit], [notice]

    def _ordered(self, scored: list[Scored], understood: Understood) -> list[Hit]:
        return supported(reordered(self._hits(scored, understood), understood.question.text, self._priors))

    def _hits(self, scored: Sequence[Scored], understood: Understood) -> list[Hit]:
        return read_hits(scored, understood, self.store, self._retriever())

    def _weights(self, understood: Understood) -> Mapping[str, float]:
        """How much each term counts in choosing a sentence: rare words more."""
        retriever = self._retriever()
        total = max(1, sum(retriever.facets.documents.values()))
        weights = {term: one.weight / 2 for one in understood.called for term in one.terms}
        weights.update((term.text, term.weight) for term in understood.terms)
        return {
            term: weight * math.log(1 + total / (1 + retriever.holders(term)))
            for term, weight in weights.items()
        }

    def _retriever(self) -> Retriever:
        return self._current().retriever

    def _current(self) -> OpenedLibrary:
        """What the audience may see of the library as it stands, or when ``steady`` began."""
        return self._pinned or self._libraries.of(self._audience)

    @property
    def _pinned(self) -> OpenedLibrary | None:
        found: OpenedLibrary | None = getattr(self._held, "current", None)
        return found

    def _opened(self) -> OpenedLibrary | None:
        """The library as it stands, None where it cannot be opened: whoever asks of it is told why."""
        try:
            return self._libraries.of(self._audience)
        except (LibraryError, AccessError) as exc:
            logger.info("not opened beforehand: %s", exc)
            return None
