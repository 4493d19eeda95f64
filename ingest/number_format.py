"""Values of a worksheet as they are printed: 0.468 under ``0.0%`` is 46.8%, 1 under ``00`` is 01.

A citation quotes what a person sees in the workbook, so a value is never shown as it is stored where its
format says otherwise. Which value a cell holds is the reader's business; here is only its form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

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
_POINT = Token("sign", ".")
_COMMA = Token("sign", ",")


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
        return format_date(section, moment, value) if moment else _general(value)
    text = _figure(section, abs(value))
    return f"-{text}" if value < 0 and is_signed and any(one in text for one in "123456789") else text


def _moment(moment: datetime, code: str) -> str:
    days = (moment - _START) / _DAY
    section, _ = section_for(code, days)
    if not section.is_date:
        has_time = moment.time() != time(0)
        section, _ = section_for("yyyy/m/d h:mm" if has_time else "yyyy/m/d", days)
    return format_date(section, moment, days)


def _general(value: float) -> str:
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
        return _around(section, _general(number))
    tokens = section.tokens
    places = _places(tokens)
    if places is None:
        return "".join(token.text for token in tokens if token.text not in (",", ".")).strip()
    if any(token.kind == "exponent" for token in tokens):
        return _scientific(tokens, number)
    if places.is_fraction:
        return _fraction(number)
    return _decimal(places, number)


def _around(section: Section, text: str) -> str:
    """A text within the literals of its section."""
    if len(section.tokens) == 1 and section.is_general:
        return text.strip()
    parts = [
        text if token.kind == "general" or token.text == "@" else token.text
        for token in section.tokens
        if token.kind in ("general", "literal") or token.text in ("@", "%")
    ]
    return "".join(parts).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """What a section with digits does to a number.

    Attributes:
        texts: what each token prints by itself; digits, point and separators print nothing.
        whole: the digits' tokens before the point.
        below: those after it.
        kept: how many of these are printed though they are 0.
        point: the point's token, the end without one.
        least: how many digits are printed before the point at least.
        grouped: whether thousands are parted.
        percent: how many times the number is multiplied by 100.
        thousands: how many times it is divided by 1,000.
        is_fraction: whether it is printed as a fraction.
    """

    texts: tuple[str, ...]
    whole: tuple[int, ...]
    below: tuple[int, ...]
    kept: int
    point: int
    least: int
    grouped: bool
    percent: int
    thousands: int
    is_fraction: bool


@lru_cache(maxsize=1 << 10)
def _places(tokens: tuple[Token, ...]) -> _Places | None:
    """The places of a section, None without any digit; a workbook has few formats and very many numbers."""
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    if not digits:
        return None
    point = next((i for i, token in enumerate(tokens) if token == _POINT), len(tokens))
    whole = [i for i in digits if i < point]
    below = [i for i in digits if i > point]
    commas = [i for i, token in enumerate(tokens) if token == _COMMA]
    scale = _trailing(tokens, digits[-1]) + (_trailing(tokens, whole[-1]) if whole and below else 0)
    own = {*digits, *commas, point}
    return _Places(
        texts=tuple("" if i in own else token.text for i, token in enumerate(tokens)),
        whole=tuple(whole),
        below=tuple(below),
        kept=max((at for at, i in enumerate(below, start=1) if tokens[i].text == "0"), default=0),
        point=point,
        least=sum(tokens[i].text == "0" for i in whole),
        grouped=bool(whole) and any(whole[0] < i < whole[-1] for i in commas),
        percent=sum(token == Token("sign", "%") for token in tokens),
        thousands=scale,
        is_fraction=Token("sign", "/") in tokens[digits[0] : digits[-1]],
    )


def _decimal(places: _Places, number: float) -> str:
    integer, fraction = _rounded(places, number)
    shown = _spread(integer.lstrip("0").rjust(places.least, "0"), places.whole, grouped=places.grouped)
    kept = len(fraction)
    while kept > places.kept and fraction[kept - 1] == "0":
        kept -= 1
    shown.update(zip(places.below, fraction[:kept], strict=False))
    if not places.whole:
        shown[places.point] = f"{integer.lstrip('0')}."
    elif kept:
        shown[places.point] = "."
    return "".join([shown.get(i, text) for i, text in enumerate(places.texts)]).strip()


def _rounded(places: _Places, number: float) -> tuple[str, str]:
    """The digits before and after the point, as many of these as the section has places for."""
    if isinstance(number, int) and not (places.percent or places.thousands):
        return str(number), "0" * len(places.below)
    scaled = _exact(number) * 100**places.percent / 1000**places.thousands
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places.below)), rounding=ROUND_HALF_UP)
    integer, _, fraction = f"{rounded:f}".partition(".")
    return integer, fraction


def _trailing(tokens: tuple[Token, ...], last: int) -> int:
    """Commas directly after a digit that no digit follows: each divides by 1,000."""
    count = 0
    while last + count + 1 < len(tokens) and tokens[last + count + 1] == _COMMA:
        count += 1
    following = last + count + 1
    ends = following >= len(tokens) or tokens[following].kind != "digit"
    return count if ends else 0


def _spread(integer: str, places: Sequence[int], *, grouped: bool) -> dict[int, str]:
    """The digits over their places from the right; the first place takes what is left."""
    if grouped:
        return {places[0]: f"{int(integer):,}".rjust(len(integer), "0") if integer else ""}
    shown = {}
    left = len(integer)
    for place in reversed(places):
        start = 0 if place == places[0] else max(0, left - 1)
        shown[place] = integer[start:left]
        left = start
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
