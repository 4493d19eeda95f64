"""Words, phrases and filters: a tantivy index over terms that we have cut ourselves.

tantivy splits at white space only; MeCab's terms come from ``index.terms``. Beside the terms, each passage
is kept as character pairs, in order: an exact phrase is a run of adjacent pairs, and a word that the
dictionary does not know is still found by its pairs.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus.errors import IndexDamagedError
from index.filters import Filters
from index.lexical_entry import EXACT_FIELDS, TERM_FIELDS, YEAR_FIELDS, LexicalEntry
from index.lexical_folder import let_others_read, standing_before
from index.pairs import character_pairs
from index.postings_budget import PostingList, within_budget

WHITE_SPACE = "whitespace"
RAW = "raw"
WRITER_BYTES = 128_000_000
KEPT_FILTERS = 32
KEPT_FREQUENCIES = 100_000

FEW_VALUES = 100
"""Up to so many values are looked up one by one; a set of values walks the field's whole dictionary."""

TIE = 0.1
"""How much the other ways to say a word count beside the best one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalConfig:
    """Weights of the fields in a passage's score, chosen as ``tests.bench`` and the README tell.

    Attributes:
        called_postings: how many postings are read for the words that a question calls up; about a
            hundred thousand take a millisecond, and 100,000 passages rarely need more than one million.
    """

    plan: float = 0.2
    title: float = 0.5
    headings: float = 0.5
    item: float = 0.7
    body: float = 1.0
    pairs: float = 0.25
    phrase: float = 4.0
    called_postings: int = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedTerm:
    """A term of a query with the weight it counts by (1 for a word typed)."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """Words that a typed word calls up: of the ways to say it, the best one counts.

    Attributes:
        ways: each a run of terms that together say it, with the weight of the way.
    """

    ways: tuple[tuple[tuple[str, ...], float], ...]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row_id", stored=True, indexed=True, fast=True)
    builder.add_bytes_field("keys", stored=True, indexed=False)
    for name in TERM_FIELDS:
        builder.add_text_field(name, tokenizer_name=WHITE_SPACE, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=WHITE_SPACE, index_option="position")
    for name in EXACT_FIELDS:
        builder.add_text_field(name, tokenizer_name=RAW, index_option="basic")
    for name in YEAR_FIELDS:
        builder.add_unsigned_field(name, indexed=True)
    return builder.build()


def build_lexical(folder: Path, entries: Iterable[LexicalEntry]) -> int:
    """Write an index of the entries into an empty folder; returns how many there were.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True)
    count = 0
    with _io_errors():
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for entry in entries:
            writer.add_document(_document(entry))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
    let_others_read(folder)
    return count


@contextmanager
def _io_errors() -> Iterator[None]:
    """What tantivy calls a wrong value where the disk is full or a file cannot be read or written."""
    try:
        yield
    except ValueError as exc:
        if any(word in str(exc) for word in ("IO error", "os error", "io::Error", "IoError")):
            raise OSError(str(exc)) from exc
        raise


