"""What the words around a number make of it: a change, a target, a part of a total, a value of before.

Apart from scoring, because each is a way of writing of its own and grows with every plan that is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.short_figure_roles import ROLE, without_target
from qa.short_statements import Statement
from qa.short_topic import Topic
from qa.short_units import Figure

TOTAL = 0.12
CHANGE = 0.3
PART = 0.3
GAIN = 0.3
"""What the amount of a change loses where none is asked for."""

OTHER_LABEL = 0.6
UNASKED = 0.025
MOST_UNASKED = 0.15

_TARGET_BEFORE = re.compile(r"目標(?:値|額|件数|数)?[^、。\d]{0,4}$")
_TARGET_AFTER = re.compile(
    r"(?:以[上下内])?(?:を|に|と)?(?:目標|目指|とする|とします|に(?:増や|減ら|高め|引き))"
)
_LIMIT_BEFORE = re.compile(r"(?:定数|定員|上限|想定|見込み?|計画)[^、。\d]{0,3}$")
_EARLIER = re.compile(r"(?:\d+年前|前年度?|昨年度?|前回|当初|従来)の?[^、。\d]{0,3}$")
TOTAL_ASKED = re.compile(
    r"(?<![一-鿿])計(?![一-鿿])|(?:か年|年間)の?計|合計|全部で|総(?:数|額|(?:事業|工事|経)費)|合わせて|計何"
)
_TOTAL = re.compile(r"(?:^|[^一-鿿設会統])(?:計|合計|全体で|合わせて|全部で) ?$")
_CHANGE_ASKED = re.compile(
    r"(?:何(?![^、。]{1,3}(?:まで|に|へ))[^、。?何]{1,4}|いくら|いくつ|どれ(?:くらい|ぐらい|だけ|ほど)|どの(?:くらい|ぐらい|程度))(?:ほど|くらい)?"
    r"(?:増|減[っりる少]|伸び|上が|下が|上昇|低下|短くな|縮ま|違[いうっ]|の?差が)"
)
_CHANGE_BEFORE = re.compile(
    r"(?:(?:前年(?:度|同期)?|昨年度?)(?:比|[とに]比べて?|[とに]比較し(?:て)?|から|より|を)|対前年(?:度)?比)[^\d、。]{0,4}$"
)
_CHANGE_AFTER = re.compile(
    r"(?:の)?(?:[^、。\d]{0,8}?)(?:増|減(?!免)|伸び|上回|下回|短くな|縮ま|多い|少ない|上が|下が|上昇|低下)"
)
_GAINED_AFTER = re.compile(
    r"(?:の)?(?:増|減|上回|下回|不足|向上|改善|上昇|低下|悪化|[^、。]{0,4}増加|[^、。]{0,4}減少)"
)
_GAIN_NAMED = re.compile(r"増|減|上回|下回|差|不足|向上|改善|上昇|低下|悪化")
_NOW = re.compile(r"今(?![後年回])|現在|いま")
_BEFORE_EVENT = re.compile(r"(?<![名自人])前(?:\([^()]{1,12}\))?の ?$")
"""A value of before something: 「震災前(平成21年度)の」."""

_FROM = re.compile(r"(?:何[^、。]{1,3}|いくら)から")


_MEASURE = re.compile(r"(?P<measure>[一-鿿々ァ-ヴー]{1,8}[額数率費量])は[^、。は]{0,30}$")
_SUBGROUP = re.compile(
    r"(?P<group>\d+歳(?:[~〜-]\d+歳|以上|未満)?|\d0(?:歳)?代|男性|女性|[一-鿿]{1,4}地区)(?:など|等)?(?:で|では|において)[、は]"
)
"""A part of those asked about of whom a sentence speaks: 「30歳代などで、…」."""

_OF_THEM = re.compile(r"うち、?(?P<part>[^、。\d]{1,12})$")


def asks_for_change(question: str) -> bool:
    """Whether a question asks by how much a figure rose or fell."""
    return _CHANGE_ASKED.search(question) is not None


def is_change(text: str, figure: Figure) -> bool:
    """Whether a figure of a folded sentence is the amount by which something rose or fell."""
    if _CHANGE_BEFORE.search(text[: figure.start]):
        return True
    after = text[figure.end :]
    return bool(_CHANGE_AFTER.match(after)) and not re.match(r"に|へ|から|より|と(?:なり|なっ)", after)


def situation(question: str, text: str, figure: Figure, figures: Sequence[Figure]) -> float:
    """What the words around a number make of it: a change, a target, the lower end of 「AからB」."""
    after, before = text[figure.end : figure.end + 10], text[max(0, figure.start - 12) : figure.start]
    score = 0.0
    if asks_for_change(question):
        score += CHANGE if is_change(text, figure) else -CHANGE / 2
    elif _GAINED_AFTER.match(after) and not _GAIN_NAMED.search(question):
        score -= GAIN
    targeted = bool(_TARGET_BEFORE.search(before) or _TARGET_AFTER.match(after))
    if "目標" in without_target(question):
        score += ROLE if targeted else 0.0 if "目標" in text else -ROLE
    elif targeted:
        score -= 0.2 if _TARGET_BEFORE.search(before) else 0.1
    earlier = _EARLIER.search(before)
    if earlier and earlier.group()[:2] not in question:
        score -= 0.2
    if _NOW.search(question) and _BEFORE_EVENT.search(text[: figure.start]):
        score -= 0.4
    limit = _LIMIT_BEFORE.search(before)
    if limit and limit.group()[:2] not in question:
        score -= 0.15
    if text[figure.start : figure.end].startswith("計") or _TOTAL.search(before):
        score += 2 * TOTAL if TOTAL_ASKED.search(question) else TOTAL / 2
    if after.startswith("から") and any(0 < other.start - figure.end < 12 for other in figures):
        score -= 0.0 if _FROM.search(question) else 0.3
    if re.match(r"(?:の|、)?うち", after) and not re.search(r"うち|全部|全体", question):
        score -= 0.15  # 38か所のうち33か所
    if re.search(r"頻度|ペース|何回くらい", question):
        score += 0.3 if text[figure.start] in "月週年毎" else 0.0
    if re.search(r"(?:うち|そのうち|内訳)[^、。]{0,6}$", before) and "うち" not in question:
        score -= 0.08
    group = _SUBGROUP.search(text[: figure.start])
    if group and group["group"] not in question:
        score -= 0.1  # 18歳~29歳などで…81.5%
    if re.search(r"(?:外|他|ほか)$", before):  # 文化会館外10施設
        score -= 0.25
    opened = text.rfind("(", 0, figure.start) > text.rfind(")", 0, figure.start)
    return score - (0.05 if opened else 0.0)


def of_other_measure(one: Statement, topic: Topic, figure: Figure) -> bool:
    """Whether a figure's own subject is a measure that nobody asked for: 「配布額は…2億円」 of a 予算."""
    subject = _MEASURE.search(one.text[: figure.start])
    if subject is None:
        return False
    start, end = subject.span("measure")
    own = [term for term in one.terms if start <= term.start and term.end <= end and len(term.text) > 1]
    return bool(own) and not any(topic.weight_of(term.text) for term in own)


