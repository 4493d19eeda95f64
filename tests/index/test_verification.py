"""Damage to an index, and an index of other passages than the store's, are found file by file, row by row."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.fault import Fault, FaultKind
from corpus.store import Store
from index.build import build_generation
from index.generation import MANIFEST_NAME, generations_folder
from index.terms import TermAnalyzer
from index.verification import index_faults
from tests.corpus.damage import execute, flip
from tests.index.make import LetterEncoder, a_library


@pytest.fixture(scope="module")
def analyzer() -> TermAnalyzer:
    return TermAnalyzer()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, analyzer: TermAnalyzer) -> Path:
    folder = tmp_path_factory.mktemp("template")
    store = a_library(folder)
    with store.writing() as writer:
        writer.set_index_generation(build_generation(writer, folder, analyzer, LetterEncoder()))
    return folder


@pytest.fixture
def library(tmp_path: Path, template: Path) -> Path:
    return shutil.copytree(template, tmp_path / "library")


def faults(folder: Path, analyzer: TermAnalyzer, encoder: str = LetterEncoder.fingerprint) -> list[Fault]:
    with Store(folder).snapshot() as connection:
        return list(index_faults(connection, folder, analyzer=analyzer.fingerprint, encoder=encoder))


def files(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(generations_folder(folder).rglob("*"))
        if path.is_file() and path.name != MANIFEST_NAME and not path.name.endswith(".lock")
    ]


def test_a_sound_index_has_no_faults(library: Path, analyzer: TermAnalyzer) -> None:
    assert faults(library, analyzer) == []


def test_a_library_without_documents_needs_no_index(tmp_path: Path, analyzer: TermAnalyzer) -> None:
    Store.create(tmp_path)
    assert faults(tmp_path, analyzer) == []
    (found,) = faults(a_library(tmp_path / "filled").folder, analyzer)
    assert "索引がありません" in found.what


def test_a_bit_of_any_file_is_found(library: Path, analyzer: TermAnalyzer) -> None:
    assert len(files(library)) >= 5
    for path in files(library):
        middle = path.stat().st_size // 2
        flip(path, middle)
        (found,) = faults(library, analyzer)
        assert (found.kind, found.where) == (FaultKind.INDEX, str(path))
        assert "shirube ingest" in found.remedy
        flip(path, middle)
    assert faults(library, analyzer) == []


def test_every_missing_file_is_named(library: Path, analyzer: TermAnalyzer) -> None:
    for path in files(library)[:2]:
        path.unlink()
    assert len(faults(library, analyzer)) == 2


def test_a_manifest_that_was_written_anew_is_found(library: Path, analyzer: TermAnalyzer) -> None:
    (manifest,) = generations_folder(library).rglob(MANIFEST_NAME)
    data = json.loads(manifest.read_text("utf-8"))
    data["files"].popitem()
    manifest.write_text(json.dumps(data), "utf-8")
    (found,) = faults(library, analyzer)
    assert "目録" in found.what
    shutil.rmtree(manifest.parent)
    (found,) = faults(library, analyzer)
    assert "目録" in found.what


def test_a_deleted_row_is_missed_in_both_arms(library: Path, analyzer: TermAnalyzer) -> None:
    execute(library, "DELETE FROM passage WHERE row_id = 2")
    found = faults(library, analyzer)
    assert [one.kind for one in found].count(FaultKind.STALE) == 1
    told = [one.what for one in found]
    assert any("語の索引に、保存した資料にない行が1" in what for what in told)
    assert any("意味の索引に、保存した資料にない行が1" in what for what in told)
    assert any("絞り込み" in what for what in told)


def test_rows_of_another_number_are_found_though_the_counts_agree(
    library: Path, analyzer: TermAnalyzer
) -> None:
    execute(library, "UPDATE passage SET row_id = 4711 WHERE row_id = 2")
    found = faults(library, analyzer)
    assert {one.kind for one in found} == {FaultKind.INDEX}
    assert any("ない検索単位が1か所" in one.what and "/0002" in one.where for one in found)


@pytest.mark.parametrize("revision", ["0", "99"])
def test_an_index_of_another_state_is_stale(library: Path, analyzer: TermAnalyzer, revision: str) -> None:
    execute(library, f"UPDATE meta SET value = '{revision}' WHERE key = 'revision'")
    (found,) = faults(library, analyzer)
    assert (found.kind, found.what) == (FaultKind.STALE, "索引が、今の資料と合っていません")


def test_another_model_makes_it_stale(library: Path, analyzer: TermAnalyzer) -> None:
    (found,) = faults(library, analyzer, encoder="another")
    assert (found.kind, "埋め込みモデル" in found.what) == (FaultKind.STALE, True)


def test_a_name_that_leads_elsewhere_is_no_generation(library: Path, analyzer: TermAnalyzer) -> None:
    execute(library, "UPDATE meta SET value = '../originals' WHERE key = 'index_generation'")
    (found,) = faults(library, analyzer)
    assert found.kind is FaultKind.INDEX
