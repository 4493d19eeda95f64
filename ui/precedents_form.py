"""What ``precedents`` gives: wordings by section and frame, as JSON and as text."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.fiscal_year import era_label
from qa.precedents import Outcome, PatternGroup, Precedent, Precedents
from ui.citation_text import source_line
from ui.compare_form import cited_json, figure_rows
from ui.indicator_form import indicator_json
from ui.json_form import JsonObject, searched_json


def precedents_json(found: Precedents) -> JsonObject:
    """The form of ``precedents``."""
    return {
        "theme": found.theme.text,
        "section": found.section,
        "searched": searched_json(found.searched),
        "notices": list(found.notices),
        "groups": [
            {
                "section": group.section.value,
                "pattern": group.pattern,
                "municipalities": list(group.towns),
                "passages": [
                    {**cited_json(one.cited), "outcome": outcome_json(one.outcome)} for one in group.passages
                ],
            }
            for group in found.groups
        ],
    }


def outcome_json(outcome: Outcome) -> JsonObject:
    """What became of a wording; all empty where its sheet records nothing."""
    return {
        "marks": [
            {"fiscal_year": mark.fiscal_year, "mark": mark.mark, "meaning": mark.meaning}
            for mark in outcome.marks
        ],
        "figures": [indicator_json(one) for one in outcome.figures],
        "text": cited_json(outcome.text) if outcome.text else None,
    }


def precedents_text(found: Precedents) -> str:
    """One block a frame, then the coverage line."""
    blocks = [*found.notices, *(_group_text(group) for group in found.groups)]
    return "\n\n".join([*blocks, found.searched.sentence()])


def outcome_text(outcome: Outcome) -> str:
    """What became of a wording in one line, empty where nothing is recorded."""
    parts = []
    if outcome.marks:
        marks = "、".join(f"{era_label(mark.fiscal_year)} {mark.mark}" for mark in outcome.marks)
        parts.append(f"達成度 {marks}")
    parts += [f"{name}: {values}" for name, values, _ in figure_rows(outcome.figures)]
    if outcome.text:
        parts.append(f"「{' '.join(outcome.text.citation.quote.split())}」")
    return "／".join(parts)


def _group_text(group: PatternGroup) -> str:
    head = f"■ {group.section.value} {group.pattern}（{len(group.towns)}自治体・{len(group.passages)}件）"
    return "\n".join([head, *(line for one in group.passages for line in _precedent_text(one))])


def _precedent_text(one: Precedent) -> Iterator[str]:
    yield f"  「{' '.join(one.cited.citation.quote.split())}」"
    yield f"    {source_line(one.cited.hit)}"
    outcome = outcome_text(one.outcome)
    if outcome:
        yield f"    その後: {outcome}"
