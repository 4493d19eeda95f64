"""Which role a value has: by its column's header, else by its row, else by the headings above the table.

A year that is to come has no actual: under a bare 「令和8年度」 of a plan from 令和6年度 stands what is aimed
at or to be spent, where a word above or beside it says so, and otherwise nothing that is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import match_key
from corpus.indicator import IndicatorRole
from corpus.passage import Passage

_WORDS = (
    (
        IndicatorRole.BASELINE,
        r"基準(値|年|時|年度)|^基準(\(|$)|現[状況](?!維持|と|・)|現在(値|$|\()|策定時|当初値|初期値|(開始|着手|導入|策定|実施)前",
    ),
    (IndicatorRole.BUDGET, r"予算"),
    (IndicatorRole.SETTLEMENT, r"決算"),
    (IndicatorRole.EFFECT, r"効果額"),
    (IndicatorRole.TARGET, r"目標|中間値|^中間\(|最終値|計画(値|量|額)|計画\)?$"),
    (IndicatorRole.ACTUAL, r"実績|実数|測定値"),
)
_HEADERS = tuple((role, re.compile(pattern)) for role, pattern in _WORDS)
# A heading that only names what the rows are: 重点目標 and 基本目標 head a column of names, not of values.
NAME_OF_AIM = re.compile(r"(重点|基本|組織|個別)?(目標)(名|項目|事項)|(重点|基本|組織|個別|政策)目標")
_ROWS = (
    (IndicatorRole.EFFECT, re.compile(r"(財政)?効果額(\(.*\))?")),
    (IndicatorRole.BUDGET, re.compile(r"(当初|補正後?|最終|現計)?予算(現?額)?(\(.*\))?")),
    (IndicatorRole.SETTLEMENT, re.compile(r"決算(見込)?額?(\(.*\))?")),
    (
        IndicatorRole.TARGET,
        re.compile(
            r"((年度|数値|単年度)?目標|計画)(値|額|量|数)?(\(.*\))?|.*の目標値?|目標(?!管理|設定|達成).*[数額値口率量]"
        ),
    ),
    (IndicatorRole.ACTUAL, re.compile(r"実績(値|額|量|数)?(\(.*\))?")),
    (IndicatorRole.BASELINE, re.compile(r"(基準|現状)値(\(.*\))?")),
)
# Labels of rows that say a role and nothing else.
_ROLE_ONLY = re.compile(
    r"((年度|数値|単年度)?目標|計画|実績|基準|現状|(当初|最終)?予算|決算)(値|額|量|数)?(\(.*\))?"
)
# A role and a name in one label, either first: 「計画 有収率」, 「有収率 実績」.
_NAMED_ROLE = re.compile(
    r"(?P<before>(?:計画|目標|実績)値?)[\s　:：]+(?P<after_role>\S.*)"
    r"|(?P<before_role>.*\S)[\s　]+(?P<after>(?:計画|目標|実績)値?)"
)
# Labels of rows that compare other rows: 達成率, 増減, 前年度比, 過不足.
_RATE_ROW = re.compile(
    r"(目標)?(達成|進捗|執行|増減|伸び)(率|度|額|数|状況)?(\(.*\))?|評価|判定|増減|構成比.*|過不足.*|差引?.*|対?前年度?(比|対比|差).*|乖離.*"
)
# Labels of rows of what is expected or provided for, as statutory plans of welfare have: 量の見込み.
_PLANNED_ROW = re.compile(
    r".*(見込み?|見込[量数額]|見込み[量数額]|(確保|提供)(方策|体制|量|の内容)|予定者?数|予定額|計画[値量額数])(\(.*\))?|(量の見込み|確保方策|確保の内容).*"
)
# Words of mere projections, which nobody aims at: 推計人口, 将来展望.
_PROJECTED = re.compile(r"推計|見通し|将来(人口|展望)")
# Words of a column that gives what is planned for a year to come.
_PLANNED = re.compile(r"見込|計画値|確保|予定")
# Words of a heading above figures that are aimed at.
_AIMS = re.compile(r"目標|kpi|指標|見込|確保方策|計画値|量の")
# A heading that says of all figures below it that they are aimed at.
_ENDS_IN_AIM = re.compile(r"(目標(値)?|見込み?量?|確保方策)(\(.*\))?$")
# Words of a heading or title above amounts that are to be spent.
_SPENDING = re.compile(r"事業費|予算|経費|歳出|歳入|財政計画|投資|実施計画")
_REACHED = (IndicatorRole.BASELINE, IndicatorRole.ACTUAL, IndicatorRole.SETTLEMENT)
# Titles of papers that look ahead.
_PLAN = re.compile(r"計画|プラン|戦略|ビジョン|大綱|指針|方針|見通し|見込|推計|予算")
# Titles of papers that look back, whatever else is in them: 実施計画の進捗報告.
_REPORT = re.compile(r"報告|結果|実績|決算|評価|進捗|検証|棚卸|白書|統計")
# What is neither earned nor spent: 基金残高, 市債現在高.
_BALANCE = re.compile(r"残高|現在高")
# A header that ends in what can be counted: 事業費, 利用者数.
_COUNTS = re.compile(r".{2,}[費額料金数率量]$")
# A label that ends in money: 委託料 does not, 事業費 and 市債 do.
_MONEY = re.compile(r"(円|費|税|債|金|額|予算|決算|交付|譲与税)(\(.*\))?$")
_CACHED = 1 << 12


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper says of all its values.

    Attributes:
        title: of the document.
        fiscal_year: of the document, None where it is not known.
        last_known: the last year of which it gives a value as reached, for a paper of no known year.
    """

    title: str = ""
    fiscal_year: int | None = None
    last_known: int | None = None

    def is_to_come(self, year: int) -> bool:
        """Whether nothing of a year can have been counted when the paper was written."""
        if self.last_known is not None:
            return year > self.last_known
        if self.fiscal_year is None:
            return False
        return year >= self.fiscal_year if _is_plan(self.title) else year > self.fiscal_year


