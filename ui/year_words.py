"""Fiscal years in words, wareki first: 令和6年度（2024）, 平成28年度〜令和2年度（2016〜2020）."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fiscal_year import era_label, format_fiscal_year


def years_label(years: Sequence[int]) -> str:
    """Ascending years in words: each run of years as one range; empty for none."""
    return "、".join(_run_label(first, last) for first, last in _runs(years))


def _runs(years: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _run_label(first: int, last: int) -> str:
    if first == last:
        return format_fiscal_year(first)
    return f"{era_label(first)}〜{era_label(last)}（{first}〜{last}）"
