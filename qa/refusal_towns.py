"""A measure that the town asked about does not have in its documents, although another town has it."""

from __future__ import annotations

from dataclasses import replace

from qa.refusal_evidence import Case
from qa.refusal_wording import Wording


def other_town_reason(case: Case) -> str | None:
    """Why a question about one town is not answered, with the town that has the thing; None if it may be."""
    limits = case.found.understood.filters
    towns = limits.municipalities
    if not towns or case.again is None or case.wording is Wording.BROAD:
        return None
    here, config = case.best(case.found.hits), case.config
    if here >= config.enough:
        return None
    hits = [
        hit
        for hit in case.again(replace(limits, municipalities=None, stated_years=None, departments=None))
        if hit.document.municipality_code not in towns
    ]
    there = case.best(hits)
    if there < config.elsewhere or there - here < config.margin:
        return None
    leading = case.leading(hits)
    names = "、".join(town.name for town in case.found.understood.municipalities) or "指定の自治体"
    others = "、".join(list(dict.fromkeys(hit.document.municipality for hit in leading))[:3])
    title = leading[0].document.title
    return f"{names}の資料には見当たりません。近い内容は{others}の資料（「{title}」など）にあります。"
