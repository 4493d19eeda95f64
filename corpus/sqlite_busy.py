"""Whether SQLite refused to write because another program is writing."""

from __future__ import annotations


def is_busy(exc: Exception) -> bool:
    """Whether an error of SQLite tells of a lock that another program holds, by its message."""
    return "locked" in str(exc) or "busy" in str(exc)
