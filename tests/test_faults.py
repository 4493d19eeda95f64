"""One round of each kind of ``tests.faults``; ``make test-long`` does forty steps of each."""

from __future__ import annotations

import pytest

from tests.faults import kinds_here, run

# The pipes of processes that were killed are closed by the collector, not by us.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.mark.timeout(900)
def test_a_disk_that_fails_leaves_the_library_whole_and_says_what_to_do() -> None:
    kinds = kinds_here()
    if not kinds:
        pytest.skip("prlimit も C のコンパイラーもないため、ディスクの失敗の試験を飛ばします")
    ended = run(1, kinds)
    assert sum(one.get("refused", 0) for one in ended.values()) > 0
