"""What a question asks for, with the limits that were read from it.

Apart from the words that ask: a town, a department and a year with a topic name no fact, yet somebody who
limits a search that far wants what was written there; and whoever compares the figures of two towns asks
each of them for its own.
"""

from __future__ import annotations

import re

from corpus.folding import fold
from qa.question_kind import Asked, QuestionKind, asked_of, asks_for_passages, field_of, names_figure
from qa.refusal_demands import Form, demand_of
from qa.short_units import unit_of_noun
from qa.understand import Understood

_COMPARED = re.compile(r"比べ|比較|並べ|どちら|どっち|違い|差は")
_WHICH_YEAR = re.compile(r"(?:どちら|どっち)(?:の(?:年度?|ほう|方))?が")
_SECTION = re.compile(r"方針|目標|課題|現状|内容|状況|成果|結果|総括|取り?組み?|レビュー|評価|対応|計画")


def asked_for(understood: Understood) -> tuple[Asked, ...]:
    """What a question asks for, at most two things; empty where it asks for passages only."""
    text = fold(understood.question.text).text
    towns = understood.municipalities
    if len(towns) > 1 and _COMPARED.search(text):
        return (Asked(kind=QuestionKind.FIGURE, units=unit_of_noun(text)),) if names_figure(text) else ()
    if len(understood.fiscal_years) > 1 and _WHICH_YEAR.search(text) and names_figure(text):
        return (Asked(kind=QuestionKind.FIGURE, units=unit_of_noun(text)),)
    asked = asked_of(understood.question.text)
    if asked or asks_for_passages(text):
        return asked
    demand = demand_of(understood.question.text)
    if demand is not None and demand.form in (Form.FIGURE, Form.MONEY):
        return (Asked(kind=QuestionKind.FIGURE, units=demand.units),)
    if len(towns) != 1:
        return field_of(text)
    limited = bool(understood.departments or understood.fiscal_years)
    if limited or (understood.kinds and _SECTION.search(text)):
        return (Asked(kind=QuestionKind.CONTENT, focus="".join(one.focus for one in field_of(text))),)
    return field_of(text)