def part_cost(one: Statement, topic: Topic, label: int, figure: Figure, figures: Sequence[Figure]) -> float:
    """What a part loses that a later figure sums up: 12校 of 「市内12校、町内3校の計15校」.

    A part whose own label is asked for loses nothing.
    """
    asked = any(
        topic.weight_of(term.text) for term in one.terms if label <= term.start and term.end <= figure.start
    )
    summed = any(
        figure.end <= other.start
        and other.unit == figure.unit
        and one.text.startswith("計", other.start)
        and "。" not in one.text[figure.end : other.start]
        for other in figures
    )
    return PART if summed and not asked else 0.0


def whole_cost(one: Statement, topic: Topic, figure: Figure, figures: Sequence[Figure]) -> float:
    """What a whole loses whose part is asked for: 640人 of 「640人が参加し、うち外国人は58人」."""
    before = {term.text for term in one.terms if term.end <= figure.start}
    for part in figures:
        if part.start < figure.end or part.unit != figure.unit:
            continue
        between = one.text[figure.end : part.start]
        named = _OF_THEM.search(between)
        if named is None or "。" in between:
            continue
        start, end = (figure.end + place for place in named.span("part"))
        own = {term.text for term in one.terms if start <= term.start and term.end <= end}
        if any(topic.weight_of(key) for key in own - before):
            return PART
    return 0.0


def label_cost(one: Statement, topic: Topic, figure: Figure, figures: Sequence[Figure]) -> float:
    """What a labelled figure loses where another label beside it says more of what was asked.

    防犯灯設置数: 351基 of 「防犯灯設置数: 351基 防犯カメラ設置数: 15基」 is no number of cameras.
    """
    labels = {
        each.start: (before, each.start)
        for before, each in zip((0, *(other.end for other in figures)), figures, strict=False)
        if each.unit == figure.unit and one.text[: each.start].rstrip(" ").endswith(":")
    }
    if figure.start not in labels:
        return 0.0
    held = {
        place: sum(
            {
                term.text: topic.weight_of(term.text)
                for term in one.terms
                if begun <= term.start and term.end <= end
            }.values()
        )
        for place, (begun, end) in labels.items()
    }
    most = max(held.values())
    return OTHER_LABEL * (1 - held[figure.start] / most) if most else 0.0


def unasked_cost(one: Statement, topic: Topic, label: int, figure: Figure) -> float:
    """What a figure loses for words of its own label that nobody asked for: 「集合住宅での利用は9件」."""
    begun = max(label, one.text.rfind("、", 0, figure.start) + 1)
    own = [term for term in one.terms if begun <= term.start and term.end <= figure.start]
    if not own and begun:  # its subject stands in the clause before
        begun = one.text.rfind("、", 0, begun - 1) + 1
        own = [term for term in one.terms if begun <= term.start and term.end <= figure.start]
    unasked = sum(not topic.weight_of(term.text) and not term.text.isdigit() for term in own)
    return min(MOST_UNASKED, UNASKED * unasked)


def unasked_label_cost(named: Sequence[str], topic: Topic) -> float:
    """The same of a cell, for the words of its row's labels: 外国人防災リーダーの認定者数 is not 外国人."""
    unasked = sum(not topic.weight_of(key) and not key.isdigit() for key in set(named))
    return min(MOST_UNASKED, UNASKED * unasked)
