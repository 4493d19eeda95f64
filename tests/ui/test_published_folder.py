"""Servers over one published folder: they go over to the next version, and no question is dropped."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from corpus.access import INTERNAL
from corpus.errors import AccessError, IndexDamagedError, LibraryError, LibraryUnwritableError
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from index.generation import generations_folder
from qa.engine import Engine
from tests.ui.test_cli import run
from ui.intake import ingest, remove
from ui.library import open_engine
from ui.published_folder import CURRENT, VERSIONS, publish_to_folder

QUESTION = "やさしい日本語の取組"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right of their own on Windows")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "library"
    ingest(folder, [SAMPLES])
    return folder


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "library")


def towns(engine: Engine) -> frozenset[str]:
    return frozenset(engine.search(QUESTION, limit=50).searched.municipalities)


def one_town_less(library: Path) -> None:
    for document in Store.open(library).reader.documents():
        if document.municipality == "白樺野町":
            remove(library, document.document_id)


def test_servers_go_over_to_the_next_version_without_dropping_a_question(
    library: Path, tmp_path: Path
) -> None:
    published = publish_to_folder(library, tmp_path / "published").library
    engines = [open_engine(published), open_engine(published)]
    before = towns(engines[0])
    seen: list[frozenset[str]] = []
    faults: list[Exception] = []
    done = threading.Event()

    def asking(engine: Engine) -> None:
        while not done.is_set():
            try:
                seen.append(towns(engine))
                engine.ask(QUESTION)
            except Exception as exc:  # whatever it is, a question was dropped
                faults.append(exc)

    threads = [threading.Thread(target=asking, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    one_town_less(library)
    assert publish_to_folder(library, tmp_path / "published").library == published
    after = before - {"白樺野町"}
    assert [towns(engine) for engine in engines] == [after, after]
    done.set()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert before in seen
    assert set(seen) <= {before, after}


def test_answers_are_those_of_the_library_and_only_two_versions_stay(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "published"
    expected = open_engine(library).ask(QUESTION).answer.text
    for _ in range(3):
        published = publish_to_folder(library, target)
        assert open_engine(published.library).ask(QUESTION).answer.text == expected
    assert len(list((target / VERSIONS).iterdir())) == 2
    for document in Store.open(published.library).reader.documents():
        assert (published.library / "originals" / f"{document.sha256}.txt").is_file()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of folders are those of POSIX")
def test_a_server_writes_nothing_into_a_published_version(library: Path, tmp_path: Path) -> None:
    published = publish_to_folder(library, tmp_path / "published")
    listed = sorted(published.version.rglob("*"))
    for path in [published.version, *listed]:
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    assert open_engine(published.library).ask(QUESTION).answer.lines
    assert sorted(published.version.rglob("*")) == listed
    for path in [published.version, *listed]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_damaged_index_is_not_published_and_the_old_version_serves(library: Path, tmp_path: Path) -> None:
    published = publish_to_folder(library, tmp_path / "published")
    one_town_less(library)
    name = str(Store.open(library).reader.index_generation)
    (generations_folder(library) / name / "dense" / "rows.npy").write_bytes(b"damaged")
    with pytest.raises(IndexDamagedError):
        publish_to_folder(library, tmp_path / "published")
    assert not (tmp_path / "published" / "index" / name).exists()
    assert "白樺野町" in towns(open_engine(published.library))
    assert (tmp_path / "published" / CURRENT).resolve() == published.version.resolve()


def test_a_library_without_an_index_and_a_folder_that_cannot_be_made_are_told(
    library: Path, tmp_path: Path
) -> None:
    Store.create(tmp_path / "empty")
    with pytest.raises(LibraryError, match="索引がまだありません"):
        publish_to_folder(tmp_path / "empty", tmp_path / "published")
    blocking = tmp_path / "file"
    blocking.write_text("not a folder", encoding="utf-8")
    with pytest.raises(LibraryUnwritableError, match="元のまま"):
        publish_to_folder(library, blocking / "published")


def test_the_command_says_what_servers_are_given(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run(capsys, library, "publish", str(tmp_path / "published"))
    assert code == 0
    assert f"--data {tmp_path / 'published' / CURRENT}" in out
    monkeypatch.delenv("SHIRUBE_MILVUS_URI", raising=False)
    code, _, err = run(capsys, library, "publish")
    assert code == 1
    assert "SHIRUBE_MILVUS_URI" in err
    shutil.rmtree(tmp_path / "published")


def test_a_library_with_documents_that_are_not_public_is_not_published(library: Path, tmp_path: Path) -> None:
    store = Store.open(library)
    with store.writing() as writer:
        writer.set_access(writer.documents()[0].document_id, INTERNAL)
    with pytest.raises(AccessError, match="公開でない資料が1件"):
        publish_to_folder(library, tmp_path / "published")
    assert not (tmp_path / "published" / CURRENT).exists()
    assert not list((tmp_path / "published" / VERSIONS).iterdir())
