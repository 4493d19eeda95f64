"""What people decided of measures in several documents: that two are one and the same, or that they are not.

A decision names both by what a document shows of them, so that it holds until that document is replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import InputError
from corpus.user_data import UserData

Decisions = Mapping[tuple[str, str], bool]
"""Whether an earlier and a later sighting of a measure are the same, by their keys."""

LONGEST_KEY = 600


class TrackLinks:
    """The decisions of one library."""

    def __init__(self, folder: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._data = UserData(folder)
        self._now = now

    def read(self) -> Decisions:
        """All decisions."""
        with self._data.reading() as connection:
            if connection is None:
                return {}
            rows = connection.execute("SELECT earlier, later, same FROM track_link").fetchall()
        return {(earlier, later): bool(same) for earlier, later, same in rows}

    def decide(self, earlier: str, later: str, same: bool | None) -> None:
        """Keep a decision on two sightings; None takes it back.

        One sighting goes on in one other at the most: that two are the same undoes what was decided
        before of either of them in that direction.

        Raises:
            InputError: a key is none.
        """
        if not all(0 < len(key) <= LONGEST_KEY for key in (earlier, later)) or earlier == later:
            raise InputError("つながりを直す取組を読み取れませんでした。画面を開き直してください。")
        stamp = self._now().isoformat(timespec="seconds")
        with self._data.writing() as connection:
            connection.execute("DELETE FROM track_link WHERE earlier = ? AND later = ?", (earlier, later))
            if same:
                connection.execute(
                    "DELETE FROM track_link WHERE same = 1 AND (earlier = ? OR later = ?)", (earlier, later)
                )
            if same is not None:
                connection.execute(
                    "INSERT INTO track_link VALUES (?, ?, ?, ?)", (earlier, later, int(same), stamp)
                )
