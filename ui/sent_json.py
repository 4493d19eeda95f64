"""JSON from outside, which may be anything."""

from __future__ import annotations

import json
from typing import Any


def parsed(body: bytes) -> Any:
    """What a body holds.

    Raises:
        ValueError: it is no JSON, is nested deeper than anything of ours, or holds what no answer could
            repeat: numbers that JSON does not know, or halves of characters.
    """
    try:
        found = json.loads(body)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except RecursionError as exc:
        raise ValueError("nested too deeply") from exc
    return found
