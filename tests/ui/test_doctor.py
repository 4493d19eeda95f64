"""What is missing on a machine is told with what to do; what is there is not complained of."""

from __future__ import annotations

import builtins
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.store import Store
from ui.doctor import checks
from ui.doctor_check import Check, Standing, failing, good, note
from ui.doctor_form import doctor_json, doctor_text, is_faulty
from ui.doctor_library import library_checks
from ui.doctor_machine import existing, machine_checks, memory_check, port_check, room_check, writing_check
from ui.doctor_program import fonts_check, packages_check, python_check, sqlite_check, tesseract_check

GB = 1_000_000_000


def named(found: Sequence[Check]) -> dict[str, Check]:
    return {one.name: one for one in found}


@pytest.mark.parametrize(
    ("version", "is_64_bit", "standing"),
    [
        ((3, 11, 0), True, Standing.GOOD),
        ((3, 10, 14), True, Standing.FAULT),
        ((3, 14, 1), True, Standing.GOOD),
        ((3, 10, 9), True, Standing.FAULT),
        ((3, 12, 1), False, Standing.FAULT),
    ],
)
def test_python(version: tuple[int, ...], is_64_bit: bool, standing: Standing) -> None:
    assert python_check(version, is_64_bit=is_64_bit).standing is standing


@pytest.mark.parametrize(("version", "standing"), [((3, 27, 0), Standing.GOOD), ((3, 26, 9), Standing.FAULT)])
def test_sqlite(version: tuple[int, ...], standing: Standing) -> None:
    assert sqlite_check(version).standing is standing


def test_packages_that_are_missing_or_of_another_version_are_named() -> None:
    found = packages_check(["numpy>=1", "numpy>=999", "shirube-has-no-such>=1", 'typer>=1; extra == "x"'])
    assert found.standing is Standing.FAULT
    assert "numpy" in found.found
    assert "shirube-has-no-such（なし）" in found.found
    assert "typer" not in found.found
    assert "pip install" in found.advice
    assert packages_check(["numpy>=1"]).standing is Standing.GOOD
    assert packages_check([]).standing is Standing.NOTE


def test_a_font_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.doctor_program.shutil.which", lambda _: None)
    (tmp_path / "DejaVuSans.ttf").touch()
    missing = fonts_check([tmp_path, tmp_path / "none"])
    assert (missing.standing, "Noto Sans CJK" in missing.advice) == (Standing.NOTE, True)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "YuGothR.ttc").touch()
    assert fonts_check([tmp_path]).found == "YuGothR.ttc"


@pytest.mark.parametrize(("program", "said"), [(None, "入っていません"), ("/usr/bin/tesseract", "jpn")])
def test_tesseract(monkeypatch: pytest.MonkeyPatch, program: str | None, said: str) -> None:
    monkeypatch.setattr("ingest.ocr_tesseract.installed", lambda: None)
    monkeypatch.setattr("ui.doctor_program.shutil.which", lambda _: program)
    found = tesseract_check()
    assert (found.standing, said in found.found) == (Standing.NOTE, True)


def test_memory_and_room() -> None:
    assert memory_check(2 * GB, 8 * GB).standing is Standing.GOOD
    assert memory_check(GB // 2, 8 * GB).standing is Standing.NOTE
    assert room_check(Path("x"), 5 * GB).standing is Standing.GOOD
    assert "--data" in room_check(Path("x"), GB // 2).advice


def test_a_place_that_cannot_be_written_to_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert writing_check(tmp_path).standing is Standing.GOOD
    assert list(tmp_path.iterdir()) == []

    def refusing(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ui.doctor_machine.tempfile.TemporaryFile", refusing)
    assert writing_check(tmp_path).standing is Standing.FAULT


def test_the_nearest_folder_is_looked_at(tmp_path: Path) -> None:
    assert existing(tmp_path / "a" / "b") == tmp_path.resolve()


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert (port_check(port).standing, str(port) in port_check(port).found) == (Standing.NOTE, True)
    assert port_check(port).standing is Standing.GOOD


def test_a_missing_package_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def refusing(
        name: str,
        names: Mapping[str, object] | None = None,
        values: Mapping[str, object] | None = None,
        wanted: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if name == "psutil":
            raise ImportError("No module named 'psutil'")
        return imported(name, names, values, wanted or (), level)

    monkeypatch.setattr(builtins, "__import__", refusing)
    found = named(list(machine_checks(tmp_path, 7860)))
    assert found["メモリー"].standing is Standing.FAULT
    assert found["書き込み"].standing is Standing.GOOD


def test_the_state_of_a_library(tmp_path: Path) -> None:
    library = tmp_path / "library"
    assert named(list(library_checks(library)))["ライブラリ"].standing is Standing.NOTE
    (tmp_path / "library-before-restore-20261120-180509").mkdir()
    interrupted = named(list(library_checks(library)))["ライブラリ"]
    assert (interrupted.standing, "20261120" in interrupted.advice) == (Standing.FAULT, True)
    Store.create(library)
    (tmp_path / "library-restoring-dead").mkdir()
    found = named(list(library_checks(library)))
    assert found["ライブラリ"].standing is Standing.GOOD
    assert found["索引"].standing is Standing.NOTE
    assert found["復元の跡"].found == "library-restoring-dead"
    assert "library-before-restore" in found["前のライブラリ"].found
    (library / "library.sqlite3").write_bytes(b"no database" * 999)
    assert named(list(library_checks(library)))["ライブラリ"].standing is Standing.FAULT


def test_this_machine_is_looked_over_from_python_to_library(tmp_path: Path) -> None:
    found = [one.name for one in checks(tmp_path / "none", 7860)]
    assert found[:4] == ["Python", "パッケージ", "SQLite", "日本語の辞書"]
    assert found[-1] == "ライブラリ"


def test_the_table_says_what_to_do_below_each_line() -> None:
    found = [good("甲", "よい"), note("乙乙", "まあ", "こうする。"), failing("丙", "だめ", "ああする。")]
    assert doctor_text(found).splitlines() == [
        "○  甲    よい",
        "△  乙乙  まあ",
        "    → こうする。",
        "×  丙    だめ",
        "    → ああする。",
        "",
        "×が1件あります。→ に従って直してください。",
    ]
    assert is_faulty(found)
    assert not is_faulty(found[:2])
    assert doctor_json(found[:1])["checks"][0] == {
        "name": "甲",
        "standing": "good",
        "found": "よい",
        "advice": None,
    }


def test_a_library_that_may_not_be_looked_at_is_told_with_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / ("長" * 300) / "library"
    found = named(checks(folder, 1))
    assert found["ライブラリ"].standing is Standing.FAULT
    assert "権限" in found["ライブラリ"].advice
    assert str(tmp_path) in found["書き込み"].found
