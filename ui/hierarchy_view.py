"""The tree of plans as HTML: plan, measures, undertakings, indicators, and what is missing in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from qa.hierarchy import Hierarchy, MeasureNode, PlanNode, Undertaking
from ui.hierarchy_form import NO_MEASURE
from ui.library_view import coverage_html
from ui.markup import disclosure, esc
from ui.result_view import status_html
from ui.year_words import years_label

NOTHING = "条件に合う資料に、施策や取組のシートは見つかりませんでした。自治体を選び直してください。"


def hierarchy_html(found: Hierarchy) -> str:
    """All plans, those of one municipality together, then what is missing."""
    if not found.plans:
        return f"{status_html(NOTHING)}{coverage_html(found.searched)}"
    told = f"{len(found.plans)}文書の体系を示します。"
    plans = "".join(_plan(one, number) for number, one in enumerate(found.plans, start=1))
    lone = [f"{town} {name}" for town, name in found.without_sheet]
    led = [f"{town} {title}" for town, _, title in found.without_measure]
    return (
        f"{status_html(told)}{plans}{_missing('個票の見当たらない施策', lone)}"
        f"{_missing('施策の分からない個票', led)}{coverage_html(found.searched)}"
    )


def _plan(plan: PlanNode, number: int) -> str:
    title, counts = f"plan-{number}", plan.counts
    year = years_label((plan.fiscal_year,)) if plan.fiscal_year is not None else ""
    numbers = {"施策": counts["measures"], "取組": counts["undertakings"], "指標": counts["indicators"]}
    facts = (plan.document_kind, year, *(f"{what}{count}" for what, count in numbers.items() if count))
    meta = "".join(f"<span>{esc(fact)}</span>" for fact in facts if fact)
    groups = groupby(plan.measures, key=lambda one: one.headings)
    measures = "".join(_group(headings, list(below)) for headings, below in groups)
    return (
        f'<section class="plan" aria-labelledby="{title}"><h2 id="{title}">'
        f'<span class="over">{esc(plan.municipality)}</span>{esc(plan.title)}</h2>'
        f'<p class="meta">{meta}</p>{measures}</section>'
    )


def _group(headings: Sequence[str], measures: Sequence[MeasureNode]) -> str:
    """Measures that follow one another below the same headings."""
    over = f"<h3>{esc(' › '.join(headings))}</h3>" if headings else ""
    return f"{over}<ul>{''.join(f'<li>{_measure(one)}</li>' for one in measures)}</ul>"


def _measure(measure: MeasureNode) -> str:
    name = measure.name or NO_MEASURE
    below = [*(f"<li>指標: {esc(one)}</li>" for one in measure.indicators)]
    below += [f"<li>{_undertaking(one)}</li>" for one in measure.undertakings]
    if not below:
        return esc(name)
    parts = [f"取組{len(measure.undertakings)}"] if measure.undertakings else []
    parts += [f"指標{len(measure.indicators)}"] if measure.indicators else []
    return disclosure(f"{name}（{'・'.join(parts)}）", f"<ul>{''.join(below)}</ul>")


def _undertaking(one: Undertaking) -> str:
    words = esc(" ".join(part for part in (one.department, one.title) if part))
    if not one.indicators:
        return words
    return f'{words}<span class="meta">　指標: {esc("、".join(one.indicators))}</span>'


def _missing(title: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    items = "".join(f"<li>{esc(name)}</li>" for name in names)
    return disclosure(f"{title}（{len(names)}）", f"<ul>{items}</ul>")
