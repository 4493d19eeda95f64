"""A draft's text as records: its sections with their items, its indicators, and the marks of their sources.

The text is what a person edits (``ui.draft_text``); what is exported into a form is made of these records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import FiscalYearError
from corpus.fiscal_year import era_label, parse_fiscal_year
from corpus.indicator import IndicatorRole
from ui.draft_text import BULLET, HEADING, MARK

INDICATORS = "指標"
ROLE_WORDS = {"基準値": IndicatorRole.BASELINE, "実績": IndicatorRole.ACTUAL, "目標値": IndicatorRole.TARGET}
_VALUE = re.compile(
    r"(?P<role>基準値|実績|目標値)[\s\u3000]*(?P<year>\S*?年度)?[\s\u3000]*(?P<value>[^\s\u3000、]+)"
)
_REFERENCE = re.compile(r"（参考[:：].*?）(?=\s*(?:\[|$))")
BLANK = "＿"
"""What stands in a draft for a figure that is still to be decided."""

_UNIT = re.compile(r"[(（](?P<unit>[^()（）]{1,8})[)）]\s*$")
_SIGN = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftItem:
    """A statement without its marks, and the numbers of its sources."""

    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFigure:
    """A value of an indicator: its role, its year as written (empty for none), and itself as written."""

    role: IndicatorRole
    year: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIndicator:
    """An indicator of the draft with the values that were typed."""

    name: str
    unit: str
    figures: tuple[DraftFigure, ...]
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRecords:
    """A draft.

    Attributes:
        title: its first line.
        sections: heading and items, in order; text before the first heading has an empty one.
        indicators: those of the section 「指標」 that can be read as such; the others are items of it.
    """

    title: str
    sections: tuple[tuple[str, tuple[DraftItem, ...]], ...]
    indicators: tuple[DraftIndicator, ...] = ()

    def items(self, heading: str) -> tuple[DraftItem, ...]:
        """All items below a heading."""
        return tuple(item for name, items in self.sections if name == heading for item in items)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings that have items, in order."""
        return tuple(dict.fromkeys(name for name, items in self.sections if items))


def records_of(text: str) -> DraftRecords:
    """Read a draft; nothing that was typed is left out."""
    lines = [line.strip() for line in text.splitlines()]
    title, heading = lines[0] if lines else "", ""
    found: dict[str, list[DraftItem]] = {}
    indicators: list[DraftIndicator] = []
    for line in lines[1:]:
        if line.startswith(HEADING.strip()):
            heading = line.removeprefix(HEADING.strip()).strip()
            found.setdefault(heading, [])
        elif line:
            indicator = indicator_in(line) if heading == INDICATORS else None
            if indicator is not None:
                indicators.append(indicator)
            else:
                found.setdefault(heading, []).append(_item(line.removeprefix(BULLET).strip()))
    return DraftRecords(
        title=MARK.sub("", title).strip(),
        sections=tuple((name, tuple(items)) for name, items in found.items()),
        indicators=tuple(indicators),
    )


def indicator_in(line: str) -> DraftIndicator | None:
    """「・相談件数（件）: 基準値 令和5年度 12、目標値 ＿（参考: …）[3]」; None where a line is none."""
    item = _item(_REFERENCE.sub("", line.removeprefix(BULLET).strip()))
    name, sign, values = item.text, *_after_sign(item.text)
    figures = tuple(
        DraftFigure(
            role=ROLE_WORDS[one["role"]], year=_year(one["year"] or ""), value=one["value"].strip(f"_{BLANK}")
        )
        for one in _VALUE.finditer(values)
    )
    if sign < 0 or not figures:
        return None
    name = name[:sign].strip()
    unit = _UNIT.search(name)
    return DraftIndicator(
        name=name[: unit.start()].strip() if unit else name,
        unit=unit["unit"] if unit else "",
        figures=figures,
        marks=item.marks,
    )


def indicator_line(name: str, unit: str, reference: str) -> str:
    """An indicator whose figures are still to be decided, as it stands behind the bullet.

    Args:
        name: of the indicator.
        unit: of its values.
        reference: what another town has, in words.
    """
    head = f"{name}（{unit}）" if unit else name
    return f"{head}: 基準値 {BLANK}、目標値 {BLANK}（参考: {reference}）"


def _after_sign(text: str) -> tuple[int, str]:
    sign = _SIGN.search(text)
    return (sign.start(), text[sign.end() :]) if sign else (-1, "")


def _year(written: str) -> str:
    """A year as 令和6年度, however it was typed; as typed where it is none."""
    try:
        return era_label(parse_fiscal_year(written)) if written else ""
    except FiscalYearError:
        return written


def _item(text: str) -> DraftItem:
    marks = tuple(dict.fromkeys(int(found) for found in MARK.findall(text)))
    return DraftItem(text=" ".join(MARK.sub("", text).split()), marks=marks)
