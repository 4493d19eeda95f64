"""Fiscal years 「年度」: naming them, and reading the labels and words that stand for them.

A fiscal year runs from April to March (地方自治法 第208条) and is named by the Western year of its April:
令和6年度 is 2024. This file decides how a year is written for a reader and which labels a filter accepts;
finding years in running text is ``corpus.fiscal_year_text``, and which years a word such as 昨年度 means is
``corpus.relative_years``. Nothing here reads the clock.
"""

import re
from datetime import date

from corpus.era import ERAS, KANJI_NUMERAL, WESTERN_YEARS, narrow_text
from corpus.errors import FiscalYearError
from corpus.fiscal_year_text import find_fiscal_years, fiscal_year_ranges

# A year without 年度: 2024, 令和6, R6, 令和十一.
_LABEL_WITHOUT_NENDO = re.compile(rf"\d{{4}}|[^\d\s]{{1,2}} ?(?:元|\d{{1,2}}|{KANJI_NUMERAL}{{1,3}})")
_ACCEPTED_FORMS = "「2024」「令和6」「R6」「令和6年度」のように指定してください。"
_ACCEPTED_RANGES = "「2024」「令和6年度」「2020..2024」「R2..R5」「令和2～5年度」のように指定してください。"


def fiscal_year_of(day: date) -> int:
    """Give the fiscal year that a day belongs to: January to March belong to the year before."""
    return day.year if day.month >= 4 else day.year - 1


def era_label(fiscal_year: int) -> str:
    """Name a fiscal year by its era: 2024 gives 令和6年度.

    In a year when eras changed, the one that holds the larger part of the fiscal year names it: 2019 is
    令和元年度, 1989 平成元年度, 1926 大正15年度.

    Args:
        fiscal_year: Western year of its April.

    Raises:
        FiscalYearError: The year lies before 1868 or after 2100.
    """
    if fiscal_year not in WESTERN_YEARS:
        raise FiscalYearError(
            f"{fiscal_year}年度は扱えません。1868年度から2100年度までの年度を指定してください。"
        )
    first_fiscal_years = {"令和": 2019, "平成": 1989, "昭和": 1927, "大正": 1912, "明治": 1868}
    era = next(name for name, first in first_fiscal_years.items() if fiscal_year >= first)
    number = fiscal_year - ERAS[era][0] + 1
    return f"{era}{'元' if number == 1 else number}年度"


def format_fiscal_year(fiscal_year: int) -> str:
    """Write a fiscal year for a reader, with both names: 2024 gives 令和6年度（2024）.

    Raises:
        FiscalYearError: The year lies before 1868 or after 2100.
    """
    return f"{era_label(fiscal_year)}（{fiscal_year}）"


def parse_fiscal_year(label: str) -> int:
    """Read a label that names one fiscal year: 2024, 令和6, R6, 令和6年度, 令和6年度（2024年度）.

    Raises:
        FiscalYearError: The label names no year, or more than one.
    """
    found = _years_of_label(label)
    if found is None or len(set(found)) != 1:
        raise FiscalYearError(f"年度「{label}」を読み取れません。{_ACCEPTED_FORMS}")
    return found[0]


def parse_fiscal_year_range(label: str) -> tuple[int, int]:
    """Read a label that names a fiscal year or a range of them, for a filter.

    Returns:
        First and last fiscal year, inclusive; equal for a single year.

    Raises:
        FiscalYearError: The label cannot be read, or its range runs backwards.
    """
    shown = narrow_text(label).strip().upper()
    for first, last, (start, end) in fiscal_year_ranges(shown):
        if start == 0 and shown[end:] in ("", "まで"):
            return first, last
    found = _years_of_label(label)
    if found is not None and len(set(found)) == 1:
        return found[0], found[0]
    ends = [_years_of_label(part) for part in re.split(r"~|\.\.|から|-", shown.removesuffix("まで"))]
    if len(ends) == 2 and ends[0] and ends[1]:
        if ends[0][0] > ends[1][0]:
            raise FiscalYearError(
                f"年度の範囲「{label}」は、はじめの年度が終わりの年度より後です。順序を入れ替えてください。"
            )
        return ends[0][0], ends[1][0]
    raise FiscalYearError(f"年度「{label}」を読み取れません。{_ACCEPTED_RANGES}")


def _years_of_label(label: str) -> list[int] | None:
    """Read a label that is nothing but years; None where anything else stands in it."""
    shown = narrow_text(label).strip().upper()
    if _LABEL_WITHOUT_NENDO.fullmatch(shown):
        shown = shown.replace(" ", "") + "年度"
    mentions = find_fiscal_years(shown)
    rest = shown
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return [mention.fiscal_year for mention in mentions] if re.fullmatch(r"[ ()]*(?:年度?)?", rest) else None
