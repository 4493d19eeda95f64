"""Which of the values that may answer are shown: one, one a year, or both where two places disagree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.fiscal_year import era_label
from corpus.folding import match_key
from qa.short_candidate import Candidate
from qa.short_yearly import without_years

SAME_SCORE = 0.02
OTHER_YEARS = 0.15
OTHER_ROW = 0.06
OTHER_PLACE = 0.3
LONGEST_LABEL = 40
"""Characters before a value that are looked at for its label."""


_PLAN = r"(?:見込み?|計画|予定|目標|予算)(?:値|額|数)?"
_RESULT = r"(?:実績|結果|決算)(?:値|額|数)?"
_AND = r"(?:と|及び|および|、|・|/)"
_BOTH_ROLES = re.compile(rf"{_PLAN}{_AND}{_RESULT}|{_RESULT}{_AND}{_PLAN}")
_BEFORE = re.compile(r"([^\s\d、。,（()）「」・:：]{2,})[\s:：(（]*$")
_LATEST = re.compile(r"最新|直近|(?:一番|いちばん|最も|もっとも)新し")


def chosen_figures(
    candidates: Sequence[Candidate], years: tuple[int, ...], question: str = ""
) -> tuple[str, tuple[Candidate, ...]]:
    """The text to show and what it rests on: a value for each year asked; both where two places disagree.

    Of a table's value from before its document's year the year is told where none was asked for.

    Args:
        candidates: the values that may answer, best first.
        years: the fiscal years asked for.
        question: folded; it may ask for what was planned and what came of it, or for the latest value.
    """
    best = candidates[0]
    both = _of_both_roles(candidates) if len(years) < 2 and _BOTH_ROLES.search(question) else ()
    if both:
        return "、".join(one.text for one in both), both
    if not years and _LATEST.search(question):
        best = max((one for one in candidates if _of_other_sheet(one, best)), key=_year, default=best)
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
        own = best.hit.document.fiscal_year
        if best.hit.passage.cells and best.year is not None and own is not None and best.year < own:
            return f"{era_label(best.year)} {best.text}", (best,)
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


def _of_both_roles(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best two values of one passage in one unit, as printed; empty without a second one."""
    best = candidates[0]
    other = next(
        (
            one
            for one in candidates[1:]
            if best.score - one.score < OTHER_PLACE
            and (one.hit.passage.passage_id, one.year) == (best.hit.passage.passage_id, best.year)
            and _unit(one.text) == _unit(best.text)
            and one.text != best.text
        ),
        None,
    )
    if other is None:
        return ()
    text = best.hit.passage.text
    return tuple(sorted((best, other), key=lambda one: text.find(one.text)))


def _of_other_sheet(one: Candidate, best: Candidate) -> bool:
    """Whether a value stands where the best one stands, in the document's sheet of any year."""
    mine, other = one.hit.passage, best.hit.passage
    place = (mine.document_id, mine.section_path, mine.departments, mine.item)
    same = place == (other.document_id, other.section_path, other.departments, other.item)
    alike = one.change == best.change and _unit(one.text) == _unit(best.text)
    return same and alike and best.score - one.score < OTHER_PLACE


def _year(one: Candidate) -> int:
    """The year of a value, else the only one of its passage; 0 without any."""
    years = one.hit.passage.fiscal_years
    return one.year or (years[0] if len(years) == 1 else 0)


def _beside(one: Candidate, best: Candidate) -> bool:
    """Whether a value of another year belongs to the same thing: the same row, or the same sheet."""
    same_sheet = one.hit.passage.sheet_ordinal == best.hit.passage.sheet_ordinal
    return one.hit.document.document_id == best.hit.document.document_id and same_sheet


def _of_other_edition(one: Candidate, best: Candidate) -> bool:
    """Whether a value stands in the same plan of another year, for the same department."""
    mine, other = one.hit.document, best.hit.document
    return (
        mine.document_id != other.document_id
        and (mine.municipality_code, mine.document_kind) == (other.municipality_code, other.document_kind)
        and one.hit.passage.departments == best.hit.passage.departments
        and match_key(without_years(mine.title)) == match_key(without_years(other.title))
    )


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
    near = OTHER_YEARS if _label(one) and _label(one) == _label(best) else OTHER_ROW
    if mine.passage_id != other.passage_id and best.score - one.score >= near:
        return False
    alike = one.change == best.change and _unit(one.text) == _unit(best.text)
    if not (same and alike) or one.year is None:
        return False
    return _beside(one, best) or _of_other_edition(one, best)


def _label(one: Candidate) -> str:
    """The word right before a value: 交付率 of 「交付率 22.7%」; empty where there is none."""
    said = one.hit.passage.text
    at = max(said.find(one.text), 0)
    found = _BEFORE.search(said[max(0, at - LONGEST_LABEL) : at])
    return match_key(found[1]) if found else ""


def _unit(text: str) -> str:
    return re.sub(r"[\d,.約延べ計 ]", "", text)
