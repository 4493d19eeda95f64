"""What is opened for one state of a library: its index, and the words that its own documents explain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from corpus.folding import fold
from corpus.glossary_entry import GlossaryKind
from corpus.store_reader import StoreReader
from index.encoder import Encoder
from index.expansion import Expander
from index.own_thesaurus import OwnThesaurus
from index.retriever import Opener, Retriever, RetrieverConfig, open_retriever
from index.terms import TermAnalyzer
from index.thesaurus import Group

OTHER_NAME_WEIGHT = 0.9

State = tuple[str | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLibrary:
    """A library in one state.

    Attributes:
        state: see ``state_of``.
        retriever: searches its index.
        expander: calls up words, those of the documents' own glossary and of the user among them.
        own: the user's thesaurus.
    """

    state: State
    retriever: Retriever
    expander: Expander
    own: OwnThesaurus


def state_of(store: StoreReader) -> State:
    """What tells one state of a library from the next: its index generation and its revision."""
    return store.index_generation, store.revision


def open_library(
    store: StoreReader,
    folder: Path,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    config: RetrieverConfig,
    own: OwnThesaurus,
    opener: Opener = open_retriever,
) -> OpenedLibrary:
    """Open the library as it stands, with the user's thesaurus.

    Raises:
        LibraryError: its index cannot be used.
    """
    return OpenedLibrary(
        state=state_of(store),
        retriever=opener(store, folder, analyzer, encoder, config),
        expander=Expander(analyzer, groups=[*other_names(store), *own.groups]),
        own=own,
    )


def with_own(
    opened: OpenedLibrary, store: StoreReader, analyzer: TermAnalyzer, own: OwnThesaurus
) -> OpenedLibrary:
    """The same library after the user's thesaurus has changed."""
    return replace(opened, expander=Expander(analyzer, groups=[*other_names(store), *own.groups]), own=own)


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
