"""A short run of damaged files; ``python -m tests.fuzz_files 2000`` makes a long one."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz_files import run, seeds


def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    faults, outcomes = run(60, seed=20260401, folder=tmp_path, workers=2)
    assert faults == []
    assert outcomes["added"] >= 5
    assert outcomes["refused"] >= 5


def test_every_format_is_among_the_files_that_are_damaged() -> None:
    ends = {name.rpartition(".")[2] for name in seeds()}
    assert ends == {"txt", "csv", "html", "docx", "xlsx", "xls", "pptx", "pdf", "zip"}
