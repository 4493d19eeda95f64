"""The years of columns that a sentence tells: 「現状値は2022年度、目標値は2030年度の値です。」.

Tables of a plan then head their columns 現状値 and 目標値 alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from corpus.fiscal_year_text import find_fiscal_years
from ingest.headings import squeezed
from ingest.tables import Header, label_key

# Heads of columns whose year a sentence may tell.
_ROLE = re.compile(r"(基準|現状|現在|実績|中間(目標)?|(最終|中間)?目標|見込)値")
_FEWEST = 2
_LONGEST = 300


def role_years_in(text: str) -> dict[str, int]:
    """The years of roles by their folded labels, as one sentence tells them of several; empty without one."""
    for line in text.splitlines() if "値は" in text else ():
        if "値は" not in line or len(line) > _LONGEST:
            continue
        for sentence in line.split("。"):
            found = _told(squeezed(sentence))
            if len(found) >= _FEWEST:
                return found
    return {}


def _told(sentence: str) -> dict[str, int]:
    """The roles of which a sentence names one year each, up to the next role."""
    roles = list(_ROLE.finditer(sentence))
    ends = [*(one.start() for one in roles[1:]), len(sentence)]
    found: dict[str, int] = {}
    for role, end in zip(roles, ends, strict=False):
        clause = sentence[role.end() : end]
        years = {mention.fiscal_year for mention in find_fiscal_years(clause)}
        if clause.startswith("は") and len(years) == 1:
            found[label_key(role.group())] = years.pop()
    return found


def dated_by_role(header: Header, years: Mapping[str, int]) -> Header:
    """A header of roles none of which has a year, with those that the document tells."""
    told = sum(label_key(column.header) in years for column in header) if years else 0
    if told < _FEWEST or any(column.fiscal_year is not None for column in header):
        return header
    return tuple(replace(one, fiscal_year=years.get(label_key(one.header))) for one in header)
