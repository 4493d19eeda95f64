"""A table cut where another begins: a worksheet or a page often holds fields, years and marks in one.

A row that holds nothing but a numbered heading or a caption is a line. A row of years is the head of a new
table, unless it is the second line of a head; so is a row of column heads below fields of a form, and a field
of a form below rows of columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus.span import Span
from ingest.blocks import Blank, Block, Table, TableRow, TextLine
from ingest.cells import is_figure
from ingest.checked_box import box_choice
from ingest.column_years import years_along
from ingest.headers import header_of, is_header_word
from ingest.heading_rank import Rank
from ingest.headings import heading_of
from ingest.layouts.field_lines import fields_in_line
from ingest.layouts.form_fields import is_known_label, pairs_of
from ingest.layouts.titled_rows import is_titled, title_of
from ingest.layouts.unit_caption import is_unit_caption, is_year_caption
from ingest.tables import column_year, label_key, years_in
from ingest.values import is_dash

# A caption by its mark or bracket.
_CAPTION = re.compile(r"[【＜《〈■◆●◇□].{1,40}")
_ENDS_IN_UNIT = re.compile(
    r"(?P<caption>[^。]{1,50}?)\s*(?P<unit>[(（\[][^()（）。]{0,20}単位[:：\s][^()（）。]{1,15}[)）\]])"
)
_LONGEST_YEAR = 15
# A number before a title, which would else be taken for a figure with its unit.
_NUMBERED = re.compile(r"[0-9０-９]{1,2}[.．、]\D")
# What every label of a year has in it; most cells have none, and need no closer look.
_MAY_BE_YEAR = re.compile(r".{0,14}(年|[RHＲＨ][0-9０-９元]|(?<![0-9,])(?:19|20)[0-9]{2}(?![0-9,]))")
_OF_ALL_YEARS = re.compile(r"財源内訳|備考|根拠法令等?|会計(区分|名)?")
"""Labels of forms whose single entry is of no one year, however short it is."""

_LONG_VALUE = 12
_LONGEST_SPANNING = 12
_FEWEST_HEADS = 2
_MOST_ON_TITLE = 3
_SHORTEST_TITLE = 8
# Labels of rows that give a role to their years, so no fields.
_ROLE_OF_ROW = re.compile(r"(年度)?(目標|実績|計画|予算|決算|見込)(値|額|量)?")


def parted(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with each table cut where another begins in it, and lines of fields as tables."""
    found: list[Block] = []
    fields: list[TableRow] = []
    blocks = tuple(blocks)
    repeated = _repeated_rows(blocks)
    for block in blocks:
        row = fields_in_line(block) if isinstance(block, TextLine) else None
        if row is not None:
            fields.append(row)
            continue
        found.extend(_table(fields))
        fields = []
        if isinstance(block, Table):
            is_first = all(isinstance(one, Blank) for one in found)
            is_title = is_first or block.rows[0].texts in repeated
            found.extend((is_title and _title_lines(block)) or _parts(block))
        elif isinstance(block, TextLine):
            found.extend(_without_unit(block))
        else:
            found.append(block)
    return (*found, *_table(fields))


def _repeated_rows(blocks: Sequence[Block]) -> frozenset[tuple[str, ...]]:
    """The rows that stand alone again and again and name a year: titles over forms, and who made them."""
    alone = Counter(b.rows[0].texts for b in blocks if isinstance(b, Table) and len(b.rows) == 1)
    return frozenset(texts for texts, count in alone.items() if count > 1 and years_in(texts[0]))


def _title_lines(table: Table) -> tuple[TextLine, ...]:
    """The lines that a row is which stands alone: a title, and who wrote it when."""
    row = table.rows[0]
    if len(table.rows) > 1 or not 1 < len(row.filled) <= _MOST_ON_TITLE:
        return ()
    title = row.filled[0].text
    if len(title) < _SHORTEST_TITLE or any(
        is_figure(one.text) or is_known_label(one.text) for one in row.filled
    ):
        return ()
    return tuple(TextLine(text=text, span=span, line=row.line) for text, span in row.filled)


