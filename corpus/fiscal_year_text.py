"""Fiscal years in running text: which strings name a year, a date or a range of years.

This file decides what is a year and what only looks so (R2D2, R6.5GB, 第6次, 令和99年度), because every layer
that filters or compares by year must decide the same. It stands apart from ``corpus.fiscal_year``, which
reads and writes the label of one year and asks this file where the years in it are.

Reading goes in two steps: one pattern finds dates and years with their era, then the text between two of
them tells whether they form a range (令和2年度～5年度), a list (令和5・6年度) or a gloss (令和6年度（2024）).
A bare 2020 counts only inside these.
"""

import re
from dataclasses import dataclass, replace

from corpus.era import ERA_OF_MARK, KANJI_NUMERAL, WESTERN_YEARS, narrow_text, read_number, year_of_era

# A letter with a number and nothing else must look like a plan's year, not like a part number: R22, S3, M8.
_BARE_LETTER_YEARS = {"R": range(1, 21), "H": range(1, 32), "S": range(10, 65)}
_BARE_WESTERN_YEARS = range(1950, 2101)
_LONGEST_BARE_RANGE = 50

_TAIL = r"""
    (?: \ {0,2} (?P<{p}nendo>年度)
      | \ {0,2} 年 (?:\ {0,2} (?P<{p}month>\d{1,2}|[一二三四五六七八九十]{1,2}) \ {0,2} 月
                      (?:\ {0,2} (?P<{p}jday>\d{1,2}|[一二三四五六七八九十]{1,3}) \ {0,2} 日)? )?
      | (?P<{p}sep>[./-]) (?P<{p}nmonth>\d{1,2}) (?P={p}sep) (?P<{p}day>\d{1,2}) (?![\d.]\d|\d)
      | \. (?P<{p}dmonth>1[0-2]|0?[1-9]) (?![\d.%A-Za-z])
    )?
"""
# What a year can begin with is asked first: most characters of a text are none of these.
_YEAR = re.compile(
    rf"""
    (?=[令平昭大明㋿㍻㍼㍽㍾RHSTMF0-9一二])
    (?: (?P<era>令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾]) \ {{0,2}}
        (?P<eyear>元|\d{{1,2}}(?!\d)|{KANJI_NUMERAL}{{1,3}}) {_TAIL.replace("{p}", "e")}
      | (?<![A-Za-z0-9]) (?P<letter>[RHSTM]) (?P<lyear>元|\d{{1,2}}(?!\d)|\ \d{{1,2}}(?=\ ?年度))
        {_TAIL.replace("{p}", "l")}
      | (?<![\d.,A-Za-z-]) FY \ ? '? (?P<fyear>\d{{4}}|\d\d) (?![\dA-Za-z])
      | (?<![\dA-Za-z〇一二三四五六七八九十]) (?<!\d[.,])
        (?P<wyear>\d{{4}}(?!\d)|[一二][〇一二三四五六七八九]{{3}})
        {_TAIL.replace("{p}", "w")}
    )
    """,
    re.VERBOSE,
)
# A number that takes its era or century from the year before it: 令和2～5年度, 令和5・6年度, 2020～23年度.
_FOLLOWING = re.compile(
    rf"""
    (?P<gap> \ ? (?: (?P<range>~|-|→|から|\.\.) | ・|、|,|及び|および|並びに|と ) \ ?)
    (?P<year>\d{{1,2}}(?!\d)|{KANJI_NUMERAL}{{1,3}})
    (?: \ {{0,2}} (?P<nendo>年度) | (?P<nen>\ {{0,2}}年)(?![間月目次代後前生以程余]) )?
    """,
    re.VERBOSE,
)
# What stands between the two ends of a range.
_RANGE_GAP = re.compile(r" ?(?:~|-|→|から|より|\.\.) ?")
# The end of a gloss: 「…（2024年度）」.
_GLOSS_END = re.compile(r" ?\) ?(?P<nen>年度?)?")
# What stands between the years of a list.
_LIST_GAP = re.compile(r" ?(?:・|、|,|/|及び|および|並びに|と) ?")
# What makes a bare number a quantity and not a year.
_UNIT_AFTER = re.compile(r" ?[\dA-Za-z.,%円人件名台戸個箇か所回㎡㎞]")
# What makes a code of a letter and a number: R6-2, H30A.
_CODE_AFTER = re.compile(r"[A-Za-z0-9]|[-.]\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYearMention:
    """A fiscal year as a text names it.

    Attributes:
        start: First code point in the text given.
        end: One past the last code point.
        fiscal_year: Western year of the April in which the fiscal year begins.
        label: The text's own characters, ``text[start:end]``.
        is_fiscal: True where the text names a fiscal year (年度, FY, or an abbreviation such as R6 or 令和6);
            False for a calendar date (its fiscal year is exact) or a calendar year (平成16年, taken as the
            fiscal year of the same number).
    """

    start: int
    end: int
    fiscal_year: int
    label: str
    is_fiscal: bool


def find_fiscal_years(text: str) -> list[FiscalYearMention]:
    """Find the fiscal years, years and dates that a text names.

    Args:
        text: Any text; full-width digits and kanji numerals are read as they are.

    Returns:
        Mentions in the order of the text, not overlapping; of a range, its two ends.
    """
    return [candidate.mention for candidate in _linked(text)[0]]


def fiscal_year_ranges(text: str) -> list[tuple[int, int, tuple[int, int]]]:
    """Find the ranges of fiscal years that a text names: 令和2年度～令和5年度, R2-R5, 2020..2024.

    A gloss of the first year does not part the range: 令和2年度（2020年度）～令和6年度（2024年度）.

    Returns:
        First and last fiscal year, inclusive, and the half-open span from the first mention to the last, in
        the order of the text. A range that runs backwards is none.
    """
    return _linked(text)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A mention with what decides whether it counts: a bare one needs a neighbour in a range or a list."""

    mention: FiscalYearMention
    era: str | None  # None where the year is Western
    bare: bool
    named: bool  # 年度, 年 or a date stands with it; else it takes its meaning from its neighbour


def _read(match: re.Match[str], text: str, narrow: str) -> _Candidate | None:
    """Turn a match of the year pattern into a candidate; None where it is no year."""
    start, end = match.span()
    if match["fyear"]:
        number = int(match["fyear"])
        return _candidate(text, (start, end), number if number > 99 else 2000 + number, None, nendo=True)
    kind = "e" if match["era"] else "l" if match["letter"] else "w"
    digits = match[f"{kind}year"]
    nendo = bool(match[f"{kind}nendo"])
    month = match[f"{kind}month"] or match[f"{kind}nmonth"] or match[f"{kind}dmonth"]
    plain = match.end(f"{kind}year") == end
    if month and kind == "w" and match["wdmonth"]:
        month, end, plain = None, match.end("wyear"), True  # 2024.4 is more often a number than a month
    number = read_number(digits)
    era = None if kind == "w" else ERA_OF_MARK[match["era"] or match["letter"]]
    if era is not None:
        year = year_of_era(era, number, before_nendo=nendo)
    else:
        year = number if number in WESTERN_YEARS else None
    if year is None:
        return None
    if plain and kind == "l" and not _stands_alone(match, narrow, number):
        return None
    if month:
        day = match[f"{kind}day"] or match[f"{kind}jday"] or "1"
        if not 1 <= read_number(month) <= 12 or not 1 <= read_number(day) <= 31:
            return None
        year -= read_number(month) < 4
    kanji = plain and not digits.isascii() and digits != "元"
    bare = plain and (era is None or kanji)
    if kanji and era is None:
        return None
    fiscal = nendo or (plain and era is not None)
    return _candidate(text, (start, end), year, era, nendo=fiscal, bare=bare, named=not plain)


def _stands_alone(match: re.Match[str], narrow: str, number: int) -> bool:
    """Tell whether R6 without 年度 is a year, and no part of a longer code."""
    if match["lyear"] != "元" and number not in _BARE_LETTER_YEARS.get(match["letter"], ()):
        return False
    following = _FOLLOWING.match(narrow, match.end())
    return not _CODE_AFTER.match(narrow, match.end()) or bool(following and following["nendo"])


def _candidate(
    text: str,
    span: tuple[int, int],
    year: int,
    era: str | None,
    *,
    nendo: bool,
    bare: bool = False,
    named: bool = True,
) -> _Candidate:
    start, end = span
    label = text[start:end]
    mention = FiscalYearMention(start=start, end=end, fiscal_year=year, label=label, is_fiscal=nendo)
    return _Candidate(mention=mention, era=era, bare=bare, named=named)


def _candidates(text: str, narrow: str) -> list[_Candidate]:
    found: list[_Candidate] = []
    position = 0
    while match := _YEAR.search(narrow, position):
        candidate = _read(match, text, narrow)
        if candidate is None:
            position = match.start() + 1
            continue
        found.append(candidate)
        position = candidate.mention.end
        while following := _following(text, narrow, found[-1]):
            found.append(following)
            position = following.mention.end
    return found


def _following(text: str, narrow: str, before: _Candidate) -> _Candidate | None:
    """Read a number that takes its era, or its century, from the year before it."""
    match = _FOLLOWING.match(narrow, before.mention.end)
    if match is None or not _can_follow(match, narrow, before.mention):
        return None
    number, named = read_number(match["year"]), bool(match["nendo"] or match["nen"])
    if before.era is not None:
        year = year_of_era(before.era, number, before_nendo=bool(match["nendo"]))
    else:
        century = before.mention.fiscal_year // 100 * 100
        year = century + number if len(match["year"]) == 2 else None
    if year is None or year <= before.mention.fiscal_year:
        return None
    fiscal = bool(match["nendo"]) or (not named and before.mention.is_fiscal)
    return _candidate(text, (match.start("year"), match.end()), year, before.era, nendo=fiscal, named=named)


def _can_follow(match: re.Match[str], narrow: str, before: FiscalYearMention) -> bool:
    """Tell a year without its era from a number: 令和5年度から10年 is a length, R2-5 a code."""
    if match["nendo"]:
        return True
    if match["range"] is None:
        return bool(match["nen"]) and not before.label.endswith("年度")
    if match["range"] in ("から", "-"):
        return False
    return bool(match["nen"]) or not _UNIT_AFTER.match(narrow, match.end())


def _linked(text: str) -> tuple[list[_Candidate], list[tuple[int, int, tuple[int, int]]]]:
    """Find candidates, join them to ranges, glosses and lists, and drop the bare ones that stay alone."""
    narrow = narrow_text(text)
    found = _candidates(text, narrow)
    if not found:
        return [], []
    kept = [not candidate.bare for candidate in found]
    ranges = []
    for index in range(len(found) - 1):
        _join_gloss(found, kept, index, narrow)
    for index in range(len(found) - 1):
        for later in (index + 1, index + 2):
            if later < len(found) and _is_range(found, index, later, narrow):
                first, last = found[index].mention, found[later].mention
                ranges.append((first.fiscal_year, last.fiscal_year, (first.start, last.end)))
                kept[index : later + 1] = [True] * (later + 1 - index)
                _share_meaning(found, index, later)
                break
    for index in reversed(range(len(found) - 1)):
        gap = narrow[found[index].mention.end : found[index + 1].mention.start]
        if _LIST_GAP.fullmatch(gap) and found[index + 1].named and kept[index + 1]:
            kept[index] = True
            _share_meaning(found, index, index + 1)
    return [candidate for candidate, keep in zip(found, kept, strict=True) if keep], ranges


def _join_gloss(found: list[_Candidate], kept: list[bool], index: int, narrow: str) -> None:
    """Keep a bare year that says the same as its neighbour: 令和6年度（2024）, 2024（令和6）年度."""
    year, gloss = found[index], found[index + 1]
    if year.mention.fiscal_year != gloss.mention.fiscal_year:
        return
    gap = narrow[year.mention.end : gloss.mention.start]
    after = _GLOSS_END.match(narrow, gloss.mention.end)
    if gap.strip() != "(" or after is None or not (year.era or gloss.era):
        return
    kept[index] = kept[index + 1] = True
    fiscal = after["nen"] == "年度" if after["nen"] else year.mention.is_fiscal or gloss.mention.is_fiscal
    for at in (index, index + 1):
        if not found[at].named:
            found[at] = replace(found[at], mention=replace(found[at].mention, is_fiscal=fiscal), named=True)


def _is_range(found: list[_Candidate], index: int, later: int, narrow: str) -> bool:
    first, last = found[index], found[later]
    if first.mention.fiscal_year > last.mention.fiscal_year:
        return False
    gap = narrow[first.mention.end : last.mention.start]
    if later == index + 2:
        gloss = found[index + 1].mention
        opening = narrow[first.mention.end : gloss.start].strip()
        if gloss.fiscal_year != first.mention.fiscal_year or opening != "(":
            return False
        gap = _GLOSS_END.sub("", narrow[gloss.end : last.mention.start], count=1)
    if not _RANGE_GAP.fullmatch(gap):
        return False
    if first.bare and last.bare:
        if first.mention.fiscal_year not in _BARE_WESTERN_YEARS:
            return False
        length = last.mention.fiscal_year - first.mention.fiscal_year
        quantity = _is_quantity(narrow, first.mention.start, last.mention.end)
        return 0 < length <= _LONGEST_BARE_RANGE and not quantity
    return True


def _is_quantity(narrow: str, start: int, end: int) -> bool:
    neighbours = narrow[max(0, start - 1) : start] + narrow[end : end + 1]
    return "-" in neighbours or bool(_UNIT_AFTER.match(narrow, end))


def _share_meaning(found: list[_Candidate], index: int, later: int) -> None:
    """Let a year without 年度 or 年 take that of the year it is joined to: 2020～2023年度."""
    if not found[index].named and found[later].named:
        mention = replace(found[index].mention, is_fiscal=found[later].mention.is_fiscal)
        found[index] = replace(found[index], mention=mention, named=True)
