"""What the cells of a row of figures are: name, unit, department, direction, mark or a value and its role.

It is decided by the cells' headers alone, so that a row of any layout is read in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.indicator import Direction, IndicatorRole
from corpus.passage import Cell, Passage
from ingest.column_groups import group_of, is_in_group, own_label
from ingest.column_years import is_bare_year
from ingest.facility_rows import counts, is_of_facility
from ingest.indicator_roles import (
    NAME_OF_AIM,
    Paper,
    is_amount,
    is_rate_row,
    is_role_only,
    named_role,
    role_of_dated,
    role_of_row,
    role_word,
)
from ingest.tables import column_year
from ingest.values import as_printed, figure_of, is_dash, unit_in_brackets
from ingest.year_note import without_bracketed_years

_ARROWS = {
    **dict.fromkeys("↑↗⇑", Direction.UP),
    **dict.fromkeys("→⇒", Direction.KEEP),
    **dict.fromkeys("↓↘⇓", Direction.DOWN),
}
_DIRECTIONS = {
    **dict.fromkeys(("増加", "向上", "上昇", "増やす", "上げる", "増"), Direction.UP),
    **dict.fromkeys(("維持", "現状維持", "同水準", "横ばい"), Direction.KEEP),
    **dict.fromkeys(("減少", "低下", "縮減", "削減", "減らす", "下げる", "減"), Direction.DOWN),
}
_REACHED = {
    **dict.fromkeys(("○", "◯", "〇", "◎", "達成", "達成済"), True),
    **dict.fromkeys(("×", "✕", "未達成", "未達"), False),
}
# Heads of a column of indicators' names; of a folded label (``match_key``), so in small letters.
INDICATOR_HEADER = re.compile(
    r"(成果|評価|活動|数値|管理|重要業績評価)?指標(名|項目|名称)?|k[pg]i(名|指標)?|管理項目"
)
# Heads of a column of projects' names.
_PROJECT = re.compile(r"(事務|予算)?事業(名|名称)")
# Heads of a column that names what amounts are spent on.
_SPENT_ON = re.compile(r"((事務|予算)?事業|業務|取り?組み?)(名|名称|の名称)")
# Heads of a column of what an indicator measures the success of.
_MEASURE = re.compile(
    r"任務目的|施策(名|の?方向)?|取り?組み?(名|項目)?|基本(目標|施策|方針)|事務?事業(名|名称)?|政策名?"
)
# Heads of a column of what a project belongs to.
_ABOVE_PROJECT = re.compile(r"施策(名|の?方向)?|基本(目標|施策|方針)|政策名?")
# Heads of a column of persons, whose names are no label of a row.
_PERSON = re.compile(
    r"(所属|部署|部局|部|局|課|室|所)長(名|氏名)?|(担当|責任|(記入|作成|点検|評価|回答))者(名|氏名)?|氏名"
)
# Heads of columns that tell how it went and who did it, not what a row is about.
_TOLD_OF_IT = re.compile(r"評価|判定|進捗|達成|方向|職員数?$|係名?$")
# A count with its parts in brackets, 「12人（うち女性5人）」, which is no label of a row.
_COUNT = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s*(人|名|件|団体|[千万億百]*円|%|％)\s*[(（].*[)）]")
_UNIT = re.compile(r"単位")
_NOTE = re.compile(r"備考|摘要")
# Heads of a column of departments.
_OFFICE = re.compile(r"(担当|所管|実施|主管|関係|推進)(部|課|部課|部署|課名|所属|部局|課室)?名?")
# Heads of columns whose figures are no values: remarks, dates, comparisons with other years or rows.
_NO_VALUE = re.compile(
    r"財源内訳$|備考|摘要|説明|コメント|理由|年度?$|達成|進捗|評価|判定|増減|前年(?!度?(予算|決算|実績|当初))|対比|伸び率|方向|執行率|構成比|過不足"
)
# Words beside a year that has not ended: 「令和6年度（見込）」.
_FORECAST = re.compile(r"見込|予定|計画|推計")
# The code before the title of a 業務.
_CODED = re.compile(r"[0-9０-９]{2,8}\s")
# What stands between a year and its label: 年度末, 時点.
_END_OF_YEAR = re.compile(r"(?<=\s)末?(現在|時点)|(?<=\s)末(?=$|[\s(（])")
_RELATIVE = re.compile(r"(前々|[前昨本今当現来翌次])年度")
# A Western year that a label of its figures follows: 「2024実績」.
_WESTERN = re.compile(r"^(?:19|20)[0-9]{2}(?=(?:当初)?(?:実績|決算|予算|見込|計画|目標))")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# Heads of a column of arrows, which point where the value is to go.
_AIM = re.compile(r"目標|方向")
_CACHED = 1 << 12  # headers: a table has the same ones in each row


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """What a row's cells say of all its values.

    Attributes:
        name: the cell under 指標, empty where there is none.
        project: the cell under 事業名 or 業務名 beside 指標: what amounts are spent on.
        unnamed: whether the cell under 指標 is a dash: the form has no indicator there.
        label: what the row is called where no cell is headed 指標; empty where that is a year or only a role.
        labels: what stands before its values.
        role: that a label names for all of its years (目標, 実績, 効果額).
        is_rate: whether it only compares other rows (達成率).
        by_year: whether each row is a year and each column an indicator.
        forecast: whether the row's year is one that has not ended (見込み).
        of_facility: whether its columns count without a year what a facility costs or who uses it.
        has_role: whether a header names a role, rather than a year alone.
        unit: of all values, from a cell of its own or the table's caption.
        group: the label over the columns for which name and unit hold; empty where they hold for all.
        departments: from a cell of the row.
        measure: see ``corpus.indicator``.
        direction: from an arrow or word in a column without a year.
        direction_cell: that cell.
        achieved: from a mark in a column without a year.
    """

    name: str
    project: str
    unnamed: bool
    label: str
    labels: tuple[str, ...]
    role: IndicatorRole | None
    is_rate: bool
    by_year: bool
    forecast: bool
    of_facility: bool
    has_role: bool
    unit: str
    group: str
    departments: tuple[str, ...]
    measure: str
    direction: Direction | None
    direction_cell: Cell | None
    achieved: bool | None


def indicator_row(passage: Passage) -> IndicatorRow:
    """Read the cells of a row that are no values."""
    named = _text(passage, INDICATOR_HEADER)
    labels = _labels(passage)
    unit, counted = _unit(passage)
    label = passage.item or _text(passage, _PROJECT) or _first_label(passage)
    label = f"{label} {counted}" if counted and not named else label
    named_by_role, counted_by_role = named_role(label)
    label = counted_by_role or label
    by_year = _is_year(label) or _is_bare_year(label, passage)
    arrow = next((cell for cell in passage.cells if _points(cell) is not None), None)
    office = _text(passage, _OFFICE)
    told = [role for text in reversed(labels) if (role := role_of_row(text)) is not None]
    told = told or [role for role in (named_by_role,) if role is not None]
    return IndicatorRow(
        name="" if is_dash(named) else passage.item if named and passage.item.startswith(named) else named,
        project=_text(passage, _SPENT_ON) if named else "",
        unnamed=is_dash(named),
        label="" if by_year or is_role_only(label) else label,
        labels=labels,
        role=next(iter(told), None),
        is_rate=any(is_rate_row(text) for text in labels),
        by_year=by_year,
        forecast=by_year and _FORECAST.search(label) is not None,
        of_facility=is_of_facility(passage),
        has_role=any(role_word(cell.header) is not None and is_own_year(cell) for cell in passage.cells),
        unit=unit,
        group=_group(passage),
        departments=tuple(part for part in re.split(r"[、，,／]", office) if part),
        measure=_measure(passage, named),
        direction=_points(arrow) if arrow else None,
        direction_cell=arrow,
        achieved=next((reached for cell in passage.cells if (reached := _reached(cell)) is not None), None),
    )


def role_of(
    cell: Cell, row: IndicatorRow, headings: tuple[str, ...], paper: Paper, *, planned: bool
) -> IndicatorRole | None:
    """What a cell's value is, None where the cell holds none.

    Args:
        cell: of the row.
        row: see ``IndicatorRow``.
        headings: above the row, outermost first.
        paper: the document that it stands in.
        planned: whether the row tells what is to be done in which year.
    """
    if row.is_rate or not _may_hold_value(cell.header):
        return None
    role = role_word(cell.header)
    if role is IndicatorRole.ACTUAL and _is_expected(own_label(cell.header)):
        return None
    if role is IndicatorRole.BASELINE and row.role is IndicatorRole.TARGET and is_dash(cell.text):
        return None  # in a row of targets, the column of the baseline is left blank so
    if role is None and cell.fiscal_year is None and row.of_facility and counts(cell.header):
        return IndicatorRole.ACTUAL
    if role is not None or cell.fiscal_year is None or planned:
        return role
    if row.role is not None or row.forecast:
        return row.role
    is_money = is_amount(figure_of(cell.text).unit or unit_at(row, cell), (cell.header, *row.labels))
    role = role_of_dated(cell.header, cell.fiscal_year, row.labels, headings, paper, is_money=is_money)
    # Of an indicator, what is given for a year to come is what is aimed at.
    is_aimed_at = role is None and bool(row.name) and paper.is_to_come(cell.fiscal_year)
    return IndicatorRole.TARGET if is_aimed_at else role


@lru_cache(maxsize=_CACHED)
def _is_expected(own: str) -> bool:
    """Whether a column below the label 実績 is of a year that has not ended: 「R5見込」."""
    return "見込" in own and role_word(own) is None


@lru_cache(maxsize=_CACHED)
def _may_hold_value(header: str) -> bool:
    key = match_key(header)
    if (
        _NO_VALUE.search(match_key(bare_header(header))) and not is_bare_year(header)
    ) or NAME_OF_AIM.fullmatch(key):
        return False
    return not any(pattern.fullmatch(key) for pattern in (INDICATOR_HEADER, _UNIT, _OFFICE, _PROJECT))


def is_indicator_label(text: str) -> bool:
    """Whether a label stands above or beside the names of indicators: 指標, 活動指標, KPI."""
    return INDICATOR_HEADER.fullmatch(_header_key(text)) is not None


def is_own_year(cell: Cell) -> bool:
    """Whether the cell's own header names its year."""
    return cell.fiscal_year is not None and column_year(cell.header) is not None


