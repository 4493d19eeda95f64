"""Figures of a table row as indicators: each value with its name, role, year, unit, measure and place.

A row gives indicators where its headers name years or roles (基準値, 目標値, 実績, 予算額, 決算額,
効果額). A dash and words (随時, 類似団体平均以下) stay indicators without a value, because neither is zero; a
blank cell is none. What a row's cells are is decided in ``ingest.indicator_cells``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.folding import match_key
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.passage import Cell, Passage, PassageKind
from ingest.column_groups import unit_of_group
from ingest.facility_rows import counts, is_money_column, without_unit
from ingest.headings import TITLED_RANKS, heading_of
from ingest.indicator_cells import (
    IndicatorRow,
    bare_header,
    direction_of_words,
    indicator_row,
    is_own_year,
    role_of,
    unit_at,
)
from ingest.indicator_roles import (
    Paper,
    counted_beside_role,
    is_aim,
    is_amount,
    is_role_only,
    role_of_row,
    role_word,
)
from ingest.values import figure_of, is_dash, is_unit_only, unit_in_brackets, unit_of_name
from ingest.year_note import is_year_note

_Valued = tuple[Cell, IndicatorRole]

# Labels over what is to be done in which year: steps, of which none is a value.
STEPS_LABEL = re.compile(r"取り?組み?工程|(実施)?スケジュール|工程表?|年次計画")
# Heads of columns of years that hold such steps beside figures.
_PLAN_OF_YEAR = re.compile(r"(年次|年度別|実施)計画|(実施)?工程表?|ロードマップ|スケジュール")
_AMOUNT_ROLES = (IndicatorRole.BUDGET, IndicatorRole.SETTLEMENT)
_UNKNOWN = Paper()
_APART = 3
# Heads of columns of money planned for a project, beside its indicator.
_AMOUNT = re.compile(r"(計画|予定|見込|事業|概算)(事業)?[費額]$")
# A heading that names an indicator: 「【成果指標】 参加者数」, 「指標② 待機児童数」.
_OF_INDICATOR = re.compile(
    r"[【＜《〈\[(（]?((成果|活動|評価|数値)?(指標|目標)|ＫＰＩ|KPI)[0-9０-９①-⑳]*(名|の推移)?[】＞》〉\])）]?[:：\s]*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a row's values say of each other.

    Attributes:
        has_unit: whether a unit is printed after any of them: a name then settles none.
        direction: which way the target points.
    """

    has_unit: bool
    direction: Direction | None


def indicators_of(passage: Passage, paper: Paper = _UNKNOWN) -> list[Indicator]:
    """The indicators of a row, left to right; empty for anything but a row of figures.

    Args:
        passage: of any kind.
        paper: the document that it stands in, which tells whether a year was to come when it was written.
    """
    if passage.kind is not PassageKind.ROW:
        return []
    row = indicator_row(passage)
    values = _values(passage, row, paper)
    if row.unnamed or not _is_row_of_figures(row, values):
        return []
    told = _Told(
        has_unit=any(figure_of(cell.text).unit for cell, _ in values),
        direction=row.direction or _worded(values),
    )
    found = {cell.span.start: _indicator(passage, row, cell, role, told) for cell, role in values}
    return _told_apart(list(found.values()), {cell.span.start: cell.header for cell, _ in values})


def _told_apart(found: list[Indicator], headers: Mapping[int, str]) -> list[Indicator]:
    """Values of one name, role and year with what their columns count: 「30歳代 送付数」, 「30歳代 割合」."""
    often = Counter((one.name, one.role, one.fiscal_year) for one in found)
    named = []
    for one in found:
        counted = bare_header(headers[one.span.start])
        twin = often[(one.name, one.role, one.fiscal_year)] > 1
        apart = twin and counted and counted not in one.name
        named.append(replace(one, name=f"{one.name} {counted}") if apart else one)
    return named


def _values(passage: Passage, row: IndicatorRow, paper: Paper) -> list[_Valued]:
    """The cells that hold values, with their roles."""
    paper = _paper_of_row(passage, row, paper)
    steps = any(STEPS_LABEL.fullmatch(match_key(heading)) for heading in passage.section_path[-1:])
    found: list[_Valued] = []
    for cell in passage.cells:
        role = role_of(cell, row, passage.section_path, paper, planned=steps or _is_step(cell))
        if role is None or is_unit_only(cell.text) or is_year_note(cell.text) or cell is row.direction_cell:
            continue
        if not is_own_year(cell) and cell.text == passage.item:
            continue  # the label of a row that is a year or a role, which dates its cells
        loose = role is IndicatorRole.EFFECT or not is_own_year(cell)
        if cell.text.endswith("。") and role is not IndicatorRole.TARGET:
            continue  # a sentence on how it went
        if loose and role is not IndicatorRole.TARGET and not _is_figure_or_dash(cell):
            continue  # a note under an amount, or a column of words in a row of one year
        found.append((cell, role))
    return found


def _paper_of_row(passage: Passage, row: IndicatorRow, paper: Paper) -> Paper:
    """Where the paper's year is not known: years apart from each other begin with the present."""
    if paper.fiscal_year is not None or row.has_role:
        return paper
    years = sorted({cell.fiscal_year for cell in passage.cells if cell.fiscal_year is not None})
    if len(years) < 2 or years[1] - years[0] < _APART or not is_aim(passage.section_path):
        return paper
    return Paper(title=paper.title, last_known=years[0])


