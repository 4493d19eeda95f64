"""Fiscal years 「年度」: reading them in text and in filters, and writing them.

A fiscal year runs from April to March (地方自治法 第208条) and is named by the Western year of its April:
令和6年度 is 2024. This file decides which strings name a year and which only look so (R2D2, R6.5GB, 第6次,
令和99年度), because every layer that filters or compares by year must decide the same. Nothing here reads the
clock: what is relative (昨年度) takes the day as an argument.

Reading goes in two steps: one pattern finds dates and years with their era, then the text between two of
them tells whether they form a range (令和2年度～5年度), a list (令和5・6年度) or a gloss (令和6年度（2024）).
A bare 2020 counts only inside these.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from corpus.errors import FiscalYearError

# Era: the Western year of its first calendar year, and its last year number. Heisei ended in its year 31;
# plans written before 2019 count on (平成32年度), which is read up to _HEISEI_PROJECTED before 年度 only.
# Reiwa goes on: the limit is where a number is more likely something else than a plan's horizon.
_ERAS = {"令和": (2019, 40), "平成": (1989, 31), "昭和": (1926, 64), "大正": (1912, 15), "明治": (1868, 45)}
_HEISEI_PROJECTED = 45
_ERA_OF_MARK = {
    **{name: name for name in _ERAS},
    **{"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"},
    **{"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"},
}
# A letter with a number and nothing else must look like a plan's year, not like a part number: R22, S3, M8.
_BARE_LETTER_YEARS = {"R": range(1, 21), "H": range(1, 32), "S": range(10, 65)}
_WESTERN_YEARS = range(1868, 2101)
_BARE_WESTERN_YEARS = range(1950, 2101)
_LONGEST_BARE_RANGE = 50
_LONGEST_PAST = 50

_WIDE = {ord(wide): narrow for wide, narrow in zip("．／－　（），", "./- (),", strict=True)}
_WIDE |= {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= dict.fromkeys(map(ord, "〜～∼"), "~") | dict.fromkeys(map(ord, "‐‑–—―−"), "-")
_KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}

_TAIL = r"""
    (?: \ {0,2} (?P<{p}nendo>年度)
      | \ {0,2} 年 (?:\ {0,2} (?P<{p}month>\d{1,2}|[一二三四五六七八九十]{1,2}) \ {0,2} 月
                      (?:\ {0,2} (?P<{p}jday>\d{1,2}|[一二三四五六七八九十]{1,3}) \ {0,2} 日)? )?
      | (?P<{p}sep>[./-]) (?P<{p}nmonth>\d{1,2}) (?P={p}sep) (?P<{p}day>\d{1,2}) (?![\d.]\d|\d)
      | \. (?P<{p}dmonth>1[0-2]|0?[1-9]) (?![\d.%A-Za-z])
    )?