def paper_of(title: str, fiscal_year: int | None, passages: Iterable[Passage]) -> Paper:
    """What a document says of its values.

    Args:
        title: of the document.
        fiscal_year: of the document; None where neither the document nor a person names it.
        passages: of the document: where it has no year, what they give as reached tells what was to come.
    """
    known: int | None = None
    if fiscal_year is None:
        reached = (
            cell.fiscal_year
            for passage in passages
            for cell in passage.cells
            if cell.fiscal_year is not None and role_word(cell.header) in _REACHED
        )
        known = max(reached, default=None)
    return Paper(title=title, fiscal_year=fiscal_year, last_known=known)


@lru_cache(maxsize=_CACHED)
def role_word(header: str) -> IndicatorRole | None:
    """The role that a header names."""
    key = match_key(header)
    if NAME_OF_AIM.fullmatch(key):
        return None
    return next((role for role, pattern in _HEADERS if pattern.search(key)), None)


@lru_cache(maxsize=_CACHED)
def role_of_row(label: str) -> IndicatorRole | None:
    """The role that a row's label names for all its years: 目標, 実績, 効果額."""
    key = match_key(label)
    return next((role for role, pattern in _ROWS if pattern.fullmatch(key)), None)


@lru_cache(maxsize=_CACHED)
def named_role(label: str) -> tuple[IndicatorRole | None, str]:
    """The role and the name in a row's label that gives both: 「計画 有収率」, 「有収率 実績」; else none."""
    found = _NAMED_ROLE.fullmatch(label.strip())
    if found is None:
        return None, ""
    word = found["before"] or found["after"]
    return role_of_row(word), (found["after_role"] or found["before_role"]).strip()


@lru_cache(maxsize=_CACHED)
def counted_beside_role(header: str) -> str:
    """What a header counts beside naming a role: 事業費 of 「事業費（実績額）」; empty for a role alone."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", header).strip()
    return bare if role_word(bare) is None and _COUNTS.search(bare) else ""


def is_role_only(label: str) -> bool:
    """Whether a label says a role and not what is counted."""
    return _ROLE_ONLY.fullmatch(match_key(label)) is not None


@lru_cache(maxsize=_CACHED)
def is_rate_row(label: str) -> bool:
    """Whether a row only compares other rows: 達成率, 増減, 過不足."""
    return _RATE_ROW.fullmatch(match_key(label)) is not None


def role_of_dated(
    header: str, year: int, labels: Iterable[str], headings: Iterable[str], paper: Paper, *, is_money: bool
) -> IndicatorRole | None:
    """The role of a value under a year that no word of its header or row settles.

    Args:
        header: of its column.
        year: of the value.
        labels: of its row.
        headings: above it, outermost first.
        paper: see ``Paper``.
        is_money: whether the value is an amount.
    """
    to_come = paper.is_to_come(year)
    keys = [match_key(header), *map(match_key, labels)]
    if any(_PROJECTED.search(key) for key in keys):
        return None
    if any(_PLANNED.search(key) for key in keys[:1]):
        return IndicatorRole.TARGET if to_come else None
    if any(_PLANNED_ROW.fullmatch(key) for key in keys[1:]) and (to_come or paper.fiscal_year is None):
        return IndicatorRole.TARGET
    above = [match_key(heading) for heading in headings][::-1]
    if to_come and any(_PROJECTED.search(key) for key in above):
        return None
    if is_money and (role := _role_of_money(above, match_key(paper.title), to_come=to_come)):
        return role
    if to_come:
        return IndicatorRole.TARGET if any(_AIMS.search(key) for key in above) else None
    if paper.fiscal_year is None and paper.last_known is None and above and _ENDS_IN_AIM.search(above[0]):
        return IndicatorRole.TARGET
    return IndicatorRole.ACTUAL


def is_aim(headings: Iterable[str]) -> bool:
    """Whether a heading says that what stands below is aimed at."""
    return any(_AIMS.search(match_key(heading)) for heading in headings)


def is_amount(unit: str, labels: Iterable[str]) -> bool:
    """Whether a value is an amount of money, by its unit or by what its labels end in."""
    if unit:
        return unit.endswith("円")
    return any(_MONEY.search(match_key(label)) for label in labels)


def _role_of_money(above: Iterable[str], title: str, *, to_come: bool) -> IndicatorRole | None:
    """What amounts under bare years are, by the nearest heading that says it, else by the title."""
    for key in (*above, title):
        if _BALANCE.search(key):
            return None
        if "決算" in key and not to_come:
            return IndicatorRole.SETTLEMENT
        if "予算" in key or (to_come and _SPENDING.search(key)):
            return IndicatorRole.BUDGET
    return None


@lru_cache(maxsize=_CACHED)
def _is_plan(title: str) -> bool:
    key = match_key(title)
    return _PLAN.search(key) is not None and _REPORT.search(key) is None
