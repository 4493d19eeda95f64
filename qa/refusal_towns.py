"""A measure that the town asked about does not have in its documents, although another town has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.hits import Hit
from qa.refusal_evidence import Case
from qa.refusal_wording import Wording


def gain_elsewhere(case: Case) -> float:
    """How much more of the topic another town's best passage holds, 0 to 1; 0 where it holds too little."""
    here = _here(case)
    if here >= case.config.enough:
        return 0.0
    there = case.best(hits_elsewhere(case))
    return max(0.0, there - here) if there >= case.config.elsewhere else 0.0


def hits_elsewhere(case: Case) -> Sequence[Hit]:
    """What other towns' documents say of the topic; nothing where the question names no town or many."""
    limits = case.found.understood.filters
    towns = limits.municipalities
    if not towns or case.again is None or case.wording is Wording.BROAD:
        return ()
    hits = case.again(replace(limits, municipalities=None, stated_years=None, departments=None))
    return [hit for hit in hits if hit.document.municipality_code not in towns]


def other_town_reason(case: Case) -> str | None:
    """Why a question about one town is not answered, with the town that has the thing; None if it may be."""
    return elsewhere_sentence(case) if gain_elsewhere(case) >= case.config.margin else None


def elsewhere_sentence(case: Case) -> str:
    """Which other towns have the thing (Japanese)."""
    leading = case.leading(hits_elsewhere(case))
    names = "、".join(town.name for town in case.found.understood.municipalities) or "指定の自治体"
    others = "、".join(list(dict.fromkeys(hit.document.municipality for hit in leading))[:3])
    title = leading[0].document.title
    return f"{names}の資料には見当たりません。近い内容は{others}の資料（「{title}」など）にあります。"


def _here(case: Case) -> float:
    here = case.best(case.found.hits)
    limits = case.found.understood.filters
    if case.again is not None and case.found.understood.read.stated_years:
        here = max(here, case.best(case.again(replace(limits, stated_years=None))))  # of other years
    return here