"""
_KANJI_NUMBER = r"[〇一二三四五六七八九十]"
_YEAR = re.compile(
    rf"""
    (?: (?P<era>令和|平成|昭和|大正|明治|[㋿㍻㍼㍽㍾]) \ {{0,2}}
        (?P<eyear>元|\d{{1,2}}(?!\d)|{_KANJI_NUMBER}{{1,3}}) {_TAIL.replace("{p}", "e")}
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
    (?P<year>\d{{1,2}}(?!\d)|{_KANJI_NUMBER}{{1,3}})
    (?: \ {{0,2}} (?P<nendo>年度) | (?P<nen>\ {{0,2}}年)(?![間月目次代後前生以程余]) )?
    """,
    re.VERBOSE,
)
_RANGE_GAP = re.compile(r" ?(?:~|-|→|から|より|\.\.) ?")
_GLOSS_END = re.compile(r" ?\) ?(?P<nen>年度?)?")
_LIST_GAP = re.compile(r" ?(?:・|、|,|/|及び|および|並びに|と) ?")
# What makes a bare number a quantity and not a year.
_UNIT_AFTER = re.compile(r" ?[\dA-Za-z.,%円人件名台戸個箇か所回㎡㎞]")
_CODE_AFTER = re.compile(r"[A-Za-z0-9]|[-.]\d")

_LABEL_WITHOUT_NENDO = re.compile(rf"\d{{4}}|[^\d\s]{{1,2}} ?(?:元|\d{{1,2}}|{_KANJI_NUMBER}{{1,3}})")

_RELATIVE = re.compile(
    r"(?P<word>前々年度|一昨年度|昨年度|前年度(?!比)|去年度|今年度|本年度|当年度|来年度|再来年度)"
    rf"|(?:過去|直近)(?:の)?(?P<past>\d{{1,2}}|{_KANJI_NUMBER}{{1,3}})(?:か年度?|カ年度?|ヵ年度?|ヶ年度?|箇年度?|年間|年度間?|年)"
)
_RELATIVE_SHIFTS = {
    **dict.fromkeys(("前々年度", "一昨年度"), -2),
    **dict.fromkeys(("昨年度", "前年度", "去年度"), -1),
    **dict.fromkeys(("今年度", "本年度", "当年度"), 0),
    **{"来年度": 1, "再来年度": 2},
}
_ACCEPTED_FORMS = "「2024」「令和6」「R6」「令和6年度」のように指定してください。"
_ACCEPTED_RANGES = "「2024」「令和6年度」「2020..2024」「R2..R5」「令和2～5年度」のように指定してください。"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativeFiscalYears:
    """Fiscal years named relative to a day: 昨年度, 過去3年間.

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
    if fiscal_year not in _WESTERN_YEARS:
        raise FiscalYearError(
            f"{fiscal_year}年度は扱えません。1868年度から2100年度までの年度を指定してください。"
        )
    first_fiscal_years = {"令和": 2019, "平成": 1989, "昭和": 1927, "大正": 1912, "明治": 1868}
    era = next(name for name, first in first_fiscal_years.items() if fiscal_year >= first)
    number = fiscal_year - _ERAS[era][0] + 1
    return f"{era}{'元' if number == 1 else number}年度"


def format_fiscal_year(fiscal_year: int) -> str:
    """Write a fiscal year for a reader, with both names: 2024 gives 令和6年度（2024）.

    Raises:
        FiscalYearError: The year lies before 1868 or after 2100.
    """
    return f"{era_label(fiscal_year)}（{fiscal_year}）"


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
    shown = _narrow(label).strip().upper()
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


def relative_fiscal_years(text: str, today: date) -> list[RelativeFiscalYears]:
    """Find the fiscal years that a question names relative to a day.

    過去3年 and its like are the complete fiscal years before the current one: on a day in 2024年度 they are
    2021 to 2023. A ratio (前年度比) names no year. In a document such words are relative to the document's
    own year: pass a day in it.

    Args:
        text: A question.
        today: The day that the words are relative to.

    Returns:
        In the order of the text, not overlapping.
    """
    current = fiscal_year_of(today)
    found = []
    for match in _RELATIVE.finditer(_narrow(text)):
        start, end = match.span()
        if match["word"]:
            first = last = current + _RELATIVE_SHIFTS[match["word"]]
        else:
            count = _number(match["past"])
            if not 1 <= count <= _LONGEST_PAST:
                continue
            first, last = current - count, current - 1
        found.append(RelativeFiscalYears(start=start, end=end, first=first, last=last, label=text[start:end]))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A mention with what decides whether it counts: a bare one needs a neighbour in a range or a list."""

    mention: FiscalYearMention
    era: str | None  # None where the year is Western
    bare: bool
    named: bool  # 年度, 年 or a date stands with it; else it takes its meaning from its neighbour


def _narrow(text: str) -> str:
    """Replace full-width forms one by one, so that indices stay those of the text."""
    return text.translate(_WIDE)


def _number(digits: str) -> int:
    """Read 元, digits or kanji numerals (十一, 二〇二四); 0 where they make no number."""
    if digits == "元":
        return 1
    if digits.strip().isdecimal():
        return int(digits)
    if "十" not in digits:
        return int("".join(str(_KANJI_DIGITS[char]) for char in digits))
    tens, _, ones = digits.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "〇" in digits:
        return 0
    return _KANJI_DIGITS.get(tens, 1) * 10 + _KANJI_DIGITS.get(ones, 0)


def _year_of_era(era: str, number: int, *, before_nendo: bool) -> int | None:
    base, limit = _ERAS[era]
    if era == "平成" and before_nendo:
        limit = _HEISEI_PROJECTED
    return base + number - 1 if 1 <= number <= limit else None


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
    number = _number(digits)
    era = None if kind == "w" else _ERA_OF_MARK[match["era"] or match["letter"]]
    if era is not None:
        year = _year_of_era(era, number, before_nendo=nendo)
    else:
        year = number if number in _WESTERN_YEARS else None
    if year is None:
        return None
    if plain and kind == "l" and not _stands_alone(match, narrow, number):
        return None
    if month:
        day = match[f"{kind}day"] or match[f"{kind}jday"] or "1"
        if not 1 <= _number(month) <= 12 or not 1 <= _number(day) <= 31:
            return None
        year -= _number(month) < 4
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
    number, named = _number(match["year"]), bool(match["nendo"] or match["nen"])
    if before.era is not None:
        year = _year_of_era(before.era, number, before_nendo=bool(match["nendo"]))
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
    narrow = _narrow(text)
    found = _candidates(text, narrow)
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


def _years_of_label(label: str) -> list[int] | None:
    """Read a label that is nothing but years; None where anything else stands in it."""
    shown = _narrow(label).strip().upper()
    if _LABEL_WITHOUT_NENDO.fullmatch(shown):
        shown = shown.replace(" ", "") + "年度"
    mentions = find_fiscal_years(shown)
    rest = shown
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return [mention.fiscal_year for mention in mentions] if re.fullmatch(r"[ ()]*(?:年度?)?", rest) else None
