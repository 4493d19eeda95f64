"""The commands that care for a library, as a person and as a program call them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from corpus.fault import Fault, FaultKind
from corpus.originals import Originals
from corpus.store import STORE_NAME, Store
from corpus.user_data import USER_DATA_NAME, UserData
from index.generation import generations_folder
from index.verification import index_faults
from tests.corpus.damage import execute, flip, flip_in
from tests.ui.care_library import FIRST, SECOND, made, names
from tests.ui.test_accounts import SECRET
from tests.ui.test_cli import run
from ui.accounts import NAME as ACCOUNTS
from ui.accounts import Accounts
from ui.care_form import MOST_LINES, verification_text
from ui.care_verify import Verification, verify_library
from ui.intake import ingest, remove
from ui.upload_job import JobState, UploadJob, UploadRow
from ui.upload_store import UploadStore
from ui.viewer import Role


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("template") / "library")


@pytest.fixture
def library(tmp_path: Path, template: Path) -> Path:
    return shutil.copytree(template, tmp_path / "library")


def verified(capsys: pytest.CaptureFixture[str], library: Path, expected: int) -> Any:
    code, out, _ = run(capsys, library, "verify", "--json")
    assert code == expected
    return json.loads(out)


def test_a_sound_library_is_told_with_what_was_looked_at(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    found = verified(capsys, library, 0)
    checked = found["checked"]
    assert (found["holds"], found["faults"], found["notices"]) == (True, [], [])
    assert (checked["documents"], checked["seals"], checked["originals"]) == (1, 1, 1)
    assert checked["passages"] == Store.open(library).reader.passage_count()
    assert checked["index_files"] >= 5
    code, out, err = run(capsys, library, "verify")
    assert (code, err) == (0, "")
    assert "すべて合っています。" in out


def test_each_fault_is_a_line_with_what_to_do(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    (original,) = (library / "originals").glob("*/*")
    flip(original, 10)
    (facets,) = generations_folder(library).rglob("facets.json")
    flip(facets, 10)
    execute(library, "UPDATE passage SET text = 'x' WHERE ordinal = 1")
    code, out, _ = run(capsys, library, "verify")
    lines = out.splitlines()
    assert code == 1
    assert any(str(original) in line and "もう一度取り込む" in line for line in lines)
    assert any(str(facets) in line and "shirube ingest" in line for line in lines)
    assert any(FIRST.name in line and "shirube restore" in line for line in lines)
    assert lines[-1] == "不一致が4件あります。"
    kinds = {one["kind"] for one in verified(capsys, library, 1)["faults"]}
    assert kinds == {"original", "index", "passage", "document"}


def test_what_is_told_to_do_mends_it(library: Path) -> None:
    def kinds() -> set[FaultKind]:
        return {one.kind for one in verify_library(library).faults}

    (original,) = (library / "originals").glob("*/*")
    flip(original, 10)
    assert kinds() == {FaultKind.ORIGINAL}
    original.unlink()
    assert kinds() == {FaultKind.ORIGINAL}
    ingest(library, [FIRST])
    assert kinds() == set()
    (rows,) = generations_folder(library).rglob("rows.npy")
    rows.unlink()
    assert kinds() == {FaultKind.INDEX}
    ingest(library, [FIRST])
    assert kinds() == set()
    execute(library, "UPDATE document SET text = replace(text, '相談', '想談')")
    (faulty,) = {one.document_id for one in verify_library(library).faults}
    remove(library, faulty)
    ingest(library, [FIRST])
    assert kinds() == set()


def test_a_bit_of_the_stored_text_on_the_disk_is_found(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    execute(library, "VACUUM")
    flip_in(library / STORE_NAME, "外国人相談", bit=0x40)
    found = verified(capsys, library, 1)
    assert {one["kind"] for one in found["faults"]} >= {"document", "passage"}


def test_a_command_that_meets_damage_says_so_in_one_line(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    execute(library, "UPDATE document SET title = CAST(x'ff' AS TEXT)")
    code, out, err = run(capsys, library, "documents")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "shirube verify" in err
    assert verified(capsys, library, 1)["faults"]


def test_a_store_that_cannot_be_opened_is_a_fault_too(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    (library / STORE_NAME).write_bytes(b"no database at all" * 300)
    found = verified(capsys, library, 1)
    assert [one["kind"] for one in found["faults"]] == ["store"]
    code, out, err = run(capsys, library.parent / "none", "verify")
    assert (code, out) == (1, "")
    assert "ライブラリがありません" in err


def test_originals_that_may_not_be_read_are_a_fault_too(
    capsys: pytest.CaptureFixture[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Originals, sha256: str) -> None:
        raise PermissionError(13, "Permission denied", f"originals/{sha256[:2]}")

    monkeypatch.setattr(Originals, "find", refused)
    found = verified(capsys, library, 1)
    assert [one["kind"] for one in found["faults"]] == ["original"]
    assert "権限" in found["faults"][0]["remedy"]
    assert found["notices"] == []


def test_a_library_from_before_seals_is_sound_and_says_so(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    execute(library, "DELETE FROM meta WHERE key LIKE 'seal:%' OR key LIKE 'original:%'")
    shutil.rmtree(library / "originals")
    found = verified(capsys, library, 0)
    assert len(found["notices"]) == 2
    assert any("原本の控えがありません" in notice for notice in found["notices"])


def test_an_ingest_while_it_is_verified_is_no_fault(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import care_verify

    times: list[int] = []
    before = index_faults

    def slowly(*arguments: Any, **names: Any) -> Any:
        times.append(1)
        if len(times) == 1:
            ingest(library, [SECOND])
        return before(*arguments, **names)

    monkeypatch.setattr(care_verify, "index_faults", slowly)
    found = verify_library(library)
    assert (found.holds, len(times), found.checked["documents"]) == (True, 2, 2)


def test_very_many_faults_of_a_document_are_told_short() -> None:
    one = Fault(kind=FaultKind.PASSAGE, what="違います", where="a", remedy="", document_id="d")
    text = verification_text(Path("x"), Verification(checked={}, faults=(one,) * 1000))
    assert len(text.splitlines()) == MOST_LINES + 3
    assert f"ほかに{1000 - MOST_LINES}件" in text


def test_backup_and_restore_as_commands(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path
) -> None:
    target, other = tmp_path / "控え.zip", tmp_path / "戻す先"
    code, out, err = run(capsys, library, "backup", str(target), "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["documents"], told["bytes"]) == (1, target.stat().st_size)
    code, out, err = run(capsys, library, "backup", str(target))
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert run(capsys, library, "backup", str(target), "--force")[0] == 0
    code, out, _ = run(capsys, other, "restore", str(target))
    assert code == 0
    assert "確かめました" in out
    assert run(capsys, other, "restore", str(target))[0] == 1
    code, out, _ = run(capsys, other, "restore", str(target), "--replace", "--json")
    assert code == 0
    assert Path(json.loads(out)["earlier"]).is_dir()
    assert run(capsys, other, "verify")[0] == 0
    assert run(capsys, other, "restore", str(tmp_path / "none.zip"))[0] == 1
    assert len(names(tmp_path)) == 4


def test_status_tells_sizes_apart_and_uploads_that_failed(
    capsys: pytest.CaptureFixture[str], library: Path
) -> None:
    uploads = UploadStore(library)
    uploads.folder("j").mkdir(parents=True)
    row = UploadRow(place="計画.pdf", stored="0001.pdf")
    uploads.put(UploadJob(job_id="j", state=JobState.FAILED, rows=(row,), message="止まりました。"))
    code, out, _ = run(capsys, library, "status", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["originals_bytes"] == FIRST.stat().st_size
    index = sum(path.stat().st_size for path in (library / "index").rglob("*") if path.is_file())
    assert found["index_bytes"] == index
    assert found["other_bytes"] >= (library / "thesaurus.tsv").stat().st_size
    assert found["failed_uploads"] == [{"job": "j", "message": "止まりました。", "files": ["計画.pdf"]}]
    assert "計画.pdf: 止まりました。" in run(capsys, library, "status")[1]


def test_doctor_as_a_command(capsys: pytest.CaptureFixture[str], library: Path) -> None:
    code, out, _ = run(capsys, library, "doctor")
    assert code == 0
    assert "○  Python" in out
    found = json.loads(run(capsys, library, "doctor", "--json")[1])
    assert found["usable"] is True
    assert {one["standing"] for one in found["checks"]} <= {"good", "note"}
    connection = sqlite3.connect(library / STORE_NAME)
    with connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    connection.close()
    code, out, _ = run(capsys, library, "doctor")
    assert code == 1
    assert "形式99" in out


@pytest.mark.parametrize("name", [ACCOUNTS, USER_DATA_NAME])
@pytest.mark.parametrize("damage", ["page", "whole"])
def test_what_people_keep_is_verified_too(
    capsys: pytest.CaptureFixture[str], library: Path, tmp_path: Path, name: str, damage: str
) -> None:
    Accounts(library).add("tanaka", SECRET, Role.READER)
    with UserData(library).writing() as connection:
        connection.execute("INSERT INTO basket (basket_id, made_at) VALUES ('1', '2026-12-01')")
    assert run(capsys, library, "verify")[0] == 0
    target = tmp_path / "控え.zip"
    assert run(capsys, library, "backup", str(target))[0] == 0
    kept = target.read_bytes()
    data = bytearray((library / name).read_bytes())
    if damage == "page":
        data[4096:8192] = bytes(4096)
    else:
        data[:] = b"no database at all" * 300
    (library / name).write_bytes(data)
    (told,) = verified(capsys, library, 1)["faults"]
    assert told["kind"] == "people"
    assert name in told["where"]
    assert "shirube" in told["remedy"]
    code, out, _ = run(capsys, library, "doctor")
    assert code == 1
    assert name in out
    code, _, err = run(capsys, library, "backup", str(target), "--force")
    assert (code, err.count("\n")) == (1, 1)
    assert str(library / name) in err
    assert target.read_bytes() == kept
    if name == ACCOUNTS:  # what verify tells to do is what helps
        code, _, err = run(capsys, library, "restore", str(target), "--replace")
        assert code == 1
        assert "別の場所に移してから" in err
        (library / name).rename(tmp_path / name)
    assert run(capsys, library, "restore", str(target), "--replace")[0] == 0
    assert run(capsys, library, "verify")[0] == 0
    assert [one.name for one in Accounts(library).all()] == ["tanaka"]
