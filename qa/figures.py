"""The bare value for a question of a figure: the cell of the asked year or role in the row that was found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.folding import match_key
from corpus.passage import Cell, Passage, PassageKind
from qa.hits import Hit

ROLES = ("基準", "目標", "実績", "決算", "予算", "達成度")
ASKED = re.compile(
    r"何(?:件|人|回|年|円|%|％|割|か所|箇所|台|戸|世帯|団体|km|ｋｍ|キロ|時間|トン)|いくら|いくつ|どれ(?:くらい|だけ)"
    r"|(?:件|人|回|団体|世帯|台|箇所|者|戸)数|金額|割合|率|基準値|目標値|実績値|指標|数値|の値|決算額|予算額|KPI|KGI"
)
NUMBER = re.compile(r"\d")
UNIT_IN_HEADER = re.compile(r"[(（](?:単位[:：]?)?([^()（）]{1,6})[)）]")
ROWS_LOOKED_AT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A bare value with its unit, and the row that it stands in."""

    value: str
    hit: Hit


def asks_for_figure(question: str) -> bool:
    """Whether a question asks for a number rather than for what was written."""
    return ASKED.search(question) is not None


def figure_for(
    question: str, hits: Sequence[Hit], fiscal_years: tuple[int, ...], weights: Mapping[str, float]
) -> Figure | None:
    """The value of the one cell that the question points to in the row that is about it, else None.

    Of the first rows found, the one whose labels hold most of the question is meant. A question points to a
    cell by the fiscal year of its column or by its role (目標値, 実績 …). Where more than one cell fits,
    nothing is said rather than a guess.

    Args:
        question: as typed.
        hits: best first.
        fiscal_years: the years asked for.
        weights: how much each term of the question counts.
    """
    roles = [role for role in ROLES if role in question]
    if not asks_for_figure(question) or not (fiscal_years or roles):
        return None
    found = []
    for hit in [hit for hit in hits if hit.passage.kind is PassageKind.ROW][:ROWS_LOOKED_AT]:
        cell = _cell_meant(hit.passage, roles, fiscal_years)
        if cell is not None:
            value = _with_unit(cell, hit.passage)
            found.append((-_named(hit, weights), hit.rank, Figure(value=value, hit=hit)))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _cell_meant(passage: Passage, roles: list[str], fiscal_years: tuple[int, ...]) -> Cell | None:
    """The one cell with a figure that the year and the role leave, None if there is none or more."""
    cells = [cell for cell in passage.cells if NUMBER.search(cell.text)]
    if fiscal_years:
        cells = [cell for cell in cells if cell.fiscal_year in fiscal_years]
    if roles and len(cells) > 1:
        cells = [cell for cell in cells if any(role in cell.header for role in roles)] or cells
    return cells[0] if len(cells) == 1 else None


def _named(hit: Hit, weights: Mapping[str, float]) -> float:
    """How much of the question the row's own labels hold, by the characters of its terms."""
    labels = match_key("".join(cell.text for cell in hit.passage.cells if not cell.fiscal_year))
    named = match_key(hit.passage.item) + labels
    return sum(weight for term, weight in weights.items() if match_key(term) in named)


def _with_unit(cell: Cell, passage: Passage) -> str:
    value = " ".join(cell.text.split())
    if not re.fullmatch(r"[\d,.\-△▲]+", match_key(value)):
        return value
    places = [cell.header, *(label.text for label in passage.cells if not label.fiscal_year)]
    for place in places:
        unit = UNIT_IN_HEADER.search(place)
        if unit and not NUMBER.search(unit[1]):
            return value + unit[1].removeprefix("単位:")
    names = "".join(label.text for label in passage.cells if not label.fiscal_year)
    counted = re.search(r"(件|人|回|箇所|団体|世帯|校|台)数", names)
    return value + counted[1] if counted else value
