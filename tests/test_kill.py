"""A few of the kills of ``tests.kill``; ``make test-long`` does two hundred."""

from __future__ import annotations

import pytest

from tests.kill import WORKS, run


@pytest.mark.timeout(900)
def test_a_killed_program_leaves_a_library_that_holds_and_goes_on() -> None:
    ended = run(2 * len(WORKS), seed=7)
    assert sum(ended.values()) == 2 * len(WORKS)
