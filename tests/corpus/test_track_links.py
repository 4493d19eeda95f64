"""What people decide of measures: kept whole, taken back, and no sighting going on in two others."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError, LibraryDamagedError
from corpus.track_links import TrackLinks
from corpus.user_data import USER_DATA_NAME, UserData


def test_decisions_are_kept_changed_and_taken_back(tmp_path: Path) -> None:
    links = TrackLinks(tmp_path)
    assert links.read() == {}
    links.decide("a", "b", same=False)
    links.decide("a", "c", same=True)
    assert TrackLinks(tmp_path).read() == {("a", "b"): False, ("a", "c"): True}
    links.decide("a", "b", same=None)
    assert links.read() == {("a", "c"): True}


def test_a_sighting_goes_on_in_one_other_only(tmp_path: Path) -> None:
    links = TrackLinks(tmp_path)
    links.decide("a", "c", same=True)
    links.decide("a", "d", same=True)
    links.decide("b", "d", same=True)
    assert links.read() == {("b", "d"): True}


@pytest.mark.parametrize(("earlier", "later"), [("", "b"), ("a", "a"), ("a", "b" * 999)])
def test_what_is_no_pair_is_refused(tmp_path: Path, earlier: str, later: str) -> None:
    with pytest.raises(InputError, match="読み取れません"):
        TrackLinks(tmp_path).decide(earlier, later, same=True)


def test_a_change_that_fails_leaves_nothing(tmp_path: Path) -> None:
    data = UserData(tmp_path)

    def fail() -> None:
        with data.writing() as connection:
            connection.execute("INSERT INTO track_link VALUES ('a', 'b', 1, 'now')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert TrackLinks(tmp_path).read() == {}


def test_a_damaged_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / USER_DATA_NAME).write_bytes(b"no database" * 200)
    with pytest.raises(LibraryDamagedError, match=USER_DATA_NAME):
        TrackLinks(tmp_path).read()


def test_a_copy_holds_one_state(tmp_path: Path) -> None:
    data, copied = UserData(tmp_path), tmp_path / "copy"
    copied.mkdir()
    assert not data.copy_to(copied / USER_DATA_NAME)
    TrackLinks(tmp_path).decide("a", "b", same=True)
    assert data.copy_to(copied / USER_DATA_NAME)
    assert TrackLinks(copied).read() == {("a", "b"): True}
