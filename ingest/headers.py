"""Which rows at the top of a table are its header.

A header is short words above longer or other things: years, words that head columns in such documents
(施策名, 予算額, 備考), or any words above columns of figures. It may take two rows, the first of which spans
several columns of the second (令和4年度 above 目標 and 実績). A label at its left may span all rows below it
(事業費 beside 決算額 and 予算額).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ingest.blocks import TableRow
from ingest.cells import Value, is_figure, value_of
from ingest.checked_box import box_choice
from ingest.column_years import head_years, is_bare_year, is_dated_value
from ingest.tables import Header, column_of, column_year, label_key, make_header, short_label

# Words that a column's head ends in, whatever stands before: 施策名, 予算額, 所属長, 評価の基準.
_HEADER_WORD = re.compile(
    r"(名|内容|値|額|率|数|年度|目標|実績|備考|概要|説明|課|長|区分|項目|時期|期間|方針|状況|指標|予定|結果|評価"
    r"|理由|単位|ページ|手段|目的|達成|コード|番号|no\.?|種別|対象|主体|欄|者|係|金|費|人数|計|品目|数?量|場所|所在地?|面積|延長"
    r"|(年月|開催|実施|施行|期|締切)日|日時|日程|基準|回答|順位|割合|分類|部門|部署|所属|方法|種類|規模|効果|課題|方向性?)([(（].*)?$"
)
# 款, 項, 目 and 節 are the classes of a municipal budget (地方自治法施行令 第147条).
_BUDGET_CLASS = re.compile(r"[款項目節]|細節|細目")
# Words of a head's second line that end in none of these: 当初 and 最終 below 予算額.
_SECOND_LINE = re.compile(
    r"(合|小|累)?計|見込(み)?|計画|推計|増減|当初|最終|中間|策定時|元年度?|[0-9]{1,2}年度?"
)
# Sums over years as a column's head: 「3か年合計」.
_SUM = re.compile(r"[0-9０-９]{1,2}(か|ヶ|カ|ケ|箇)?年(間|度|分)?の?(合|小|総|累)?計")
# A head that is a year and no more: 令和6年度, R6.
_YEAR_ALONE = re.compile(r"(令和|平成|[rh])?[0-9元]{1,4}(年度?)?")
_HEADS = (Value.TEXT, Value.EMPTY, Value.MARK)  # marks head the columns of how many have each
_FEWEST_BESIDE = 2
_LONGEST_PART = 12  # characters
_LONGEST_HEADER = 30  # characters
_LONGEST_YEAR = 15  # characters


def header_of(rows: Sequence[TableRow]) -> tuple[Header, int]:
    """The header at the top of a table and how many rows it takes; ``((), 0)`` for a table without one."""
    if len(rows) < 2 or not _may_head(rows):
        return (), 0
    if not _continues_header(rows):
        if _groups_heads(rows):
            return make_header(_within_groups(rows[0].texts, rows[1].texts)), 2
        return make_header(rows[0].texts), 1
    if _continues_header(rows[1:]) and _is_years(rows[2]):
        return _joined_header(_joined_texts(rows[0].texts, rows[1].texts), rows[2].texts), 3
    return _joined_header(rows[0].texts, rows[1].texts), 2


def is_header_word(text: str) -> bool:
    """Whether a cell reads like the head of a column (施策名, 所属長, 備考)."""
    return len(text) <= _LONGEST_HEADER and _is_header_key(label_key(text))


@lru_cache(maxsize=1 << 12)
def _is_header_key(key: str) -> bool:
    return bool(_HEADER_WORD.search(key) or _BUDGET_CLASS.fullmatch(key))


def _may_head(rows: Sequence[TableRow]) -> bool:
    first = rows[0]
    filled = first.texts if len(first.cells) > 1 else ()
    named = [text for text in filled if text]
    if any(text.endswith("。") or box_choice(text) is not None for text in named):
        return False
    if _figures_below(rows) or _spans_rows(rows):
        return True
    if not named or any(len(text) > _LONGEST_HEADER and column_year(text) is None for text in named):
        return False
    dated = head_years(filled)
    values = [t for t in named if value_of(t) not in (Value.TEXT, Value.EMPTY) and not _SUM.fullmatch(t)]
    if any(column_year(text) is None and not (dated and is_bare_year(text)) for text in values):
        return False
    if any(is_dated_value(text) for text in named):
        return False
    if dated or any(column_year(text) is not None for text in filled[1:]):
        below = {value_of(row.cells[-1].text) for row in rows[1:]}
        return len(filled) > 2 or below <= {Value.NUMBER, Value.DASH, Value.EMPTY}
    words = [is_header_word(text) for text in named]
    if len(first.cells) == 2:
        told = all(words) or _is_short_above_long(rows) or (words[-1] and _is_word_above_figures(rows))
        return len(named) == 2 and told
    return len(named) > 1 and sum(words) * 2 >= len(words)


def _spans_rows(rows: Sequence[TableRow]) -> bool:
    """Whether a label spans all rows below it, with heads beside it under which alone something stands."""
    first = rows[0].texts
    if len(rows) < 2 or not first[0] or any(row.cells[0].text for row in rows[1:]):
        return False
    heads = {index for index, text in enumerate(first) if index and text}
    if len(heads) < _FEWEST_BESIDE or any(len(row.cells) != len(first) for row in rows[1:]):
        return False
    if any(value_of(first[i]) is not Value.TEXT or len(first[i]) > _LONGEST_HEADER for i in heads):
        return False
    below = [{index for index, text in enumerate(row.texts) if text} for row in rows[1:]]
    return all(filled and filled <= heads for filled in below)


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
    kinds = [value_of(text) for text in first[1:]]
    marked = Value.MARK in kinds  # then a dash is the mark of what was not graded
    if len(first) < 3 or any(kind not in _HEADS and not (marked and kind is Value.DASH) for kind in kinds):
        return False
    above = {index for index, text in enumerate(first) if text}
    below: set[int] = set()
    for row in rows[1:]:
        below.update(i for i, text in enumerate(row.texts) if text and i in above and is_figure(text))
        if len(below) >= 2:
            return True
    return False


def _continues_header(rows: Sequence[TableRow]) -> bool:
    """Whether the second row goes on with the header: below blanks of the first, or years below its words."""
    if len(rows) < 3:
        return False
    first, second = rows[0], rows[1]
    if _heads_questions(rows):
        return True
    if len(second.cells) != len(first.cells) or not second.filled:
        return False
    if second.cells[0].text and (first.cells[0].text or len(second.filled) < 3 or not rows[2].cells[0].text):
        return False
    if _names_parts(rows) or _fills_spans(rows):
        return True
    under_blank = any(b and not a for a, b in zip(first.texts, second.texts, strict=True))
    if not under_blank and not _is_years(second):
        return False
    return all(column_year(cell.text) is not None or _heads(cell.text) for cell in second.filled)


def _groups_heads(rows: Sequence[TableRow]) -> bool:
    """Whether a first row only groups the columns that the second, which is full, heads by itself."""
    if len(rows) < 3 or rows[0].cells[0].text or len(rows[0].cells) != len(rows[1].cells):
        return False
    first, second = rows[0], rows[1]
    heads = second.texts
    if not all(heads) or len(set(heads)) < len(heads) or 2 * len(first.filled) > len(heads):
        return False
    if any(len(text) > _LONGEST_HEADER or text.endswith("。") or _is_value(text) for text in heads):
        return False
    return any(is_figure(cell.text) for cell in rows[2].filled)


def _is_value(text: str) -> bool:
    told = value_of(text) in _HEADS or _SUM.fullmatch(text) is not None
    return not told and column_year(text) is None and not is_bare_year(text)


def _within_groups(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The heads of the second line; one that is a bare year takes the label of its group."""
    joined = _joined_texts(first, second)
    return tuple(
        whole if is_bare_year(own) or _is_year_alone(own) else own
        for whole, own in zip(joined, second, strict=True)
    )


