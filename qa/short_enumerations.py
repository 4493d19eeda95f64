"""Breakdowns: names with their figures side by side, 「ベトナムが94人、ネパールが58人、中国が27人」.

Apart from single figures and names, because whoever asks for a breakdown wants the pairs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.short_candidate import Candidate
from qa.short_statements import Statement
from qa.short_units import COUNTERS

STATEMENTS_READ = 6
LONGEST = 110
LEAST = 0.3

_PAIR = rf"[^、。,:\s\d]{{1,20}}?(?:が|は|:)? ?約?[\d,.]+(?:{COUNTERS})(?:\([^()]{{1,12}}\))?"
_ENUMERATION = re.compile(rf"{_PAIR}(?:(?:、|,| |と){_PAIR})+")
_OPENING = re.compile(r"^(?:.*?別(?:に見ると|では|で)?(?:は|、)?|内訳は|そのうち|うち)(?=.)")


def enumeration_candidate(found: Sequence[Statement]) -> Candidate | None:
    """The pairs of names and figures of the first of the best statements that has some."""
    for one in [one for one in found if one.cell is None][:STATEMENTS_READ]:
        match = _ENUMERATION.search(one.text)
        if match is None or one.score < LEAST or match.end() - match.start() > LONGEST:
            continue
        opening = _OPENING.match(match.group())
        start = match.start() + (opening.end() if opening else 0)
        return Candidate(text=one.said(start, match.end()), hit=one.hit, score=one.score, year=one.year)
    return None
