"""A few people of ``tests.load`` for some seconds; ``make test-long`` lets fifty ask for five minutes."""

from __future__ import annotations

import sys

import pytest

from tests.load import Plan, run
from tests.load_people import Act, Reply, Wish
from tests.load_report import Watched, report

ASKED = Wish(act=Act.PAGE_ASK, text="空き家")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processor times are read from /proc")
def test_people_at_once_are_answered_as_one_alone_while_documents_come_and_go() -> None:
    found = run(Plan(users=4, seconds=8, passages=0, asked=2, thinks=(0.2, 0.6), arriving=1))
    assert (found["errors"], found["differing"], found["faults"]) == (0, 0, [])
    assert found["deeds"] >= 8
    assert found["changes"] >= 1


def watched(seconds: float, memory: list[float], error: str = "") -> Watched:
    reply = Reply(wish=ASKED, began=0.0, seconds=seconds, text="x", error=error)
    return Watched(
        replies=[reply] * 20,
        differing=[reply] if error else [],
        memory=[(float(at), one) for at, one in enumerate(memory)],
        changes=[1.0],
        faults=[],
        processor=1.0,
        waited=0.0,
    )


def test_what_is_slow_grows_fails_or_differs_is_told() -> None:
    flat = [300.0] * 8
    assert report(watched(1.9, flat))["broken"] == []
    assert report(watched(2.1, flat))["broken"] == ["ask at the page: p95 2.1 s"]
    assert report(watched(1.0, [300.0, 300, 300, 300, 330, 330, 340, 340]))["broken"] == [
        "memory [300, 300, 330, 340]"
    ]
    assert report(watched(1.0, flat, "503"))["broken"] == ["errors: 20", "differing: 1"]
