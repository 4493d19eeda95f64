"""The user's thesaurus as staff meet it: by setting, in a terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.small_library import small_engine
from ui import cli
from ui.settings import thesaurus_path

LINE = "ねじまき鳥\t=\t多文化共生\t1.0\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("own")
    small_engine(made)
    return made


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr("sys.argv", ["shirube", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (0, None)
    return capsys.readouterr().out


def expansions(out: str) -> list[tuple[str, str]]:
    found: dict[str, Any] = json.loads(out)
    return [(one["typed"], one["called"]) for one in found["understood"]["expansions"]]


def test_the_thesaurus_is_named_by_the_environment() -> None:
    assert thesaurus_path({}) is None
    assert thesaurus_path({"SHIRUBE_THESAURUS": " "}) is None
    assert thesaurus_path({"SHIRUBE_THESAURUS": " /share/own.tsv "}) == Path("/share/own.tsv")


def test_status_tells_of_the_thesaurus_and_its_faults(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    tmp_path: Path,
) -> None:
    named = tmp_path / "own.tsv"
    named.write_text(LINE, "utf-8")
    assert "追加の言い換え" not in run(capsys, monkeypatch, "--data", str(folder), "status")
    monkeypatch.setenv("SHIRUBE_THESAURUS", str(named))
    assert f"追加の言い換え: 1行を使っています（{named}）" in run(
        capsys, monkeypatch, "--data", str(folder), "status"
    )
    named.write_text(f"{LINE}鳥\t=\n", "utf-8")
    told = run(capsys, monkeypatch, "--data", str(folder), "status")
    assert "追加の言い換え: 前回読めた表の1行を使っています。" in told
    assert "2行目: 列が2つあります" in told
    found = json.loads(run(capsys, monkeypatch, "--data", str(folder), "status", "--json"))
    assert found["thesaurus"]["source"] == str(named)
    assert found["thesaurus"]["groups"] == 1
    assert "2行目" in found["thesaurus"]["fault"]


def test_an_expansion_is_left_out_by_an_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    named = tmp_path / "own.tsv"
    named.write_text(LINE, "utf-8")
    monkeypatch.setenv("SHIRUBE_THESAURUS", str(named))
    asked = ("--data", str(folder), "search", "ねじまき鳥", "--json")
    assert ("ねじまき鳥", "多文化共生") in expansions(run(capsys, monkeypatch, *asked))
    left = run(capsys, monkeypatch, *asked, "--without-expansion", "ねじまき鳥→多文化共生")
    assert ("ねじまき鳥", "多文化共生") not in expansions(left)
    assert expansions(run(capsys, monkeypatch, *asked, "--as-typed")) == []


def test_readings_are_told_in_the_terminal_and_in_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    asked = ("--data", str(folder), "ask", "赤堀町の多文化共生")
    assert run(capsys, monkeypatch, *asked).startswith("読み取った条件: 赤堀町（現 伊勢崎市）\n")
    readings = json.loads(run(capsys, monkeypatch, *asked, "--json"))["understood"]["readings"]
    assert readings == [{"field": "municipalities", "typed": "赤堀町", "values": ["102041"]}]
