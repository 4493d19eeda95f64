"""Search and answer over one library: the face of this package to the command line and the page."""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from corpus.municipality import MunicipalityTable
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.encoder import Encoder
from index.facets import Facets
from index.filters import Filters
from index.retriever import Retriever, RetrieverConfig, Scored, SearchRequest
from index.terms import TermAnalyzer
from qa.answering import answer
from qa.collapse import collapsed
from qa.every_town import with_every_town
from qa.filter_words import FilterWords, resolve_filters
from qa.generation import reworded
from qa.generator import Generator
from qa.hits import Hit
from qa.opened import OpenedLibrary, open_library, state_of
from qa.priors import Priors, reordered
from qa.question import read_question
from qa.request_words import REQUEST_WORDS
from qa.results import AskResult, SearchResult
from qa.searched import searched
from qa.understand import Understood, understand

ANSWER_POOL = 30
AGAIN_POOL = 20
REPEATED = 20
"""How many more passages are fetched, since some repeat others and are shown once."""


class Engine:
    """Answers over a library. Safe to share between threads; follows the library when it changes."""

    def __init__(
        self,
        store: Store,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        table: MunicipalityTable,
        config: RetrieverConfig | None = None,
        generator: Generator | None = None,
    ) -> None:
        self._store = store
        self._analyzer = analyzer
        self._encoder = encoder
        self._table = table
        self._config = config or RetrieverConfig()
        self._generator = generator
        self._priors = Priors()
        self._lock = threading.Lock()
        self._opened: OpenedLibrary | None = None

    @property
    def library(self) -> Path:
        """The library's folder."""
        return self._store.folder

    @property
    def store(self) -> StoreReader:
        """This thread's view of the store."""
        return self._store.reader

    @property
    def analyzer(self) -> TermAnalyzer:
        """The analyzer that cuts questions and marks matches."""
        return self._analyzer

    @property
    def facets(self) -> Facets:
        """The values that the library can be filtered by."""
        return self._retriever().facets

    def search(self, typed: str, words: FilterWords | None = None, limit: int = 10) -> SearchResult:
        """Passages for a question, best first.

        Raises:
            QuestionError: nothing to search for, or too long.
            InputError: a filter cannot be read.
            LibraryError: the library or its index cannot be used.
        """
        question = read_question(typed)
        current = self._current()
        retriever = current.retriever
        asked = words or FilterWords()
        understood = understand(
            question,
            resolve_filters(asked, retriever.facets, self._table),
            retriever.facets,
            self._table,
            self._analyzer,
            current.expander if asked.widen else None,
        )
        scored, notices = self._retrieve(retriever, understood, limit + REPEATED)
        return SearchResult(
            understood=understood,
            searched=searched(self.store, retriever.facets, understood.filters),
            hits=tuple(collapsed(self._ordered(scored, understood))[:limit]),
            notices=tuple(notices),
            weights=self._weights(understood),
        )

    def ask(self, typed: str, words: FilterWords | None = None, limit: int = ANSWER_POOL) -> AskResult:
        """A cited answer, or a refusal. Errors as ``search``."""
        found = self.search(typed, words, max(limit, ANSWER_POOL))
        retriever = self._retriever()

        def asked_with(filters: Filters, limit: int) -> list[Hit]:
            understood = replace(found.understood, filters=filters)
            return self._ordered(self._retrieve(retriever, understood, limit)[0], understood)

        def again(filters: Filters) -> list[Hit]:
            return asked_with(filters, AGAIN_POOL)

        found = with_every_town(found, retriever.facets, asked_with)
        made = answer(self.store, retriever.facets, found, self._analyzer, again)
        if self._generator is not None:
            asked = found.understood.question.text
            made = reworded(made, asked, self._generator, self._analyzer, self._table)
        return AskResult(search=found, answer=made)

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
        scored = retriever.search(request)
        if scored or not understood.phrases or understood.question.only_phrases:
            return scored, []
        phrases = "".join(f"「{phrase}」" for phrase in understood.phrases)
        notice = f"{phrases}をそのまま含む箇所はありません。言葉の近い箇所を示します。"
        return retriever.search(replace(request, phrases=())), [notice]

    def _ordered(self, scored: list[Scored], understood: Understood) -> list[Hit]:
        return reordered(self._hits(scored, understood), understood.question.text, self._priors)

    def _hits(self, scored: list[Scored], understood: Understood) -> list[Hit]:
        rows = [one.row_id for one in scored]
        passages = self.store.passages_at(rows)
        keys = self._retriever().keys(rows)
        documents = {document.document_id: document for document in self.store.documents()}
        hits: list[Hit] = []
        for one in scored:
            passage = passages.get(one.row_id)
            document = documents.get(passage.document_id) if passage else None
            if passage is None or document is None:
                continue
            held = keys.get(one.row_id, frozenset())
            hits.append(
                Hit(
                    rank=len(hits) + 1,
                    score=one.score,
                    passage=passage,
                    document=document,
                    sheet=self.store.sheet(passage.document_id, passage.sheet_ordinal),
                    matched=_matched(understood, held),
                    called=tuple(word for word in understood.called if held.issuperset(word.terms)),
                    row_id=one.row_id,
                    linked=tuple(self.store.linked(passage)),
                    asked_years=understood.filters.fiscal_years or understood.fiscal_years,
                )
            )
        return hits

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
        """The library as it stands, opened anew when it has changed."""
        store = self.store
        with self._lock:
            if self._opened is None or self._opened.state != state_of(store):
                self._opened = open_library(
                    store, self._store.folder, self._analyzer, self._encoder, self._config
                )
            return self._opened


def _matched(understood: Understood, held: frozenset[str]) -> tuple[str, ...]:
    """The question's words that a passage holds, in the question's order."""
    return tuple(
        term.text for term in understood.terms if term.text in held and term.text not in REQUEST_WORDS
    )
