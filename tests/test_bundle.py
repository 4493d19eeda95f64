from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

from tests.bundle import LOCK, bundle, lock_of


def wheels(folder: Path) -> Path:
    folder.mkdir()
    for name in ("faiss_cpu-1.15.1-cp311-cp311-manylinux_2_28_x86_64.whl", "Gradio-6.31.0-py3-none-any.whl"):
        (folder / name).write_bytes(name.encode())
    return folder


def test_every_wheel_is_locked_by_its_hash(tmp_path: Path) -> None:
    folder = wheels(tmp_path / "wheels")
    lines = lock_of(folder).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["gradio==6.31.0", "faiss-cpu==1.15.1"]
    hashes = {line.rpartition(":")[2] for line in lines}
    assert hashes == {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_archive_holds_wheels_list_and_papers(tmp_path: Path) -> None:
    archive = bundle(tmp_path / "dist", wheels(tmp_path / "wheels"))
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {LOCK, "INSTALL.md", "README.ja.md", "LICENSE", "docs/threat-model.md"} <= names
    assert sum(name.endswith(".whl") for name in names) == 2
