"""Labels of forms beside their values: which cells are which, and the labels that name a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.blocks import TableCell, TableRow, TextLine
from ingest.headers import is_header_word
from ingest.headings import squeezed
from ingest.layouts.departments import departments_of
from ingest.tables import label_key

NAME_LABEL = re.compile(
    r"(事務事業|事業|施策|取り?組み?|政策|業務|件|計画|課題|シート)名称?|(取り?組み?|実施|推進|重点)(項目|事項)"
)
OFFICE_LABEL = re.compile(
    r"(主?担当|所管|実施|主管|所属|推進|実践|関係)(部)?(課|部署|所属|部局|部課|主体|組織|室)(名|等)?|部署名?"
)
_FIELD_LABEL = re.compile(
    r"(事業|取り?組み?|施策)?の?(年度|備考|(予算|決算|事業)(額|費)|実績|目標|指標名?|(内容|概要|目的|成果|効果|課題|評価|対象)(等)?)"
    r"|項目|区分|金額|単位|期間|実施(年度|時期|期間)|達成(度|状況)|進捗(状況|度)?|今後の(方針|方向性|予定|取り?組み?)|改善(点|策)"
)
PROGRESS_LABEL = re.compile(r".*(達成度|達成状況|進捗(度|状況|評価)?|評価|判定)([(].*[)])?")
_OFFICE_LINE = re.compile(
    r"[【〔（(［\[]?\s*(?P<label>[^：:】〕）)\]］\s]{2,8})\s*(?:[】〕］\]]\s*[：:]?|[：:])\s*(?P<value>[^。]+?)[）)]?"
)
_LONGEST_VALUE = 60

Pair = tuple[TableCell, TableCell]


def is_field_label(text: str) -> bool:
    """Whether a cell reads like a label of a form."""
    return is_known_label(text) or is_header_word(text)


def is_known_label(text: str) -> bool:
    """Whether a cell is a label that forms of this kind have, and no value that only looks like one."""
    key = label_key(text)
    return any(pattern.fullmatch(key) for pattern in (NAME_LABEL, OFFICE_LABEL, _FIELD_LABEL))


def pairs_of(row: TableRow) -> tuple[Pair, ...]:
    """The labels and values of a row of two cells, or of four that read label, value, label, value."""
    cells = row.cells
    if len(row.filled) == 2 and cells[0].text:
        return ((row.filled[0], row.filled[1]),)
    if len(cells) < 4 or len(cells) % 2:
        return ()
    pairs = tuple(zip(cells[::2], cells[1::2], strict=True))
    labelled = [label for label, value in pairs if label.text or value.text]
    if len(labelled) < 2 or not all(is_field_label(label.text) for label in labelled):
        return ()
    if any(is_known_label(value.text) for _, value in pairs if value.text):
        return ()
    return pairs


def fields_of(rows: Sequence[TableRow]) -> Iterator[tuple[str, TableCell]]:
    """The key of each label with its value."""
    for row in rows:
        for label, value in pairs_of(row):
            yield label_key(label.text), value


def offices_in_line(line: TextLine) -> tuple[str, ...]:
    """The departments that a line such as 「担当課：港湾課」 names; empty for any other line."""
    if len(line.text) > _LONGEST_VALUE or not re.search(r"[：:】〕］\]]", line.text):
        return ()
    found = _OFFICE_LINE.fullmatch(squeezed(line.text))
    if not found or not OFFICE_LABEL.fullmatch(label_key(found["label"])):
        return ()
    return departments_of(found["value"])
