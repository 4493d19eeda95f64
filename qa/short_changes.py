"""By how much a figure rose or fell: the printed difference, else that of two values, shown as a computation.

A difference is computed only where both values stand in the documents in one unit; the answer names both and
says that it was computed, and both places are cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from corpus.fiscal_year import era_label
from corpus.folding import fold
from corpus.passage import Passage
from qa.figures import with_unit
from qa.short_candidate import Candidate
from qa.short_figure_choice import value_of_year
from qa.short_figure_roles import PLANNED
from qa.short_units import figures_in

_YEAR_ON_YEAR = re.compile(r"前年|1年間|一年間|一年で|1年で|年間で")
_GROWS = re.compile(
    r"(?:増え|減っ|減り|伸び|上が|下が|増加し|減少し|改善し|悪化し)(?:つつあ|てき|て)?(?:い?る|い?ます|た|まし)"
    r"[たのん]?(?:です|でしょう)?か?[?。]?$"
)
_INDICATOR = re.compile(r"指標|KPI|KGI")
NEAR = 0.3
"""How much less a value may fit than the best one, for its row to be the one that is meant."""

LEAST_YEARS = 3
"""Of how many years a row must give values to show how they went."""

_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")


def computed_change(
    question: str, candidates: Sequence[Candidate], years: tuple[int, ...]
) -> Candidate | None:
    """The difference of a figure between two years, None where one of them is not printed in the same unit.

    Args:
        question: as typed.
        candidates: the values that may answer, best first.
        years: the fiscal years asked for, ascending; of several the first and the last are compared, and one
            alone is compared with the year before it where the question says so.
    """
    pair = _pair(fold(question).text, years)
    if pair is None:
        return None
    values = [value_of_year(candidates, year) for year in pair]
    first, last = values
    if first is None or last is None:
        return None
    before, after = _number(first.text), _number(last.text)
    if before is None or after is None or before[1] != after[1]:
        return None
    difference = after[0] - before[0]
    if difference == 0:
        said = "増減なし"
    else:
        unit = "ポイント" if before[1] in ("%", "パーセント") else before[1]
        said = f"{abs(difference):,}{unit}{'増' if difference > 0 else '減'}"
    told = "、".join(
        f"{era_label(year)}{' '.join(one.text.split())}"
        for year, one in zip(pair, (first, last), strict=True)
    )
    others = (first.hit,) if first.hit != last.hit else ()
    return Candidate(
        text=f"{said}（{told}から計算）",
        hit=last.hit,
        score=last.score,
        year=last.year,
        change=True,
        others=others,
    )


def shown_trend(
    question: str, candidates: Sequence[Candidate], about: Callable[[str], float]
) -> Candidate | None:
    """How a row's values went, for 「増えているか」: its name, the first year's value and the last year's.

    Args:
        question: as typed; None unless it asks whether something grew or shrank.
        candidates: the values that may answer, best first.
        about: how much of the topic a row's name says.
    """
    if not candidates or _GROWS.search(fold(question).text) is None:
        return None
    near = [one for one in candidates if candidates[0].score - one.score < NEAR]
    near.sort(key=lambda one: (-about(_row_name(one.hit.passage)), "円" in one.text))  # a cost says least
    for one in near:
        values = _values_of_years(one.hit.passage)
        if len(values) >= LEAST_YEARS:
            ends = (min(values), max(values))
            told = "→".join(f"{era_label(year)} {values[year]}" for year in ends)
            text = f"{_row_name(one.hit.passage)} {told}".strip()
            return Candidate(text=text, hit=one.hit, score=candidates[0].score, year=ends[-1])
    return None


def _values_of_years(passage: Passage) -> dict[int, str]:
    """What a row prints for each year, without what was planned."""
    values: dict[int, str] = {}
    for cell in passage.cells:
        value = with_unit(cell, passage)
        if cell.fiscal_year is not None and not PLANNED.search(cell.header) and _number(value):
            values[cell.fiscal_year] = value
    return values


def _row_name(passage: Passage) -> str:
    """What a row's figures are of: its indicator, where a column names one, else its label."""
    named = (cell.text for cell in passage.cells if _INDICATOR.search(cell.header))
    return " ".join(next(named, passage.item).split())


def _pair(question: str, years: tuple[int, ...]) -> tuple[int, int] | None:
    if len(years) > 1:
        return years[0], years[-1]
    if len(years) == 1 and _YEAR_ON_YEAR.search(question):
        return years[0] - 1, years[0]
    return None


def _number(text: str) -> tuple[Decimal, str] | None:
    """The amount and unit of a value that is one plain number."""
    folded = fold(text).text
    amounts = _AMOUNT.findall(folded)
    if len(amounts) != 1:
        return None
    figure = next(iter(figures_in(folded)), None)
    return Decimal(amounts[0].replace(",", "")), figure.unit if figure else ""
