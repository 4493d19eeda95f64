"""A few of the rounds of ``tests.faults``; ``make test-long`` does forty steps of each kind."""

from __future__ import annotations

import pytest

from tests.faults import can_mount, has, run

# The pipes of processes that were killed are closed by the collector, not by us.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.timeout(900)
def test_a_disk_that_fails_leaves_the_library_whole_and_says_what_to_do() -> None:
    if not has("prlimit", "--fsize=1000000", "true") and not can_mount():
        pytest.skip("prlimit も、自分のディスクを作る権限もないため、書き込みの失敗の試験を飛ばします")
    ended = run(4)
    assert ended["refused"] > 0
