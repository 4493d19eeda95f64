"""A library comes back as it was, or what is there stays as it is."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from corpus.backup_manifest import MANIFEST_NAME
from corpus.errors import BackupError, LibraryBusyError, ShirubeError
from corpus.store import STORE_NAME, Store
from corpus.track_links import TrackLinks
from tests.corpus.damage import execute
from tests.ui.care_library import SECOND, dies, made, names
from tests.ui.test_accounts import SECRET
from ui.accounts import Accounts
from ui.basket_store import BasketStore
from ui.care_backup import back_up
from ui.care_restore import restore
from ui.care_verify import verify_library
from ui.intake import ingest
from ui.library import open_engine
from ui.published_places import NAME as PUBLISHED
from ui.published_places import places
from ui.viewer import Role

NOW = datetime(2026, 11, 20, 18, 5, 9).astimezone()
EARLIER = "library-before-restore-20261120-180509"
QUESTION = "外国人相談の件数"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("source") / "library")


@pytest.fixture(scope="module")
def backup(source: Path) -> Path:
    return back_up(source, source.parent / "控え.zip").path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(source: Path, folder: Path) -> Path:
    """A library that differs from the backup by a document."""
    shutil.copytree(source, folder)
    ingest(folder, [SECOND])
    return folder


def answers(folder: Path) -> list[tuple[str, str]]:
    found = open_engine(folder).ask(QUESTION)
    return [(citation.source, citation.quote) for citation in found.answer.citations]


def changed(backup: Path, path: Path, name: str, data: bytes) -> Path:
    """The backup with another file in it, its list of hashes made to fit."""
    with zipfile.ZipFile(backup) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        manifest = json.loads(before.read(MANIFEST_NAME))
        manifest["files"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for one in before.namelist():
            if one not in (MANIFEST_NAME, name):
                after.writestr(one, before.read(one))
        after.writestr(name, data)
        after.writestr(MANIFEST_NAME, json.dumps(manifest))
    return path


def test_a_library_comes_back_and_answers_as_before(source: Path, backup: Path, folder: Path) -> None:
    done = restore(backup, folder, now=NOW)
    assert done.earlier is None
    assert verify_library(folder).holds
    assert answers(folder) == answers(source) != []
    assert (folder / "thesaurus.tsv").read_text("utf-8") == (source / "thesaurus.tsv").read_text("utf-8")
    assert names(folder.parent) == ["library"]


def test_a_restored_library_is_written_and_read_at_once_and_numbers_no_row_twice(
    backup: Path, folder: Path
) -> None:
    restore(backup, folder, now=NOW)
    connection = sqlite3.connect(folder / STORE_NAME)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    store = Store.open(folder)
    before = {row for row, _ in store.reader.passages()}
    ingest(folder, [SECOND])
    added = {row for row, _ in store.reader.passages()} - before
    assert min(added) > max(before)
    assert verify_library(folder).holds


def test_a_library_that_is_there_is_put_aside_only_when_told(backup: Path, library: Path) -> None:
    with pytest.raises(BackupError, match="--replace"):
        restore(backup, library, now=NOW)
    assert len(Store.open(library).reader.documents()) == 2
    done = restore(backup, library, may_replace=True, now=NOW)
    assert done.earlier is not None
    assert done.earlier.name == EARLIER
    assert len(Store.open(library).reader.documents()) == 1
    assert len(Store.open(done.earlier).reader.documents()) == 2
    assert verify_library(done.earlier).holds
    assert names(library.parent) == ["library", EARLIER]


def test_a_damaged_library_is_put_aside_too(backup: Path, library: Path) -> None:
    (library / STORE_NAME).write_bytes(b"no database")
    restore(backup, library, may_replace=True, now=NOW)
    assert verify_library(library).holds


def test_a_folder_of_other_things_is_never_put_aside(backup: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "日記.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(BackupError, match="ライブラリではない"):
        restore(backup, folder, may_replace=True, now=NOW)
    assert names(folder) == ["日記.txt"]
    (folder.parent / "file").write_text("x")
    with pytest.raises(BackupError, match="フォルダーではありません"):
        restore(backup, folder.parent / "file", may_replace=True, now=NOW)


def test_an_open_page_follows_and_the_earlier_library_stays_whole(backup: Path, library: Path) -> None:
    engine = open_engine(library)
    assert {hit.document.source for hit in engine.search(QUESTION).hits} > {SECOND.name}
    done = restore(backup, library, may_replace=True, now=NOW)
    assert SECOND.name not in {hit.document.source for hit in engine.search(QUESTION).hits}
    ingest(library, [SECOND])
    assert SECOND.name in {hit.document.source for hit in engine.search(QUESTION).hits}
    assert verify_library(library).holds
    assert done.earlier is not None
    assert verify_library(done.earlier).holds


def test_nothing_is_switched_while_documents_are_taken_in(
    backup: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.BUSY_SECONDS", 0.05)
    with Store.open(library).writing(), pytest.raises(LibraryBusyError):
        restore(backup, library, may_replace=True, now=NOW)
    assert names(library.parent) == ["library"]
    assert verify_library(library).holds


def test_a_backup_whose_hashes_fit_and_whose_contents_do_not_is_refused(
    backup: Path, folder: Path, tmp_path: Path
) -> None:
    store = tmp_path / "work"
    store.mkdir()
    with zipfile.ZipFile(backup) as archive:
        sound = archive.read(STORE_NAME)
    for number, statement in enumerate(
        [
            "UPDATE passage SET text = 'x' WHERE ordinal = 1",
            "CREATE TRIGGER evil AFTER DELETE ON passage BEGIN DELETE FROM document; END",
            "UPDATE meta SET value = '99' WHERE key = 'schema_version'",
        ]
    ):
        (store / STORE_NAME).write_bytes(sound)
        execute(store, statement)
        path = changed(backup, tmp_path / f"{number}.zip", STORE_NAME, (store / STORE_NAME).read_bytes())
        with pytest.raises(ShirubeError, match=r"不一致|形式99"):
            restore(path, folder, now=NOW)
        assert not folder.exists()
    path = changed(backup, tmp_path / "no.zip", STORE_NAME, b"no database" * 100)
    with pytest.raises(BackupError, match="読めません"):
        restore(path, folder, now=NOW)
    assert sorted(name for name in names(tmp_path) if name.startswith("library")) == []


def test_a_backup_of_a_stale_index_gets_a_new_one(source: Path, folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(source, tmp_path / "copy")
    execute(copy, "UPDATE meta SET value = '7' WHERE key = 'revision'")
    path = back_up(copy, tmp_path / "a.zip").path
    done = restore(path, folder, now=NOW)
    assert any("作り直しました" in notice for notice in done.notices)
    assert verify_library(folder).holds
    assert answers(folder) == answers(source)


def test_a_cut_backup_leaves_the_library_as_it_was(backup: Path, library: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(backup.read_bytes()[:-2000])
    with pytest.raises(BackupError, match="途中で切れて"):
        restore(cut, library, may_replace=True, now=NOW)
    assert names(tmp_path) == ["cut.zip", "library"]
    assert verify_library(library).holds


KILLED_BEFORE = [
    "corpus.restore.os.fsync = die",
    "import ui.care_restore; ui.care_restore.put_in_place = die",
]


@pytest.mark.parametrize("patch", KILLED_BEFORE)
def test_a_restore_killed_before_the_switch_changes_nothing(backup: Path, library: Path, patch: str) -> None:
    dies(patch, f"restore(Path({str(backup)!r}), Path({str(library)!r}), may_replace=True, now=NOW)")
    assert len(Store.open(library).reader.documents()) == 2
    assert verify_library(library).holds
    restore(backup, library, may_replace=True, now=NOW)
    assert names(library.parent) == ["library", EARLIER]


def test_a_restore_killed_between_the_renames_loses_nothing(backup: Path, library: Path) -> None:
    patch = (
        "rename = Path.rename\n"
        "Path.rename = lambda self, target: die() if 'restoring' in self.name else rename(self, target)"
    )
    dies(patch, f"restore(Path({str(backup)!r}), Path({str(library)!r}), may_replace=True, now=NOW)")
    assert not library.exists()
    assert verify_library(library.parent / EARLIER).holds
    restore(backup, library, now=NOW)
    assert names(library.parent) == ["library", EARLIER]
    assert verify_library(library).holds


def test_a_disk_that_fills_up_leaves_nothing(
    backup: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.restore.os.fsync", full)
    with pytest.raises(BackupError, match="空き容量"):
        restore(backup, library, may_replace=True, now=NOW)
    assert names(library.parent) == ["library"]
    assert verify_library(library).holds


def test_baskets_and_decisions_come_back_with_the_library(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(source, folder)
    kept = BasketStore(folder).add("", "a/1")
    TrackLinks(folder).decide("earlier", "later", same=True)
    made_of = back_up(folder, tmp_path / "控え.zip").path
    BasketStore(folder).remove(kept.basket_id, "a/1")
    restore(made_of, folder, may_replace=True, now=NOW)
    assert [one.place for one in BasketStore(folder).read(kept.basket_id).items] == ["a/1"]
    assert TrackLinks(folder).read() == {("earlier", "later"): True}


def test_who_was_removed_does_not_come_back_where_a_restore_is_killed_between_its_renames(
    source: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(source, tmp_path / "library")
    accounts = Accounts(folder)
    for name in ("hana", "taro"):
        accounts.add(name, SECRET, Role.READER)
    made_of = back_up(folder, tmp_path / "控え.zip").path
    accounts.remove("taro")
    (folder / PUBLISHED).write_text('["/srv/shirube"]', encoding="utf-8")
    folder.rename(tmp_path / EARLIER)
    (tmp_path / "library-restoring-0123456789ab").mkdir()
    restore(made_of, folder, now=NOW)
    assert [one.name for one in Accounts(folder).all()] == ["hana"]
    assert places(folder) == [Path("/srv/shirube")]
