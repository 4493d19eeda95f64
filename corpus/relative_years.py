"""Fiscal years that a question names relative to a day: 昨年度, 過去3年間, 去年, 昨年度から今年度まで.

Apart from ``corpus.fiscal_year_text``, because these words mean another year on another day, and because a
plan uses many of them of its own year: 前年度比, 次年度以降の方針 and 翌年度 name none. Nothing here reads
the clock: the day is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from corpus.era import KANJI_NUMERAL, narrow_text, read_number
from corpus.fiscal_year import fiscal_year_of
from corpus.fiscal_year_text import find_fiscal_years

LONGEST_PAST = 50
LONGEST_AGO = 10

_SHIFTS = {
    **dict.fromkeys(("前々年度", "一昨年度"), -2),
    **dict.fromkeys(("昨年度", "前年度", "去年度"), -1),
    **dict.fromkeys(("今年度", "本年度", "当年度"), 0),
    **{"来年度": 1, "再来年度": 2},
}
_CALENDAR_SHIFTS = {
    **dict.fromkeys(("一昨年", "おととし", "前々年"), -2),
    **dict.fromkeys(("昨年", "去年", "前年"), -1),
    **dict.fromkeys(("今年", "本年"), 0),
    **{"来年": 1, "再来年": 2},
}
_OF_ANOTHER_YEAR = frozenset(("前々年度", "前年度", "本年度", "当年度", "前々年", "前年", "本年"))
"""Words that speak of a year named beside them where there is one: 令和5年度の件数と前年度の件数."""

_NUMBER = rf"(?:\d{{1,2}}|{KANJI_NUMERAL}{{1,3}})"
_LENGTH = r"(?:[かカヵヶケ箇]年度?間?|年度間?|年間?)"
# What follows a year that something is compared with, and that no limit is asked for.
_COMPARED = re.compile(
    r"末?(?:同期|同月|に比|と比|との?比較|との?差|比|対比|並み?|割れ|以前|を?(?:上|下)回|を?超え|より)"
    r"|末?から(?:の|どれ|何|いくら)?[^、。]{0,6}(?:増|減|伸び|変化|推移|改善|悪化|上が|下が)"
    r"|増減|実績比|繰越"
)
_RELATIVE = re.compile(
    # 該当年度, 過去年度, 基本年度, 対前年度 and 日本年金 name no year of now.
    r"(?P<year>(?:一昨|前々|再来|[昨今来]|(?<![一-鿿])[本当]|(?<!過)去|(?<![対直以])前)年度)"
    r"|(?P<calendar>(?:一昨|前々|再来|[昨今来]|(?<![一-鿿])本|(?<!過)去|(?<![対直以])前)年(?!度)|おととし)"
    rf"|(?:過去|直近|最近|ここ|この)の?(?P<past>{_NUMBER}){_LENGTH}(?![目代度後以])"
    rf"|(?<![\d和成第{KANJI_NUMERAL[1:-1]}])(?P<ago>{_NUMBER})[かカヵヶケ箇]?年度?前(?=[のはにで、。?？\s]|$)"
)
# Some years before now, without saying how many.
_VAGUE = re.compile(
    r"ここ数年(?:間|来)?|この数年(?:間|来)?|(?:過去|直近|最近)(?:の)?数(?:か|カ|ヵ|ヶ|ケ|箇)?年(?:間)?|近年|最近(?!の?\d)"
)
_OPEN = re.compile("以降")
_TO = re.compile(r"\s*(?:から|~|-)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeFiscalYears:
    """Fiscal years named relative to a day.

    Attributes:
        start: First code point in the text given.
        end: One past the last code point.
        first: First fiscal year, inclusive.
        last: Last fiscal year, inclusive; equal to ``first`` for a single year.
        label: The text's own characters.
    """

    start: int
    end: int
    first: int
    last: int
    label: str


def relative_fiscal_years(text: str, today: date) -> list[RelativeFiscalYears]:
    """Find the fiscal years that a question names relative to a day.

    過去3年 and its like are the complete fiscal years before the current one: on a day in 2024年度 they are
    2021 to 2023. 去年 and its like are calendar years, taken as the fiscal year of the same number, as
    2024年 is. 昨年度以降 reaches to the current year; 来年度以降 has no end and names none. Where two of
    them, or one and a year, make a range (令和3年度から昨年度まで), the years between belong to it.

    Args:
        text: A question.
        today: The day that the words are relative to.

    Returns:
        In the order of the text, not overlapping.
    """
    narrow = narrow_text(text)
    named = [(mention.start, mention.end, mention.fiscal_year) for mention in find_fiscal_years(text)]
    found = [one for one in _mentions(text, narrow, today) if not (named and one.label in _OF_ANOTHER_YEAR)]
    begun = named + [(one.start, one.end, one.last) for one in found]
    return [_reaching(one, begun, named, narrow) for one in found]


def vague_years(text: str) -> list[tuple[int, int]]:
    """Find words that speak of some years before now without saying how many: ここ数年, 近年.

    Returns:
        Half-open spans in the order of the text.
    """
    return [match.span() for match in _VAGUE.finditer(narrow_text(text))]


def _mentions(text: str, narrow: str, today: date) -> Iterator[RelativeFiscalYears]:
    current = fiscal_year_of(today)
    for match in _RELATIVE.finditer(narrow):
        start, end = match.span()
        if _COMPARED.match(narrow, end):
            continue
        if match["past"]:
            count = read_number(match["past"])
            if not 1 <= count <= LONGEST_PAST:
                continue
            first, last = current - count, current - 1
        elif match["ago"]:
            count = read_number(match["ago"])
            if not 1 <= count <= LONGEST_AGO:
                continue
            first = last = current - count
        elif match["year"]:
            first = last = current + _SHIFTS[match["year"]]
        else:
            first = last = today.year + _CALENDAR_SHIFTS[match["calendar"]]
        if _OPEN.match(narrow, end):
            if first >= current:
                continue
            last = current
        yield RelativeFiscalYears(start=start, end=end, first=first, last=last, label=text[start:end])


def _reaching(
    one: RelativeFiscalYears,
    begun: list[tuple[int, int, int]],
    named: list[tuple[int, int, int]],
    narrow: str,
) -> RelativeFiscalYears:
    """A mention at the end of a range, or before a year that ends one, with all years of the range."""
    for _, end, year in begun:
        if end <= one.start and year < one.first and _TO.fullmatch(narrow[end : one.start]):
            one = replace(one, first=year)
    for start, _, year in named:
        if one.end <= start and one.last < year and _TO.fullmatch(narrow[one.end : start]):
            one = replace(one, last=year)
    return one
