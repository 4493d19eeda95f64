from __future__ import annotations

import threading
import time

import pytest

from ui import page_work
from ui.page_work import BUSY, BusyError, guarded, worked
from ui.rate_limit import RateLimit


def test_more_than_may_wait_are_told_so_and_the_rest_are_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "_WAITING", threading.BoundedSemaphore(3))
    go, made = threading.Event(), []
    threads = [threading.Thread(target=lambda: made.append(worked(lambda: go.wait(30)))) for _ in range(3)]
    for one in threads:
        one.start()
    for _ in range(500):
        if page_work._WAITING._value == 0:
            break
        time.sleep(0.01)
    with pytest.raises(BusyError, match="混み合っています"):
        worked(lambda: True)
    assert guarded(lambda: "made", lambda why: why) == BUSY
    go.set()
    for one in threads:
        one.join()
    assert made == [True] * 3
    assert worked(lambda: "made") == "made"


def test_turns_run_out_by_key_and_come_back_with_time() -> None:
    at = 0.0
    limit = RateLimit(most=2, a_second=0.5, now=lambda: at)
    assert [limit.takes("a") for _ in range(3)] == [True, True, False]
    assert limit.takes("b")
    at = 1.9
    assert not limit.takes("a")
    at = 6.0
    assert [limit.takes("a") for _ in range(3)] == [True, True, False]
