"""How often one address or account may ask: a bucket of turns that fills again by the second."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_KEPT = 10_000


class RateLimit:
    """Counts turns by key. Safe to share between threads."""

    def __init__(self, most: int, a_second: float, now: Callable[[], float] = time.monotonic) -> None:
        """Limit.

        Args:
            most: turns that may be taken at once.
            a_second: turns that come back each second.
            now: seconds.
        """
        self._most = float(most)
        self._a_second = a_second
        self._now = now
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def takes(self, key: str) -> bool:
        """Take a turn; False where none is left."""
        now = self._now()
        with self._lock:
            left, last = self._held.pop(key, (self._most, now))
            left = min(self._most, left + (now - last) * self._a_second)
            is_allowed = left >= 1
            self._held[key] = (left - 1 if is_allowed else left, now)
            if len(self._held) > _MOST_KEPT:
                self._held.popitem(last=False)
        return is_allowed

    def gives_back(self, key: str) -> None:
        """Give the last turn of a key back."""
        with self._lock:
            if key in self._held:
                left, last = self._held[key]
                self._held[key] = (min(self._most, left + 1), last)
