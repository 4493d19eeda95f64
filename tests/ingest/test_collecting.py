import gc

import pytest

from ingest.collecting import cycles_kept


def broken() -> None:
    with cycles_kept():
        assert not gc.isenabled()
        raise ValueError("cell")


def test_cycles_are_searched_for_again_whatever_happens() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="cell"):
        broken()
    assert gc.isenabled()


def test_one_within_another_ends_nothing() -> None:
    with cycles_kept():
        with cycles_kept():
            pass
        assert not gc.isenabled()
