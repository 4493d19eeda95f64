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
from ingest.tables import column_year
from ingest.values import is_dash

ROLE_WORDS = (
    (IndicatorRole.BASELINE, ("基準値", "現状値", "現況値", "基準年", "現状")),
    (IndicatorRole.BUDGET, ("予算",)),
    (IndicatorRole.SETTLEMENT, ("決算",)),
    (IndicatorRole.EFFECT, ("効果額",)),
    (IndicatorRole.TARGET, ("目標", "中間値", "計画値")),
    (IndicatorRole.ACTUAL, ("実績", "実数")),
)
ARROWS = {
    **dict.fromkeys("↑↗⇑", Direction.UP),
    **dict.fromkeys("→⇒", Direction.KEEP),
    **dict.fromkeys("↓↘⇓", Direction.DOWN),
}
WORDS = {
    **dict.fromkeys(("増加", "向上", "上昇", "増やす", "上げる", "増"), Direction.UP),
    **dict.fromkeys(("維持", "現状維持", "同水準", "横ばい"), Direction.KEEP),
    **dict.fromkeys(("減少", "低下", "縮減", "削減", "減らす", "下げる", "減"), Direction.DOWN),
}
REACHED = {
    **dict.fromkeys(("○", "◯", "〇", "◎", "達成", "達成済"), True),
    **dict.fromkeys(("×", "✕", "未達成", "未達"), False),
}
_NAME = re.compile(r"(成果|評価|活動|数値|管理|重要業績評価)?指標(名|項目|名称)?|k[pg]i(名|指標)?|管理項目")
_PROJECT = re.compile(r"(事務|予算)?事業(名|名称)")
_MEASURE = re.compile(
    r"任務目的|施策(名|の?方向)?|取り?組み?(名|項目)?|基本(目標|施策|方針)|事務?事業(名|名称)?|政策名?"
)
_UNIT = re.compile(r"単位")
_OFFICE = re.compile(r"(担当|所管|実施|主管|関係|推進)(部|課|部課|部署|課名|所属|部局|課室)?名?")
_NO_VALUE = re.compile(r"備考|摘要|説明|コメント|理由|年度?$|達成|進捗|評価|判定|増減|前年|対比|伸び率|方向")
_FORECAST = re.compile(r"見込|予定|計画|推計")
_CODED = re.compile(r"[0-9０-９]{2,8}\s")
_AIM = re.compile(r"目標|方向")
_CACHED = 1 << 12  # headers: a table has the same ones in each row


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """What a row's cells say of all its values.

    Attributes:
        name: the cell under 指標, empty where there is none.
        unnamed: whether the cell under 指標 is a dash: the form has no indicator there.
        label: what the row is called where no cell is headed 指標; empty where that is a year.
        by_year: whether each row is a year and each column an indicator.
        forecast: whether the row's year is one that has not ended (見込み).
        has_role: whether a header names a role, rather than a year alone.
        unit: of all values, from a cell of its own.
        departments: from a cell of the row.
        measure: see ``corpus.indicator``.
        direction: from an arrow or word in a column without a year.
        direction_cell: that cell.
        achieved: from a mark in a column without a year.
    """

    name: str
    unnamed: bool
    label: str
    by_year: bool
    forecast: bool
    has_role: bool
    unit: str
    departments: tuple[str, ...]
    measure: str
    direction: Direction | None
    direction_cell: Cell | None
    achieved: bool | None


def indicator_row(passage: Passage) -> IndicatorRow:
    """Read the cells of a row that are no values."""
    named = _text(passage, _NAME)
    label = passage.item or _text(passage, _PROJECT) or _first_label(passage)
    by_year = _is_year(label)
    arrow = next((cell for cell in passage.cells if _points(cell) is not None), None)
    office = _text(passage, _OFFICE)
    return IndicatorRow(
        name="" if is_dash(named) else named,
        unnamed=is_dash(named),
        label="" if by_year else label,
        by_year=by_year,
        forecast=by_year and _FORECAST.search(label) is not None,
        has_role=any(_role_word(cell.header) is not None and is_own_year(cell) for cell in passage.cells),
        unit=_text(passage, _UNIT),
        departments=tuple(part for part in re.split(r"[、，,／]", office) if part),
        measure=_measure(passage, named),
        direction=_points(arrow) if arrow else None,
        direction_cell=arrow,
        achieved=next((reached for cell in passage.cells if (reached := _reached(cell)) is not None), None),
    )


