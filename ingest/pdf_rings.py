"""Letters in a ring that are drawn as a ring and a letter: ㋐ as ○ over ア, as word processors do it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import chain

from ingest.pdf_glyphs import Glyph

_RINGS = frozenset("○◯〇")
_ENCLOSED = {
    unicodedata.normalize("NFKC", one): one
    for one in map(chr, chain(range(0x2460, 0x2500), range(0x3251, 0x3300)))
    if unicodedata.name(one, "").startswith("CIRCLED")
}


def ringed(line: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of a line, from left to right, a ring and the letter in it as one."""
    found: list[Glyph] = []
    for one in line:
        ring = found[-1] if found and found[-1].text in _RINGS else None
        if ring is not None and _is_inside(one, ring) and (enclosed := _ENCLOSED.get(one.text)):
            found[-1] = ring._replace(text=enclosed)
        else:
            found.append(one)
    return found


def _is_inside(one: Glyph, ring: Glyph) -> bool:
    x = (one.x0 + one.x1) / 2
    quarter = (ring.x1 - ring.x0) / 4
    return ring.x0 + quarter <= x <= ring.x1 - quarter and ring.y0 <= one.middle <= ring.y1
