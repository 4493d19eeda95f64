"""The fiscal years of labels that stand in a row or one below the other, where one explains the next.

A lone 「4年度」 or 「2024」 is no year; behind 「令和3年度」, or beside 「2023」, it is. 「前年度」 is one
only for a reader who knows the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.era import ERAS, narrow_text, read_number
from ingest.tables import column_year
from ingest.year_note import without_year_note, year_note

# A year without its era, 「4年度」; not 4年間 or 4年目.
_BARE = re.compile(r"[(\[]?(?P<number>元|\d{1,2})年度?(?![前後間目次以])")
# A Western year as all of a label, perhaps with what is given for it: 「2024実績値」.
_WESTERN = re.compile(
    r"[(\[]?(?P<year>(?:19|20)\d{2})(?:年度?)?[)\]]?(?:(?:当初)?(?:実績|決算|予算|見込|計画|目標)(?:値|額|量|み)?)?"
)
# A year by its distance from the document's own; not what it is compared with: 前年度比.
_RELATIVE = re.compile(
    r"(?P<word>前々|一昨|前|昨|本|今|当|現|来|翌|次)年度(?!比|対|増|差|同|から|より|まで|繰|との|に|を|も)"
)
_STEPS = {"前々": -2, "一昨": -2, "前": -1, "昨": -1, "来": 1, "翌": 1, "次": 1}
_ERAS = ("令和", "平成")
# A year without its era as all of a label: 「4年度末実績」.
_BARE_LABEL = re.compile(r"[(\[]?(元|\d{1,2})年度?末?(実績|決算|予算|見込|計画|目標)?(値|額|量|み)?[)\]]?")
_LONGEST = 20
_MOST_APART = 15


def years_along(texts: Sequence[str], own: int | None) -> tuple[int | None, ...]:
    """The fiscal year that each label names, None where it names none.

    Args:
        texts: labels of columns from left to right, or of rows from top to bottom.
        own: the document's fiscal year, if it is known.
    """
    found = [None if is_dated_value(text) else column_year(text) for text in texts]
    western = [_western(text) for text in texts]
    if sum(year is not None for year in western) > 1:
        found = [year or other for year, other in zip(found, western, strict=True)]
    before: int | None = None
    for index, text in enumerate(texts):
        if found[index] is None and len(text) <= _LONGEST:
            found[index] = _bare(narrow_text(text), before, own) or _relative(text, own)
        before = found[index] or before
    return tuple(found)


def is_bare_year(text: str) -> bool:
    """Whether a label is a year without its era or century, 「4年度」 or 「2024」, beside others that are."""
    narrow = narrow_text(text)
    return len(text) <= _LONGEST and (_BARE_LABEL.fullmatch(narrow) or _WESTERN.fullmatch(narrow)) is not None


def is_dated_value(text: str) -> bool:
    """Whether a cell is a value with its year, 「78.4％（R2）」, and no year of two names, 「2024（R6）」."""
    note = year_note(text)
    rest = narrow_text(without_year_note(text)).strip() if note else ""
    return rest[:1].isdecimal() and not is_bare_year(rest) and column_year(rest) is None


def head_years(texts: Sequence[str]) -> bool:
    """Whether two labels or more are years, some perhaps without era or century."""
    dated = [t for t in texts if (column_year(t) is not None and not is_dated_value(t)) or is_bare_year(t)]
    return len(dated) > 1


def _western(text: str) -> int | None:
    found = _WESTERN.fullmatch(narrow_text(text)) if len(text) <= _LONGEST else None
    return int(found["year"]) if found else None


def _bare(text: str, before: int | None, own: int | None) -> int | None:
    """「4年度」 in the era in which it follows the year before it, else the one in which it is nearest."""
    found = _BARE.match(text)
    if found is None:
        return None
    number = read_number(found["number"])
    years = [ERAS[era][0] + number - 1 for era in _ERAS]
    if before is not None:
        return next((year for year in years if before <= year <= before + _MOST_APART), None)
    if own is None or not text.startswith(f"{found['number']}年度"):
        return None
    nearest = min(years, key=lambda year: abs(year - own))
    return nearest if abs(nearest - own) <= _MOST_APART else None


def _relative(text: str, own: int | None) -> int | None:
    found = _RELATIVE.match(text) if own is not None else None
    return own + _STEPS.get(found["word"], 0) if found and own is not None else None
