"""Plain BM25, the system that every figure stands beside: bare tantivy over MeCab's lemmas of the text.

One field, tantivy's own BM25 (k1 = 1.2, b = 0.75); no compounds of ours, expansion, filters or vectors.
Lemmas are those of unidic-lite as they are; particles, auxiliaries and marks are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from corpus.folding import fold
from index.morphemes import Morpheme, Tagger

LEFT_OUT = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白"})
WRITER_BYTES = 64_000_000


class PlainBm25:
    """A tantivy index of texts by number.

    Args:
        texts: the texts, numbered from 0.
        folder: an empty folder for the index; without one it stays in memory.
    """

    def __init__(self, texts: Iterable[str], folder: Path | None = None) -> None:
        self._tagger = Tagger()
        self._lemmas: dict[str, str] = {}
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True, fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)
        writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for number, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_text("text", " ".join(self.lemmas(text)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def lemmas(self, text: str) -> list[str]:
        """The lemmas of a text, in order."""
        found: list[str] = []
        for line in fold(text).text.split("\n"):
            found += [lemma for lemma in self._tagger.each(line, _lemma, self._lemmas) if lemma]
        return found

    def search(self, query: str, limit: int) -> list[tuple[int, float]]:
        """Numbers of texts with their scores, best first, ties by number."""
        should = tantivy.Occur.Should
        clauses = [
            (should, tantivy.Query.term_query(self._schema, "text", lemma, "freq"))
            for lemma in dict.fromkeys(self.lemmas(query))
        ]
        if not clauses:
            return []
        hits = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        found = [(int(number or 0), float(score)) for number, (score, _) in zip(numbers, hits, strict=True)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _lemma(morpheme: Morpheme) -> str:
    """The lemma of a morpheme, empty for one that is left out."""
    if morpheme.part_of_speech[0] in LEFT_OUT:
        return ""
    return (morpheme.lemma or morpheme.surface).replace(" ", "")
