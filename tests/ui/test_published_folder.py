"""Servers over one published folder: they go over to the next version, and no question is dropped."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from corpus.access import INTERNAL, OPERATOR
from corpus.document import content_hash
from corpus.errors import (
    IndexDamagedError,
    LibraryDamagedError,
    LibraryError,
    LibraryUnwritableError,
)
from corpus.originals import Originals
from corpus.sample_corpus import SAMPLES
from corpus.store import Store
from corpus.unread import UnreadFile
from index.generation import generations_folder
from qa.engine import Engine
from tests.ui.test_cli import run
from ui.care_verify import verify_library
from ui.intake import ingest, remove, set_access
from ui.library import open_engine
from ui.published_folder import VERSIONS, publish_to_folder
from ui.published_places import CURRENT, NAME, may_be_shown, places, still_shown

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
        original = Originals(published.library).find(document.sha256)
        assert original is not None
        assert content_hash(original.path.read_bytes()) == document.sha256
    assert verify_library(published.library).holds


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


def held_in(folder: Path, *words: str) -> list[str]:
    """The files below a folder in which one of the words stands, packed or not."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words):
            found.append(str(path.relative_to(folder)))
    return found


def test_what_is_not_open_to_all_is_left_out_with_every_word(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "published"
    documents = Store.open(library).reader.documents()
    limited = next(one for one in documents if one.municipality == "白樺野町")
    words = (limited.title, limited.source, limited.document_id, limited.sha256)
    set_access(library, [limited.document_id], INTERNAL, OPERATOR)
    with Store.open(library).writing() as writer:
        file = UnreadFile(origin="/x/人事.pdf", source="人事.pdf", reason="壊れています。", noted_at="2026")
        writer.note_unread(file, INTERNAL)
    done = publish_to_folder(library, target)
    assert (done.left_out, done.is_withdrawn) == (1, False)
    assert held_in(target, *words, "人事.pdf") == []
    assert not list(target.rglob(f"{limited.sha256}*"))
    shown = Store.open(done.library).reader
    assert {one.document_id for one in shown.documents()} == {
        one.document_id for one in documents if one is not limited
    }
    assert shown.unread_files() == []
    assert verify_library(done.library).holds
    assert open_engine(done.library).ask(QUESTION).answer.lines
    assert not list((target / VERSIONS).glob("building-*"))
    code, _, err = run(capsys, library, "publish", str(target))
    assert (code, "公開でない資料1件" in err) == (0, True)


def test_a_document_that_is_limited_later_is_told_and_goes_with_the_next_version(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "published"
    first = publish_to_folder(library, target)
    engine = open_engine(first.library)
    limited = next(one for one in Store.open(library).reader.documents() if one.municipality == "白樺野町")
    assert list(still_shown(library)) == []
    code, _, err = run(capsys, library, "access", "set", "庁内", limited.document_id)
    assert code == 0
    assert f"shirube publish {target}" in err
    assert may_be_shown(library, limited.document_id)
    assert "公開先" in run(capsys, library, "doctor")[1]
    code, _, err = run(capsys, library, "publish", str(target))
    assert (code, "前の版" in err) == (0, True)
    assert not first.version.exists()
    assert held_in(target, limited.title, limited.document_id) == []
    assert limited.document_id not in {
        one.document.document_id for one in engine.search(QUESTION, limit=50).hits
    }
    assert verify_library(target / CURRENT).holds
    assert list(still_shown(library)) == []
    assert not may_be_shown(library, limited.document_id)


def test_all_of_a_library_can_be_withdrawn(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "published"
    publish_to_folder(library, target)
    documents = Store.open(library).reader.documents()
    set_access(library, [one.document_id for one in documents], INTERNAL, OPERATOR)
    done = publish_to_folder(library, target)
    assert (done.passages, done.left_out, done.is_withdrawn) == (0, len(documents), True)
    assert len(list((target / VERSIONS).iterdir())) == 1


def test_a_published_folder_that_cannot_be_read_or_is_gone_is_told_or_passed_over(
    library: Path, tmp_path: Path
) -> None:
    kept, gone = tmp_path / "kept", tmp_path / "gone"
    for target in (kept, gone, kept):
        publish_to_folder(library, target)
    assert places(library) == [kept, gone]
    shutil.rmtree(gone)
    before = len(Store.open(library).reader.documents())
    one_town_less(library)
    removed = before - len(Store.open(library).reader.documents())
    assert [(one.folder, one.documents) for one in still_shown(library)] == [(kept, removed)]
    (kept / CURRENT).resolve().joinpath("library.sqlite3").write_bytes(b"damaged" * 1000)
    (found,) = still_shown(library)
    assert found.documents is None
    assert "読めない" in found.line
    (library / NAME).write_text("[", encoding="utf-8")
    with pytest.raises(LibraryDamagedError, match="公開先の記録"):
        list(still_shown(library))


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("inside", ["", "published"])
def test_a_library_is_not_published_into_its_own_folder(library: Path, inside: str) -> None:
    before = everything(library)
    with pytest.raises(LibraryUnwritableError, match="別のフォルダー"):
        publish_to_folder(library, library / inside)
    assert everything(library) == before


@pytest.mark.parametrize("holds", ["index/other/page.html", "versions/1/notes.txt", "report.docx"])
def test_what_is_in_a_folder_that_was_never_published_into_stays(
    library: Path, tmp_path: Path, holds: str
) -> None:
    other = tmp_path / "other"
    for name in (holds, "memo.txt"):
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_text("大事なもの", encoding="utf-8")
    before = everything(other)
    with pytest.raises(LibraryUnwritableError, match="空のフォルダー"):
        publish_to_folder(library, other)
    assert everything(other) == before


def test_another_library_keeps_its_index(library: Path, made: Path, tmp_path: Path) -> None:
    another = shutil.copytree(made, tmp_path / "another")
    before = everything(another)
    remove(library, Store.open(library).reader.documents()[0].document_id)
    with pytest.raises(LibraryUnwritableError, match="ライブラリのフォルダーには"):
        publish_to_folder(library, another)
    assert everything(another) == before


def test_a_publishing_that_was_killed_before_its_first_version_can_be_done_again(
    library: Path, tmp_path: Path
) -> None:
    target = tmp_path / "published"
    (target / VERSIONS / "building-0123456789ab").mkdir(parents=True)
    (target / "index").mkdir()
    (target / f".{CURRENT}-0123456789ab").symlink_to("versions")
    assert verify_library(publish_to_folder(library, target).library).holds
