"""What a question quotes beside other words: 「組織の方針」 may be a wording, or the name of a sheet.

A passage that holds the quoted words was meant, and so was one that stands under them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.folding import match_key
from index.retriever import Scored
from qa.hits import Hit


def stands_under(hit: Hit, phrases: Sequence[str]) -> bool:
    """Whether each phrase stands in a passage or in what stands over it, and one of them over it."""
    over, own = match_key(hit.context), match_key(hit.passage.text)
    keys = [match_key(phrase) for phrase in phrases]
    return any(key in over for key in keys) and all(key in over or key in own for key in keys)


def with_quoted(
    anywhere: Sequence[Scored], holding: Sequence[Scored], under: Collection[int]
) -> list[Scored]:
    """The passages that hold what is quoted or stand under it, best first.

    Args:
        anywhere: found without the quotations, best first.
        holding: that hold them in their own text, best first.
        under: rows that stand under them.
    """
    held = {one.row_id for one in holding}
    kept = [one for one in anywhere if one.row_id in held or one.row_id in under]
    known = {one.row_id for one in kept}
    lowest = min((one.score for one in kept), default=0.0)
    return kept + [replace(one, score=min(one.score, lowest)) for one in holding if one.row_id not in known]
