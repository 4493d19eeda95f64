"""A few of the kills of ``tests.kill``; ``make test-long`` does two hundred."""

from __future__ import annotations

import pytest

from tests.kill import WORKS, run

# The pipes of processes that were killed are closed by the collector, not by us.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.timeout(900)
def test_a_killed_program_leaves_a_library_that_holds_and_goes_on() -> None:
    ended = run(len(WORKS), seed=7)
    assert sum(ended.values()) == len(WORKS)
