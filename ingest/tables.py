"""What a table says of itself: its labels, its headers over one or two lines, the years of its columns.

How a row is laid under a header is decided in ``ingest.alignment``, what a single cell holds in
``ingest.cells``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import match_key
from corpus.passage import Cell
from corpus.span import Span
from ingest.blocks import TableCell, TableRow
from ingest.cells import Value, is_figure, value_of
from ingest.headings import squeezed
from ingest.markup import content_spans, has_tags

_ANNOTATION = re.compile(r"\s*[※＊]|\s+(?=[(（](?!単位)[^)）]{5,})|\s*(?=[◎○△×●▲☆]\s*[:：])")
_TOTAL = re.compile(r"(合|総|小|累)?計")
_HEADER_WORD = re.compile(
    r"(名|内容|値|額|率|数|年度|目標|実績|備考|概要|説明|課|長|区分|項目|時期|期間|方針|状況|指標|予定|結果|評価"
    r"|理由|単位|ページ|手段|目的|達成|コード|番号|no\.?|種別|対象|主体|欄|者|係|金|費|人数|計)([(（].*)?$"
)
# 款, 項, 目 and 節 are the classes of a municipal budget (地方自治法施行令 第147条).
_BUDGET_CLASS = re.compile(r"[款項目節]|細節|細目")
_NAME_HEADER = re.compile(r"(成果)?指標名?|.*(事業|施策|項目)名|(名称|国籍|内訳|項目)")
_LONGEST_HEADER = 30


class ColumnKind(StrEnum):
    """What a column's header lets its cells be."""

    CODE = "code"
    TEXT = "text"
    YEAR = "year"
    TARGET = "target"
    MARK = "mark"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its header in the source's words, its kind, and the fiscal year that the header names."""

    header: str
    kind: ColumnKind
    fiscal_year: int | None


Header = tuple[Column, ...]
Aligned = tuple[TableCell | None, ...]
"""A row's cells under the columns of its header, None where it has no cell."""


def tidy(text: str) -> str:
    """A label on one line, letters spaced out put together: 実 践 課 is 実践課, 2024 年度 is 2024年度."""
    words = text.split()
    if all(len(word) <= 2 and not word.isascii() for word in words):
        return "".join(words)
    return re.sub(r"(?<=[0-9０-９])\s+(?=年)", "", " ".join(words))


def short_label(text: str) -> str:
    """A label without the legend or explanation that stands in the same cell; a unit or a year stays."""
    found = _ANNOTATION.search(text, 1)
    if found and not years_in(text[found.start() :]):
        return tidy(text[: found.start()])
    return tidy(text)


def label_key(text: str) -> str:
    """What a label is matched by: without legend, white space and variants of width."""
    return match_key(short_label(squeezed(text)))


def column_year(text: str) -> int | None:
    """The fiscal year that a header names, None if it names none or several."""
    years = {mention.fiscal_year for mention in find_fiscal_years(text)}
    return years.pop() if len(years) == 1 else None


def years_in(text: str) -> tuple[int, ...]:
    """The fiscal years that ``text`` names, ascending."""
    return tuple(sorted({mention.fiscal_year for mention in find_fiscal_years(text)}))


def header_of(rows: Sequence[TableRow]) -> tuple[Header, int]:
    """The header at the top of a table and how many rows it takes; ``((), 0)`` for a table without one."""
    if len(rows) < 2 or not _may_head(rows):
        return (), 0
    if _continues_header(rows):
        return _joined_header(rows[0], rows[1]), 2
    return make_header(rows[0].texts), 1


def make_header(texts: Sequence[str]) -> Header:
    """Columns from the cells of a header row."""
    return tuple(_column(short_label(text)) for text in texts)


def row_cells(header: Header, aligned: Aligned) -> tuple[Cell, ...]:
    """The filled cells of an aligned row with their headers, left to right."""
    return tuple(
        Cell(header=column.header, span=cell.span, fiscal_year=column.fiscal_year)
        for column, cell in zip(header, aligned, strict=True)
        if cell is not None and cell.text
    )


def row_segments(text: str, cells: Sequence[TableCell]) -> tuple[Span, ...]:
    """Where a row stands: one span from its first to its last filled cell, or the parts between tags."""
    filled = [cell.span for cell in cells if cell.text]
    if not filled:
        return ()
    whole = Span(filled[0].start, filled[-1].end)
    if not has_tags(text, whole):
        return (whole,)
    return tuple(part for span in filled for part in content_spans(text, span))


