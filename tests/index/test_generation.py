from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import IndexDamagedError, IndexMissingError, IndexStaleError
from corpus.store import Store
from index.build import build_generation
from index.encoder import Vectors
from index.generation import MANIFEST_NAME, generations_folder, remove_old, verified_folder
from index.terms import TermAnalyzer
from tests.index.make import LetterEncoder, a_library


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


def indexed(folder: Path, analyzer: TermAnalyzer) -> Store:
    store = a_library(folder)
    with store.writing() as writer:
        writer.set_index_generation(build_generation(writer, folder, analyzer, LetterEncoder()))
    return store


def verify(store: Store, analyzer: TermAnalyzer, encoder: str = LetterEncoder.fingerprint) -> Path:
    return verified_folder(store.reader, store.folder, analyzer=analyzer.fingerprint, encoder=encoder)


def test_a_fresh_generation_is_whole(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    store = indexed(tmp_path, analyzer)
    assert verify(store, analyzer).name == store.reader.index_generation
    assert [folder.name for folder in generations_folder(tmp_path).iterdir()] == [
        store.reader.index_generation
    ]


def test_no_generation_yet(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    with pytest.raises(IndexMissingError, match="shirube ingest"):
        verify(a_library(tmp_path), analyzer)


@pytest.mark.parametrize("name", ["vectors.faiss", "rows.npy", "facets.json", "meta.json"])
def test_a_changed_file_is_found_by_its_hash(tmp_path: Path, analyzer: TermAnalyzer, name: str) -> None:
    store = indexed(tmp_path, analyzer)
    (damaged,) = generations_folder(tmp_path).rglob(name)
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(bytes(data))
    with pytest.raises(IndexDamagedError, match=name):
        verify(store, analyzer)


def test_a_missing_or_broken_file_is_named(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    store = indexed(tmp_path, analyzer)
    (vectors,) = generations_folder(tmp_path).rglob("vectors.faiss")
    vectors.unlink()
    with pytest.raises(IndexDamagedError, match=r"vectors\.faiss"):
        verify(store, analyzer)
    (manifest,) = generations_folder(tmp_path).rglob(MANIFEST_NAME)
    manifest.write_text("{", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match="目録"):
        verify(store, analyzer)
    shutil.rmtree(manifest.parent)
    with pytest.raises(IndexMissingError):
        verify(store, analyzer)


def test_a_manifest_that_leaves_a_file_out_is_not_the_one_that_was_sealed(
    tmp_path: Path, analyzer: TermAnalyzer
) -> None:
    store = indexed(tmp_path, analyzer)
    (manifest,) = generations_folder(tmp_path).rglob(MANIFEST_NAME)
    listed = json.loads(manifest.read_text("utf-8"))
    del listed["files"]["dense/vectors.faiss"]
    manifest.write_text(json.dumps(listed), encoding="utf-8")
    (vectors,) = generations_folder(tmp_path).rglob("vectors.faiss")
    vectors.write_bytes(b"nothing that FAISS should be given")
    with pytest.raises(IndexDamagedError, match="目録"):
        verify(store, analyzer)


def test_other_documents_or_another_model_make_it_stale(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    store = indexed(tmp_path, analyzer)
    with pytest.raises(IndexStaleError, match="合っていません"):
        verify(store, analyzer, encoder="another")
    with store.writing() as writer:
        writer.remove(store.reader.documents()[0].document_id)
    with pytest.raises(IndexStaleError):
        verify(store, analyzer)


class BrokenEncoder(LetterEncoder):
    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise MemoryError("no memory left")


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    store = indexed(tmp_path, analyzer)
    before = store.reader.index_generation
    with store.writing() as writer, pytest.raises(MemoryError):
        build_generation(writer, tmp_path, analyzer, BrokenEncoder())
    assert store.reader.index_generation == before
    assert verify(store, analyzer).is_dir()
    assert len(list(generations_folder(tmp_path).iterdir())) == 1


def test_old_generations_and_broken_builds_are_cleaned(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    store = indexed(tmp_path, analyzer)
    (generations_folder(tmp_path) / "building-dead").mkdir()
    (generations_folder(tmp_path) / "generation-000000-old").mkdir()
    remove_old(tmp_path, keep=store.reader.index_generation)
    assert verify(store, analyzer).is_dir()
    assert len(list(generations_folder(tmp_path).iterdir())) == 1
