"""What commands say of a wrong use, of a place that cannot be used and of what the system refuses."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
import typer

from corpus.sample_corpus import SAMPLES
from tests.ui.care_library import made
from tests.ui.test_cli import run

LONG = "長" * 300
"""A name that no file system takes, so that every question about it is refused."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("usage") / "library")


def test_what_the_system_refuses_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    for folder, *arguments in ((tmp_path / LONG, "documents"), (library, "backup", str(tmp_path / LONG))):
        code, out, err = run(capsys, folder, *arguments)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "使えません" in err
        assert "権限" in err


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right of their own on Windows")
def test_a_place_of_links_that_lead_to_one_another_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = tmp_path / "ring"
    place.symlink_to(place)
    for command in ("documents", "doctor", "verify"):
        code, _, err = run(capsys, place, command)
        assert (code, err.count("\n")) == (1, 1)


def test_a_store_that_may_not_be_opened_is_not_called_damaged(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    locked = shutil.copytree(library, tmp_path / "locked", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    (locked / "library.sqlite3-wal").mkdir()  # as SQLite is refused its log in a folder without the right
    for command in ("documents", "verify", "status", "users list", f"ingest {SAMPLES}"):
        code, out, err = run(capsys, locked, *command.split())
        assert (code, out, err.count("\n")) == (1, "", 1), command
        assert "権限" in err
        assert "壊れ" not in err
        assert "restore" not in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("search", "「探す言葉」を指定してください"),
        ("nonsense", "「nonsense」というコマンドはありません"),
        ("search 移住 --municipalty 月見浦市", "--municipalty というオプションはありません"),
        ("search 移住 -k 0", "1以上"),
        ("search 移住 -k 101", "100以下"),
        ("search 移住 -k 三", "整数"),
        ("search 移住 --kind", "--kind に値がありません"),
        ("search 移住 --json=1", "--json に値は付けられません"),
        ("indicators --role 実績", "'actual'"),
        ("documents 月見浦市", "余分な言葉があります（月見浦市）"),
    ],
)
def test_wrong_use_is_told_in_japanese_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path, arguments: str, told: str
) -> None:
    code, out, err = run(capsys, library, *arguments.split())
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err
    assert "--help" in err
    assert re.search("[A-Za-z]{4,} [a-z]{2,} [a-z]{2,}", err) is None  # no sentence of English


def test_what_is_broken_off_at_a_question_is_told(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object, **__: object) -> str:
        raise typer.Abort

    monkeypatch.setattr("ui.cli_access.typer.prompt", broken_off)
    assert run(capsys, library, "users", "add", "tanaka") == (1, "", "中止しました。\n")


def test_the_list_of_commands_says_of_each_what_it_does(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    code, out, _ = run(capsys, library, "--help")
    assert code == 0
    listed = out.partition("Commands:")[2].strip().splitlines()
    assert len(listed) > 15
    assert [line for line in listed if not re.search(r"\s{2}\S.*。$", line.rstrip("）"))] == []