def _document(entry: LexicalEntry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("row_id", entry.row_id)
    document.add_bytes("keys", entry.keys.encode())
    for name in (*TERM_FIELDS, "pairs"):
        line = getattr(entry, name)
        if line:
            document.add_text(name, line)
    for name in EXACT_FIELDS:
        value = getattr(entry, name)
        for one in (value,) if isinstance(value, str) else value:
            document.add_text(name, one)
    for name in YEAR_FIELDS:
        for year in getattr(entry, name):
            document.add_unsigned(name, year)
    return document


def _opened(folder: Path) -> tantivy.Index:
    """An index, which stays as it is opened.

    Raises:
        PermissionError: no lock can be made in its folder.
        OSError: it cannot be read.
    """
    try:
        with _io_errors():
            index = tantivy.Index.open(str(folder))
            index.config_reader(reload_policy="manual")
            return index
    except OSError as exc:
        if "Lockfile" in str(exc):
            raise PermissionError(str(exc)) from exc
        raise


class LexicalIndex:
    """A finished index, opened for reading."""

    def __init__(self, folder: Path, config: LexicalConfig) -> None:
        """Open a folder that ``build_lexical`` wrote and whose files were verified.

        Raises:
            IndexDamagedError: the disk does not give it, or does not let it be opened.
        """
        try:
            try:
                self._index = _opened(folder)
            except PermissionError:
                before = standing_before(folder)
                weakref.finalize(self, shutil.rmtree, before, ignore_errors=True)
                self._index = _opened(before)
            self._searcher = self._index.searcher()
        except OSError as exc:
            raise IndexDamagedError(
                f"索引を開けません: {folder}（{exc}）。"
                "フォルダーを読めるかと、ディスクの状態を確かめてください。"
            ) from exc
        self._schema = _schema()
        self._config = config
        weights = {name: float(getattr(config, name)) for name in TERM_FIELDS}
        self._counting = [(name, weight) for name, weight in weights.items() if weight > 0]
        self._rows: dict[Filters, NDArray[np.int64]] = {}
        self._frequencies: dict[tuple[str, str], int] = {}

    def search(
        self,
        terms: Sequence[WeightedTerm],
        pairs: Sequence[str],
        phrases: Sequence[str],
        filters: Filters,
        limit: int,
        alternatives: Sequence[Alternatives] = (),
    ) -> list[tuple[int, float]]:
        """Row numbers with BM25 scores summed over the fields, best first, ties by row number.

        Args:
            terms: words of the query; a passage needs any of them.
            pairs: character pairs of the query, as ``index.pairs`` gives them.
            phrases: texts that a passage must hold exactly (folded, white space aside).
            filters: limits, applied inside the engine.
            limit: how many rows at the most.
            alternatives: what the words call up; each counts as its best way does.
        """
        wanted = self._wanted(terms, pairs) + self._called(alternatives)
        required = [self._phrase(phrase) for phrase in phrases]
        if not wanted and not required:
            return []
        clauses = [(tantivy.Occur.Must, query) for query in required]
        if wanted:
            occur = tantivy.Occur.Should if required else tantivy.Occur.Must
            clauses.append((occur, tantivy.Query.boolean_query(wanted)))
        clauses += [(tantivy.Occur.Must, query) for query in self._limits(filters)]
        # Alone, terms are searched with the bounds of their blocks; as one clause of others they are not.
        return self._run(
            tantivy.Query.boolean_query(clauses if len(clauses) > 1 else wanted or clauses), limit
        )

    def holding(
        self, groups: Sequence[Alternatives], filters: Filters, limit: int
    ) -> list[tuple[int, float]]:
        """Passages that hold every group, in any field: all terms of one of its ways. Order as ``search``.

        Args:
            groups: what must be held; at least one.
            filters: limits, applied inside the engine.
            limit: how many rows at the most.
        """
        must, should = tantivy.Occur.Must, tantivy.Occur.Should
        clauses = [
            (must, tantivy.Query.boolean_query([(should, self._way(*way)) for way in group.ways]))
            for group in groups
        ]
        clauses += [(must, query) for query in self._limits(filters)]
        return self._run(tantivy.Query.boolean_query(clauses), limit) if groups else []

    def _way(self, terms: tuple[str, ...], weight: float) -> tantivy.Query:
        """All of the terms, each in one of the fields that count."""
        held = [
            tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, query) for query in self._fields(term, weight)]
            )
            for term in terms
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query) for query in held])

    def rows(self, filters: Filters) -> NDArray[np.int64]:
        """The row numbers of all passages that meet the filters, ascending; not to be changed.

        The last filters' rows are kept: a year may be met by most passages, and is asked for again and again.
        """
        found = self._rows.get(filters)
        if found is None:
            if len(self._rows) >= KEPT_FILTERS:
                self._rows.clear()
            found = self._rows[filters] = self._listed(filters)
        return found

    def _listed(self, filters: Filters) -> NDArray[np.int64]:
        limits = self._limits(filters)
        if not limits:
            query = tantivy.Query.all_query()
        else:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, limit) for limit in limits])
        hits = self._searcher.search(
            query, max(1, len(self)), count=False, order_by_field="row_id", order=tantivy.Order.Asc
        ).hits
        return np.fromiter((row for row, _ in hits), dtype=np.int64, count=len(hits))

    def keys(self, rows: Sequence[int]) -> dict[int, frozenset[str]]:
        """All terms of the given passages, those that stand over them included, by row number."""
        if not rows:
            return {}
        query = self._any_of("row_id", rows)
        addresses = [address for _, address in self._searcher.search(query, len(rows), count=False).hits]
        numbers = self._searcher.fast_field_values("row_id", addresses)
        return {
            int(number or 0): frozenset(bytes(self._searcher.doc(address)["keys"][0]).decode().split(" "))
            for number, address in zip(numbers, addresses, strict=True)
        }

    def holders(self, term: str) -> int:
        """How many passages hold a term in their own text."""
        return self._holders("body", term)

    def __len__(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher.num_docs)

    def _run(self, query: tantivy.Query, limit: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row_id", [address for _, address in hits])
        found = [(int(row or 0), float(score)) for row, (score, _) in zip(rows, hits, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def _wanted(self, terms: Sequence[WeightedTerm], pairs: Sequence[str]) -> list[tuple[Any, Any]]:
        should = tantivy.Occur.Should
        clauses = [(should, query) for term in terms for query in self._fields(term.text, term.weight)]
        if self._config.pairs > 0:
            clauses += [(should, self._term("pairs", pair, self._config.pairs)) for pair in pairs]
        return clauses

    def _fields(self, term: str, weight: float) -> list[tantivy.Query]:
        return [self._read(one) for one in self._lists(term, weight)]

    def _called(self, alternatives: Sequence[Alternatives]) -> list[tuple[Any, Any]]:
        """A clause for each of the alternatives, of the posting lists that the budget allows."""
        ways = [
            [one for term in terms for one in self._lists(term, weight / len(terms) ** 0.5)]
            for group in alternatives
            for terms, weight in group.ways
        ]
        everything = [one for lists in ways for one in lists]
        kept = iter(within_budget(everything, len(self), self._config.called_postings))
        queries = iter([[self._read(one) for one in lists if next(kept)] for lists in ways])
        clauses = []
        for group in alternatives:
            held = [query for _ in group.ways if (query := next(queries))]
            if held:
                said = [
                    tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in way]) for way in held
                ]
                clauses.append((tantivy.Occur.Should, tantivy.Query.disjunction_max_query(said, TIE)))
        return clauses

    def _lists(self, term: str, weight: float) -> list[PostingList]:
        """A term in each field that counts and holds it: one that is nowhere costs a query all the same."""
        return [
            PostingList(field=name, term=term, weight=weight * factor, holders=holders)
            for name, factor in self._counting
            if (holders := self._holders(name, term))
        ]

    def _holders(self, field: str, term: str) -> int:
        """How many passages hold a term in a field; those of the last terms are kept."""
        found = self._frequencies.get((field, term))
        if found is None:
            if len(self._frequencies) >= KEPT_FREQUENCIES:
                self._frequencies.clear()
            found = self._frequencies[field, term] = int(self._searcher.doc_freq(field, term))
        return found

    def _read(self, one: PostingList) -> tantivy.Query:
        return self._term(one.field, one.term, one.weight)

    def _term(self, field: str, value: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, value, "freq")
        return tantivy.Query.boost_query(query, weight)

    def _phrase(self, phrase: str) -> tantivy.Query:
        pairs = character_pairs(phrase)
        if not pairs:
            return tantivy.Query.empty_query()
        if len(pairs) > 1:
            exact = tantivy.Query.phrase_query(self._schema, "pairs", list(pairs))
        elif len(pairs[0]) > 1:
            exact = tantivy.Query.term_query(self._schema, "pairs", pairs[0], "freq")
        else:
            exact = tantivy.Query.regex_query(self._schema, "pairs", f".*{_regex_quoted(pairs[0])}.*")
        return tantivy.Query.boost_query(exact, self._config.phrase)

    def _limits(self, filters: Filters) -> list[tantivy.Query]:
        fields: list[tuple[str, Sequence[str | int] | None]] = [
            ("municipality", filters.municipalities),
            ("prefecture", filters.prefectures),
            ("fiscal_years", filters.fiscal_years),
            ("stated_years", filters.stated_years),
            ("departments", filters.departments),
            ("document_kind", filters.document_kinds),
            ("sections", filters.sections),
        ]
        return [
            tantivy.Query.const_score_query(self._any_of(name, values), 0.0)
            for name, values in fields
            if values is not None
        ]

    def _any_of(self, field: str, values: Sequence[str | int]) -> tantivy.Query:
        if not values:
            return tantivy.Query.empty_query()
        if len(values) > FEW_VALUES:
            return tantivy.Query.term_set_query(self._schema, field, list(values))
        held = [tantivy.Query.term_query(self._schema, field, value, "basic") for value in values]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in held])


def _regex_quoted(character: str) -> str:
    return "\\" + character if character in r"\.+*?()|[]{}^$#&-~/" else character
