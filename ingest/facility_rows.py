"""Tables of facilities: a name and columns that count without a year or a role, 「維持費」, 「利用者数」.

Their values are what the source gives of each facility; the year is that of the table's caption, or none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.passage import Passage
from ingest.cells import is_figure
from ingest.indicator_roles import role_word
from ingest.tables import Aligned, Header, label_key
from ingest.values import figure_of, is_dash, unit_in_brackets

# Heads of columns that name facilities, of any kind.
_FACILITY = re.compile(
    r"(対象|公共|管理)?施設(名|名称|の名称)?|(建物|建築物|学校|公園|路線|橋りょう|橋梁|会館|拠点|事業所|団地|住宅)(名|名称)"
)
# Heads of columns that count something of each facility.
_COUNTED = re.compile(r"[費額料数量率金]$|面積|収入|支出|収益|費用|経費|コスト|時間|延長|定員|人員|残高|割合")
# Heads of columns of figures that count nothing: when it was built, its number, its floors.
_NOT_COUNTED = re.compile(r"年[月日]|年度?$|番号|コード|階数|方法|区分")
# Heads of columns whose figures are amounts.
_MONEY = re.compile(r"[費料額金税]$|収入|支出|収益|経費|コスト|残高|予算|決算")
_UNIT = re.compile(r"\s*[(（][^()（）]*[)）]$")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=1 << 12)
def _names_facility(header: str) -> bool:
    """Whether a column is headed as one of facilities' names."""
    return _FACILITY.fullmatch(label_key(header)) is not None


@lru_cache(maxsize=1 << 12)
def counts(header: str) -> bool:
    """Whether a column without year and role is headed by what it counts."""
    key = label_key(header)
    if not key or role_word(header) is not None or _NOT_COUNTED.search(key):
        return False
    return bool(unit_in_brackets(header)) or _COUNTED.search(_BRACKETS.sub("", key)) is not None


@lru_cache(maxsize=1 << 12)
def is_money_column(header: str) -> bool:
    """Whether what a column counts is money, as far as its header tells without a unit."""
    return _MONEY.search(_BRACKETS.sub("", label_key(header))) is not None


def without_unit(header: str) -> str:
    """A header without the unit that it gives in brackets: 利用者数 of 「利用者数（人）」."""
    return _UNIT.sub("", header).strip() if unit_in_brackets(header) else header


def counted_columns(header: Header, rows: list[Aligned]) -> frozenset[int]:
    """The columns that count something of facilities; empty for a table of anything else."""
    if not any(_names_facility(column.header) for column in header):
        return frozenset()
    found = set()
    for index, column in enumerate(header):
        if column.fiscal_year is not None or not counts(column.header):
            continue
        texts = [cell.text for row in rows if (cell := row[index]) is not None and cell.text]
        figures = sum(is_figure(text) and figure_of(text).value is not None for text in texts)
        if figures and all(is_figure(text) or is_dash(text) for text in texts):
            found.add(index)
    return frozenset(found)


def is_of_facility(passage: Passage) -> bool:
    """Whether a passage is one row of such a table."""
    return bool(passage.item) and sum(_names_facility(cell.header) for cell in passage.cells) == 1
