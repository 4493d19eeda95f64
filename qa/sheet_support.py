"""A sheet that speaks of the topic in several places lends its passages weight.

Everyday words often meet one passage of the right sheet by chance of wording and miss its neighbours; the
sheet as a whole is surer than any of its passages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qa.hits import Hit, ranked

SHARE = 0.2
"""How much of its sheet's other scores a passage gets."""

OTHERS = 2
"""How many other passages of the sheet are looked at; one that was not found counts as the worst hit."""


def supported(hits: Sequence[Hit]) -> list[Hit]:
    """The hits with what the best other hits of their sheet add, best first, ties by earlier rank."""
    by_sheet: defaultdict[tuple[str, int | None], list[float]] = defaultdict(list)
    for hit in hits:
        by_sheet[hit.passage.document_id, hit.passage.sheet_ordinal].append(hit.score)
    worst = min((hit.score for hit in hits), default=0.0)
    scored = []
    for hit in hits:
        others = sorted(by_sheet[hit.passage.document_id, hit.passage.sheet_ordinal], reverse=True)
        others.remove(hit.score)
        best = [*others[:OTHERS], *[worst] * OTHERS][:OTHERS]
        scored.append((hit.score + SHARE * sum(best) / OTHERS, hit))
    return ranked(scored)
