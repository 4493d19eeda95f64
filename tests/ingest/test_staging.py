"""What is staged costs nothing but reading again: it never keeps a job from ending."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ingest.staging import FOLDER, NAME, StagedKey, Staging

KEY = StagedKey(origin="/x/a.txt", sha256="0" * 64, reading="1")


def test_a_file_that_cannot_be_deleted_stays_for_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch, Staging(tmp_path) as staging:
        staging.put(KEY, b"record")
        staging.drop([KEY])
        patch.setattr(Path, "unlink", refused)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        with Staging(tmp_path):
            pass
    assert (tmp_path / FOLDER / NAME).is_file()
    with Staging(tmp_path) as staging:
        assert staging.count() == 0
    assert not (tmp_path / FOLDER).exists()


def test_results_that_cannot_be_dropped_stay_for_next_time(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        staging.put(KEY, b"record")
        staging._connection.execute("PRAGMA query_only = ON")
        staging.drop([KEY])
        assert not staging._connection.in_transaction
    with Staging(tmp_path) as staging:
        assert staging.get(KEY) == b"record"
        staging.drop([KEY])
    assert not (tmp_path / FOLDER).exists()


def test_an_error_of_the_disk_at_the_end_is_none_of_the_job(tmp_path: Path) -> None:
    with Staging(tmp_path) as staging:
        staging.put(KEY, b"record")
        staging._connection.close()
        staging._connection = sqlite3.connect(tmp_path / "another")  # without the table
    assert (tmp_path / FOLDER / NAME).is_file()
