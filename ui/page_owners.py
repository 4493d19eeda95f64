"""Which account opened which page: Gradio sends a page's results to whoever names the page."""

from __future__ import annotations

import threading
from collections import OrderedDict

_MOST_KEPT = 20_000


class PageOwners:
    """Pages by the name that Gradio's browser side gives each. Safe to share between threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def belongs(self, page: str, name: str) -> bool:
        """Whether a page is an account's; one that nobody has used yet is from now on."""
        with self._lock:
            owner = self._held.setdefault(page, name)
            self._held.move_to_end(page)
            if len(self._held) > _MOST_KEPT:
                self._held.popitem(last=False)
        return owner == name
