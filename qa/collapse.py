"""Cells that say the same year after year, shown once with all their years.

A report repeats a sentence in 令和3年度, 令和4年度 and 令和5年度; a list that shows it three times hides
what else there is. Only passages of one sheet and one section are compared, the best-ranked one stays, and
texts whose figures differ are never alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.folding import fold
from qa.hits import Hit

ALIKE = 0.9
"""The share of character pairs that two texts must have in common (Jaccard)."""


def collapsed(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those that repeat an earlier one, which gets their years; ranks counted anew."""
    kept: list[Hit] = []
    for hit in hits:
        for place, earlier in enumerate(kept):
            if _one_place(hit, earlier) and _says_the_same(hit, earlier):
                years = {*earlier.also_years, *hit.passage.fiscal_years} - set(earlier.passage.fiscal_years)
                kept[place] = replace(earlier, also_years=tuple(sorted(years)))
                break
        else:
            kept.append(hit)
    return [hit if hit.rank == rank else replace(hit, rank=rank) for rank, hit in enumerate(kept, start=1)]


def _one_place(one: Hit, other: Hit) -> bool:
    left, right = one.passage, other.passage
    return (
        left.document_id == right.document_id
        and left.sheet_ordinal == right.sheet_ordinal
        and left.sheet_ordinal is not None
        and left.section_path == right.section_path
        and left.fiscal_years != right.fiscal_years
    )


def _says_the_same(one: Hit, other: Hit) -> bool:
    alike = _alike(_pairs(one.passage.text), _pairs(other.passage.text))
    return alike and _figures(one) == _figures(other)


def _figures(hit: Hit) -> list[str]:
    return re.findall(r"\d+", fold(hit.passage.text).text)


def _pairs(text: str) -> frozenset[str]:
    key = "".join(text.split())
    return frozenset(key[at : at + 2] for at in range(max(1, len(key) - 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
