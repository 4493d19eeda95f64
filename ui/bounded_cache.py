"""What was made on demand, kept within a bound: what was used longest ago goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Values by key; may be used by any thread.

    Two threads that ask for the same new value at once both make it: waiting would hold up the others.
    """

    def __init__(self, bound: int, size: Callable[[Value], int]) -> None:
        self._bound = bound
        self._size = size
        self._held: OrderedDict[Key, Value] = OrderedDict()
        self._total = 0
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not held; one larger than the bound is not kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._lock:
            if key not in self._held and self._size(value) <= self._bound:
                self._held[key] = value
                self._total += self._size(value)
                while self._total > self._bound:
                    self._total -= self._size(self._held.popitem(last=False)[1])
        return value

    @property
    def total(self) -> int:
        """The size of all that is held."""
        with self._lock:
            return self._total