def direction_of_words(text: str) -> Direction | None:
    """The direction that a target says in so many words; a number gives none."""
    return _DIRECTIONS.get(match_key(text))


@lru_cache(maxsize=_CACHED)
def bare_header(header: str) -> str:
    """A header without its year and its unit: 「決算額(千円) H28」 is 決算額."""
    header = without_bracketed_years(_WESTERN.sub("", header))
    characters = list(header)
    for mention in find_fiscal_years(header):
        characters[mention.start : mention.end] = " " * (mention.end - mention.start)
    characters = list(_END_OF_YEAR.sub(" ", _RELATIVE.sub(" ", "".join(characters))))
    without = re.sub(
        r"[(（](単位)?[:：\s]*[^()（）]{0,6}[円%％][)）]|[(（]\s*[)）]", " ", "".join(characters)
    )
    bare = " ".join(without.split()).removeprefix("の")
    return bare[1:-1] if _IN_BRACKETS.fullmatch(bare) else bare


def _is_year(label: str) -> bool:
    """Whether a label is a year and no more: 「令和6年度(見込み)」."""
    plain = re.sub(r"[(（][^)）]*[)）]", "", label)
    return column_year(label) is not None and not bare_header(plain)


def _is_bare_year(label: str, passage: Passage) -> bool:
    """Whether a label is a year whose era the rows above tell: 「4年度」 in a row that is all of one year."""
    years = {cell.fiscal_year for cell in passage.cells if cell.header != "単位"}
    return is_bare_year(label) and len(years) == 1 and None not in years


