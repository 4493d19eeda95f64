"""Limits read from words that do not say them outright: 昨年度, 本市, a former name, a kind of document.

A year or a town that is named by its own name needs no explanation; what these words were taken for is told
in the terminal and in JSON, as the page tells it in its chips.
"""

from __future__ import annotations

from typing import Any

from qa.understand import Understood
from ui.year_words import years_label


def readings_json(understood: Understood) -> list[dict[str, Any]]:
    """Each such word with the field that it limits and the values it was taken for."""
    towns = [("municipalities", one.words, [one.town.code]) for one in understood.towns if one.words]
    years = [("stated_years", one.label, list(range(one.first, one.last + 1))) for one in understood.relative]
    kinds = [("document_kinds", one.words, list(one.values)) for one in understood.kinds]
    fields = [("sections", one.words, list(one.values)) for one in understood.fields]
    return [
        {"field": field, "typed": typed, "values": values}
        for field, typed, values in (*towns, *years, *kinds, *fields)
    ]


def readings_text(understood: Understood) -> list[str]:
    """One line that tells them, none where there is nothing to explain."""
    told = [one.label for one in understood.towns if one.words]
    told += [f"{one.label}＝{years_label(range(one.first, one.last + 1))}" for one in understood.relative]
    told += [f"種別「{'」「'.join(one.values)}」" for one in understood.kinds]
    told += [f"「{one.words}」の欄" for one in understood.fields]
    return [f"読み取った条件: {'、'.join(told)}"] if told else []
