"""Python's search for cycles, put off while very many objects are made that all stay.

Each search walks over every cell made so far and finds nothing to free: it takes a quarter of the time of a
large workbook. What is no cycle is freed as ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cycles_kept() -> Iterator[None]:
    """Search for no cycles within; as it was before afterwards, whatever happens."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
