"""Loading a generation into Milvus: passages with their vectors, and the table of terms beside them.

A generation's collection has its name from the generation and is never changed. It is filled aside; its last
row says what it was made of, so that one without that row is not taken for whole. Then the alias is turned to
it, and the collections of earlier generations are dropped.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

import numpy as np

from corpus.access import PUBLIC
from corpus.folding import match_key
from corpus.store_reader import StoreReader
from corpus.wording import Wording
from index.build import Progress, passage_entries
from index.encoder import Encoder
from index.generation import BuiltFrom, current_form, expected_from
from index.lexical_entry import TERM_FIELDS, LexicalEntry
from index.milvus_connection import BATCH, Field, MilvusConnection, MilvusIndexError, Row
from index.milvus_weights import shares
from index.passage_text import PassageText
from index.terms import TermAnalyzer

TERMS = "_terms"
ABOUT = "\tabout"
COUNTED = (*TERM_FIELDS, "pairs")
LONGEST_TEXT = 20_000
"""Characters of a passage in which phrases are looked for; Milvus keeps 65,535 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a collection was made of.

    Attributes:
        built_from: see ``index.generation``.
        means: the mean number of terms of each field.
    """

    built_from: BuiltFrom
    means: dict[str, float]

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps({"built_from": asdict(self.built_from), "means": self.means})

    @classmethod
    def from_json(cls, text: str) -> About:
        """What ``to_json`` wrote."""
        data = json.loads(text)
        return cls(built_from=BuiltFrom(**data["built_from"]), means=data["means"])


def collection_of(connection: MilvusConnection, generation: str) -> str:
    """The name of a generation's collection."""
    return f"{connection.address.name}_{generation.replace('-', '_')}"


def fields(dimension: int) -> list[Field]:
    """The fields of a collection of passages."""
    return [
        Field(name="row_id", kind="key"),
        Field(name="municipality", kind="text", partitioned=True),
        *(Field(name=name, kind="text") for name in ("document", "prefecture", "document_kind", "body")),
        *(Field(name=name, kind="numbers") for name in ("fiscal_years", "stated_years")),
        *(Field(name=name, kind="texts") for name in ("departments", "sections", "terms")),
        Field(name="words", kind="sparse"),
        Field(name="meaning", kind="vector", size=dimension),
    ]


def load(
    connection: MilvusConnection,
    store: StoreReader,
    generation: str,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    progress: Progress | None = None,
) -> str:
    """Load what the store holds as a generation and turn the alias to it; returns the collection's name.

    One that is there and whole is not loaded again.

    Raises:
        MilvusError: Milvus cannot be used; the alias stands where it stood.
        MilvusIndexError: the library holds documents that are not open to all.
    """
    check_public(store)
    name = collection_of(connection, generation)
    wanted = expected_from(store, analyzer=analyzer.fingerprint, encoder=encoder.fingerprint)
    if not _is_whole(connection, name, wanted):
        for part in (name, name + TERMS):
            if connection.exists(part):
                connection.drop(part)
        _fill(connection, name, store, analyzer, encoder, progress)
    connection.point(connection.address.name, name)
    for other in loaded_generations(connection):
        if other not in (name, name + TERMS):
            connection.drop(other)
    return name


def _is_whole(connection: MilvusConnection, name: str, wanted: BuiltFrom) -> bool:
    """Whether a collection is there with all of its rows; it is loaded to be searched then."""
    if not connection.exists(name) or not connection.exists(name + TERMS):
        return False
    for part in (name, name + TERMS):
        connection.load(part)
    about = about_of(connection, name)
    return about is not None and about.built_from == wanted and connection.count(name) == wanted.passages


def loaded_generations(connection: MilvusConnection) -> list[str]:
    """The names of the collections that belong to this library, in order.

    Another library's name may begin with this one's; its collections are not touched.
    """
    form = re.compile(rf"{re.escape(connection.address.name)}_generation_\d+_[0-9a-f]+({TERMS})?")
    return [one for one in connection.collections() if form.fullmatch(one)]


def check_public(store: StoreReader) -> None:
    """Refuse a library with documents that are not open to all.

    A collection counts its terms over all that it holds, so that scores would tell of what a person may not
    see, however the passages were limited; and what is not public does not leave this machine.

    Args:
        store: all of the store, of whoever asks.

    Raises:
        MilvusIndexError: it holds such documents.
    """
    limited = sum(access != PUBLIC.key for access in store.accesses().values())
    if limited:
        raise MilvusIndexError(
            f"公開でない資料が{limited:,}件あるライブラリでは、Milvus を使えません。"
            "このパソコンの索引では、公開範囲のとおりに検索できます。"
        )


def about_of(connection: MilvusConnection, name: str) -> About | None:
    """What a collection was made of; None where there is none, or its loading did not come to its end.

    Both of its parts are to be loaded to be searched.
    """
    if not connection.exists(name) or not connection.exists(name + TERMS):
        return None
    rows = connection.query(name + TERMS, f'term == "{json.dumps(ABOUT)[1:-1]}"', ["about"])
    try:
        return About.from_json(rows[0]["about"]) if rows else None
    except (ValueError, KeyError, TypeError):  # another version of this program wrote it
        return None


