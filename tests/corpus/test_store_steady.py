"""Reading one state of a library while it changes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from corpus.access import INTERNAL, OPERATOR, PUBLIC, Audience, member
from corpus.store import Store
from tests.ui.make_access import Builder, Made

ONE = Made(mark="ZQAX", town="990019", topic=0, year=2024, kind=0, access=PUBLIC)
OTHER = Made(mark="ZQBX", town="990027", topic=0, year=2024, kind=0, access=INTERNAL)
INSIDE = member(is_inside=True, groups=())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    Builder().library(tmp_path, [ONE])
    return Store.open(tmp_path)


def add(store: Store, made: Made) -> None:
    """Add a document on another thread, as another program would."""

    def adding() -> None:
        with store.writing() as writer:
            writer.add(made.record)
            writer.set_access(made.document.document_id, made.access)

    thread = threading.Thread(target=adding)
    thread.start()
    thread.join()


@pytest.mark.parametrize("audience", [OPERATOR, INSIDE])
def test_what_is_committed_meanwhile_is_seen_afterwards(store: Store, audience: Audience) -> None:
    with store.steady(audience):
        assert len(store.seen_by(audience).documents()) == 1
        add(store, OTHER)
        with store.steady(audience):
            assert len(store.seen_by(audience).documents()) == 1
        assert len(store.seen_by(audience).documents()) == 1
        assert store.reader.passage_count() == len(ONE.record.passages)
    assert len(store.seen_by(audience).documents()) == 2


def test_what_is_kept_stays_kept_and_is_made_anew_after_a_change(store: Store) -> None:
    made: list[int] = []
    read = store.reader
    read.kept("count", lambda: made.append(1))
    with store.steady(OPERATOR):
        read.kept("count", lambda: made.append(2))
        add(store, OTHER)
        read.kept("count", lambda: made.append(3))
    read.kept("count", lambda: made.append(4))
    assert made == [1, 4]


def test_a_context_that_raises_lets_go_of_its_state(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.steady(INSIDE):
        _ = 1 / 0
    add(store, OTHER)
    assert len(store.seen_by(INSIDE).documents()) == 2
    assert not store.reader.is_steady
