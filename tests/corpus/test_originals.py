"""Copies of originals: whole or not there, one for equal bytes, gone with the last document."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import content_hash
from corpus.errors import LibraryUnwritableError
from corpus.originals import FOLDER, Originals

DATA = "原本の中身".encode()
SHA = content_hash(DATA)
OTHER = content_hash(b"other")


def files(library: Path) -> list[str]:
    return sorted(path.relative_to(library).as_posix() for path in library.rglob("*") if path.is_file())


def test_a_copy_has_the_same_bytes_and_is_named_by_them(tmp_path: Path) -> None:
    Originals(tmp_path).keep(DATA, SHA, ".pdf")
    found = Originals(tmp_path).find(SHA)
    assert found is not None
    assert found.path.read_bytes() == DATA
    assert (found.sha256, found.extension) == (SHA, ".pdf")
    assert files(tmp_path) == [f"{FOLDER}/{SHA[:2]}/{SHA}.pdf"]


def test_equal_bytes_are_kept_once(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.keep(DATA, SHA, ".pdf")
    before = files(tmp_path), (tmp_path / files(tmp_path)[0]).stat().st_mtime_ns
    originals.keep(DATA, SHA, ".pdf")
    assert (files(tmp_path), (tmp_path / files(tmp_path)[0]).stat().st_mtime_ns) == before


def test_a_copy_that_lost_its_end_is_written_again(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.keep(DATA, SHA, ".pdf")
    path = tmp_path / files(tmp_path)[0]
    path.write_bytes(DATA[:3])
    originals.keep(DATA, SHA, ".pdf")
    assert path.read_bytes() == DATA


@pytest.mark.parametrize("sha256", ["", "../../x", OTHER, SHA.upper(), f"{SHA[:63]}*", SHA[:12]])
def test_nothing_else_is_found(tmp_path: Path, sha256: str) -> None:
    originals = Originals(tmp_path)
    originals.keep(DATA, SHA, ".pdf")
    assert originals.find(sha256) is None


@pytest.mark.parametrize(("sha256", "extension"), [("../x", ".pdf"), (SHA, "/../../x"), (SHA, ".part/x")])
def test_no_copy_is_written_elsewhere(tmp_path: Path, sha256: str, extension: str) -> None:
    with pytest.raises(ValueError, match="no name for an original"):
        Originals(tmp_path).keep(DATA, sha256, extension)
    assert files(tmp_path) == []


def test_what_no_document_refers_to_is_removed_and_an_unfinished_copy_too(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.keep(DATA, SHA, ".pdf")
    originals.keep(b"other", OTHER, ".xlsx")
    (tmp_path / FOLDER / SHA[:2] / f"{SHA}.0123456789ab.part").write_bytes(b"x")
    originals.discard({SHA})
    assert files(tmp_path) == [f"{FOLDER}/{SHA[:2]}/{SHA}.pdf"]
    originals.discard(set())
    assert list((tmp_path / FOLDER).iterdir()) == []
    assert originals.find(SHA) is None


def test_a_copy_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.originals.os.fsync", full)
    with pytest.raises(LibraryUnwritableError, match="空き容量"):
        Originals(tmp_path).keep(DATA, SHA, ".pdf")
    assert files(tmp_path) == []
