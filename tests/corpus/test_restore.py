"""Backups that were cut, changed or made to do harm are refused as a whole, and nothing of them stays."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.backup import FileChangedError, FileToKeep, aside, check_target, write_archive
from corpus.backup_manifest import MANIFEST_NAME, BackupManifest, check_name
from corpus.errors import BackupError, SchemaVersionError, ShirubeError
from corpus.restore import RestoreLimits, opened_backup
from corpus.schema import SCHEMA_VERSION
from tests.corpus.damage import flip

NOW = datetime(2026, 11, 20, 9, 30, 0, tzinfo=UTC)
ORIGINAL = hashlib.sha256(b"an original").hexdigest()
CONTENTS = {
    "library.sqlite3": b"store " * 5000,
    "index/generation-000001-abc/lexical/meta.json": b"{}",
    f"originals/{ORIGINAL[:2]}/{ORIGINAL}.pdf": b"an original",
    "thesaurus.tsv": "道の鏡\t=\t道路反射鏡\t1.0\n".encode(),
}


def a_manifest(**changed: Any) -> BackupManifest:
    facts: dict[str, Any] = {
        "made_at": "2026-11-20T00:30:00+00:00",
        "schema_version": SCHEMA_VERSION,
        "revision": 1,
        "generation": "generation-000001-abc",
        "documents": 1,
        "passages": 2,
        "files": {},
    }
    return BackupManifest(**{**facts, **changed})


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A sound backup."""
    files = {}
    for number, (name, data) in enumerate(CONTENTS.items()):
        path = tmp_path / f"source-{number}{Path(name).suffix}"
        path.write_bytes(data)
        files[name] = FileToKeep(path=path)
    write_archive(tmp_path / "backup.zip", files, a_manifest(), NOW)
    return tmp_path / "backup.zip"


def forged(
    path: Path,
    contents: Mapping[str, bytes],
    *,
    entries: Callable[[str], zipfile.ZipInfo] = zipfile.ZipInfo,
    twice: str = "",
    **changed: Any,
) -> Path:
    """A backup that says of itself what fits its contents, whatever they are."""
    files = {
        name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in contents.items()
    }
    data = json.loads(a_manifest().to_json()) | {"files": files} | changed
    with zipfile.ZipFile(path, "w") as archive:
        for name, held in contents.items():
            archive.writestr(entries(name), held, zipfile.ZIP_DEFLATED)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr(twice, b"again")
        archive.writestr(MANIFEST_NAME, json.dumps(data))
    return path


def unpacked(path: Path, folder: Path, limits: RestoreLimits | None = None) -> dict[str, bytes]:
    folder.mkdir()
    with opened_backup(path, limits) as opened:
        opened.unpack(folder, limits=limits)
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_what_is_written_comes_back_byte_for_byte(backup: Path, tmp_path: Path) -> None:
    assert unpacked(backup, tmp_path / "out") == CONTENTS
    with opened_backup(backup) as opened:
        opened.check()
        assert opened.manifest.size == sum(map(len, CONTENTS.values()))


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.999])
def test_a_backup_that_lost_its_end_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BackupError, match="壊れています"):
        unpacked(backup, tmp_path / "out")


def test_a_flipped_bit_anywhere_is_refused_or_changes_nothing(backup: Path, tmp_path: Path) -> None:
    size, refused = backup.stat().st_size, 0
    for at in range(0, size, 29):
        flip(backup, at, bit=0x10)
        try:
            assert unpacked(backup, tmp_path / f"out-{at}") == CONTENTS
        except ShirubeError:
            refused += 1
        flip(backup, at, bit=0x10)
    assert refused > size // 29 // 2


HOSTILE_NAMES = [
    *("/etc/passwd", "../evil", "index/../../evil", "index/g/../../../evil", "C:/evil", "c:evil"),
    *(
        "\\\\server\\share",
        "index\\..\\evil",
        "originals/aa/evil",
        "library.sqlite3-wal",
        "library.sqlite3/x",
    ),
    *("index/g/nul", "index/COM1/x", "index/g/con.txt", "index/g/x.", "index/g/ x", "index/g/x\x00y"),
    *("LIBRARY.SQLITE3", "uploads/a/job.json", "thesaurus.tsv/..", "index", "index/a/b/c/d/e/f/g", ""),
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_foreign_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupError, match="安全のため"):
        check_name(name)


