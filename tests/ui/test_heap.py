"""What is kept for ever is not walked over again; what is made later is collected as ever."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from ui.heap import keep_for_ever


class Knot:
    """An object that only a collection frees."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


# What other tests left behind is collected here too, and is theirs to be warned of.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_is_there_is_kept_out_of_collections() -> None:
    before = gc.get_freeze_count()
    kept = [Knot() for _ in range(100)]
    keep_for_ever()
    assert gc.get_freeze_count() >= before + len(kept)
    assert not any(one is kept[0] for one in gc.get_objects())


def test_what_is_made_later_is_collected() -> None:
    keep_for_ever()
    gone = weakref.ref(Knot())
    gc.collect()
    assert gone() is None
