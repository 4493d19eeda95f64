"""The peers, each as its documentation sets it up, over the same passages, terms and vectors.

Peers "as installed" get the passages' text; those "on MeCab terms" get the same lemmas that plain BM25 has.
Dense arms get the vectors of the built-in model.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BATCH = 5_000
POOL = 50
RRF = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What a peer is given.

    Attributes:
        texts: of the passages.
        terms: their lemmas.
        vectors: of the passages, shape (n, d).
    """

    texts: Sequence[str]
    terms: Sequence[Sequence[str]]
    vectors: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question in every form that peers take: as typed, its lemmas, its vector."""

    text: str
    terms: Sequence[str]
    vector: Any


Search = Callable[[Asked, int], list[int]]
"""Numbers of passages, best first."""


class Peer:
    """A retriever."""

    keeps = True
    """Whether it writes an index that a new process opens; else a new process builds it again."""

    packages: tuple[str, ...] = ()

    def build(self, folder: Path, data: Data) -> None:
        """Write the index, or nothing."""

    def open(self, folder: Path, data: Data) -> Search:
        """Open what was built; only a peer that keeps nothing may look at the data."""
        raise NotImplementedError


def fused(lists: Sequence[Sequence[int]]) -> list[int]:
    """Reciprocal rank fusion."""
    scores: dict[int, float] = {}
    for found in lists:
        for rank, number in enumerate(found, start=1):
            scores[number] = scores.get(number, 0.0) + 1 / (RRF + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))


class LanceText(Peer):
    """LanceDB's full text index with the English stemmer, as kotaemon's document store makes it."""

    packages = ("lancedb",)

    def build(self, folder: Path, data: Data) -> None:
        """A table and its full text index."""
        import lancedb

        rows = [{"id": number, "text": text} for number, text in enumerate(data.texts)]
        table = lancedb.connect(str(folder / "lance")).create_table("passages", data=rows)
        table.create_fts_index("text", tokenizer_name="en_stem", replace=True)

    def open(self, folder: Path, data: Data) -> Search:
        """Search the text."""
        import lancedb

        table = lancedb.connect(str(folder / "lance")).open_table("passages")

        def search(asked: Asked, limit: int) -> list[int]:
            found = table.search(asked.text, query_type="fts").limit(limit).select(["id"]).to_list()
            return [int(row["id"]) for row in found]

        return search


class Chroma(Peer):
    """Chroma with its default HNSW index, by inner product."""

    packages = ("chromadb",)

    def build(self, folder: Path, data: Data) -> None:
        """A collection of vectors."""
        import chromadb

        client = chromadb.PersistentClient(str(folder / "chroma"))
        collection = client.create_collection("passages", metadata={"hnsw:space": "ip"})
        for at in range(0, len(data.texts), BATCH):
            part = range(at, min(at + BATCH, len(data.texts)))
            collection.add(
                ids=[str(n) for n in part], embeddings=data.vectors[part.start : part.stop].tolist()
            )

    def open(self, folder: Path, data: Data) -> Search:
        """Search the vectors."""
        import chromadb

        collection = chromadb.PersistentClient(str(folder / "chroma")).get_collection("passages")

        def search(asked: Asked, limit: int) -> list[int]:
            found = collection.query(query_embeddings=[asked.vector.tolist()], n_results=limit, include=[])
            return [int(one) for one in found["ids"][0]]

        return search


class Kotaemon(Peer):
    """kotaemon's default retrieval: LanceDB's text index and Chroma's vectors, here fused by rank."""

    packages = ("lancedb", "chromadb")

    def build(self, folder: Path, data: Data) -> None:
        """Both indexes."""
        LanceText().build(folder, data)
        Chroma().build(folder, data)

    def open(self, folder: Path, data: Data) -> Search:
        """Search both."""
        text, meaning = LanceText().open(folder, data), Chroma().open(folder, data)
        return lambda asked, limit: fused([text(asked, POOL), meaning(asked, POOL)])[:limit]


class LanceHybrid(Peer):
    """LanceDB's own hybrid search with its default reranker."""

    packages = ("lancedb",)

    def build(self, folder: Path, data: Data) -> None:
        """A table with vectors and a full text index."""
        import lancedb

        rows = [
            {"id": number, "text": text, "vector": vector}
            for number, (text, vector) in enumerate(zip(data.texts, data.vectors, strict=True))
        ]
        table = lancedb.connect(str(folder / "hybrid")).create_table("passages", data=rows)
        table.create_fts_index("text", replace=True)

    def open(self, folder: Path, data: Data) -> Search:
        """Search both."""
        import lancedb

        table = lancedb.connect(str(folder / "hybrid")).open_table("passages")

        def search(asked: Asked, limit: int) -> list[int]:
            query = table.search(query_type="hybrid").vector(asked.vector).text(asked.text)
            return [int(row["id"]) for row in query.metric("dot").limit(limit).to_list()]

        return search


class Haystack(Peer):
    """Haystack's in-memory BM25 as installed."""

    keeps = False
    packages = ("haystack-ai",)

    def open(self, folder: Path, data: Data) -> Search:
        """Fill the store."""
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore()
        store.write_documents([Document(id=str(n), content=text) for n, text in enumerate(data.texts)])
        retriever = InMemoryBM25Retriever(store)
        return lambda asked, limit: [
            int(one.id) for one in retriever.run(query=asked.text, top_k=limit)["documents"]
        ]


