"""Labels of forms beside their values: which cells are which, and the labels that name a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.blocks import TableCell, TableRow, TextLine
from ingest.cells import Value, value_of
from ingest.column_years import head_years
from ingest.headers import is_header_word
from ingest.headings import squeezed
from ingest.layouts.departments import departments_of
from ingest.tables import label_key

# Labels of forms for the name of the project or measure that a form is about.
NAME_LABEL = re.compile(
    r"(事務事業|事業|施策|取り?組み?|政策|業務|件|計画|課題|シート|プロジェクト)(名称?|の名称)"
    r"|(取り?組み?|実施|推進|改革|重点)(項目|事項)(名|名称)?|重点(取り?組み?|事業|施策|目標)[0-9]{0,2}|改革名"
)
# Labels for what else a form may be about.
SUBJECT_LABEL = re.compile(r"(対象)?施設名称?|(団体|法人|会議|補助金|委員会|審議会|路線|地区)名称?")
# Labels for the department in charge.
OFFICE_LABEL = re.compile(
    r"(主?担当|所管|実施|主管|所属|推進|実践|関係)(部)?(課|部署|所属|部局|部課|主体|組織|室|課室|課所|課係)(名|等)?"
    r"|部署名?|(部課?|課|室|局|部局|部課室)名|所属(名|部署)?|(担当|所管|主管)(部|局)?(等)?"
)
# Labels of the other fields that evaluation sheets, plans and reports have.
_FIELD_LABEL = re.compile(
    r"(事業|取り?組み?|施策)?の?(年度|備考|(予算|決算|事業)(額|費)|(実績|目標|基準|現状|計画)値?|指標名?|(内容|概要|目的|成果|効果|課題|評価|対象)(等)?)"
    r"|(主要|主な|関連|事務)?事業|(所属|部署|部|課|局|室)長名?|(前期|後期|上半期|下半期|中間|年度末|期末)(報告|評価|実績|結果)?([(].*[)])?"
    r"|目指す(べき)?姿|目標の達成(度|状況)?|(評価|検証)[・]?(検証|評価)|項目|区分|ページ|頁|no\.?|番号|金額|単位|期間|実施(年度|時期|期間)|達成(度|状況)|進捗(状況|度)?|今後の(方針|方向性|予定|取り?組み?)|改善(点|策)"
    r"|(根拠|関連)法令(等)?|会計(区分|名)?|(事業|実施|計画)(期間|方法|形態|手法|区分)|(開始|終了)年度|(事業|整理|施策)(コード|番号)|予算科目"
    r"|担当(係|者)名?|(作成|記入|記載)(者|日)|(評価|記入|記載|事業|作成)?責任者|(総合計画の?)?位置付け|電話(番号)?|必要性|有効性|効率性|妥当性|公平性|(総合|最終|一次|二次|自己|内部|外部)評価"
    r"|(評価の?)?(コメント|理由)|今後の(課題|取組)|.{0,10}(評価|検証)?(コメント|所見|講評)|.{2,10}(の|から)意見|対象(者)?|手段|目的|意図|財源内訳"
)
# Labels for how far it has come, whatever stands before.
PROGRESS_LABEL = re.compile(r".*(達成度|達成状況|進捗(度|状況|評価)?|評価|判定)([(].*[)])?")
# A line that names who is in charge: 「担当課：港湾課」, 「【所管】港湾課」.
_OFFICE_LINE = re.compile(
    r"[【〔（(［\[]?\s*(?P<label>[^：:】〕）)\]］\s]{2,8})\s*(?:[】〕］\]]\s*[：:]?|[：:])\s*(?P<value>[^。]+?)[）)]?"
)
# A heading that names who is in charge in brackets at its end.
_OFFICE_AT_END = re.compile(
    r".*[(（【〔［\[](?:(?P<label>[^：:()（）]{2,8})[：:]\s*)?(?P<value>[^：:()（）【】〔〕［］\[\]]{2,40})[)）】〕］\]]"
)
_BEHIND_LABEL = re.compile(r"\S{2,8}\s")
# Labels for departments that help the one in charge: 関係課, 協力部署.
_TAKES_PART = re.compile(r"関[係連]|協力|共管")
# How the name of a section or office ends.
_OFFICE_NAME = re.compile(r"\S{1,14}(課|係|事務局|センター)")
_LONGEST_VALUE = 60
_LONGEST_LABEL = 14
_LONGEST_KNOWN = 60
_FEWEST_TOLD = 3
_FEWEST_PAIRS = 2

Pair = tuple[TableCell, TableCell]


def is_field_label(text: str) -> bool:
    """Whether a cell reads like a label of a form."""
    return is_known_label(text) or is_header_word(text)


def is_known_label(text: str) -> bool:
    """Whether a cell is a label that forms of this kind have, and no value that only looks like one."""
    return len(text) <= _LONGEST_KNOWN and _is_known_key(label_key(text))


@lru_cache(maxsize=1 << 14)
def _is_known_key(key: str) -> bool:
    """The same of a folded label; kept, for each row of a form is asked several times."""
    return any(pattern.fullmatch(key) for pattern in (NAME_LABEL, OFFICE_LABEL, _FIELD_LABEL))


def pairs_of(row: TableRow) -> tuple[Pair, ...]:
    """The labels and values of a row that reads label, value, or label, value, label, value."""
    filled = row.filled
    if left_blank := _left_blank(row.cells):
        return left_blank
    by_turns = _by_turns(row.cells) if len(row.cells) > 3 else ()
    if by_turns or len(filled) not in (2, 3) or are_labels(row):
        return by_turns or _beside_label(filled)
    label, value = filled[-2:]
    told = is_known_label(label.text) or (len(filled) == 2 and bool(row.cells[0].text))
    return ((label, value),) if told else ()


def _left_blank(cells: Sequence[TableCell]) -> tuple[Pair, ...]:
    """The pairs of a field and its mark that are both without an entry: 結果, a blank, 自己評価."""
    at = [index for index, cell in enumerate(cells) if cell.text]
    if len(at) != _FEWEST_PAIRS or at[0] or at[1] < _FEWEST_PAIRS:
        return ()
    label, graded = cells[0], cells[at[1]]
    if not is_field_label(label.text) or not PROGRESS_LABEL.fullmatch(label_key(graded.text)):
        return ()
    return (label, cells[1]), (graded, cells[1])


def _beside_label(filled: Sequence[TableCell]) -> tuple[Pair, ...]:
    """The pairs of a row that begins with a label of them all: 評価, then 必要性 and its mark, and so on."""
    pairs = tuple(zip(filled[1::2], filled[2::2], strict=False))
    if len(filled) % 2 == 0 or len(pairs) < _FEWEST_PAIRS or not is_field_label(filled[0].text):
        return ()
    told = all(is_known_label(label.text) and not is_known_label(value.text) for label, value in pairs)
    return pairs if told else ()


def _by_turns(cells: Sequence[TableCell]) -> tuple[Pair, ...]:
    """The pairs of a row of four cells or more, two of them labelled at least.

    A worksheet's merged cells leave blanks between labels and values: then the filled cells tell the turns.
    """
    filled = [cell for cell in cells if cell.text]
    if len(filled) > 3 and len(filled) % 2 == 0 and len(filled) < len(cells):
        spread = tuple(zip(filled[::2], filled[1::2], strict=True))
        if all(is_known_label(label.text) and not is_known_label(value.text) for label, value in spread):
            return spread
    if (
        len(filled) > 2
        and len(filled) % 2
        and not cells[-1].text
        and (open_pairs := _with_blank(cells, filled))
    ):
        return open_pairs
    pairs = tuple(zip(cells[::2], cells[1::2], strict=False))
    labelled = [label for label, value in pairs if label.text or value.text]
    if len(labelled) < 2 or not _are_told(labelled, [value for _, value in pairs]):
        return ()
    values = [value for _, value in pairs if value.text]
    if not values or any(is_known_label(value.text) for value in values):
        return ()
    return () if head_years([cell.text for cell in cells]) else pairs


def _with_blank(cells: Sequence[TableCell], filled: Sequence[TableCell]) -> tuple[Pair, ...]:
    """The pairs of a row whose last label has no value beside it: 開始年度, 2016, 終了予定 and a blank."""
    *labels, last = filled[::2]
    values = filled[1::2]
    told = all(is_known_label(label.text) for label in labels) and is_field_label(last.text)
    if not told or any(is_known_label(value.text) for value in values):
        return ()
    return (*zip(labels, values, strict=True), (last, cells[-1]))


def _are_told(labels: Sequence[TableCell], values: Sequence[TableCell]) -> bool:
    """Whether all labels are known, or of three and more all but one, beside values that head no columns."""
    unknown = [label.text for label in labels if not is_field_label(label.text)]
    if not unknown:
        return True
    office = OFFICE_LABEL.fullmatch(label_key(labels[0].text)) is not None
    office = office and _OFFICE_NAME.fullmatch(squeezed(values[0].text)) is not None
    fewest = _FEWEST_PAIRS if office else _FEWEST_TOLD
    if len(unknown) > 1 or len(labels) < fewest or all(is_field_label(one.text) for one in values):
        return False
    return 0 < len(unknown[0]) <= _LONGEST_LABEL and value_of(unknown[0]) is Value.TEXT


def pairs_by_position(row: TableRow) -> tuple[Pair, ...]:
    """Labels and values by turns in a row of a form whose other rows read so, although no label is known."""
    cells = row.cells if len(row.cells) % 2 == 0 else row.cells[:-1]
    pairs = tuple((a, b) for a, b in zip(cells[::2], cells[1::2], strict=True) if a.text or b.text)
    labels = [label.text for label, _ in pairs]
    plain = all(0 < len(text) <= _LONGEST_LABEL and value_of(text) is Value.TEXT for text in labels)
    return pairs if len(pairs) > 1 and plain else ()


def are_labels(row: TableRow) -> bool:
    """Whether all that a row holds are labels of a form: a header, or a field without an entry."""
    return bool(row.filled) and all(is_known_label(cell.text) for cell in row.filled)


def is_empty_field(row: TableRow) -> bool:
    """Whether a row holds nothing but labels of a form."""
    if len(row.filled) > 1:
        return not row.cells[-1].text and are_labels(row)
    bare = len(row.filled) == 1 and row.cells[0].text and len(row.cells) > 1
    return bool(bare) and is_field_label(row.cells[0].text)


def is_lone_label(row: TableRow) -> bool:
    """Whether nothing but a short label stands in a row, below or above labels that have values."""
    text = row.cells[0].text
    if len(row.filled) != 1 or len(row.cells) < 2 or not 0 < len(text) <= _LONGEST_LABEL:
        return False
    return text[0].isalpha() and value_of(text) is Value.TEXT and not text.endswith(("。", "）", ")"))


def fields_of(rows: Sequence[TableRow]) -> Iterator[tuple[str, TableCell]]:
    """The key of each label with its value."""
    for row in rows:
        for label, value in pairs_of(row):
            yield label_key(label.text), value


def named_by(pairs: Sequence[tuple[str, TableCell]]) -> list[str]:
    """What the fields of a form name: a project or measure, else what it is about, else its department."""
    for label in (NAME_LABEL, SUBJECT_LABEL, OFFICE_LABEL):
        named = [value.text for key, value in pairs if label.fullmatch(key)]
        if any(named):
            return named
    return []


def offices_of(pairs: Iterable[tuple[str, TableCell]]) -> list[str]:
    """What the fields say that name departments; those that only take part count where no other is named."""
    named = [(key, value.text) for key, value in pairs if OFFICE_LABEL.fullmatch(key)]
    own = [text for key, text in named if not _TAKES_PART.match(key)]
    return own or [text for _, text in named]


def offices_in_line(line: TextLine) -> tuple[str, ...]:
    """The departments that a line such as 「担当課：港湾課」 names; empty for any other line."""
    if len(line.text) > _LONGEST_VALUE:
        return ()
    if not re.search(r"[：:】〕］\]]", line.text):
        return _offices_behind_label(line.text)
    found = _OFFICE_LINE.fullmatch(squeezed(line.text))
    if not found or not OFFICE_LABEL.fullmatch(label_key(found["label"])):
        return ()
    return departments_of(found["value"])


def _offices_behind_label(text: str) -> tuple[str, ...]:
    """The departments of a line of nothing but a label, white and their names: 「担当 総務課、港湾課」."""
    label, _, value = squeezed(text).partition(" ") if _BEHIND_LABEL.match(text) else ("", "", "")
    if not value or not OFFICE_LABEL.fullmatch(label_key(label)):
        return ()
    offices = departments_of(value)
    return offices if all(_OFFICE_NAME.fullmatch(office) for office in offices) else ()


def offices_in_heading(label: str) -> tuple[str, ...]:
    """The departments in brackets at a heading's end: 「防災（防災課）」, 「防災（担当：防災課）」."""
    found = _OFFICE_AT_END.fullmatch(label)
    if not found:
        return ()
    offices = departments_of(found["value"])
    if found["label"]:
        return offices if OFFICE_LABEL.fullmatch(label_key(found["label"])) else ()
    named = (part for office in offices for part in office.split("・"))
    return offices if all(_OFFICE_NAME.fullmatch(part) for part in named) else ()
