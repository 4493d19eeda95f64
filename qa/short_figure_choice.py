"""Which of the values that may answer are shown: one, one a year, or both where two places disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.fiscal_year import era_label
from corpus.folding import match_key
from qa.short_candidate import Candidate

SAME_SCORE = 0.02
OTHER_YEARS = 0.15
OTHER_ROW = 0.06
OTHER_PLACE = 0.3


def chosen_figures(
    candidates: Sequence[Candidate], years: tuple[int, ...]
) -> tuple[str, tuple[Candidate, ...]]:
    """The text to show and what it rests on: a value for each year asked; both where two places disagree."""
    best = candidates[0]
    if len(years) > 1:
        by_year = [(year, value_of_year(candidates, year)) for year in years]
        kept = [(year, one) for year, one in by_year if one is not None]
        if len(kept) > 1:
            return "、".join(f"{era_label(year)}{one.text}" for year, one in kept), tuple(
                one for _, one in kept
            )
    if not years:
        told = [one for one in candidates if best.score - one.score < OTHER_YEARS and _same_thing(one, best)]
        latest = max(told, key=lambda one: one.year or 0, default=best)
        if len({one.year for one in told}) > 1 and latest.year is not None:
            return f"{era_label(latest.year)} {latest.text}", (latest,)
    rivals = [
        one
        for one in candidates[1:]
        if best.score - one.score < SAME_SCORE
        and one.hit.document.document_id == best.hit.document.document_id
        and one.hit.passage.passage_id != best.hit.passage.passage_id
        and one.year == best.year
        and match_key(one.hit.passage.item) == match_key(best.hit.passage.item)
        and _unit(one.text) == _unit(best.text)
        and match_key(one.text) != match_key(best.text)
    ][:1]
    shown = (best, *rivals)
    return "、".join(one.text for one in shown), shown


def value_of_year(candidates: Sequence[Candidate], year: int) -> Candidate | None:
    """The best value of one fiscal year that belongs to the same thing as the best of all."""
    return next((one for one in candidates if one.year == year and _may_join(one, candidates[0])), None)


def _beside(one: Candidate, best: Candidate) -> bool:
    """Whether a value of another year belongs to the same thing: the same row, or the same sheet."""
    same_sheet = one.hit.passage.sheet_ordinal == best.hit.passage.sheet_ordinal
    return one.hit.document.document_id == best.hit.document.document_id and same_sheet


def _may_join(one: Candidate, best: Candidate) -> bool:
    """Whether a value of another year may stand beside the best: of the same sheet, or nearly as fitting."""
    near = (
        best.score - one.score < OTHER_PLACE
        and one.hit.document.municipality == best.hit.document.municipality
    )
    if _unit(one.text) != _unit(best.text) and re.search(r"\d", one.text):
        return False
    return _beside(one, best) or near


def _same_thing(one: Candidate, best: Candidate) -> bool:
    """Whether two values stand in one place of a sheet, under the same heading."""
    mine, other = one.hit.passage, best.hit.passage
    same = mine.section_path == other.section_path and mine.item == other.item
    if mine.passage_id != other.passage_id and best.score - one.score >= OTHER_ROW:
        return False
    return same and _beside(one, best) and one.year is not None and _unit(one.text) == _unit(best.text)


def _unit(text: str) -> str:
    return re.sub(r"[\d,.約延べ計 ]", "", text)
