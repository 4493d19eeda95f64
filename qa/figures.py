"""The bare value for a question of a figure: the cell of the asked year or role in the row that was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
ROWS_LOOKED_AT = 3


def asks_for_figure(question: str) -> bool:
    """Whether a question asks for a number rather than for what was written."""
    return ASKED.search(question) is not None


def figure_for(question: str, hits: Sequence[Hit], fiscal_years: tuple[int, ...]) -> str:
    """The value of the one cell that the question points to in the first rows found, else empty.

    A question points to a cell by the fiscal year of its column or by its role (目標値, 実績 …). Where more
    than one cell fits, nothing is said rather than a guess.
    """
    roles = [role for role in ROLES if role in question]
    if not asks_for_figure(question) or not (fiscal_years or roles):
        return ""
    for hit in hits[:ROWS_LOOKED_AT]:
        if hit.passage.kind is not PassageKind.ROW:
            continue
        cells = [cell for cell in hit.passage.cells if NUMBER.search(cell.text)]
        if fiscal_years:
            cells = [cell for cell in cells if cell.fiscal_year in fiscal_years]
        if roles and len(cells) > 1:
            fitting = [cell for cell in cells if any(role in cell.header for role in roles)]
            cells = fitting or cells
        if len(cells) == 1:
            return _with_unit(cells[0], hit.passage)
    return ""


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
