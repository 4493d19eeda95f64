"""A folder takes another's place whole, and what was there stays under a name of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from corpus.errors import BackupError
from corpus.replace_folder import EARLIER, earlier, new_beside, put_in_place, unfinished

NOW = datetime(2026, 11, 20, 18, 5, 9)
NAME = f"ライブラリ{EARLIER}20261120-180509"


def a_folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "a.txt").write_text(text, encoding="utf-8")
    return path


def test_the_earlier_folder_keeps_what_it_holds(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "ライブラリ", "old")
    for number, name in enumerate([NAME, f"{NAME}-2"]):
        with new_beside(folder) as made:
            (made / "a.txt").write_text(f"new {number}", encoding="utf-8")
            kept = put_in_place(made, folder, NOW)
        assert kept == tmp_path / name
        assert (folder / "a.txt").read_text("utf-8") == f"new {number}"
    assert [(path / "a.txt").read_text("utf-8") for path in earlier(folder)] == ["old", "new 0"]
    assert unfinished(folder) == []


@pytest.mark.parametrize("is_there", [True, False])
def test_an_empty_or_missing_folder_leaves_nothing_behind(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "below" / "ライブラリ"
    if is_there:
        folder.mkdir(parents=True)
    with new_beside(folder) as made:
        assert put_in_place(made, folder, NOW) is None
    assert [path.name for path in folder.parent.iterdir()] == ["ライブラリ"]


def test_a_folder_that_is_not_put_in_place_goes(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "ライブラリ", "old")
    (tmp_path / "ライブラリ-restoring-dead").mkdir()
    (tmp_path / "ほか-restoring-dead").mkdir()
    with new_beside(folder) as made:
        assert unfinished(folder) == [made]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ほか-restoring-dead", "ライブラリ"]


def test_a_second_rename_that_fails_undoes_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path / "ライブラリ", "old")
    renamed = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if "restoring" in self.name:
            raise PermissionError(13, "in use")
        return renamed(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(BackupError, match="元のまま"), new_beside(folder) as made:
        put_in_place(made, folder, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["ライブラリ"]
    assert (folder / "a.txt").read_text("utf-8") == "old"


def test_a_folder_in_use_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path / "ライブラリ", "old")

    def refusing(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(BackupError, match="shirube serve"), new_beside(folder) as made:
        put_in_place(made, folder, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["ライブラリ"]
