"""Values of a worksheet as they are printed: 0.468 under ``0.0%`` is 46.8%, 1 under ``00`` is 01.

A citation quotes what a person sees in the workbook, so a value is never shown as it is stored where its
format says otherwise. Which value a cell holds is the reader's business; here is only its form.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from ingest.date_format import format_date, moment_of
from ingest.format_section import Section, Token, section_for, text_section

CellValue = str | int | float | bool | datetime | date | time | timedelta | None

JAPANESE_FORMATS = {
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((27, 36, 50, 52, 57), "[$-411]ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), '[$-411]ggge"年"m"月"d"日"'),
    **dict.fromkeys((34, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 56), 'm"月"d"日"'),
}
"""Built-in formats whose meaning depends on the language of Excel, as the Japanese one prints them."""

_START = datetime(1899, 12, 30)
_DAY = timedelta(days=1)
_SIGNIFICANT = 15  # digits that Excel keeps
_SHOWN = 11  # digits that Excel shows without a format
_MOST_DENOMINATOR = 999


def printed(value: CellValue, code: str, *, is_1904: bool = False) -> str:
    """``value`` as the format ``code`` prints it, trimmed; empty for None and for what a format hides."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            section = text_section(code)
            return _around(section, value) if section else value.strip()
        case int() | float():
            return _number(value, code, is_1904=is_1904)
        case datetime():
            return _moment(value, code)
        case date():
            return _moment(datetime(value.year, value.month, value.day), code)
        case time():
            return _moment(datetime.combine(_START, value), code)
        case timedelta():
            return _moment(_START + value, code)


def _number(value: float, code: str, *, is_1904: bool) -> str:
    if (isinstance(value, float) and value != value) or abs(value) == float("inf"):
        return str(value)
    section, is_signed = section_for(code, value)
    if section.is_date:
        moment = moment_of(value, is_1904=is_1904)
        return format_date(section, moment, value) if moment else general(value)
    text = _figure(section, abs(value))
    return f"-{text}" if value < 0 and is_signed and any(one in text for one in "123456789") else text


def _moment(moment: datetime, code: str) -> str:
    days = (moment - _START) / _DAY
    section, _ = section_for(code, days)
    if not section.is_date:
        has_time = moment.time() != time(0)
        section, _ = section_for("yyyy/m/d h:mm" if has_time else "yyyy/m/d", days)
    return format_date(section, moment, days)


def general(value: float) -> str:
    """A number as it stands in a cell without a format; whole numbers are never shortened."""
    if value == int(value) and abs(value) < 10**_SIGNIFICANT:
        return str(int(value))
    if abs(value) < 1e-9 or abs(value) >= 10**_SIGNIFICANT:
        return f"{value:.6G}"
    whole = len(str(int(abs(value))))
    return _plain(round(_exact(value), max(0, _SHOWN - 1 - whole)))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exact(value: float) -> Decimal:
    """A number as Excel holds it: binary fractions beyond 15 digits are noise (0.1 + 0.2 is 0.3)."""
    return Decimal(f"{value:.{_SIGNIFICANT}g}") if isinstance(value, float) else Decimal(value)


def _figure(section: Section, number: float) -> str:
    if section.is_general:
        return _around(section, general(number))
    tokens = section.tokens
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    if not digits:
        return "".join(token.text for token in tokens if token.text not in (",", ".")).strip()
    if any(token.kind == "exponent" for token in tokens):
        return _scientific(tokens, number)
    if any(token == Token("sign", "/") for token in tokens[digits[0] : digits[-1]]):
        return _fraction(number)
    return _decimal(tokens, digits, number)


def _around(section: Section, text: str) -> str:
    """A text within the literals of its section."""
    parts = [
        text if token.kind == "general" or token.text == "@" else token.text
        for token in section.tokens
        if token.kind in ("general", "literal") or token.text in ("@", "%")
    ]
    return "".join(parts).strip()


def _decimal(tokens: tuple[Token, ...], digits: list[int], number: float) -> str:
    point = next((i for i, token in enumerate(tokens) if token == Token("sign", ".")), len(tokens))
    whole = [i for i in digits if i < point]
    below = [i for i in digits if i > point]
    last = digits[-1]
    commas = [i for i, token in enumerate(tokens) if token == Token("sign", ",")]
    scale = _trailing(tokens, last) + (_trailing(tokens, whole[-1]) if whole and below else 0)
    grouped = bool(whole) and any(whole[0] < i < whole[-1] for i in commas)
    percent = sum(token == Token("sign", "%") for token in tokens)
    scaled = _exact(number) * 100**percent / 1000**scale
    rounded = scaled.quantize(Decimal(1).scaleb(-len(below)), rounding=ROUND_HALF_UP)
    integer, _, fraction = f"{rounded:f}".partition(".")
    least = sum(tokens[i].text == "0" for i in whole)
    integer = integer.lstrip("0").rjust(least, "0")
    shown = _spread(integer, whole, grouped=grouped)
    kept = len(below)
    while kept and fraction[kept - 1] == "0" and tokens[below[kept - 1]].text != "0":
        kept -= 1
    shown |= {index: fraction[at] if at < kept else "" for at, index in enumerate(below)}
    if not whole:
        shown[point] = f"{integer}."
    parts = [
        shown[i] if i in shown else "" if token == Token("sign", ",") else token.text
        for i, token in enumerate(tokens)
        if i != point or kept or i in shown
    ]
    return "".join(parts).strip()


def _trailing(tokens: tuple[Token, ...], last: int) -> int:
    """Commas directly after a digit that no digit follows: each divides by 1,000."""
    count = 0
    while last + count + 1 < len(tokens) and tokens[last + count + 1] == Token("sign", ","):
        count += 1
    following = last + count + 1
    ends = following >= len(tokens) or tokens[following].kind != "digit"
    return count if ends else 0


def _spread(integer: str, places: list[int], *, grouped: bool) -> dict[int, str]:
    """The digits over their places from the right; the first place takes what is left."""
    shown = dict.fromkeys(places, "")
    left = len(integer)
    for place in reversed(places):
        start = 0 if place == places[0] else max(0, left - 1)
        shown[place] = integer[start:left]
        left = start
    if grouped:
        written = "".join(shown[place] for place in places)
        text = f"{int(written):,}".rjust(len(written), "0") if written else ""
        shown = {place: text if place == places[0] else "" for place in places}
    return shown


def _scientific(tokens: tuple[Token, ...], number: float) -> str:
    at = next(i for i, token in enumerate(tokens) if token.kind == "exponent")
    texts = [token.text for token in tokens[:at]]
    decimals = len(texts) - texts.index(".") - 1 if "." in texts else 0
    mantissa, _, exponent = f"{number:.{decimals}e}".partition("e")
    width = sum(token.kind == "digit" for token in tokens[at:])
    sign = "-" if exponent[0] == "-" else "+" if "+" in tokens[at].text else ""
    return f"{mantissa}E{sign}{abs(int(exponent)):0{width}}"


def _fraction(number: float) -> str:
    whole = int(number)
    rest = Fraction(_exact(number - whole)).limit_denominator(_MOST_DENOMINATOR)
    parts = [str(whole)] if whole or not rest else []
    return " ".join([*parts, str(rest)] if rest else parts)
