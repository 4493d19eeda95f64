"""What ``compare`` gives: the matrix as JSON, and as text that reads town by town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.fiscal_year import era_label
from corpus.listing import ListedIndicator
from qa.aspect_words import Aspect
from qa.compare import Comparison, Row
from qa.compare_cells import Cell, CitedHit
from qa.compare_differences import Differences, Group
from ui.citation_text import source_line
from ui.indicator_form import ROLES, indicator_json
from ui.json_form import JsonObject, citation_json, hit_json, searched_json

NOT_WRITTEN = "検索した範囲に記載なし"
GROUPS = (
    ("common", "どの自治体にもある記述"),
    ("shared", "いくつかの自治体にある記述"),
    ("only", "1つの自治体だけにある記述"),
)
MANY = 30
"""From so many towns on, those without any entry are only named together; of groups so many are shown."""


def compare_json(found: Comparison) -> JsonObject:
    """The form of ``compare``."""
    return {
        "theme": found.theme.text,
        "searched": searched_json(found.searched),
        "notices": list(found.notices),
        "aspects": [aspect.value for aspect in Aspect],
        "rows": [_row_json(row) for row in found.rows],
        "differences": differences_json(found.differences),
    }


def cited_json(one: CitedHit) -> JsonObject:
    """A passage with the words of it that are quoted."""
    return {**hit_json(one.hit), "quote": citation_json(one.citation)}


def differences_json(differences: Differences) -> JsonObject:
    """What is common and what is not."""
    return {kind: [_group_json(group) for group in getattr(differences, kind)] for kind, _ in GROUPS}


def not_written(row: Row) -> str:
    """What an empty cell says: that nothing is written, and where it was looked for."""
    if not row.documents:
        return "条件に合う資料なし"
    return f"{NOT_WRITTEN}（{row.documents}文書・{row.passages:,}か所）"


def compare_text(found: Comparison) -> str:
    """Each town with its aspects, then what is common and what is not, then the coverage line."""
    told = [row for row in found.rows if row.found or len(found.rows) <= MANY]
    blocks = [*found.notices, *(_row_text(row) for row in told)]
    silent = [row.municipality for row in found.rows if not row.found]
    if silent and len(found.rows) > MANY:
        blocks.append(f"{NOT_WRITTEN}: {'、'.join(silent)}")
    blocks += _differences_text(found.differences)
    return "\n\n".join([*blocks, found.searched.sentence()])


def figure_rows(values: Sequence[ListedIndicator]) -> Iterator[tuple[str, str, ListedIndicator]]:
    """Each row of figures as its name, its values in words, and the first of its values."""
    for _, row in groupby(values, key=lambda one: (one.labels.measure, one.labels.name)):
        held = list(row)
        yield held[0].labels.name, "、".join(value_text(one) for one in held), held[0]


def value_text(one: ListedIndicator) -> str:
    """A value with its year, its role and its unit."""
    indicator = one.indicator
    year = era_label(indicator.fiscal_year) if indicator.fiscal_year is not None else "年度なし"
    printed = " ".join(indicator.value_text.split())
    unit = "" if indicator.value is None or printed.endswith(indicator.unit) else indicator.unit
    return f"{year} {ROLES[indicator.role]} {printed}{unit}"


def _row_json(row: Row) -> JsonObject:
    return {
        "municipality": row.municipality,
        "municipality_code": row.municipality_code,
        "documents": row.documents,
        "passages": row.passages,
        "cells": {aspect.value: _cell_json(row, cell) for aspect, cell in row.cells.items()},
    }


def _cell_json(row: Row, cell: Cell) -> JsonObject:
    return {
        "found": cell.found,
        "passages": [cited_json(one) for one in cell.passages],
        "indicators": [indicator_json(one) for one in cell.indicators],
        "note": "" if cell.found else not_written(row),
    }


def _group_json(group: Group) -> JsonObject:
    return {
        "words": list(group.words),
        "municipalities": list(group.municipalities),
        "passages": [cited_json(one) for one in group.members],
    }


def _row_text(row: Row) -> str:
    lines = [f"■ {row.municipality}"]
    for aspect, cell in row.cells.items():
        lines.append(f"  【{aspect.value}】")
        if not cell.found:
            lines.append(f"    {not_written(row)}")
        for one in cell.passages:
            lines.append(f"    「{_on_one_line(one.citation.quote)}」")
            lines.append(f"      {source_line(one.hit)}{_called(one)}")
        for name, values, first in figure_rows(cell.indicators):
            lines.append(f"    {name}: {values}")
            lines.append(f"      出典（{first.municipality}「{first.title}」、{first.locators[0].label()}）")
    return "\n".join(lines)


def _differences_text(differences: Differences) -> Iterator[str]:
    for kind, title in GROUPS:
        groups: Sequence[Group] = getattr(differences, kind)
        if groups:
            lines = [f"◆ {title}", *(line for group in groups[:MANY] for line in _group_text(group))]
            more = len(groups) - MANY
            yield "\n".join([*lines, *([f"  ほか{more}件（JSON と Excel に含みます）"] if more > 0 else [])])


def _group_text(group: Group) -> Iterator[str]:
    words = f"（{'・'.join(group.words)}）" if group.words else ""
    yield f"  {'、'.join(group.municipalities)}{words}"
    for one in group.members:
        yield f"    {one.hit.document.municipality}「{_on_one_line(one.citation.quote)}」"


def _called(one: CitedHit) -> str:
    """By which other word the passage says the theme, where it does not say it as typed."""
    words = [f"{word.typed}→{word.called}" for word in one.hit.called]
    return f"（言い換え: {'、'.join(words)}）" if words else ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
