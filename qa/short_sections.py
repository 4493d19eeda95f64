"""Which part of a sheet a question asks for: its issues, its plans or what was done.

Apart from weighing words, because a plan says the same words three times: as an issue, as a measure to take
and as a result. 「何をしたか」 wants the last of them, and a part that is named (目標, 課題) wants itself.
"""

from __future__ import annotations

import re
from enum import StrEnum

from qa.short_statements import Statement

NAMED_FIT = 0.2
TENSE_FIT = 0.08
DEED_FIT = 0.3


class Part(StrEnum):
    """The parts of a sheet that answer different questions."""

    ISSUE = "issue"
    PLAN = "plan"
    DONE = "done"


_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.DONE, re.compile(r"成果|実績|状況|結果|レビュー|評価|総括|進捗|達成|決算|経過")),
    (Part.PLAN, re.compile(r"方針|目標|目指|計画|予定|取り?組み?|工程|方向|展開|今後")),
    (Part.ISSUE, re.compile(r"課題|現状|問題|背景")),
)
_NAMES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"課題|現状|問題点"), re.compile(r"課題|現状|問題")),
    (re.compile(r"方針|今後の(?:考え方|方向|予定|対応)|次年度"), re.compile(r"方針|方向|今後")),
    (re.compile(r"目標(?!値|額|件数|年度|以|に(?:届|達)|を(?:達成|上回|下回))"), re.compile(r"目標")),
    (re.compile(r"目指す姿|あるべき姿|将来像"), re.compile(r"姿|将来像")),
    (re.compile(r"成果|効果(?!額)"), re.compile(r"成果|効果")),
    (
        re.compile(r"取り?組み?(?:内容|状況)?|行ったこと|実施内容"),
        re.compile(r"取り?組み?(?!課題|成果|項目)|実施|行った"),
    ),
    (re.compile(r"中間(?:レビュー|評価|振り?返り)|上半期|前期"), re.compile(r"中間|前期")),
    (re.compile(r"最終(?:レビュー|評価)"), re.compile(r"最終")),
    (re.compile(r"総括"), re.compile(r"総括")),
    (re.compile(r"評価|検証"), re.compile(r"評価|検証")),
    (re.compile(r"理由|原因|要因"), re.compile(r"課題|理由|原因|要因")),
)
_PAST = re.compile(
    r"(?:し|っ|れ|い|き|り|ん|せ|え|け|て|め|べ|ち|じ|ぎ|み)(?:た|ました|だ)(?:の|か|こと|もの|ん|理由|原因|結果|[一-鿿]|[?。]|$)|行ったこと|どうなっ|できたか"
)
_DEED = re.compile(
    r"(?:何を|(?:どんな|どのような|どういう)(?:こと|活動|対策|工夫|取り?組み?|対応)を?)(?:し|行っ|行い|実施し|やっ|やり)(?:た|まし)"
)
_DID = re.compile(r"(?:た|ました)[。)]?$")
_COMING = re.compile(r"予定|する計画|としている|今後|これから|目指|していくか|するか[?。]?$|行うか[?。]?$")
_NOT_DONE = re.compile(
    r"(?:必要がある|必要です|求められ|課題である|課題です|予定である|目指す|図る|検討する)。?$"
)


def part_fit(question: str, one: Statement) -> float:
    """How well the part of the sheet that a statement stands in fits the question, about -0.3 to 0.5.

    Args:
        question: folded.
        one: the statement.
    """
    place = one.place
    fit = 0.0
    if names_part(question, one):
        fit = NAMED_FIT
    part = part_of(place)
    if part is None:
        return fit
    if _COMING.search(question):
        return fit + (TENSE_FIT if part is Part.PLAN else 0.0)
    if _PAST.search(question):
        done = part is Part.DONE and not _NOT_DONE.search(one.text)
        if _DEED.search(question):
            done, worth = done and _DID.search(one.text) is not None, DEED_FIT
        else:
            worth = TENSE_FIT
        return fit + (worth if done else -worth)
    return fit


def names_part(question: str, one: Statement) -> bool:
    """Whether the question names the part of the sheet that a statement stands in."""
    return any(asked.search(question) and given.search(one.place) for asked, given in _NAMES)


def part_of(place: str) -> Part | None:
    """The part of a sheet that the nearest heading names, None where none does."""
    for heading in reversed(place.split(" > ")):
        found = [(match.start(), part) for part, name in _PARTS for match in name.finditer(heading)]
        if found:
            return max(found, key=lambda entry: entry[0])[1]  # the last noun is the head: 取組状況 is a 状況
    return None
