"""Titles that name a department: before words that recur, 「総務部の運営方針」, or alone, 「■ 港湾課」.

The first kind stands above the numbered sections that each department repeats, although no mark of its own
tells so. The second has a mark, and perhaps who heads the department; nothing else stands further out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from ingest.heading_rank import Rank, RankedLabel

# A department and what is told of it: 「総務部の運営方針」, 「港湾課 重点目標」.
_TITLE = re.compile(
    r"(?P<office>[^\s、。・の]{1,14}(?:部|局|課|室|所|署|事務局|委員会|本部))(?:の|\s)?(?P<words>[^\s、。]{2,20})"
)
# A department alone, perhaps numbered, perhaps with its head or staff in brackets.
_NAMED = re.compile(
    r"(?:[0-9０-９Ⅰ-Ⅻ①-⑳]{1,2}[.．、]?\s)?(?P<office>[^\s、。・の（(]{1,14}(?:部|局|課|室|事務局|委員会|センター))"
    r"(?:\s*[（(](?P<told>.*))?"
)
_HEAD_OF_OFFICE = re.compile(r"[部局課室所]長|職員|人員")
_NUMBERS = range(Rank.ROMAN, Rank.KANA + 1)
_FEWEST_NAMED = 3


def office_of_title(label: str) -> str:
    """The department that such a title names, empty for any other line."""
    found = _TITLE.fullmatch(label)
    return office_named(label) or (found["office"] if found else "")


def office_named(label: str) -> str:
    """The department that is all of a title, its head in brackets aside; empty where it is not."""
    found = _NAMED.fullmatch(label)
    if found is None or (found["told"] is not None and not _HEAD_OF_OFFICE.search(found["told"])):
        return ""
    return found["office"]


def _with_named(headings: Mapping[int, RankedLabel]) -> dict[int, RankedLabel]:
    """Headings with the rank of titles of departments, where all of the outermost rank are departments."""
    ranks = [rank for rank, _ in headings.values() if Rank.CHAPTER < rank < Rank.ALONE]
    outermost = min(ranks, default=0)
    titles = {index: label for index, (rank, label) in headings.items() if rank == outermost}
    if len(titles) < _FEWEST_NAMED or not all(map(office_named, titles.values())):
        return dict(headings)
    return {**headings, **{index: (Rank.DEPARTMENT, label) for index, label in titles.items()}}


def with_department_titles(headings: Mapping[int, RankedLabel]) -> dict[int, RankedLabel]:
    """Headings with the rank of titles of departments, where two share their words and a numbered section.

    Args:
        headings: rank and label of each heading, by the index of its block, in order.
    """
    unmarked = {index: label for index, (rank, label) in headings.items() if rank not in _NUMBERS}
    words = {index: found["words"] for index, label in unmarked.items() if (found := _TITLE.fullmatch(label))}
    often = {word for word, count in Counter(words.values()).items() if count > 1}
    titles = [index for index, word in words.items() if word in often]
    if not _share_a_section(headings, titles):
        return _with_named(headings)
    raised = {index: (Rank.DEPARTMENT, headings[index][1]) for index in titles}
    return {**headings, **raised}


def _share_a_section(headings: Mapping[int, RankedLabel], titles: list[int]) -> bool:
    """Whether the same numbered section stands below each title or all but one."""
    sections: Counter[RankedLabel] = Counter()
    for start, end in pairwise([*titles, max(headings, default=0) + 1]):
        below = {one for index, one in headings.items() if start < index < end and one[0] in _NUMBERS}
        sections.update(below)
    return len(titles) > 1 and max(sections.values(), default=0) >= max(2, len(titles) - 1)