def role_of(cell: Cell, *, forecast: bool, planned: bool) -> IndicatorRole | None:
    """What a cell's value is, None where the cell holds none.

    Args:
        cell: of a row.
        forecast: whether the row's year has not ended: what has no role word is then no actual.
        planned: whether the row tells what is to be done in which year.
    """
    return _role_under(cell.header, is_dated=cell.fiscal_year is not None and not (planned or forecast))


@lru_cache(maxsize=_CACHED)
def _role_under(header: str, *, is_dated: bool) -> IndicatorRole | None:
    key = match_key(header)
    role = _role_word(header)
    if _NO_VALUE.search(_undated(key)) or any(p.fullmatch(key) for p in (_NAME, _UNIT, _OFFICE, _PROJECT)):
        return None
    if role is not None:
        return role
    return IndicatorRole.ACTUAL if is_dated and not _FORECAST.search(key) else None


def is_own_year(cell: Cell) -> bool:
    """Whether the cell's own header names its year."""
    return cell.fiscal_year is not None and column_year(cell.header) is not None


def direction_of_words(text: str) -> Direction | None:
    """The direction that a target says in so many words; a number gives none."""
    return WORDS.get(match_key(text))


@lru_cache(maxsize=_CACHED)
def bare_header(header: str) -> str:
    """A header without its year and its unit: 「決算額(千円) H28」 is 決算額."""
    characters = list(header)
    for mention in find_fiscal_years(header):
        characters[mention.start : mention.end] = " " * (mention.end - mention.start)
    without = re.sub(
        r"[(（](単位)?[:：\s]*[^()（）]{0,6}[円%％][)）]|[(（]\s*[)）]", " ", "".join(characters)
    )
    return " ".join(without.split())


def _is_year(label: str) -> bool:
    """Whether a label is a year and no more: 「令和6年度(見込み)」."""
    return column_year(label) is not None and not re.sub(r"[(（][^)）]*[)）]", "", bare_header(label)).strip()


def _undated(key: str) -> str:
    return match_key(bare_header(key))


@lru_cache(maxsize=_CACHED)
def _role_word(header: str) -> IndicatorRole | None:
    key = match_key(header)
    return next((role for role, words in ROLE_WORDS if any(word in key for word in words)), None)


def _text(passage: Passage, headed: re.Pattern[str]) -> str:
    """The text of the first cell whose whole header is such a word, on one line."""
    cells = (cell for cell in passage.cells if headed.fullmatch(_header_key(cell.header)))
    return " ".join(next((cell.text for cell in cells), "").split())


@lru_cache(maxsize=_CACHED)
def _header_key(header: str) -> str:
    return re.sub(r"\(.*\)$", "", match_key(header))


def _first_label(passage: Passage) -> str:
    cells = (c.text for c in passage.cells if role_of(c, forecast=False, planned=False) is None)
    return " ".join(next((text for text in cells if text and not is_dash(text)), "").split())


def _measure(passage: Passage, named: str) -> str:
    """The 業務 of the row: its own code and title, or that of the block which the row stands in."""
    inner = passage.section_path[-1] if passage.section_path else ""
    for text in (passage.item, inner):
        if _CODED.match(text):
            return text
    return _text(passage, _MEASURE) if named else ""


def _points(cell: Cell) -> Direction | None:
    """The direction in a column headed 目標 or 方向 that names no year."""
    if cell.fiscal_year is not None or not _is_aim(cell.header):
        return None
    return ARROWS.get(match_key(cell.text)) or direction_of_words(cell.text)


def _reached(cell: Cell) -> bool | None:
    if cell.fiscal_year is not None or not _is_reaching(cell.header):
        return None
    return REACHED.get(match_key(cell.text))


@lru_cache(maxsize=_CACHED)
def _is_aim(header: str) -> bool:
    return _AIM.search(match_key(header)) is not None


@lru_cache(maxsize=_CACHED)
def _is_reaching(header: str) -> bool:
    return "達成" in match_key(header)