def _without_unit(line: TextLine) -> Iterator[TextLine]:
    """A line, or the caption and the unit that it ends in: 「■ 事業費の推移（単位：千円）」."""
    found = _ENDS_IN_UNIT.fullmatch(line.text) if "単位" in line.text and not line.bullet else None
    if found is None or is_unit_caption(line.text):
        yield line
        return
    for name in ("caption", "unit"):
        start, end = found.span(name)
        span = Span(line.span.start + start, line.span.start + end)
        yield TextLine(text=found[name], span=span, line=line.line)


def _parts(table: Table) -> Iterator[Block]:
    rows: list[TableRow] = []
    are_fields = True
    if is_titled(table.rows):
        yield from title_of(table.rows[0])
        table = Table(rows=table.rows[1:])
    for index, row in enumerate(table.rows):
        lines = _lines_of(row, is_first=not index and len(table.rows) > 1)
        if lines:
            yield from _table(rows)
            yield from lines
            rows, are_fields = [], True
            continue
        begins = rows and _begins(rows, row, is_last=index + 1 == len(table.rows), are_fields=are_fields)
        if begins or (rows and _heads_block(row, table.rows[index + 1 : index + 2])):
            yield from _table(rows)
            rows, are_fields = [], True
        rows.append(row)
        are_fields = are_fields and _is_field(row)
    yield from _table(rows)


def _table(rows: Sequence[TableRow]) -> Iterator[Table]:
    if rows:
        yield Table(rows=tuple(rows))


def _lines_of(row: TableRow, *, is_first: bool) -> tuple[TextLine, ...]:
    """The lines that a row is: its only cell, or a caption at the left and the unit at the right."""
    if len(row.filled) == 2 and row.cells[0].text and is_unit_caption(row.filled[1].text):
        caption = row.cells[0].text
        if not is_figure(caption) and not is_known_label(caption):
            return tuple(TextLine(text=text, span=span, line=row.line) for text, span in row.filled)
    line = _line_of(row, is_first=is_first)
    return (line,) if line else ()


def _line_of(row: TableRow, *, is_first: bool) -> TextLine | None:
    """The line that a row is whose only cell is a heading, a caption or a unit; above a table, any text."""
    if len(row.filled) != 1 or len(row.cells) < 2:
        return None
    text, span = row.filled[0]
    if is_unit_caption(text) or is_year_caption(text):
        return TextLine(text=text, span=span, line=row.line)
    if not row.cells[0].text or len(row.cells) < 3 or box_choice(text) is not None:
        return None
    if is_first and not is_figure(text) and not is_known_label(text):
        return TextLine(text=text, span=span, line=row.line)
    heading = heading_of(text)
    is_number = is_figure(text) and not _NUMBERED.match(text)
    if (heading is None or heading.rank > Rank.NUMBER_IN_BRACKETS or is_number) and not _CAPTION.fullmatch(
        text
    ):
        return None
    return TextLine(text=text, span=span, line=row.line)


def _begins(before: Sequence[TableRow], row: TableRow, *, is_last: bool, are_fields: bool) -> bool:
    """Whether a new table begins with a row; ``are_fields`` tells that all before it are fields of a form."""
    if row.texts == before[0].texts:
        return False
    if _heads_years(row):
        return not is_last and not (len(before) == 1 and _may_be_first_line(before[0], row))
    if are_fields and len(row.filled) > 2 and all(_is_head(cell.text) for cell in row.filled):
        return not is_last and not _is_field(row)
    return _is_field_below_columns(before, row)