def _text(passage: Passage, headed: re.Pattern[str]) -> str:
    """The text of the first cell whose whole header is such a word, on one line."""
    cells = (cell for cell in passage.cells if _is_headed(cell.header, headed))
    return " ".join(next((cell.text for cell in cells), "").split())


def unit_at(row: IndicatorRow, cell: Cell) -> str:
    """The unit that the row gives for a cell, empty where it is that of another group of columns."""
    return row.unit if is_in_group(cell.header, row.group) else ""


def _group(passage: Passage) -> str:
    """The label over the columns that hold the unit and the name, where one spans values too."""
    for cell in passage.cells:
        if not _UNIT.fullmatch(_header_key(cell.header)) and _UNIT.fullmatch(own_label(cell.header)):
            group = group_of(cell.header)
            beside = (one for one in passage.cells if is_in_group(one.header, group))
            values = (
                one for one in beside if one is not cell and not _is_headed(one.header, INDICATOR_HEADER)
            )
            return group if any(figure_of(one.text).value is not None for one in values) else ""
    return ""


@lru_cache(maxsize=_CACHED)
def _is_headed(header: str, headed: re.Pattern[str]) -> bool:
    """Whether a header, or what stands below the label that spans it, is such a word."""
    if headed.fullmatch(_header_key(header)):
        return True
    own = own_label(header)
    return bool(own) and headed.fullmatch(_header_key(own)) is not None


