"""Figures in a sentence or a quotation: value, unit, bound, and the fiscal year that they stand under.

A figure alone proves little: a row holds the values of many years, a sentence 「40件以上」 and 「46世帯」. So
a figure of one text is that of another only where all four agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fiscal_year_text import FiscalYearMention, find_fiscal_years
from index.numerals import numeral_key

_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNITS = "年度|年間|年|か月|箇月|ヶ月|カ月|月|日間|日|週間|時間|分間|秒|歳|代"
_UNITS += "|か所|ヶ所|カ所|箇所|個所|か国|ヶ国|カ国|件|人|名|回|円|割|%|パーセント|ポイント|倍|団体|世帯|戸"
_UNITS += "|台|校|社|冊|本|枚|部|種類|言語|地区|路線|施設|事業|項目|課|つ|点|位|番|期|次|m2|km2"
_UNITS += "|km|kg|ha|cm|mm|トン|キロ|メートル|ヘクタール|kwh|kw|t|m|g|l"
# After a number in kanji: without the units that also end words (一部, 十分, 三次).
_COUNTERS = "年度|年間|年|か月|箇月|か所|ヶ所|カ所|箇所|個所|か国|ヶ国|件|人|名|回|円|割|倍"
_COUNTERS += "|団体|世帯|戸|校|社|種類|言語"
_BOUNDS = "以上|以下|以内|以降|未満|超|程度|前後|余り|余|弱|強|を超え|を上回|を下回|に満たな"
_NUMBER = re.compile(
    rf"(?P<before>約|およそ|最大|最低|少なくとも|第)?\s?(?P<sign>[△▲]|(?<![\da-z])-)?"
    rf"(?:(?P<figure>{_PLAIN}(?:[百千万億兆]+(?:{_PLAIN}[百千万億兆]+)*)?)\s?(?P<unit>{_UNITS}|[一-鿿ァ-ヴ])?"
    rf"|(?P<kanji>[〇一二三四五六七八九十百千万億兆]+)(?P<counter>{_COUNTERS}))"
    rf"(?P<after>{_BOUNDS})?"
)
_SAME_UNIT = {
    **dict.fromkeys(("ヶ所", "カ所", "箇所", "個所"), "か所"),
    **dict.fromkeys(("箇月", "ヶ月", "カ月"), "か月"),
    **dict.fromkeys(("ヶ国", "カ国"), "か国"),
    **{"名": "人", "パーセント": "%", "およそ": "約"},
}
_CAPITALS = str.maketrans("rhsf", "RHSF")  # folding makes R2 small, and r2 is no year
_PART_ENDS = re.compile("[／/。]")
_CELL_BEFORE = re.compile(r"(?:^|[:／/])\s*[約△▲-]?$")
_CELL_AFTER = re.compile(r"\s*(?:$|[／/])")
_YEAR_BEHIND = re.compile(r"\s?\($")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFigure:
    """A figure in a text.

    Attributes:
        value: plain digits, a minus before them where it is negative.
        unit: as written, spellings of one unit made one; empty for a bare number.
        bounds: 「約」, 「以上」 and their like before and after it.
        fiscal_year: the one that it stands under, None without any.
        start: where it begins.
        is_cell: whether it fills a cell of a row, whose header tells the unit.
    """

    value: str
    unit: str
    bounds: tuple[str, str]
    fiscal_year: int | None
    start: int
    is_cell: bool


def figures_in(text: str) -> list[TextFigure]:
    """The figures of a folded text, in order; the numbers of years and dates are none.

    Numbers in kanji count only before a unit: 一部 and 十分 are words.
    """
    mentions = find_fiscal_years(text.translate(_CAPITALS))
    found = []
    for match in _NUMBER.finditer(text):
        start = match.start("figure") if match["figure"] else match.start("kanji")
        if any(mention.start <= start < mention.end for mention in mentions):
            continue
        number = numeral_key(match["figure"] or match["kanji"])
        unit = match["unit"] or match["counter"] or ""
        found.append(
            TextFigure(
                value=f"-{number}" if match["sign"] else number,
                unit=_SAME_UNIT.get(unit, unit),
                bounds=(_SAME_UNIT.get(match["before"] or "", match["before"] or ""), match["after"] or ""),
                fiscal_year=_year_of(text, match.start(), match.end(), mentions),
                start=match.start(),
                is_cell=_is_cell(text, start, match.end()),
            )
        )
    return found


def _is_cell(text: str, start: int, end: int) -> bool:
    return bool(_CELL_BEFORE.search(text[:start]) and _CELL_AFTER.match(text, end))


def _year_of(text: str, start: int, end: int, mentions: Sequence[FiscalYearMention]) -> int | None:
    """The year in brackets right behind a figure, else the nearest before it in its sentence or cell."""
    for mention in mentions:
        if mention.start >= end and _YEAR_BEHIND.fullmatch(text[end : mention.start]):
            return mention.fiscal_year
    before = [mention for mention in mentions if mention.end <= start]
    if before and not _PART_ENDS.search(text[before[-1].end : start]):
        return before[-1].fiscal_year
    return None
