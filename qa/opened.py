"""What is opened for one state of a library: its index, and the words that its own documents explain."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from corpus.access import Audience
from corpus.folding import fold
from corpus.glossary_entry import GlossaryKind
from corpus.municipality import MunicipalityTable
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.encoder import Encoder
from index.expansion import Expander
from index.own_thesaurus import OwnThesaurus, load_own, stamp_of
from index.retriever import Opener, Retriever, RetrieverConfig, open_retriever
from index.terms import TermAnalyzer
from index.thesaurus import Group

OTHER_NAME_WEIGHT = 0.9
KEPT_OPEN = 16
"""For how many sets of open documents an index is kept open."""

State = tuple[str | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLibrary:
    """A library in one state.

    Attributes:
        state: see ``state_of``.
        retriever: searches its index.
        table: of municipalities, with those of its documents that are in no list.
        expander: calls up words, those of the documents' own glossary and of the user among them.
        own: the user's thesaurus.
    """

    state: State
    retriever: Retriever
    table: MunicipalityTable
    expander: Expander
    own: OwnThesaurus


def state_of(store: StoreReader) -> State:
    """What tells one state of a library from the next: its index generation and its revision."""
    return store.index_generation, store.revision


def open_library(
    store: Store,
    audience: Audience,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    table: MunicipalityTable,
    config: RetrieverConfig,
    own: OwnThesaurus,
    opener: Opener = open_retriever,
) -> OpenedLibrary:
    """Open what an audience may see of the library as it stands, with the user's thesaurus.

    Raises:
        LibraryError: its index cannot be used.
    """
    seen, state = store.seen_by(audience), state_of(store.reader)
    return OpenedLibrary(
        state=state,
        retriever=opener(store.reader, store.folder, analyzer, encoder, config, audience=audience),
        table=with_own_towns(table, seen),
        expander=Expander(analyzer, groups=[*other_names(seen), *own.groups]),
        own=own,
    )


class OpenedLibraries:
    """One library as its audiences see it, each kept open for as long as the library stays as it is.

    Audiences to whom the same documents are open share one. Safe to share between threads.
    """

    def __init__(
        self,
        store: Store,
        analyzer: TermAnalyzer,
        encoder: Encoder,
        table: MunicipalityTable,
        config: RetrieverConfig,
        thesaurus: Path | None,
        opener: Opener = open_retriever,
    ) -> None:
        self._store = store
        self._analyzer = analyzer
        self._encoder = encoder
        self._table = table
        self._config = config
        self._thesaurus = thesaurus
        self._opener = opener
        self._lock = threading.Lock()
        self._state: State | None = None
        self._open: dict[Audience, frozenset[str]] = {}
        self._held: OrderedDict[frozenset[str], OpenedLibrary] = OrderedDict()

    def of(self, audience: Audience) -> OpenedLibrary:
        """What an audience may see of the library as it stands, opened anew when it has changed.

        Raises:
            LibraryError: its index cannot be used.
            AccessError: nothing is open to the audience.
        """
        seen, state = self._store.seen_by(audience), state_of(self._store.reader)
        folder = self._store.folder
        with self._lock:
            if state != self._state:
                self._state = state
                self._open.clear()
                self._held.clear()
            if audience not in self._open:
                self._open[audience] = frozenset(seen.accesses().values())
            key = self._open[audience]
            opened, stamp = self._held.get(key), stamp_of(folder, self._thesaurus)
            if opened is None:
                opened = self._opened(audience)
            elif opened.own.stamp != stamp:
                opened = with_own(opened, seen, self._analyzer, load_own(folder, self._thesaurus))
            self._held[key] = opened
            self._held.move_to_end(key)
            if len(self._held) > KEPT_OPEN:
                self._held.popitem(last=False)
            return opened

    def _opened(self, audience: Audience) -> OpenedLibrary:
        own = load_own(self._store.folder, self._thesaurus)
        return open_library(
            self._store,
            audience,
            self._analyzer,
            self._encoder,
            self._table,
            self._config,
            own,
            self._opener,
        )


def with_own(
    opened: OpenedLibrary, store: StoreReader, analyzer: TermAnalyzer, own: OwnThesaurus
) -> OpenedLibrary:
    """The same library after the user's thesaurus has changed."""
    return replace(opened, expander=Expander(analyzer, groups=[*other_names(store), *own.groups]), own=own)


def with_own_towns(table: MunicipalityTable, store: StoreReader) -> MunicipalityTable:
    """The table with the municipalities of the library's documents that are in no list (see the manifest)."""
    named = dict(sorted((one.municipality_code, one.municipality) for one in store.documents()))
    return _including(table, tuple(named.items()))


@lru_cache(maxsize=KEPT_OPEN)
def _including(table: MunicipalityTable, named: tuple[tuple[str, str], ...]) -> MunicipalityTable:
    """One table for the same towns: what is found by its names is indexed anew for each table."""
    return table.including(table.unlisted(code, name) for code, name in named)


def other_names(store: StoreReader) -> list[Group]:
    """The names that the library's documents write in two ways, as groups that call one another."""
    pairs = dict.fromkeys(
        (fold(entry.term).text, fold(entry.meaning).text)
        for entry in store.glossary()
        if entry.kind is GlossaryKind.OTHER_NAME
    )
    return [
        Group(left=(term,), right=(meaning,), mutual=True, weight=OTHER_NAME_WEIGHT)
        for term, meaning in pairs
    ]
