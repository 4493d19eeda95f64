"""Indicators as a table for Excel or another program: one line a value, each with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.fiscal_year import era_label
from corpus.listing import ListedIndicator
from corpus.locator import OCR_NOTE, is_ocr
from qa.indicator_series import Series
from qa.searched import Searched
from ui.export_file import write_csv_lines
from ui.export_table import write_sheets
from ui.indicator_form import DIRECTIONS, ROLES

HEADERS = (
    *("自治体コード", "自治体", "指標", "施策・業務", "部署", "区分", "年度", "年度（西暦）", "値", "単位"),
    *("累計", "資料の表記", "目標の向き", "達成", "文書", "所在", "ファイル", "備考"),
)
WIDTHS = (12, 12, 34, 34, 20, 8, 12, 8, 12, 8, 6, 14, 8, 8, 34, 16, 26, 16)
VALUE = HEADERS.index("値")
YEAR = HEADERS.index("年度（西暦）")


def lines_of(series: Iterable[Series]) -> Iterator[tuple[str | float, ...]]:
    """The lines, series by series, each by year; numbers as numbers."""
    for one in series:
        ordered = sorted(one.values.items(), key=lambda pair: (pair[0][0] is None, pair[0][0] or 0))
        for _, listed in ordered:
            yield _line(one, listed)


def write_indicators_xlsx(series: Sequence[Series], text: str, searched: Searched, path: Path) -> None:
    """Write the values and, on a second worksheet, what was searched. Errors as ``write_sheets``."""
    notes = [(f"指標・施策の言葉: {text or '（指定なし）'}",), (searched.sentence(),)]
    write_sheets(
        path, [("指標", HEADERS, list(lines_of(series)), WIDTHS), ("検索した範囲", ("検索",), notes, (100,))]
    )


def write_indicators_csv(series: Sequence[Series], path: Path) -> None:
    """Write one line a value, in UTF-8 with a byte order mark, as Excel expects it.

    Raises:
        InputError: the file cannot be written.
    """
    write_csv_lines(path, HEADERS, lines_of(series))


def _line(one: Series, listed: ListedIndicator) -> tuple[str | float, ...]:
    indicator = listed.indicator
    year = indicator.fiscal_year
    achieved = {True: "達成", False: "未達成", None: ""}[indicator.achieved]
    return (
        *(one.municipality_code, one.municipality, one.name, one.measure, "、".join(indicator.departments)),
        *(ROLES[indicator.role], era_label(year) if year is not None else "", "" if year is None else year),
        *("" if indicator.value is None else indicator.value, indicator.unit),
        *("累計" if one.cumulative else "", " ".join(indicator.value_text.split())),
        *(DIRECTIONS[one.direction] if one.direction else "", achieved, listed.title),
        *(listed.locators[0].label(), listed.source, OCR_NOTE if is_ocr(listed.locators) else ""),
    )
