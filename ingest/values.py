"""What one cell of figures says: a number with its unit, a dash, or words; and the unit that labels print.

A cell is a number only where nothing else is said: 「15.0以下」, 「10～20人」 and 「約120件」 are words, as
are 「1,2,34」 and a date. They are kept as printed; no number is made that the source does not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold, match_key
from ingest.year_note import without_year_note

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# Kana stand in a unit only where a counter is written with them (3か所, 2つ).
_UNIT = (
    r"(?:[千百]?t-co2|[万千百]?k?m[23]|[万千百]?(?:[かカヶケヵ]所|か国|か月|つ)"
    r"|[^\d\s,.()~・、。:+\-/ぁ-ん]{1,8}(?:/[^\d\s()ぁ-ん]{1,4})?)"
)
# A number with its sign and unit, perhaps with a remark in brackets behind it.
_FIGURE = re.compile(
    rf"(?:延べ|のべ|累計|計)?(?P<sign>[-+±△▲]?)(?P<number>{_NUMBER})(?P<unit>{_UNIT})?(?:\([^()\d]*\))?"
)
# What stands behind a number and is no unit: dates, ages, bounds (以上, 未満), which make words of it.
_NO_UNIT = re.compile(
    r"年度.*|月.*|時|日付.*|歳?代.*|.*[男女]性|.*(以上|以下|未満|超|程度|前後|以内|以降|前|後|弱|強|余|増|減|台後半|割合)"
)
# A number in parts by powers of ten: 3億4千万円, 2万5千人.
_SCALED = re.compile(
    r"(?=\d+[億万千][^円人]*\d)(?:(?P<oku>\d+)億)?(?:(?P<man>[\d,]+)(?P<thousand>千)?万)?"
    r"(?:(?P<rest>[\d,]+)(?P<kilo>千)?)?(?P<unit>円|人)"
)
_DASH = re.compile(r"[-ー―]+")
# A unit behind 単位, or behind what is counted: 「（単位：千円）」, 「（決算額：千円）」.
_LABELLED = re.compile(
    r"\(単位[:\s]*([^()]{1,8})\)|単位:([^\s()]{1,8})|\([^():]{1,8}:([千百万億]*円|人|件|%)\)"
)
_ATOM = (
    r"(?:人工|人日|[万千百]?(?:円|人|件|台|戸|㎡|m2|ha|t(?:-co2)?|kwh)|百万円|億円|%|ポイント|回|k?m2?|[万千百]?m[23]|k?g|l|世帯|団体|[かヶ箇カ]所|校|園"
    r"|日|時間|分|秒|年|歳|本|冊|枚|種類|品目|店|社|主体|区画|棟|室|点|倍|言語|集落|地区|橋|路線|名|組|床|施設|事業所?|箇国|票|頭|基|機)"
)
# A unit alone in brackets, perhaps by time or place: 「（人）」, 「（延べ・人）」, 「（件/年）」.
_BRACKETED = re.compile(
    rf"\((?:(?:延べ|のべ|累計|年間|通算)[・、])?((?:{_ATOM})(?:/(?:{_ATOM}|月|週)(?:・(?:{_ATOM}|月|週))?)?)\)"
)
_COUNTED = (
    (re.compile(r"件数$"), "件"),
    (re.compile(r"(人数|(?<!業)者数|(職員|児童|生徒|園児|団員|隊員)数)$"), "人"),
    (re.compile(r"戸数$"), "戸"),
    (re.compile(r"台数$"), "台"),
    (re.compile(r"回数$"), "回"),
    (re.compile(r"世帯数$"), "世帯"),
)
# A unit printed in a field that was not filled in.
_UNIT_ONLY = re.compile(r"[千百万億]*(円|人|件|回|%)")
_PARENTHESES = re.compile(r"\([^()]*\)$")
_CACHED = 1 << 12
_AS_PRINTED = {"㎞": "km"}
_COMMON = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_MAY_BRACKET = re.compile(r"[(（]|単位")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell prints: its number, None where it holds none, and the unit after it, else empty."""

    value: float | None
    unit: str = ""


@lru_cache(maxsize=_CACHED)
def figure_of(printed: str) -> Figure:
    """The number and the unit of a cell that holds one number and nothing that changes it."""
    squeezed = without_year_note("".join(printed.split()))
    folded = fold(squeezed)
    scaled = _scaled(folded.text)
    if scaled is not None:
        return scaled
    found = _FIGURE.fullmatch(folded.text)
    if found is None or (found["unit"] and _NO_UNIT.fullmatch(found["unit"])):
        return Figure(None)
    number = float(found["number"].replace(",", ""))
    unit = ""
    if found["unit"]:
        start, end = folded.source_span(*found.span("unit"))
        unit = as_printed(squeezed[start:end])
    return Figure(-number if found["sign"] in ("-", "△", "▲") else number, unit)


def is_dash(printed: str) -> bool:
    """Whether a cell holds a printed dash: there is no value, which is neither zero nor a blank."""
    return _DASH.fullmatch(match_key(printed)) is not None


def is_unit_only(printed: str) -> bool:
    """Whether a cell of a form holds nothing but the unit of a value that was not filled in (千円)."""
    return _UNIT_ONLY.fullmatch(match_key(printed)) is not None


@lru_cache(maxsize=_CACHED)
def unit_in_brackets(label: str) -> str:
    """The unit that a header or name gives in brackets: 「(千円)」, 「（単位：千円）」; else empty.

    Letters are in their common width, capitals as printed.
    """
    if not _MAY_BRACKET.search(label):
        return ""
    folded = fold("".join(label.split()))
    found = _LABELLED.search(folded.text) or _last(_BRACKETED, folded.text)
    if found is None or found.lastindex is None:
        return ""
    start, end = folded.source_span(*found.span(found.lastindex))
    return as_printed("".join(label.split())[start:end])


def as_printed(unit: str) -> str:
    """A unit in the characters that figures are shown with: letters and signs in their common width."""
    return _AS_PRINTED.get(unit) or unit.translate(_COMMON)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match: a unit stands behind what a name explains before it."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


@lru_cache(maxsize=_CACHED)
def unit_of_name(name: str) -> str:
    """The unit that a name's own last word settles: …件数 is 件, …者数 is 人; empty where it is not certain.

    A rate gives none: 「…率」 may be printed in per cent or as a fraction.
    """
    key = _PARENTHESES.sub("", match_key(name))
    return next((unit for ending, unit in _COUNTED if ending.search(key)), "")


def _scaled(text: str) -> Figure | None:
    """「17億4千万円」, whose numbers stand before several powers of ten."""
    found = _SCALED.fullmatch(text)
    if found is None:
        return None
    parts = (
        _number(found["oku"]) * 100_000_000,
        _number(found["man"]) * (10_000_000 if found["thousand"] else 10_000),
        _number(found["rest"]) * (1_000 if found["kilo"] else 1),
    )
    return Figure(float(sum(parts)), found["unit"])


def _number(digits: str | None) -> int:
    return int(digits.replace(",", "")) if digits else 0
