"""What ``indicators`` gives: each value with all that it needs to be used, as JSON and as a table to read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from corpus.fiscal_year import era_label
from corpus.indicator import Direction, Indicator, IndicatorRole
from corpus.listing import ListedIndicator
from corpus.locator import OCR_NOTE, is_ocr
from qa.indicators import IndicatorsFound
from ui.columns import aligned
from ui.json_form import JsonObject, searched_json

NOTHING = "条件に合う指標はありません。"
ROLES = {
    IndicatorRole.BASELINE: "基準値",
    IndicatorRole.TARGET: "目標値",
    IndicatorRole.ACTUAL: "実績",
    IndicatorRole.BUDGET: "予算",
    IndicatorRole.SETTLEMENT: "決算",
    IndicatorRole.EFFECT: "効果額",
}
DIRECTIONS = {Direction.UP: "↑", Direction.KEEP: "→", Direction.DOWN: "↓"}


def indicator_json(listed: ListedIndicator) -> JsonObject:
    """One value."""
    one, labels = listed.indicator, listed.labels
    return {
        "indicator_id": one.indicator_id,
        "municipality": listed.municipality,
        "municipality_code": listed.municipality_code,
        "document_id": listed.document_id,
        "source": listed.source,
        "department": "、".join(one.departments),
        "measure": labels.measure,
        "sheet": labels.sheet,
        "name": one.name,
        "role": one.role.value,
        "fiscal_year": one.fiscal_year,
        "value": one.value,
        "value_text": one.value_text,
        "unit": one.unit,
        "direction": one.direction.value if one.direction else None,
        "achieved": one.achieved,
        "cumulative": one.cumulative,
        "passage_id": one.passage_id,
        "locator": listed.locators[0].to_json(),
        **({"ocr": True} if is_ocr(listed.locators) else {}),
    }


def indicators_json(found: IndicatorsFound) -> JsonObject:
    """The form of ``indicators``."""
    return {
        "query": found.query,
        "searched": searched_json(found.searched),
        "indicators": [indicator_json(one) for one in found.indicators],
    }


def indicators_text(found: IndicatorsFound) -> str:
    """The rows one below the other, each under its document with its source, then the coverage line."""
    rows = groupby(found.indicators, key=lambda one: (one.indicator.passage_id, one.indicator.name))
    blocks = [_row_text(list(values)) for _, values in rows] or [NOTHING]
    return "\n\n".join([*blocks, found.searched.sentence()])


def _row_text(values: list[ListedIndicator]) -> str:
    first = values[0]
    labels = first.labels
    over = [*first.indicator.departments, labels.sheet, labels.measure]
    path = " > ".join(dict.fromkeys(part for part in over if part))
    table = aligned((_cells(one.indicator) for one in values), right=(2,))
    return "\n".join(
        [
            f"{first.municipality}「{first.title}」{path}",
            f"{first.indicator.name}{_aim(first.indicator)}",
            *(f"  {line}" for line in table),
            f"  （{first.source}、{first.locators[0].label()}）",
            *([f"  {OCR_NOTE}"] if is_ocr(first.locators) else []),
        ]
    )


def _cells(one: Indicator) -> Iterable[str]:
    printed = " ".join(one.value_text.split())
    year = "年度なし" if one.fiscal_year is None else era_label(one.fiscal_year)
    return (year, ROLES[one.role], printed, "" if one.unit and one.unit in printed else one.unit)


def _aim(one: Indicator) -> str:
    """The direction of the target and whether it was reached, where the source says so."""
    said: list[Any] = []
    if one.direction is not None:
        said.append(f"目標 {DIRECTIONS[one.direction]}")
    if one.achieved is not None:
        said.append("達成" if one.achieved else "未達成")
    return f"（{'、'.join(said)}）" if said else ""
