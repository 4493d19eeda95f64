from __future__ import annotations

from pathlib import Path

import pytest
import tantivy

from index.milvus_weights import LENGTHS, kept_length, product, rarity, shares


def test_lengths_are_kept_as_tantivy_keeps_them(tmp_path: Path) -> None:
    """One term in fields of many lengths: tantivy's own scores tell how it rounded each."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("length", stored=True)
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(tmp_path))
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    lengths = [*range(1, 100), 151, 152, 153, 279, 280, 281, 1_000, 3_000]
    for length in lengths:
        document = tantivy.Document()
        document.add_unsigned("length", length)
        document.add_text("text", " ".join(["語", *["他"] * (length - 1)]))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    query = tantivy.Query.term_query(schema, "text", "語", "freq")
    mean = sum(lengths) / len(lengths)
    for score, address in searcher.search(query, len(lengths)).hits:
        length = int(searcher.doc(address)["length"][0])
        brought = shares(["語", *["他"] * (length - 1)], mean)["語"]
        assert score == pytest.approx(rarity(len(lengths), len(lengths)) * 2.2 * brought, rel=1e-5)


def test_kept_lengths_ascend_and_are_never_longer() -> None:
    assert len(LENGTHS) == 256
    assert list(LENGTHS) == sorted(set(LENGTHS))
    assert [kept_length(length) for length in (0, 40, 41, 42, 87, 10_000)] == [0, 40, 40, 42, 84, 9_240]


def test_product_of_vectors_that_share_nothing_is_nothing() -> None:
    assert product({1: 2.0, 3: 4.0}, {3: 0.5, 9: 1.0}) == 2.0
    assert product({1: 2.0}, {}) == 0.0
