"""A backup holds one state of the library, or is not there; whatever happens, the library is as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus.backup import FileChangedError, write_archive
from corpus.errors import BackupError, LibraryBusyError, LibraryMissingError
from corpus.store import Store
from corpus.store_reader import StoreReader
from index.generation import generations_folder
from tests.corpus.damage import execute, flip
from tests.ui.care_library import FIRST, ROOT, SECOND, dies, made, names
from ui import care_backup
from ui.care_backup import back_up
from ui.care_verify import verify_library
from ui.intake import ingest, remove


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("template") / "library")


@pytest.fixture
def library(tmp_path: Path, template: Path) -> Path:
    return shutil.copytree(template, tmp_path / "ライブラリ")


def test_a_backup_holds_all_that_belongs_together(library: Path, tmp_path: Path) -> None:
    (library / "uploads" / "job").mkdir(parents=True)
    (library / "uploads" / "job" / "0001.pdf").write_bytes(b"under way")
    done = back_up(library, tmp_path / "控え.zip")
    with zipfile.ZipFile(done.path) as archive:
        held = archive.namelist()
    generation = Store.open(library).reader.index_generation
    assert {"library.sqlite3", "thesaurus.tsv", "manifest.json", f"index/{generation}/manifest.json"} < set(
        held
    )
    assert sum(name.startswith("originals/") for name in held) == 1
    assert not any(name.startswith("uploads") for name in held)
    assert (done.manifest.documents, done.manifest.generation) == (1, generation)
    assert names(tmp_path) == ["ライブラリ", "控え.zip"]


def test_a_file_that_is_there_is_replaced_only_by_force(library: Path, tmp_path: Path) -> None:
    target = tmp_path / "控え.zip"
    target.write_text("dear")
    with pytest.raises(BackupError, match="--force"):
        back_up(library, target)
    assert target.read_text() == "dear"
    back_up(library, target, is_forced=True)
    assert zipfile.is_zipfile(target)


def test_a_backup_does_not_lie_in_its_library(library: Path) -> None:
    with pytest.raises(BackupError, match="外に"):
        back_up(library, library / "a.zip")


def test_there_is_none_of_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissingError):
        back_up(tmp_path / "none", tmp_path / "a.zip")


def damage_original(library: Path) -> None:
    (path,) = (library / "originals").glob("*/*")
    flip(path, 100)


def damage_passage(library: Path) -> None:
    execute(library, "UPDATE passage SET text = text || 'x' WHERE ordinal = 3")


@pytest.mark.parametrize("damage", [damage_original, damage_passage])
def test_a_library_with_faults_is_not_backed_up(library: Path, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    damage(library)
    with pytest.raises(BackupError, match="shirube verify"):
        back_up(library, tmp_path / "a.zip")
    assert names(tmp_path) == ["ライブラリ"]


def test_a_damaged_index_is_left_out_since_it_can_be_made_anew(library: Path, tmp_path: Path) -> None:
    (vectors,) = generations_folder(library).rglob("vectors.faiss")
    flip(vectors, 60)
    done = back_up(library, tmp_path / "a.zip")
    assert done.manifest.generation == ""
    assert any("作り直します" in notice for notice in done.notices)


@pytest.mark.parametrize("place", ["corpus.backup.tempfile.mkdtemp", "corpus.backup.os.fsync"])
def test_a_disk_that_is_full_or_read_only_leaves_nothing(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def refusing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, refusing)
    with pytest.raises(BackupError, match="空き容量"):
        back_up(library, tmp_path / "a.zip")
    assert names(tmp_path) == ["ライブラリ"]
    assert verify_library(library).holds


@pytest.mark.parametrize("limit", [40_000, 100_000])
def test_a_file_that_may_not_grow_leaves_nothing(library: Path, tmp_path: Path, limit: int) -> None:
    pytest.importorskip("resource")
    program = (
        "import resource, sys\nfrom pathlib import Path\nfrom ui.care_backup import back_up\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        f"back_up(Path({str(library)!r}), Path({str(tmp_path / 'a.zip')!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert "BackupError" in done.stderr
    assert "空き容量" in done.stderr
    assert names(tmp_path) == ["ライブラリ"]
    assert verify_library(library).holds


KILLED = [
    "corpus.backup.os.fsync = die",
    "import ui.care_backup; ui.care_backup.write_archive = die",
    "import ui.care_backup; ui.care_backup.give_name = die",
]


@pytest.mark.parametrize("patch", KILLED)
def test_a_killed_backup_is_not_there_and_the_next_one_clears_up(
    library: Path, tmp_path: Path, patch: str
) -> None:
    target = tmp_path / "控え.zip"
    dies(patch, f"back_up(Path({str(library)!r}), Path({str(target)!r}))")
    assert not target.exists()
    assert verify_library(library).holds
    back_up(library, target)
    assert names(tmp_path) == ["ライブラリ", "控え.zip"]


def test_an_ingest_in_the_middle_makes_it_begin_anew(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied, times = Store.copy_to, []

    def slowly(self: Store, path: Path) -> None:
        copied(self, path)
        times.append(path)
        if len(times) == 1:
            ingest(library, [SECOND])  # and removes the generation that belongs to the copy

    monkeypatch.setattr(Store, "copy_to", slowly)
    done = back_up(library, tmp_path / "a.zip")
    assert len(times) == 2
    assert done.manifest.documents == 2
    assert done.manifest.generation == Store.open(library).reader.index_generation


def test_a_removal_while_files_are_copied_makes_it_begin_anew(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, [SECOND])
    (gone,) = [one.document_id for one in Store.open(library).reader.documents() if one.source == FIRST.name]
    written, times = write_archive, []

    def slowly(*arguments: object) -> object:
        times.append(1)
        if len(times) == 1:
            remove(library, gone)
        return written(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(care_backup, "write_archive", slowly)
    assert back_up(library, tmp_path / "a.zip").manifest.documents == 1
    assert len(times) == 2


def test_a_library_that_never_rests_is_told(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(*_: object) -> None:
        raise FileChangedError("again")

    monkeypatch.setattr(care_backup, "write_archive", changing)
    with pytest.raises(LibraryBusyError, match="取り込みが終わってから"):
        back_up(library, tmp_path / "a.zip")
    assert names(tmp_path) == ["ライブラリ"]


def test_a_writer_at_work_does_not_hinder_a_backup(library: Path, tmp_path: Path) -> None:
    with Store.open(library).writing() as writer:
        assert isinstance(writer, StoreReader)
        writer.set_encoder("built-in")
        done = back_up(library, tmp_path / "a.zip")
    assert done.size == (tmp_path / "a.zip").stat().st_size