def _heads_block(row: TableRow, following: Sequence[TableRow]) -> bool:
    """Whether a row is a label and heads of columns beside it, with figures below these and no label."""
    if not following or following[0].cells[0].text or not row.cells[0].text:
        return False
    texts, values = row.texts, following[0].texts
    heads = [index for index, text in enumerate(texts) if text][1:]
    if len(heads) < _FEWEST_HEADS or len(texts) != len(values) or len({texts[i] for i in heads}) < len(heads):
        return False
    if any(is_figure(texts[i]) or is_dash(texts[i]) or texts[i].endswith("。") for i in heads):
        return False
    below = [index for index, text in enumerate(values) if text]
    figures = sum(is_figure(values[index]) for index in below)
    return set(below) <= set(heads) and figures >= _FEWEST_HEADS and figures * 2 >= len(below)


def _heads_years(row: TableRow) -> bool:
    """Whether two cells or more, beside labels that head columns, are years and no more."""
    if sum(_MAY_BE_YEAR.match(text) is not None for text in row.texts) < 2:
        return False
    years = years_along(row.texts, None)
    named = [text for text, year in zip(row.texts, years, strict=True) if text and year is None]
    dated = [text for text, year in zip(row.texts, years, strict=True) if year is not None]
    short = all(len(text) <= _LONGEST_YEAR and not text.endswith("。") for text in dated)
    return len(dated) > 1 and short and all(_is_head(text) for text in named)


def _may_be_first_line(first: TableRow, second: TableRow) -> bool:
    """Whether two rows may be the two lines of one head."""
    return len(first.cells) == len(second.cells) and not (second.cells[0].text and first.cells[0].text)


def _is_head(text: str) -> bool:
    return is_header_word(text) or column_year(text) is not None


def _is_field(row: TableRow) -> bool:
    """Whether a row gives labels of a form with their values."""
    return len(row.filled) < 2 or bool(pairs_of(row))


def _is_field_below_columns(before: Sequence[TableRow], row: TableRow) -> bool:
    """Whether a label of a form and its text stand below a table of several columns."""
    if len(row.cells) < 3 or not row.cells[0].text:
        return False
    if _is_below_spanning_label(before, row) or _is_sentence_below_years(before, row):
        return True
    if len(row.cells) < 4:
        return False
    if not is_known_label(row.filled[0].text):
        return False
    pairs = pairs_of(row)
    if len(row.filled) != 2 and (len(pairs) < 2 or not all(is_known_label(one.text) for one, _ in pairs)):
        return False
    label, value = row.filled[:2]
    if _ROLE_OF_ROW.fullmatch(label_key(label.text)):
        return False
    header, height = header_of(before)
    if not header or len(before) <= height or max(len(one.filled) for one in before[height:]) < 3:
        return False
    dated = any(column.fiscal_year is not None for column in header)
    if len(row.filled) == 2 and _OF_ALL_YEARS.fullmatch(label_key(label.text)):
        return True
    return not is_figure(value.text) and (not dated or len(pairs) > 1 or len(value.text) >= _LONG_VALUE)


def _is_below_spanning_label(before: Sequence[TableRow], row: TableRow) -> bool:
    """Whether a label stands below one that the rows of a table inside of a form share: 指標, then 中間確認.

    Below the shared label nothing stands in the first column, not even in the first row. What begins may be
    a block of the same kind, a label with heads beside it: 事業費, then 決算額 and 予算額.
    """
    if before[-1].cells[0].text or header_of([*before, row])[1] == len(before):
        return False
    header, height = header_of(before)
    below = before[height:]
    if not header or not below or any(one.cells[0].text for one in below):
        return False
    return _may_span(before[0].cells[0].text) and not any(is_figure(text) for text in row.texts)


def _may_span(label: str) -> bool:
    return is_header_word(label) or 0 < len(label) <= _LONGEST_SPANNING


def _is_sentence_below_years(before: Sequence[TableRow], row: TableRow) -> bool:
    """Whether a field and its sentence, which takes all columns, stand below columns of years."""
    if len(row.filled) != 2 or not row.cells[1].text.endswith("。") or not is_header_word(row.cells[0].text):
        return False
    header, height = header_of(before)
    dated = [column.fiscal_year is not None for column in header]
    return len(before) > height and sum(dated) > 1 and dated[1]
