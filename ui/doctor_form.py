"""What ``doctor`` says: a table, what to do below each line that is not as it should be, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.columns import aligned
from ui.doctor_check import Check, Standing

_MARKS = {Standing.GOOD: "○", Standing.NOTE: "△", Standing.FAULT: "×"}


def is_faulty(checks: Sequence[Check]) -> bool:
    """Whether anything keeps the program from working."""
    return any(one.standing is Standing.FAULT for one in checks)


def doctor_json(checks: Sequence[Check]) -> dict[str, Any]:
    """All checks."""
    return {
        "usable": not is_faulty(checks),
        "checks": [
            {
                "name": one.name,
                "standing": one.standing.value,
                "found": one.found,
                "advice": one.advice or None,
            }
            for one in checks
        ],
    }


def doctor_text(checks: Sequence[Check]) -> str:
    """The same for a person."""
    table = aligned((_MARKS[one.standing], one.name, one.found) for one in checks)
    lines = []
    for one, row in zip(checks, table, strict=True):
        lines.append(row)
        if one.advice:
            lines.append(f"    → {one.advice}")
    return "\n".join([*lines, "", _summary(checks)])


def _summary(checks: Sequence[Check]) -> str:
    faults = sum(one.standing is Standing.FAULT for one in checks)
    notes = sum(one.standing is Standing.NOTE for one in checks)
    if faults:
        return f"×が{faults}件あります。→ に従って直してください。"
    return f"使えます（△ {notes}件は、知っておいていただきたいことです）。" if notes else "すべて良好です。"