def _is_year_alone(text: str) -> bool:
    return column_year(text) is not None and _YEAR_ALONE.fullmatch(label_key(text)) is not None


def _names_parts(rows: Sequence[TableRow]) -> bool:
    """Whether a row of words names the parts of heads above: below it, figures stand in its columns."""
    first, second = rows[0], rows[1]
    if second.cells[0].text or not first.cells[0].text or len(second.filled) < _FEWEST_BESIDE:
        return False
    at = [index for index, text in enumerate(second.texts) if text]
    if any(value_of(second.texts[i]) is not Value.TEXT or len(second.texts[i]) > _LONGEST_PART for i in at):
        return False
    if not any(first.texts[i] and i + 1 in at and not first.texts[i + 1] for i in at[:-1]):
        return False
    below = [row.texts for row in rows[2:]]
    told = [[texts[i] for texts in below if i < len(texts) and texts[i]] for i in at]
    return any(told) and all(is_figure(text) for texts in told for text in texts)


def _fills_spans(rows: Sequence[TableRow]) -> bool:
    """Whether a row of short words and years stands below those heads that span columns, and only there.

    Each column of a head with blanks after it is named in the second row, no other column is: 実績 and two
    blanks above R3, R4 and R5, nothing below 業務名.
    """
    first, second, third = rows[0].texts, rows[1].texts, rows[2].texts
    named = {index for index, text in enumerate(second) if text}
    spanned: set[int] = set()
    for index, text in enumerate(first):
        if not text and index:
            spanned.update((index - 1, index))
    if not first[0] or named != spanned or not any(third[i] for i in range(len(third)) if i not in named):
        return False
    words = [second[index] for index in sorted(named)]
    if any(len(text) > _LONGEST_PART or _is_value(text) for text in words):
        return False
    return any(column_year(text) is not None or _heads(text) for text in words)


def _heads_questions(rows: Sequence[TableRow]) -> bool:
    """Whether a row of words, above figures, stands below labels repeated for each of their columns."""
    first, second, third = rows[:3]
    if first.cells[0].text or not second.cells[0].text or len(first.cells) != len(second.cells):
        return False
    if not any(a and a == b for a, b in pairwise(first.texts)) or len(second.filled) < len(first.filled):
        return False
    words = all(value_of(cell.text) is Value.TEXT for cell in second.filled)
    return words and sum(is_figure(cell.text) for cell in third.filled) * 2 > len(third.filled)


def _heads(text: str) -> bool:
    return is_header_word(text) or _SECOND_LINE.fullmatch(label_key(text)) is not None


def _is_years(row: TableRow) -> bool:
    """Whether nothing but short labels of years stand in a row."""
    return bool(row.filled) and all(
        len(cell.text) <= _LONGEST_YEAR and column_year(cell.text) is not None for cell in row.filled
    )


def _joined_header(first: Sequence[str], second: Sequence[str]) -> Header:
    return tuple(column_of(text) for text in _joined_texts(first, second))


def _joined_texts(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The labels of two lines as one; a label of the first spans the blanks after it that have one below."""
    joined = []
    spanning = ""
    for above, below in zip(first, second, strict=True):
        spanning = above or spanning
        joined.append(
            f"{short_label(spanning)} {short_label(below)}".strip() if below else short_label(above)
        )
    return tuple(joined)
