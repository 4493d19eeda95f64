"""Eras 「元号」 and the digits that years are written in: which number makes a year of which era.

It stands below ``corpus.fiscal_year`` and ``corpus.fiscal_year_text``, because both naming a year and finding
one need it, and neither should know the other for that.
"""

import re

# Era: the Western year of its first calendar year, and its last year number. Heisei ended in its year 31;
# plans written before 2019 count on (平成32年度), which is read up to _HEISEI_PROJECTED before 年度 only.
# Reiwa goes on: the limit is where a number is more likely something else than a plan's horizon.
ERAS = {"令和": (2019, 40), "平成": (1989, 31), "昭和": (1926, 64), "大正": (1912, 15), "明治": (1868, 45)}
_HEISEI_PROJECTED = 45
# The ways in which an era is named before a year: 令和6, ㋿6, R6.
ERA_OF_MARK = {
    **{name: name for name in ERAS},
    **{"㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治"},
    **{"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"},
}
WESTERN_YEARS = range(1868, 2101)

_WIDE = {ord(wide): narrow for wide, narrow in zip("．／－　（），", "./- (),", strict=True)}
_WIDE |= {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
_WIDE |= dict.fromkeys(map(ord, "〜～∼"), "~") | dict.fromkeys(map(ord, "‐‑–—―−"), "-")
_WIDE_FORM = re.compile("[" + re.escape("".join(map(chr, _WIDE))) + "]")
_KANJI_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
KANJI_NUMERAL = r"[〇一二三四五六七八九十]"


def narrow_text(text: str) -> str:
    """Replace full-width forms one by one, so that indices stay those of the text."""
    return _WIDE_FORM.sub(lambda form: _WIDE[ord(form[0])], text)


def read_number(digits: str) -> int:
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


def year_of_era(era: str, number: int, *, before_nendo: bool) -> int | None:
    """Give the Western year of an era's year; None where the era has no such year."""
    base, limit = ERAS[era]
    if era == "平成" and before_nendo:
        limit = _HEISEI_PROJECTED
    return base + number - 1 if 1 <= number <= limit else None
