"""What was measured under load, and which of the promises was not kept."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.load_people import Reply

SLOWEST = 2.0
"""Seconds within which 95 of 100 deeds are to be answered."""

GROWTH = 1.10
"""How much of the memory of the second quarter the last may take: indexes that come and go make it swing."""

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What was seen.

    Attributes:
        replies: in the order in which they came.
        differing: those that no single person was given.
        memory: time and megabytes.
        changes: seconds that each change of the library took.
        faults: changes that failed.
        processor: seconds of processor time that the server took.
        waited: seconds for which its threads were ready and had no processor, which other programs held.
    """

    replies: Sequence[Reply]
    differing: Sequence[Reply]
    memory: Sequence[tuple[float, float]]
    changes: Sequence[float]
    faults: Sequence[str]
    processor: float
    waited: float


def report(watched: Watched) -> dict[str, Any]:
    """Figures in seconds and megabytes, and what is broken: empty where every promise was kept."""
    errors = [one for one in watched.replies if one.error]
    acts = sorted({one.wish.act for one in watched.replies})
    quarters = _quarters([megabytes for _, megabytes in watched.memory])
    by_act = {
        act.value: _spread([one.seconds for one in watched.replies if one.wish.act is act]) for act in acts
    }
    found = {
        "deeds": len(watched.replies),
        "errors": len(errors),
        "errors_seen": [f"{one.wish}: {one.error}" for one in errors[:_SHOWN]],
        "differing": len(watched.differing),
        "differing_seen": Counter(
            f"{one.wish.act.value} {one.wish.text}" for one in watched.differing
        ).most_common(_SHOWN),
        "seconds": by_act,
        "seconds_all": _spread([one.seconds for one in watched.replies]),
        "changes": len(watched.changes),
        "changes_s_median": round(statistics.median(watched.changes), 1) if watched.changes else None,
        "faults": list(watched.faults),
        "memory_mb_by_quarter": quarters,
        "memory_mb_most": round(max((megabytes for _, megabytes in watched.memory), default=0)),
        "server_processor_s": round(watched.processor),
        "server_waited_s": round(watched.waited),
    }
    return {**found, "broken": _broken(found)}


def _broken(found: dict[str, Any]) -> list[str]:
    """The promises that were not kept."""
    quarters = found["memory_mb_by_quarter"]
    slow = [
        f"{act}: p95 {spread['p95']} s" for act, spread in found["seconds"].items() if spread["p95"] > SLOWEST
    ]
    grown = [f"memory {quarters}"] if len(quarters) == 4 and quarters[3] > quarters[1] * GROWTH else []
    counted = [f"{name}: {found[name]}" for name in ("errors", "differing") if found[name]]
    return [*counted, *found["faults"], *slow, *grown]


def _quarters(values: Sequence[float]) -> list[int]:
    """The median of each quarter, none of too few values."""
    size = len(values) // 4
    if size < 2:
        return []
    return [round(statistics.median(values[at * size : (at + 1) * size])) for at in range(4)]


def _spread(values: Sequence[float]) -> dict[str, float]:
    """Number, median, 95th percentile and largest; the largest for the percentile of fewer than twenty."""
    ordered = sorted(values)
    p95 = statistics.quantiles(ordered, n=20)[18] if len(ordered) >= 20 else ordered[-1]
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 2),
        "p95": round(min(p95, ordered[-1]), 2),
        "max": round(ordered[-1], 2),
    }
