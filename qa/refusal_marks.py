"""A mark that no sheet bears: 「令和5年度に△だった取組」 where every sheet of that year has ○ or ◎.

To quote the rows of other marks would answer another question; that none bears it is the answer, and it is
certain, since every sheet of the documents within the question's limits was looked at, found or not.
"""

from __future__ import annotations

import re

from corpus.fiscal_year import era_label
from corpus.folding import fold
from corpus.sheet import Sheet
from qa.mark_words import CIRCLES, plain_mark
from qa.question_kind import asks_for_passages
from qa.refusal_evidence import Case
from qa.searched import is_within
from qa.short_marks import OF_MEASURES, marks_named, of_departments

_LEGEND = r"(?:計画|予定|目標)[^、。「」]{2,8}|進捗なし|未(?:達成|実施|着手|達)|遅れ[^、。「」]{0,4}"
_MARKED = r"[」』]?(?:の?(?:評価|判定|印|マーク))?(?:が|を|に|と)?"
_PICKS = re.compile(
    rf"(?:[◎○△×]|{_LEGEND}){_MARKED}"
    rf"(?:だった|であった|である|の|とな|にな|と?され|つい|付い|つけ|付け|受け|判定|評価)?{OF_MEASURES}"
)
"""Asks which measures bear a mark: 「△だった取組」, 「計画以下」の評価がついた事業."""


_GRADE = re.compile(
    r"(?<![a-z\d])(?P<before>[a-es])(?=評価|判定|ランク)|(?:評価|判定|ランク)[がはの]?(?P<after>[a-es])(?![a-z\d])"
)


def grade_named(question: str) -> str:
    """The letter of the grade that a question names, folded (「D評価の目標」: d); empty without one."""
    graded = _GRADE.search(fold(question).text)
    return (graded["before"] or graded["after"]) if graded else ""


def unborne_reason(case: Case) -> str | None:
    """That no sheet within the limits bears the mark by which a question picks, None where one does."""
    hits, years = case.found.hits, case.found.asked_years
    marks = marks_named(case.question, hits, case.store) if _PICKS.search(_text(case)) else frozenset()
    if not marks or asks_for_passages(case.question):
        return None
    limits, departments = case.found.understood.filters, case.found.understood.departments
    bearing = case.store.legends()
    documents = [
        one for one in case.store.documents() if one.document_id in bearing and is_within(one, limits)
    ]
    looked = 0
    for sheet in (sheet for one in documents for sheet in case.store.sheets(one.document_id)):
        borne = _marks(sheet, years) if of_departments(sheet, departments) else set()
        if marks & borne:
            return None
        looked += bool(borne)
    if not looked:
        return None
    when = "、".join(era_label(year) for year in years)
    named = "」「".join(sorted(marks))
    said = f"{when}の達成度が" if when else "達成度が"
    return f"{said}「{named}」の取組はありません。達成度の記された個票{looked}件を確かめました。"


def _text(case: Case) -> str:
    return fold(case.question).text.translate(CIRCLES)


def _marks(sheet: Sheet, years: tuple[int, ...]) -> set[str]:
    """The marks that a sheet bears in some years, plain; of no years, in any."""
    return {
        plain_mark(one.mark) for one in sheet.progress if one.mark and (not years or one.fiscal_year in years)
    }