def _fill(
    connection: MilvusConnection,
    name: str,
    store: StoreReader,
    analyzer: TermAnalyzer,
    encoder: Encoder,
    progress: Progress | None,
) -> None:
    connection.create(name, fields(encoder.dimension))
    connection.create(
        name + TERMS,
        [
            Field(name="term", kind="name"),
            Field(name="number", kind="number"),
            Field(name="holders", kind="number"),
            Field(name="about", kind="text"),
            Field(name="unused", kind="vector", size=2),  # a collection without a vector is not allowed
        ],
    )
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        counts = _Counts()
        for row_id, passage, text, entry in passage_entries(store, analyzer):
            counts.add(entry)
            spool.write(json.dumps(_spooled(row_id, passage, text, entry), ensure_ascii=False) + "\n")
            if progress is not None:
                progress(counts.passages, store.passage_count())
        spool.seek(0)
        _insert(connection, name, _read(spool), counts, encoder)
    connection.insert(name + TERMS, counts.rows())
    connection.finish(name)
    about = About(
        built_from=BuiltFrom(
            revision=store.revision,
            passages=counts.passages,
            analyzer=analyzer.fingerprint,
            encoder=encoder.fingerprint,
            form=current_form(),
        ),
        means=counts.means(),
    )
    connection.insert(name + TERMS, [_term_row(ABOUT, 0, 0, about.to_json())])
    connection.finish(name + TERMS)


class _Counts:
    """What is counted over all passages, each term of a field with a number of its own."""

    def __init__(self) -> None:
        self.passages = 0
        self.numbers: dict[str, int] = {}
        self._holders: Counter[str] = Counter()
        self._lengths: Counter[str] = Counter()

    def add(self, entry: LexicalEntry) -> None:
        """Count a passage."""
        self.passages += 1
        for field in COUNTED:
            terms = entry.terms_of(field)
            self._lengths[field] += len(terms)
            for term in dict.fromkeys(terms):
                key = term_key(field, term)
                self.numbers.setdefault(key, len(self.numbers) + 1)
                self._holders[key] += 1

    def means(self) -> dict[str, float]:
        """The mean number of terms of each field."""
        return {field: self._lengths[field] / max(1, self.passages) for field in COUNTED}

    def rows(self) -> list[Row]:
        """The table of terms."""
        return [_term_row(key, number, self._holders[key]) for key, number in self.numbers.items()]


def term_key(field: str, term: str) -> str:
    """The name of a term of a field."""
    return f"{field}\t{term}"


def _term_row(term: str, number: int, holders: int, about: str = "") -> Row:
    return {"term": term, "number": number, "holders": holders, "about": about, "unused": [1.0, 0.0]}


def _spooled(row_id: int, passage: Wording, text: PassageText, entry: LexicalEntry) -> list[Any]:
    """A passage as it waits for the counts to be whole: its row without vectors, its terms, its text."""
    row = {
        "row_id": row_id,
        "municipality": entry.municipality,
        "document": entry.document,
        "prefecture": entry.prefecture,
        "document_kind": entry.document_kind,
        "body": match_key(passage.text)[:LONGEST_TEXT],
        "fiscal_years": list(entry.fiscal_years),
        "stated_years": list(entry.stated_years),
        "departments": list(entry.departments),
        "sections": list(entry.sections),
        "terms": sorted(set(entry.keys.split())),
    }
    return [row, {field: entry.terms_of(field) for field in COUNTED}, text.embedded]


def _read(spool: IO[str]) -> Iterator[tuple[Row, dict[str, list[str]], str]]:
    for line in spool:
        row, terms, embedded = json.loads(line)
        yield row, terms, embedded


def _insert(
    connection: MilvusConnection,
    name: str,
    spooled: Iterator[tuple[Row, dict[str, list[str]], str]],
    counts: _Counts,
    encoder: Encoder,
) -> None:
    means = counts.means()
    waiting: list[Row] = []
    texts: list[str] = []

    def put() -> None:
        # Half precision, as in the index of one machine: both engines see the same vectors.
        vectors = encoder.encode_passages(texts).astype(np.float16).astype(np.float32)
        for row, vector in zip(waiting, vectors, strict=True):
            row["meaning"] = vector.tolist()
        connection.insert(name, waiting)
        waiting.clear()
        texts.clear()

    for row, terms, embedded in spooled:
        row["words"] = _words(terms, means, counts.numbers.__getitem__)
        waiting.append(row)
        texts.append(embedded)
        if len(waiting) == BATCH:
            put()
    if waiting:
        put()


def _words(
    terms: dict[str, list[str]], means: dict[str, float], number_of: Callable[[str], int]
) -> dict[int, float]:
    """A passage's sparse vector; one without any term has a number that no question has."""
    found = {
        number_of(term_key(field, term)): value
        for field, held in terms.items()
        for term, value in shares(held, means[field]).items()
    }
    return found or {0: 1.0}
