"""Lines that a page or an extraction broke within a sentence, by how they begin."""

from __future__ import annotations

import re

# Particles, small kana, commas and closing brackets, with which no sentence begins.
_GOES_ON = re.compile(r"[のをにはがでとへやもぁ-ょー、。，）)」』]")


def begins_within_sentence(line: str) -> bool:
    """Whether a line begins with what only goes on."""
    return _GOES_ON.match(line) is not None