@pytest.mark.parametrize("name", [name for name in HOSTILE_NAMES if name and "\x00" not in name])
def test_an_archive_with_a_foreign_name_leaves_nothing(tmp_path: Path, name: str) -> None:
    path = forged(tmp_path / "evil.zip", {**CONTENTS, name: b"evil"})
    with pytest.raises(BackupError):
        unpacked(path, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(tmp_path: Path, kind: int) -> None:
    def entry(name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o777) << 16
        return info

    path = forged(tmp_path / "evil.zip", {"thesaurus.tsv": b"/etc/passwd"}, entries=entry)
    with pytest.raises(BackupError, match="ファイルでない"):
        unpacked(path, tmp_path / "out")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = forged(tmp_path / "evil.zip", {"library.sqlite3": b"\x00" * 3_000_000})
    with pytest.raises(BackupError, match="不自然"):
        unpacked(path, tmp_path / "out", RestoreLimits(ratio_from=1_000_000))
    assert list((tmp_path / "out").iterdir()) == []


def test_more_than_the_disk_holds_is_refused(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="空き容量"):
        unpacked(backup, tmp_path / "out", RestoreLimits(spare_bytes=10**18))
    with pytest.raises(BackupError, match="多すぎます"):
        unpacked(backup, tmp_path / "out2", RestoreLimits(files=3))


def test_a_size_that_is_a_lie_is_refused(tmp_path: Path) -> None:
    path = forged(tmp_path / "a.zip", {"thesaurus.tsv": b"x" * 500})
    data = path.read_bytes()
    for lie in (100, 5000):
        told = data.replace((500).to_bytes(4, "little"), lie.to_bytes(4, "little"))
        told = told.replace(b'"size": 500', b'"size": %3d' % lie if lie < 1000 else b'"size": 500')
        path.write_bytes(told)
        with pytest.raises(BackupError):
            unpacked(path, tmp_path / f"out-{lie}")


def test_a_wrong_hash_a_missing_and_an_extra_file_are_refused(tmp_path: Path) -> None:
    good = {"thesaurus.tsv": b"x"}
    wrong = {"thesaurus.tsv": {"size": 1, "sha256": "0" * 64}}
    with pytest.raises(BackupError, match="ハッシュ"):
        unpacked(forged(tmp_path / "a.zip", good, files=wrong), tmp_path / "a")
    with pytest.raises(BackupError, match="目録と中身"):
        unpacked(forged(tmp_path / "b.zip", CONTENTS, files=wrong), tmp_path / "b")
    with pytest.raises(BackupError, match="目録と中身"):
        unpacked(forged(tmp_path / "c.zip", {}, files=wrong), tmp_path / "c")
    with pytest.raises(BackupError, match="2回"):
        unpacked(forged(tmp_path / "d.zip", good, twice="thesaurus.tsv"), tmp_path / "d")


def test_names_that_differ_by_case_only_are_refused(tmp_path: Path) -> None:
    path = forged(tmp_path / "a.zip", {"index/g/A": b"1", "index/g/a": b"2"})
    with pytest.raises(BackupError, match="大文字"):
        unpacked(path, tmp_path / "out")


def test_another_version_is_refused_by_name(tmp_path: Path) -> None:
    path = forged(tmp_path / "a.zip", CONTENTS, schema_version=SCHEMA_VERSION + 1)
    with pytest.raises(SchemaVersionError, match=f"形式{SCHEMA_VERSION + 1}"):
        unpacked(path, tmp_path / "out")
    path = forged(tmp_path / "b.zip", CONTENTS, shirube_backup=99)
    with pytest.raises(BackupError, match="99"):
        unpacked(path, tmp_path / "out2")


@pytest.mark.parametrize(
    "changed",
    [
        {"files": []},
        {"files": {"thesaurus.tsv": {"size": -1, "sha256": "0" * 64}}},
        {"files": {"thesaurus.tsv": {"size": "1", "sha256": "0" * 64}}},
        {"files": {"thesaurus.tsv": {"size": 1, "sha256": "../x"}}},
        {"files": {"thesaurus.tsv": {"size": 1, "sha256": 5}}},
        {"more": 1},
        {"schema_version": "2"},
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, changed: dict[str, Any]) -> None:
    path = forged(tmp_path / "a.zip", {"thesaurus.tsv": b"x"}, **changed)
    with pytest.raises(BackupError, match="目録"):
        unpacked(path, tmp_path / "out")


def test_what_is_no_backup_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="ありません"), opened_backup(tmp_path / "none.zip"):
        pass
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(BackupError, match="目録"), opened_backup(tmp_path / "other.zip"):
        pass
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(BackupError, match="開けません"), opened_backup(tmp_path / "text.zip"):
        pass


def test_a_file_that_is_not_what_it_should_be_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    for file in (FileToKeep(path=path, sha256="0" * 64), FileToKeep(path=tmp_path / "gone")):
        with pytest.raises(FileChangedError):
            write_archive(tmp_path / f"{file.path.name}.zip", {"thesaurus.tsv": file}, a_manifest(), NOW)


def test_the_folder_aside_goes_and_takes_with_it_what_a_killed_run_left(tmp_path: Path) -> None:
    target = tmp_path / "控え.zip"
    left, other = tmp_path / "控え.zip.dead.part", tmp_path / "別の.zip.dead.part"
    left.mkdir()
    other.mkdir()
    with aside(target) as folder:
        (folder / "x").write_text("x")
        assert not left.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [other.name]


def test_places_where_no_backup_can_be_written_are_told(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_text("dear")
    with pytest.raises(BackupError, match="--force"):
        check_target(target, is_forced=False)
    check_target(target, is_forced=True)
    with pytest.raises(BackupError, match="フォルダーです"):
        check_target(tmp_path, is_forced=True)
    with pytest.raises(BackupError, match="先に作って"):
        check_target(tmp_path / "none" / "a.zip", is_forced=True)


def test_a_long_backup_needs_no_other_form(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The forms for files above 4 GB are those for all files."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    path = tmp_path / "source-0.sqlite3"
    write_archive(tmp_path / "long.zip", {"library.sqlite3": FileToKeep(path=path)}, a_manifest(), NOW)
    assert unpacked(tmp_path / "long.zip", tmp_path / "out") == {"library.sqlite3": path.read_bytes()}
