"""By how much a figure rose or fell: the printed difference, else that of two values, shown as a computation.

A difference is computed only where both values stand in the documents in one unit; the answer names both and
says that it was computed, and both places are cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.fiscal_year import era_label
from corpus.folding import fold
from qa.short_candidate import Candidate
from qa.short_figure_choice import value_of_year
from qa.short_units import figures_in

_YEAR_ON_YEAR = re.compile(r"前年|1年間|一年間|一年で|1年で|年間で")
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