def fill_down(rows: Sequence[TableRow], columns: int) -> tuple[TableRow, ...]:
    """Rows whose empty cells in the first ``columns`` columns repeat the cell above (a merged cell).

    A total belongs to no row above it and is left as it is.
    """
    above: list[TableCell | None] = [None] * columns
    filled = []
    for row in rows:
        if any(_TOTAL.fullmatch(match_key(cell.text)) for cell in row.filled):
            filled.append(row)
            continue
        cells = list(row.cells)
        for index in range(min(columns, len(cells))):
            carried = above[index]
            if cells[index].text:
                above[index:] = [cells[index], *[None] * (columns - index - 1)]
            elif carried is not None:
                cells[index] = carried
        filled.append(replace(row, cells=tuple(cells)))
    return tuple(filled)


def is_header_word(text: str) -> bool:
    """Whether a cell reads like the head of a column (施策名, 所属長, 備考)."""
    key = label_key(text)
    return len(text) <= _LONGEST_HEADER and bool(_HEADER_WORD.search(key) or _BUDGET_CLASS.fullmatch(key))


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


def _may_head(rows: Sequence[TableRow]) -> bool:
    first = rows[0]
    filled = first.texts if len(first.cells) > 1 else ()
    named = [text for text in filled if text]
    if _figures_below(rows):
        return True
    if not named or any(len(text) > _LONGEST_HEADER and column_year(text) is None for text in named):
        return False
    if any(value_of(text) not in (Value.TEXT, Value.EMPTY) and column_year(text) is None for text in named):
        return False
    if any(column_year(text) is not None for text in filled[1:]):
        below = {value_of(row.cells[-1].text) for row in rows[1:]}
        return len(filled) > 2 or below <= {Value.NUMBER, Value.DASH, Value.EMPTY}
    words = [is_header_word(text) for text in named]
    if len(first.cells) == 2:
        told = all(words) or _is_short_above_long(rows) or (words[-1] and _is_word_above_figures(rows))
        return len(named) == 2 and told
    return len(named) > 1 and sum(words) * 2 >= len(words)


def _is_short_above_long(rows: Sequence[TableRow]) -> bool:
    """Whether two short words stand above two columns of longer text."""
    longest = max(len(text) for text in rows[0].texts)
    return longest <= 12 and all(
        len(row.filled) == 2 and min(map(len, row.texts)) > longest for row in rows[1:]
    )


def _is_word_above_figures(rows: Sequence[TableRow]) -> bool:
    """Whether two figures or more, and nothing else, stand below a word in the last column."""
    return len(rows) > 2 and all(
        value_of(row.cells[-1].text) in (Value.NUMBER, Value.DASH) for row in rows[1:]
    )


def _figures_below(rows: Sequence[TableRow]) -> bool:
    """Whether words stand above figures in two columns or more, however long the first row's labels are."""
    first = rows[0].texts
    if len(first) < 3 or any(value_of(text) not in (Value.TEXT, Value.EMPTY) for text in first[1:]):
        return False
    above = {index for index, text in enumerate(first) if text}
    below = {index for row in rows[1:] for index, text in enumerate(row.texts) if is_figure(text)}
    return len(above & below) >= 2


def _continues_header(rows: Sequence[TableRow]) -> bool:
    first, second = rows[0], rows[1]
    if len(rows) < 3 or len(second.cells) != len(first.cells) or not second.filled or second.cells[0].text:
        return False
    under_blank = sum(1 for a, b in zip(first.texts, second.texts, strict=True) if b and not a)
    named = all(column_year(cell.text) is not None or is_header_word(cell.text) for cell in second.filled)
    return under_blank > 0 and named


def _joined_header(first: TableRow, second: TableRow) -> Header:
    columns = []
    spanning = ""
    for above, below in zip(first.texts, second.texts, strict=True):
        spanning = above or spanning
        joined = f"{short_label(spanning)} {short_label(below)}" if below else short_label(above)
        columns.append(_column(joined))
    return tuple(columns)


def _column(header: str) -> Column:
    key = match_key(header)
    year = column_year(header)
    if re.search(r"コード|番号|^no\.?", key):
        kind = ColumnKind.CODE
    elif year is not None:
        kind = ColumnKind.YEAR
    elif re.search(r"備考|摘要|コメント", key):
        kind = ColumnKind.NOTE
    elif re.search(r"達成|評価|判定|進捗度", key):
        kind = ColumnKind.MARK
    elif re.search(r"目標|方向", key):
        kind = ColumnKind.TARGET
    else:
        kind = ColumnKind.TEXT
    return Column(header=header, kind=kind, fiscal_year=year)