@lru_cache(maxsize=_CACHED)
def _header_key(header: str) -> str:
    return re.sub(r"\(.*\)$", "", match_key(header))


def _first_label(passage: Passage) -> str:
    """The first text that is no value of a year or role; a year itself where each row is one."""
    cells = (
        c.text
        for c in passage.cells
        if role_word(c.header) is None
        and (not is_own_year(c) or _is_year(c.text))
        and not _is_headed(c.header, _UNIT)
        and not _PERSON.fullmatch(_header_key(c.header))
        and not _OFFICE.fullmatch(_header_key(c.header))
        and not _TOLD_OF_IT.search(_header_key(c.header))
        and not _COUNT.fullmatch(c.text)
    )
    return " ".join(next((text for text in cells if text and not is_dash(text)), "").split())


def _labels(passage: Passage) -> tuple[str, ...]:
    """The texts before the first cell that is headed by a year or a role."""
    found = []
    for cell in passage.cells:
        if _is_headed(cell.header, _UNIT) or _NOTE.search(cell.header):
            continue
        if is_own_year(cell) or role_word(cell.header) is not None:
            break
        found.append(" ".join(cell.text.split()))
    return tuple(found)


def _unit(passage: Passage) -> tuple[str, str]:
    """The unit of a cell under 単位, and what that cell says is counted: 「給付費（千円）」."""
    text = _text(passage, _UNIT)
    if not text:
        return _unit_over_labels(passage), ""
    bracketed = unit_in_brackets(text)
    if not bracketed:
        return as_printed(text), ""
    counted = "" if "単位" in text or text[0] in "(（" else text
    return bracketed, counted


def _unit_over_labels(passage: Passage) -> str:
    """The unit that the head of a column of labels gives for all columns beside it: 「区分（千円）」."""
    for cell in passage.cells:
        if is_own_year(cell) or role_word(cell.header) is not None:
            break
        unit = unit_in_brackets(cell.header)
        if unit and figure_of(cell.text).value is None:
            return unit
    return ""


def _measure(passage: Passage, named: str) -> str:
    """The 業務 of the row: its own code and title, or that of the block which the row stands in."""
    inner = passage.section_path[-1] if passage.section_path else ""
    for text in (passage.item, inner):
        if _CODED.match(text):
            return text
    if named:
        return _text(passage, _MEASURE)
    return _text(passage, _ABOVE_PROJECT) if _text(passage, _PROJECT) else ""


def _points(cell: Cell) -> Direction | None:
    """The direction in a column headed 目標 or 方向 that names no year."""
    if cell.fiscal_year is not None or not _is_aim(cell.header):
        return None
    return _ARROWS.get(match_key(cell.text)) or direction_of_words(cell.text)


def _reached(cell: Cell) -> bool | None:
    if cell.fiscal_year is not None or not _is_reaching(cell.header):
        return None
    return _REACHED.get(match_key(cell.text))


@lru_cache(maxsize=_CACHED)
def _is_aim(header: str) -> bool:
    return _AIM.search(match_key(header)) is not None


@lru_cache(maxsize=_CACHED)
def _is_reaching(header: str) -> bool:
    return "達成" in match_key(header)
