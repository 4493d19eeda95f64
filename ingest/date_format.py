"""Dates and times as a number format of Excel prints them, in the Western and the Japanese calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from ingest.format_section import Section, Token
from ingest.japanese_numerals import full_width, kanji_counted, kanji_digits

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = "月火水木金土日"
# 元号法 and the cabinet orders under it: the first day of each era.
_ERAS = (
    (datetime(2019, 5, 1), "R", "令和"),
    (datetime(1989, 1, 8), "H", "平成"),
    (datetime(1926, 12, 25), "S", "昭和"),
    (datetime(1912, 7, 30), "T", "大正"),
    (datetime(1868, 1, 25), "M", "明治"),
)


def moment_of(serial: float, *, is_1904: bool) -> datetime | None:
    """The time that a serial number of Excel stands for, to the second; None outside of the calendar.

    Excel counts 1900 as a leap year: from 1 March 1900 on its numbers are one too large.
    """
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31 if 0 <= serial < 60 else 30)
    try:
        return start + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return None


def format_date(section: Section, moment: datetime, days: float) -> str:
    """``moment`` as a section prints it.

    Args:
        section: with at least one date token.
        moment: the time.
        days: the same as a number, for elapsed hours such as ``[h]:mm``.
    """
    tokens = [token for token in section.tokens if token.text != "@"]
    is_half_day = any(token.kind == "noon" for token in tokens)
    printed = []
    for index, token in enumerate(tokens):
        match token.kind:
            case "date" if token.text[0] == "m" and _is_minute(tokens, index):
                text = f"{moment.minute:0{len(token.text)}}"
            case "date":
                text = _part(token.text, moment, section, is_half_day=is_half_day)
            case "elapsed":
                seconds = round(days * 86_400)
                text = f"{seconds // {'h': 3600, 'm': 60, 's': 1}[token.text[0]]:0{len(token.text)}}"
            case "noon":
                text = _noon(token.text, moment, section)
            case "general":
                text = ""
            case _:
                text = token.text
        printed.append(_written(text, section.kanji) if token.kind == "date" else text)
    return "".join(printed).strip()


def _is_minute(tokens: Sequence[Token], index: int) -> bool:
    before = next((t for t in reversed(tokens[:index]) if t.kind in ("date", "elapsed")), None)
    after = next((t for t in tokens[index + 1 :] if t.kind in ("date", "elapsed")), None)
    return len(tokens[index].text) <= 2 and bool(
        (before and before.text[0] == "h") or (after and after.text[0] == "s")
    )


def _part(text: str, moment: datetime, section: Section, *, is_half_day: bool) -> str:
    count = len(text)
    match text[0]:
        case "y" | "b":
            return f"{moment.year % 100:02}" if count <= 2 else str(moment.year)
        case "m":
            name = _MONTHS[moment.month - 1]
            return (f"{moment.month:0{count}}", name[:3], name, name[:1])[max(0, min(count, 5) - 2)]
        case "d":
            name = _DAYS[moment.weekday()]
            return (f"{moment.day:0{count}}", name[:3], name)[max(0, min(count, 4) - 2)]
        case "a":
            return _WEEKDAYS[moment.weekday()] + ("曜日" if count > 3 else "")
        case "g":
            _, letter, name = _era(moment)
            return (letter, name[:1], name)[min(count, 3) - 1]
        case "e":
            return _era_year(moment, section, count)
        case "r":
            return (_era(moment)[2] if count > 1 else "") + _era_year(moment, section, 2)
        case "h":
            hour = (moment.hour - 1) % 12 + 1 if is_half_day else moment.hour
            return f"{hour:0{min(count, 2)}}"
    seconds, _, digits = text.partition(".")
    fraction = f".{moment.microsecond:06}"[: len(digits) + 1] if digits else ""
    return f"{moment.second:0{min(len(seconds), 2)}}{fraction}"


def _era(moment: datetime) -> tuple[datetime, str, str]:
    return next((era for era in _ERAS if moment >= era[0]), (datetime(1, 1, 1), "", ""))


def _era_year(moment: datetime, section: Section, count: int) -> str:
    year = moment.year - _era(moment)[0].year + 1
    if year == 1 and "gannen" in section.locale:
        return "元"
    return f"{year:0{min(count, 2)}}"


def _noon(text: str, moment: datetime, section: Section) -> str:
    names = text.split("/")
    if section.locale == "411" or section.locale.startswith("ja"):
        names = ["午前", "午後"]
    return names[moment.hour >= 12]


def _written(text: str, kanji: int) -> str:
    """Figures as ``[DBNum1]`` (十二) or ``[DBNum3]`` (full width) write them."""
    if kanji == 3:
        return full_width(text)
    if kanji != 1 or not text.isdigit():
        return text
    return kanji_digits(int(text)) if len(text) > 2 else kanji_counted(int(text))
