"""Backups and accounts: what is brought back, and what is not."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from corpus.access import INTERNAL
from corpus.migration import copy_name
from corpus.store import Store
from tests.corpus.test_access import as_of_version_2
from tests.ui.care_library import made
from tests.ui.test_accounts import SECRET
from ui.accounts import NAME, Accounts
from ui.audit import Act, AuditLog
from ui.care_backup import back_up
from ui.care_restore import restore
from ui.care_verify import verify_library
from ui.intake import set_access
from ui.library import open_engine
from ui.sign_in import SignIn
from ui.viewer import Role

NOW = datetime(2026, 11, 30, 15, 0, 0)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = made(tmp_path / "library")
    accounts = Accounts(folder)
    accounts.add("tanaka", SECRET, Role.ADMIN)
    AuditLog(folder).note("tanaka", Act.SEARCH, query="空き家")
    documents = [one.document_id for one in Store.open(folder).reader.documents()]
    set_access(folder, documents, INTERNAL, accounts.all()[0].viewer.audience)
    return folder


def test_accounts_and_accesses_are_in_a_backup_and_sessions_are_not(library: Path, tmp_path: Path) -> None:
    sign_in = SignIn(Accounts(library))
    session, token = sign_in.begin("tanaka", SECRET), sign_in.new_token("tanaka", "")
    back_up(library, tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert NAME in archive.namelist()
        assert not [name for name in archive.namelist() if name.startswith("audit")]
    restore(tmp_path / "b.zip", tmp_path / "new", now=NOW)
    assert [one.name for one in Accounts(tmp_path / "new").all()] == ["tanaka"]
    assert set(Store.open(tmp_path / "new").reader.accesses().values()) == {INTERNAL.key}
    assert verify_library(tmp_path / "new").holds
    sign_in = SignIn(Accounts(tmp_path / "new"))
    assert sign_in.viewer_of_session(session) is None
    assert sign_in.viewer_of_token(token) is None
    assert sign_in.begin("tanaka", SECRET)


def test_a_restore_brings_back_no_people(library: Path, tmp_path: Path) -> None:
    Accounts(library).add("former", SECRET, Role.ADMIN)
    back_up(library, tmp_path / "b.zip")
    Accounts(library).remove("former")
    done = restore(tmp_path / "b.zip", library, may_replace=True, now=NOW)
    assert [one.name for one in Accounts(library).all()] == ["tanaka"]
    assert any("今のライブラリのもの" in one for one in done.notices)
    assert [one["query"] for one in AuditLog(library).lines()] == ["空き家"]


def test_a_backup_without_accounts_does_not_open_a_library_that_has_them(
    library: Path, tmp_path: Path
) -> None:
    back_up(made(tmp_path / "other"), tmp_path / "b.zip")
    restore(tmp_path / "b.zip", library, may_replace=True, now=NOW)
    assert Accounts(library).exist()


def test_a_backup_of_the_format_before_is_restored(tmp_path: Path) -> None:
    library = made(tmp_path / "library")
    back_up(library, tmp_path / "new.zip")
    as_of_version_2(library)
    sqlite3.connect(library / "library.sqlite3").execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store = (library / "library.sqlite3").read_bytes()
    with (
        zipfile.ZipFile(tmp_path / "new.zip") as new,
        zipfile.ZipFile(tmp_path / "old.zip", "w") as old,
    ):
        for name in new.namelist():
            data = new.read(name)
            if name == "manifest.json":
                listed = json.loads(data)
                listed["schema_version"] = 2
                listed["files"]["library.sqlite3"] = {
                    "size": len(store),
                    "sha256": hashlib.sha256(store).hexdigest(),
                }
                data = json.dumps(listed).encode()
            old.writestr(name, store if name == "library.sqlite3" else data)
    restore(tmp_path / "old.zip", tmp_path / "restored", now=NOW)
    assert verify_library(tmp_path / "restored").holds
    assert not (tmp_path / "restored" / copy_name(2)).exists()
    assert open_engine(tmp_path / "restored").search("外国人相談の件数").hits
