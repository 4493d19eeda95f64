"""A fiscal year that the documents do not state for the topic, although they speak of the topic itself.

The same question without its year shows whether the year is what is missing, and which years there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.fiscal_year import era_label
from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from qa.hits import Hit
from qa.refusal_evidence import Case
from qa.refusal_wording import Wording

FEW_YEARS = 2
SHOWN = 8
SHORTEST_NAME = 5
EMPTY = frozenset(("", "-", "-", "—", "―", "ー", "－", "・"))


def states_year(hit: Hit, year: int) -> bool:
    """Whether a passage says something of a year: in a filled cell, in its words, or as its own year."""
    passage = hit.passage
    if passage.cells and any(cell.fiscal_year for cell in passage.cells):
        filled = (cell for cell in passage.cells if cell.text.strip() not in EMPTY)
        if any(cell.fiscal_year == year for cell in filled):
            return True
    elif year in passage.fiscal_years and len(passage.fiscal_years) <= FEW_YEARS:
        return True
    return any(mention.fiscal_year == year for mention in find_fiscal_years(passage.text))


def gain_without_year(case: Case) -> float:
    """How much more of the topic passages of other years hold than the best that states the year, 0 to 1.

    0 where they hold too little, or the year's own hold enough.
    """
    years = _asked(case)
    if not years or case.again is None or case.wording is not Wording.PLAIN:
        return 0.0
    of_year = [hit for hit in case.found.hits if any(states_year(hit, year) for year in years)]
    here = case.best(of_year)
    if (here >= case.config.enough and of_year) or any(_names(case.question, hit) for hit in of_year):
        return 0.0
    anytime = _without_year(case)
    there = case.best(anytime)
    if there < case.config.elsewhere or _goes_on(case.leading(anytime), of_year):
        return 0.0
    return max(0.0, there - here)


def year_reason(case: Case) -> str | None:
    """Why a question of a year is not answered, None if it may be: other years hold clearly more of it."""
    if gain_without_year(case) < case.config.margin:
        return None
    years, leading = _asked(case), case.leading(_without_year(case))
    known = sorted({year for hit in leading for year in _stated(hit)} - set(years))
    labels = "、".join(era_label(year) for year in years[:3])
    said = f"{labels}について書かれた箇所は見つかりませんでした。"
    if known:
        listed = "、".join(era_label(year) for year in known[:SHOWN])
        said += f"この内容は「{leading[0].document.title}」などに{listed}の記載があります。"
    return said


def _goes_on(leading: Sequence[Hit], of_year: Sequence[Hit]) -> bool:
    """Whether a sheet about the topic says something of the year: in its own year's words it may be brief."""
    about = {_sheet(hit) for hit in leading}
    return any(_sheet(hit) in about and len(hit.passage.fiscal_years) == 1 for hit in of_year)


def _sheet(hit: Hit) -> tuple[str, int | None]:
    return hit.passage.document_id, hit.passage.sheet_ordinal


def _without_year(case: Case) -> Sequence[Hit]:
    if case.again is None:
        return ()
    return case.again(replace(case.found.understood.filters, stated_years=None))


def _names(question: str, hit: Hit) -> bool:
    """Whether the question names a row in full: then its year is all that was asked for."""
    item = match_key(hit.passage.item)
    return len(item) >= SHORTEST_NAME and item in match_key(question)


def _asked(case: Case) -> tuple[int, ...]:
    """The years read from the question; a filter set by a person limits and says so itself."""
    return case.found.understood.read.stated_years or ()


def _stated(hit: Hit) -> Sequence[int]:
    cells = [cell.fiscal_year for cell in hit.passage.cells if cell.text.strip() not in EMPTY]
    years = [year for year in cells if year]
    return years or (hit.passage.fiscal_years if len(hit.passage.fiscal_years) <= FEW_YEARS else ())