class LlamaIndex(Peer):
    """LlamaIndex's BM25 retriever as installed."""

    keeps = False
    packages = ("llama-index-retrievers-bm25",)

    def open(self, folder: Path, data: Data) -> Search:
        """Index the nodes."""
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        nodes = [TextNode(id_=str(n), text=text or " ") for n, text in enumerate(data.texts)]
        retriever = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=10)
        return lambda asked, limit: [int(one.node.node_id) for one in retriever.retrieve(asked.text)][:limit]


class Bm25s(Peer):
    """bm25s on MeCab terms."""

    packages = ("bm25s",)

    def build(self, folder: Path, data: Data) -> None:
        """Index and save."""
        import bm25s

        index = bm25s.BM25()
        index.index([list(terms) for terms in data.terms], show_progress=False)
        index.save(str(folder / "bm25s"))

    def open(self, folder: Path, data: Data) -> Search:
        """Load, mapped."""
        import bm25s

        index = bm25s.BM25.load(str(folder / "bm25s"), mmap=True)

        def search(asked: Asked, limit: int) -> list[int]:
            known = [term for term in asked.terms if term in index.vocab_dict]
            if not known:
                return []
            found, scores = index.retrieve([known], k=limit, show_progress=False)
            return [int(n) for n, score in zip(found[0], scores[0], strict=True) if score > 0]

        return search


class RankBm25(Peer):
    """rank-bm25 on MeCab terms."""

    keeps = False
    packages = ("rank-bm25",)

    def open(self, folder: Path, data: Data) -> Search:
        """Index."""
        import numpy as np
        from rank_bm25 import BM25Okapi

        index = BM25Okapi([list(terms) or [""] for terms in data.terms])

        def search(asked: Asked, limit: int) -> list[int]:
            scores = index.get_scores(list(asked.terms))
            best = np.argsort(-scores, kind="stable")[:limit]
            return [int(n) for n in best if scores[n] > 0]

        return search


class Fts5(Peer):
    """SQLite's FTS5 on MeCab terms."""

    def build(self, folder: Path, data: Data) -> None:
        """A table of terms divided by white space."""
        connection = sqlite3.connect(folder / "fts5.db")
        connection.execute("CREATE VIRTUAL TABLE passages USING fts5(terms, tokenize='unicode61')")
        rows = ((n, " ".join(terms)) for n, terms in enumerate(data.terms))
        connection.executemany("INSERT INTO passages(rowid, terms) VALUES (?, ?)", rows)
        connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        connection.commit()
        connection.close()

    def open(self, folder: Path, data: Data) -> Search:
        """Any of the terms, by BM25."""
        connection = sqlite3.connect(folder / "fts5.db")
        sql = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

        def search(asked: Asked, limit: int) -> list[int]:
            words = " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(asked.terms))
            return [int(row[0]) for row in connection.execute(sql, (words, limit))] if words else []

        return search


class BareTantivy(Peer):
    """tantivy on MeCab terms, one field: the floor of words."""

    packages = ("tantivy",)

    def _schema(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True, fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        return builder.build()

    def build(self, folder: Path, data: Data) -> None:
        """Index, merged."""
        import tantivy

        (folder / "tantivy").mkdir()
        index = tantivy.Index(self._schema(), path=str(folder / "tantivy"))
        writer = index.writer(heap_size=64_000_000, num_threads=1)
        for number, terms in enumerate(data.terms):
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_text("text", " ".join(terms))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path, data: Data) -> Search:
        """Any of the terms."""
        import tantivy

        schema = self._schema()
        searcher = tantivy.Index.open(str(folder / "tantivy")).searcher()

        def search(asked: Asked, limit: int) -> list[int]:
            clauses = [
                (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, "freq"))
                for term in dict.fromkeys(asked.terms)
            ]
            if not clauses:
                return []
            hits = searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
            numbers = searcher.fast_field_values("number", [address for _, address in hits])
            return [int(number or 0) for number in numbers]

        return search


class BareFaiss(Peer):
    """FAISS, every vector looked at: the floor of meaning."""

    packages = ("faiss-cpu",)

    def build(self, folder: Path, data: Data) -> None:
        """A flat index."""
        import faiss

        index = faiss.IndexFlatIP(data.vectors.shape[1])
        index.add(data.vectors)
        faiss.write_index(index, str(folder / "flat.faiss"))

    def open(self, folder: Path, data: Data) -> Search:
        """Search on one thread."""
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.read_index(str(folder / "flat.faiss"))
        return lambda asked, limit: [int(n) for n in index.search(asked.vector[None, :], limit)[1][0]]


PEERS: dict[str, Peer] = {
    "kotaemon default": Kotaemon(),
    "Haystack BM25": Haystack(),
    "LlamaIndex BM25": LlamaIndex(),
    "LanceDB hybrid": LanceHybrid(),
    "bm25s (MeCab)": Bm25s(),
    "rank-bm25 (MeCab)": RankBm25(),
    "SQLite FTS5 (MeCab)": Fts5(),
    "bare tantivy (MeCab)": BareTantivy(),
    "bare FAISS flat": BareFaiss(),
}
