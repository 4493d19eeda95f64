"""What ``hierarchy`` gives: the tree of plans as JSON and as indented text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from corpus.fiscal_year import era_label
from qa.hierarchy import Hierarchy, MeasureNode, PlanNode
from ui.json_form import JsonObject, searched_json

NO_MEASURE = "（施策の記載なし）"


def hierarchy_json(found: Hierarchy) -> JsonObject:
    """The form of ``hierarchy``."""
    return {
        "searched": searched_json(found.searched),
        "plans": [_plan_json(one) for one in found.plans],
        "measures_without_sheet": [
            {"municipality": town, "name": name} for town, name in found.without_sheet
        ],
        "sheets_without_measure": [
            {"municipality": town, "sheet_id": sheet_id, "title": title}
            for town, sheet_id, title in found.without_measure
        ],
    }


def hierarchy_text(found: Hierarchy) -> str:
    """One block a plan, then what is missing, then the coverage line."""
    blocks = ["\n".join(_plan_text(one)) for one in found.plans]
    if found.without_sheet:
        missing = "\n".join(f"  {town} {name}" for town, name in found.without_sheet)
        blocks.append(f"◆ 個票の見当たらない施策\n{missing}")
    if found.without_measure:
        missing = "\n".join(
            f"  {town} {title}（{sheet_id}）" for town, sheet_id, title in found.without_measure
        )
        blocks.append(f"◆ 施策の分からない個票\n{missing}")
    return "\n\n".join([*(blocks or ["条件に合うシートはありません。"]), found.searched.sentence()])


def _plan_json(plan: PlanNode) -> JsonObject:
    return {
        "document_id": plan.document_id,
        "title": plan.title,
        "municipality": plan.municipality,
        "municipality_code": plan.municipality_code,
        "fiscal_year": plan.fiscal_year,
        "document_kind": plan.document_kind,
        "counts": plan.counts,
        "measures": [_measure_json(one) for one in plan.measures],
    }


def _measure_json(measure: MeasureNode) -> JsonObject:
    return {
        "name": measure.name,
        "headings": list(measure.headings),
        "sheet_id": measure.sheet_id,
        "indicators": list(measure.indicators),
        "undertakings": [
            {
                "sheet_id": one.sheet_id,
                "title": one.title,
                "department": one.department,
                "indicators": list(one.indicators),
            }
            for one in measure.undertakings
        ],
    }


def _plan_text(plan: PlanNode) -> Iterator[str]:
    counts = plan.counts
    year = f"、{era_label(plan.fiscal_year)}" if plan.fiscal_year is not None else ""
    yield (
        f"■ {plan.municipality}「{plan.title}」（{plan.document_kind}{year}）"
        f" 施策{counts['measures']}・取組{counts['undertakings']}・指標{counts['indicators']}"
    )
    for headings, measures in groupby(plan.measures, key=lambda one: one.headings):
        if headings:
            yield f"  ◇ {' › '.join(headings)}"
        yield from (line for measure in measures for line in _measure_text(measure))


def _measure_text(measure: MeasureNode) -> Iterator[str]:
    yield f"  {measure.name or NO_MEASURE}"
    for name in measure.indicators:
        yield f"    指標: {name}"
    for one in measure.undertakings:
        figures = f"（指標{len(one.indicators)}）" if one.indicators else ""
        yield f"    {' '.join(part for part in (one.department, one.title) if part)}{figures}"
