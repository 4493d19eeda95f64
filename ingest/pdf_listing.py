"""Rows that stand in columns and are no table: contents with their dots, and lists with their marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A mark or number of a list in a column of its own.
_MARK = re.compile(
    r"[・●■◆◇□▼○◎※＊*→⇒\-－―]|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.．]?|[(（]?[0-9０-９ア-ンa-z]{1,2}[)）.．、]?"
    r"|第\s*[0-9０-９一二三四五六七八九十]+\s*[編部章節条]"
)
# A page number in the last column of contents.
_PAGE = re.compile(
    r"[-－–]?\s*[0-9０-９]{1,3}\s*[-－–]?|[pPｐＰ][.．]?\s*[0-9０-９]{1,3}|[…‥・.\s]+[0-9０-９]{1,3}"
)
# An entry of contents with dots up to its page.
_LEADER = re.compile(r".*[.．…‥・]{3}[.．…‥・\s]*[0-9０-９]{1,3}")
_MOST_MARKED = 3  # columns: a mark, a label and its text


def is_entry(text: str) -> bool:
    """Whether a text ends as an entry of contents does: with dots and the number of a page."""
    return _LEADER.fullmatch(text) is not None


def is_listing(rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows are entries of contents, or items of a list.

    Args:
        rows: those with several cells, each with the first line of each of its columns, empty for none.
    """
    ends = [next(text for text in reversed(row) if text) for row in rows]
    if sum(map(is_entry, ends)) * 2 > len(rows):
        return True
    width = max(map(len, rows))
    if width == 2 and all(_PAGE.fullmatch(row[-1]) for row in rows if row[-1]):
        return True
    return width <= _MOST_MARKED and all(_MARK.fullmatch(row[0]) for row in rows if row[0])