def _is_step(cell: Cell) -> bool:
    """Whether a cell says in words what is to be done in its year: 検討, 実施, → under 「年度別計画 R6」."""
    return not _is_figure(cell) and _PLAN_OF_YEAR.fullmatch(match_key(bare_header(cell.header))) is not None


def _is_figure(cell: Cell) -> bool:
    return figure_of(cell.text).value is not None


def _is_figure_or_dash(cell: Cell) -> bool:
    return is_dash(cell.text) or _is_figure(cell)


def _is_row_of_figures(row: IndicatorRow, values: Sequence[_Valued]) -> bool:
    """Whether a number stands in the row, or the row is an indicator's although none does."""
    if any(figure_of(cell.text).value is not None for cell, _ in values):
        return True
    if any(role is IndicatorRole.EFFECT for _, role in values):
        return True
    dated = [role for cell, role in values if is_own_year(cell)]
    framed = {IndicatorRole.BASELINE, IndicatorRole.TARGET}.issubset(dated)
    return bool(dated) and (framed or (bool(row.name) and row.has_role))


def _indicator(
    passage: Passage, row: IndicatorRow, cell: Cell, role: IndicatorRole, told: _Told
) -> Indicator:
    figure = figure_of(cell.text)
    name = _name(passage, row, cell, role)
    labelled = unit_in_brackets(cell.header) or _unit_of_row(cell, row)
    labelled = labelled or (unit_of_group(passage.cells, cell.header) if role in _AMOUNT_ROLES else "")
    labelled = labelled or unit_in_brackets(row.name or row.label)
    labelled = labelled or unit_in_brackets(name) or unit_in_brackets(_role_label(row))
    counted = "" if figure.value is None or told.has_unit else unit_of_name(name)
    return Indicator(
        passage_id=passage.passage_id,
        name=name,
        role=role,
        fiscal_year=cell.fiscal_year,
        value=figure.value,
        value_text=cell.text,
        unit=figure.unit or labelled or counted,
        direction=told.direction,
        achieved=row.achieved,
        span=cell.span,
        measure=row.measure,
        departments=row.departments or passage.departments,
        cumulative=any("計" in text and "累計" in match_key(text) for text in (name, cell.header, cell.text)),
    )


def _unit_of_row(cell: Cell, row: IndicatorRow) -> str:
    """The unit given for all of a row; of a facility's columns 千円 is that of the amounts alone."""
    if row.of_facility and row.unit.endswith("円") and not is_money_column(cell.header):
        return ""
    return unit_at(row, cell)


def _worded(values: Sequence[_Valued]) -> Direction | None:
    """The direction that the target says in words (維持, 増加); a target's number says none."""
    targets = [cell.text for cell, role in values if role is IndicatorRole.TARGET]
    return next((found for text in targets if (found := direction_of_words(text)) is not None), None)


def _name(passage: Passage, row: IndicatorRow, cell: Cell, role: IndicatorRole) -> str:
    """What is counted: the cell under 指標, else the row's label; with the header where that says what."""
    if role is IndicatorRole.EFFECT and bare_header(cell.header):
        name = f"{bare_header(cell.header)} {_note(passage, cell.header)}"
    elif role is IndicatorRole.EFFECT:
        told = bare_header(_role_label(row))
        name = told if row.label in ("", _role_label(row)) else f"{row.label} {told}"
    elif row.of_facility and not is_own_year(cell) and counts(cell.header):
        name = f"{row.label} {bare_header(without_unit(cell.header))}"
    elif row.project and (role in _AMOUNT_ROLES or _is_amount(cell, row)):
        name = f"{row.project} {bare_header(cell.header)}"
    elif row.name:
        name = row.name
    elif role in _AMOUNT_ROLES or row.by_year:
        name = f"{row.label} {bare_header(cell.header)}"
        name = _above(passage) or name if row.by_year and is_role_only(name.strip()) else name
    else:
        name = row.label or (_above(passage) if _role_label(row) else "") or bare_header(cell.header)
        counted = counted_beside_role(cell.header) if role_word(cell.header) else ""
        name = f"{name} {counted}" if counted and counted not in name else name
    return " ".join(name.split()) or _role_label(row)


def _is_amount(cell: Cell, row: IndicatorRow) -> bool:
    """Whether a value beside an indicator is money planned for the project: its column is headed 計画額."""
    unit = figure_of(cell.text).unit or unit_at(row, cell)
    return _AMOUNT.search(bare_header(cell.header)) is not None and is_amount(unit, (cell.header,))


def _role_label(row: IndicatorRow) -> str:
    """The label that says the row's role (目標, 効果額), empty where none does."""
    return next((text for text in reversed(row.labels) if role_of_row(text) is not None), "")


def _above(passage: Passage) -> str:
    """What a table's heading says that its values count: 「【成果指標】 参加者数」, 「2-4 土地の売却」."""
    inner = passage.section_path[-1] if passage.section_path else ""
    if (found := _OF_INDICATOR.match(inner)) is not None:
        return inner[found.end() :]
    heading = heading_of(inner)
    return heading.title if heading is not None and heading.rank in TITLED_RANKS else ""


def _note(passage: Passage, header: str) -> str:
    """The note below an amount (土地売却額), where all its years have the same one."""
    bare = bare_header(header)
    notes = {
        " ".join(cell.text.split())
        for cell in passage.cells
        if bare_header(cell.header) == bare and not _is_figure_or_dash(cell)
    }
    return notes.pop() if len(notes) == 1 else ""
