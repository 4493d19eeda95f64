"""What a table says of itself: its labels, its columns, their years, and its rows under them.

Which rows head a table is decided in ``ingest.headers``, how a row is laid under them in
``ingest.alignment``, what a single cell holds in ``ingest.cells``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.passage import Cell
from corpus.span import Span
from ingest.blocks import TableCell, TableRow
from ingest.cells import Value, value_of
from ingest.headings import squeezed
from ingest.markup import content_spans, has_tags
from ingest.year_note import bracketed_years

_SPACE_BEFORE_YEAR = re.compile(r"(?<=[0-9０-９])\s+(?=年)")
# What explains a label in its own cell: a note, a remark in brackets, a legend of marks.
_ANNOTATION = re.compile(r"\s*[※＊]|\s+(?=[(（](?!単位)[^)）]{5,})|\s*(?=[◎○△×●▲☆]\s*[:：])")
# What every way to write a year has in it; most texts have none, and need no closer look.
_MAY_NAME_YEAR = re.compile(
    r"年|[令平昭大明㋿㍻㍼㍽㍾]|[RHSTMFＲＨＳＴＭＦ]|[0-9０-９]{4}|[一二][〇一二三四五六七八九]{3}"
)
_LONGEST_LABEL = 120
_CACHED = 1 << 14
_LABELS_CACHED = 1 << 16  # a large table names as many things, and each is asked for several times
_TOTAL = re.compile(r"(合|総|小|累)?計")
# Heads of the column that names what a row is about.
_NAME_HEADER = re.compile(r"(成果)?指標名?|.*(事業|施策|項目|施設)名|(名称|内訳|項目)")


class ColumnKind(StrEnum):
    """What a column's header lets its cells be."""

    CODE = "code"
    TEXT = "text"
    YEAR = "year"
    TARGET = "target"
    MARK = "mark"
    NOTE = "note"


_CODE_HEADER = re.compile(r"コード|番号|^no\.?")
_HEADERS = (
    (ColumnKind.NOTE, re.compile(r"備考|摘要|コメント")),
    (ColumnKind.MARK, re.compile(r"達成|評価|判定|進捗度")),
    (ColumnKind.TARGET, re.compile(r"目標|方向")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its header in the source's words, its kind, and the fiscal year that the header names."""

    header: str
    kind: ColumnKind
    fiscal_year: int | None


Header = tuple[Column, ...]
Aligned = tuple[TableCell | None, ...]
"""A row's cells under the columns of its header, None where it has no cell."""


@lru_cache(maxsize=_CACHED)
def tidy(text: str) -> str:
    """A label on one line, letters spaced out put together: 実 践 課 is 実践課, 2024 年度 is 2024年度."""
    words = text.split()
    if all(len(word) <= 2 and not word.isascii() for word in words):
        return "".join(words)
    return _SPACE_BEFORE_YEAR.sub("", " ".join(words))


def short_label(text: str) -> str:
    """A label without the legend or explanation that stands in the same cell; a unit or a year stays."""
    return _short_label(text)


@lru_cache(maxsize=_CACHED)
def _short_label(text: str) -> str:
    found = _ANNOTATION.search(text, 1)
    if found and not years_in(text[found.start() :]):
        return tidy(text[: found.start()])
    return tidy(text)


def label_key(text: str) -> str:
    """What a label is matched by: without legend, white space and variants of width.

    No label is longer than ``_LONGEST_LABEL``: of a longer text only that much is looked at.
    """
    return _label_key(text[:_LONGEST_LABEL])


@lru_cache(maxsize=_LABELS_CACHED)
def _label_key(text: str) -> str:
    return match_key(short_label(squeezed(text)))


def column_year(text: str) -> int | None:
    """The fiscal year that a header names, None if it names none or several; 「目標（R34）」 names one."""
    years = bracketed_years(text).union(years_in(text))
    return next(iter(years)) if len(years) == 1 else None


def years_in(text: str) -> tuple[int, ...]:
    """The fiscal years that ``text`` names, ascending."""
    return _years_in(text) if _MAY_NAME_YEAR.search(text) else ()


@lru_cache(maxsize=_CACHED)
def _years_in(text: str) -> tuple[int, ...]:
    return tuple(sorted({mention.fiscal_year for mention in find_fiscal_years(text)}))


def make_header(texts: Sequence[str]) -> Header:
    """Columns from the cells of a header row."""
    return tuple(column_of(short_label(text)) for text in texts)


def row_cells(header: Header, aligned: Aligned) -> tuple[Cell, ...]:
    """The filled cells of an aligned row with their headers, left to right."""
    cells = [
        Cell(header=column.header, span=cell.span, fiscal_year=column.fiscal_year)
        for column, cell in zip(header, aligned, strict=True)
        if cell is not None and cell.text
    ]
    return tuple(cells)


def row_segments(text: str, cells: Sequence[TableCell]) -> tuple[Span, ...]:
    """Where a row stands: one span from its first to its last filled cell, or the parts between tags."""
    filled = [cell.span for cell in cells if cell.text]
    if not filled:
        return ()
    whole = Span(filled[0].start, filled[-1].end)
    if not has_tags(text, whole):
        return (whole,)
    return tuple(part for span in filled for part in content_spans(text, span))


def is_total(label: str) -> bool:
    """Whether a label says no more than that its row adds up others: 計, 合計, 小計."""
    return "計" in label and _TOTAL.fullmatch(label_key(label)) is not None


def fill_down(rows: Sequence[TableRow], columns: int, counting: Collection[int] = ()) -> tuple[TableRow, ...]:
    """Rows whose empty cells in the first ``columns`` columns repeat the cell above (a merged cell).

    A total belongs to no row above it and is left as it is.

    Args:
        rows: below the header.
        columns: how many columns at the left may hold merged cells.
        counting: columns among them that only number the rows: they end nothing that stands beside them.
    """
    above: list[TableCell | None] = [None] * columns
    filled = []
    for row in rows:
        if any(is_total(cell.text) for cell in row.filled):
            filled.append(row)
            continue
        cells = list(row.cells)
        for index in range(min(columns, len(cells))):
            if index in counting:
                continue
            carried = above[index]
            if cells[index].text:
                above[index:] = [cells[index], *[None] * (columns - index - 1)]
            elif carried is not None:
                cells[index] = carried
        filled.append(row if tuple(cells) == row.cells else replace(row, cells=tuple(cells)))
    return tuple(filled)


def row_label(header: Header, aligned: Aligned) -> str:
    """What a row is about: the cell headed as a name, else the first that is neither code nor figure."""
    pairs = [
        (c, cell.text) for c, cell in zip(header, aligned, strict=True) if cell is not None and cell.text
    ]
    named = [text for column, text in pairs if _NAME_HEADER.fullmatch(label_key(column.header))]
    told = [
        text for column, text in pairs if column.kind is not ColumnKind.CODE and value_of(text) is Value.TEXT
    ]
    return squeezed((*named, *told, *(text for _, text in pairs), "")[0])


@lru_cache(maxsize=_CACHED)
def column_of(header: str) -> Column:
    """The column that a header stands for."""
    key = match_key(header)
    year = column_year(header)
    if _CODE_HEADER.search(key):
        kind = ColumnKind.CODE
    elif year is not None:
        kind = ColumnKind.YEAR
    else:
        kind = next((kind for kind, words in _HEADERS if words.search(key)), ColumnKind.TEXT)
    return Column(header=header, kind=kind, fiscal_year=year)
