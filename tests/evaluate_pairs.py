"""Foreign text: queries of which each has one passage, searched with the product's own retriever.

The passages go into a library of their own, and are searched through its index: fields, character pairs,
vectors and fusion, with what the thesaurus calls up. Nothing is read as a limit, for the passages are no
plans and have no town or year. Beside it plain BM25 over the same passages.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.access import OPERATOR
from corpus.document import Document, content_hash
from corpus.folding import fold
from corpus.locator import LineLocator
from corpus.passage import Passage, PassageKind
from corpus.record import DocumentRecord
from corpus.span import Span
from corpus.store import Store
from index.build import build_generation
from index.encoder import Encoder
from index.expansion import Expander
from index.lexical import Alternatives
from index.retriever import LocalRetriever, SearchRequest, open_retriever
from index.terms import TermAnalyzer
from qa.understand import EXPANSION_WEIGHT, weighted_terms
from tests.evaluate_judged import JudgedMeans
from tests.evaluate_metrics import DEPTH, Means, Measured, means
from tests.evaluate_plain import PlainBm25

PAIRS = ("mirai", "lawqa", "jsquad_valid")

Search = Callable[[str], Sequence[int]]
"""Numbers of passages for a query, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSet:
    """Queries with the number of the passage that answers each; equal passages are one."""

    passages: tuple[str, ...]
    queries: tuple[tuple[str, int], ...]


def read_pairs(path: Path) -> PairSet:
    """The set of a gzipped file of ``{"query", "passage"}``, one a line."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    passages = tuple(dict.fromkeys(row["passage"] for row in rows))
    places = {passage: place for place, passage in enumerate(passages)}
    return PairSet(passages=passages, queries=tuple((row["query"], places[row["passage"]]) for row in rows))


def one_document(passages: Sequence[str]) -> DocumentRecord:
    """A document of passages that bear no title, heading or year."""
    text = "\n".join(passages)
    document = Document(
        source="passages.txt",
        municipality_code="990019",
        municipality="千鳥ヶ原市",
        prefecture="みほん県",
        title="",
        fiscal_year=None,
        document_kind="",
        sha256=content_hash(text.encode()),
        encoding="utf-8",
        layout="generic",
        added_at="2026-04-01T00:00:00+00:00",
    )
    cut, start, line = [], 0, 1
    for number, passage in enumerate(passages, start=1):
        last = line + passage.count("\n")
        cut.append(
            Passage(
                passage_id=f"{document.document_id}/{number:04d}",
                document_id=document.document_id,
                sheet_ordinal=None,
                ordinal=number,
                kind=PassageKind.PROSE,
                segments=(Span(start, start + len(passage)),),
                text=passage,
                fiscal_years=(),
                departments=(),
                section_path=(),
                item="",
                cells=(),
                locators=(LineLocator(start_line=line, end_line=last),),
            )
        )
        start, line = start + len(passage) + 1, last + 1
    return DocumentRecord(document=document, text=text, origin="", reader="", passages=tuple(cut))


def searcher(retriever: LocalRetriever, analyzer: TermAnalyzer, rows: Sequence[int]) -> Search:
    """The product's search without limits; ``rows`` are the passages' row numbers, in order."""
    numbers = {row: number for number, row in enumerate(rows)}
    expander = Expander(analyzer)

    def search(query: str) -> list[int]:
        text = fold(query).text
        ways: dict[str, list[tuple[tuple[str, ...], float]]] = {}
        for one in expander.expand(text):
            ways.setdefault(one.typed, []).append((one.terms, one.weight * EXPANSION_WEIGHT))
        request = SearchRequest(
            text=text,
            terms=weighted_terms(analyzer.analyze(text)),
            limit=DEPTH,
            alternatives=tuple(Alternatives(ways=tuple(found)) for found in ways.values()),
        )
        return [numbers[one.row_id] for one in retriever.search(request)]

    return search


def measured(found: Sequence[int], relevant: int) -> Measured:
    """The metrics of a list where one passage is relevant."""
    rank = list(found[:DEPTH]).index(relevant) if relevant in found[:DEPTH] else None
    return {
        "nDCG@10": 0.0 if rank is None else 1 / math.log2(rank + 2),
        "R@10": float(rank is not None),
        "hit@1": float(rank == 0),
    }


def paired(pairs: PairSet, folder: Path, analyzer: TermAnalyzer, encoder: Encoder) -> JudgedMeans:
    """Both systems over one set, in a new library."""
    store = Store.create(folder)
    with store.writing() as writer:
        writer.add(one_document(pairs.passages))
        writer.set_index_generation(build_generation(writer, folder, analyzer, encoder))
    rows = [row for row, _ in store.reader.passages()]
    shirube = searcher(
        open_retriever(store.reader, folder, analyzer, encoder, audience=OPERATOR), analyzer, rows
    )
    plain = PlainBm25(pairs.passages)
    store.close()

    def of(search: Search) -> Means:
        return means(("pairs", measured(search(query), relevant)) for query, relevant in pairs.queries)

    return JudgedMeans(
        shirube=of(shirube),
        plain=of(lambda query: [number for number, _ in plain.search(query, DEPTH)]),
    )
