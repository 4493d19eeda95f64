"""One 取組項目 of a 推進プラン: labels in the left cells of a row, its value in the last.

Merged labels (令和6年度, 進捗状況) stand only in their first row and hold for the rows below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from corpus.coverage import LeftOutReason
from corpus.passage import Cell
from corpus.sheet import ProgressMark
from corpus.span import Span
from ingest.blocks import Table, TableCell
from ingest.cells import is_mark
from ingest.headings import squeezed
from ingest.layouts.departments import departments_of
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import line_of
from ingest.layouts.legend import meaning_of
from ingest.markup import without_tags
from ingest.parsed import ParsedSheet
from ingest.splitting import LIMITS
from ingest.tables import column_year, label_key, tidy

# Labels of what a form is about, in its first row.
TITLE = re.compile(r"取り?組み?(項目|事項)|実施項目|重点項目")
# Labels of what is aimed at.
AIM = re.compile(r"(目指|めざ)す(べき)?姿|目的|将来像|ねらい")
# Labels of the progress mark.
_REACHED = re.compile(r"目標の達成(度|状況)?|達成(度|状況)")
# Labels of the department in charge.
DEPARTMENT = re.compile(r"(実践|担当|実施|推進|所管|主管)(課|部署|部課|所属)名?")
# Labels of parts of the year, which stand beside a merged label.
_PERIOD = re.compile(r"(前期|後期|上期|下期|上半期|下半期|中間|最終|年度末|第[1-4一二三四]四半期)([(].*[)])?")
# All labels of a form.
_LABELS = re.compile(
    rf"{TITLE.pattern}|{AIM.pattern}|{DEPARTMENT.pattern}|{_PERIOD.pattern}|{_REACHED.pattern}"
    r"|目標|取り?組み?(内容|状況)|進捗(状況)?|(評価|検証)([・]?(検証|評価))?|課題|備考"
)
# Numbers of headings within a title: ① and (1).
_MARKS = re.compile(r"(?:^|(?<=\s))(?:[①-⑳]|[(（][0-9０-９]+[)）])\s*")
_NOTE = re.compile(r"\s*[(（].*")
_LONGEST_LABEL = 25
_LONGEST_YEAR = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A value of a form with its labels, the outermost first."""

    labels: tuple[str, ...]
    value: TableCell
    fiscal_year: int | None

    @property
    def header(self) -> str:
        return " ".join(self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Empty:
    """A field without a value: its labels, the outermost first, and their cells."""

    labels: tuple[str, ...]
    cells: tuple[TableCell, ...]
    fiscal_year: int | None

    @property
    def label(self) -> str:
        return " ".join(_NOTE.sub("", label) for label in self.labels)


@dataclass(slots=True)
class PromotionForm:
    """One 取組項目 while it is read.

    Attributes:
        draft: what is written into.
        place: where it stands.
        legend: what the document says of its marks.
        entries: the values found.
    """

    draft: Draft
    place: Place
    legend: Mapping[str, str] = field(default_factory=dict)
    entries: list[_Entry] = field(default_factory=list)

    def read(self, table: Table, span: Span) -> None:
        """Read the form's labels and values, then write its passages."""
        self.entries, empty = _entries(table)
        title = self._value(TITLE)
        aim = self._value(AIM)
        office = self._value(DEPARTMENT)
        if not office:
            self.draft.warn(line_of(table), f"「{title}」の実践課が読み取れません。")
        years = sorted({entry.fiscal_year for entry in self.entries if entry.fiscal_year is not None})
        parts = _title_parts(title)
        self.place = replace(
            self.place,
            departments=departments_of(office),
            fiscal_years=tuple(years) or self.place.fiscal_years,
            section_path=(*self.place.section_path, *parts),
        )
        self.draft.sheets.append(
            ParsedSheet(
                title=_MARKS.sub("", parts[-1]) if parts else title,
                identity=" / ".join(part for part in (title, office, aim) if part),
                departments=self.place.departments,
                fiscal_years=self.place.fiscal_years,
                section_path=self.place.section_path,
                span=span,
                progress=tuple(self._progress()),
            )
        )
        self._write()
        self._account_for(table, empty)

    def _progress(self) -> Iterator[ProgressMark]:
        """The mark under 目標の達成, with the legend's words, in the year that stands beside it."""
        own = next(iter(self.place.fiscal_years), None)
        for entry in self.entries:
            year = entry.fiscal_year or own
            if (
                year is None
                or not _REACHED.fullmatch(label_key(entry.labels[-1]))
                or not is_mark(entry.value.text)
            ):
                continue
            meaning = meaning_of(entry.value.text, self.legend)
            yield ProgressMark(fiscal_year=year, mark=entry.value.text, meaning=meaning)

    def _account_for(self, table: Table, empty: Sequence[_Empty]) -> None:
        """Labels of a value are carried, those without one are recorded as empty fields."""
        for field_ in empty:
            self.draft.absent(self.place, field_.label, field_.cells[-1].span, field_.fiscal_year)
        bare = {cell.span for one in empty for cell in one.cells}
        for row in table.rows:
            for cell in row.filled:
                if _is_label(cell.text) and cell.span not in bare:
                    self.draft.carry((cell,))
        for one in empty:
            self.draft.account.leave(LeftOutReason.EMPTY_FIELD, *(cell.span for cell in one.cells))

    def _value(self, label: re.Pattern[str]) -> str:
        found = (e.value.text for e in self.entries if label.fullmatch(label_key(e.labels[-1])))
        return squeezed(without_tags(next(found, "")))

    def _write(self) -> None:
        """One passage a label, neighbours together where they are short."""
        before = len(self.draft.passages)
        pending: list[_Entry] = []
        for entry in self.entries:
            key = label_key(entry.labels[-1])
            if TITLE.fullmatch(key) or DEPARTMENT.fullmatch(key):
                continue
            if pending and not self._joins(pending, entry):
                self._flush(pending)
                pending = []
            pending.append(entry)
        self._flush(pending)
        for entry in self.entries:
            if len(self.draft.passages) > before:
                self.draft.carry((entry.value,))
            else:
                self._flush([entry])

    def _joins(self, pending: Sequence[_Entry], entry: _Entry) -> bool:
        """Whether two neighbours make one passage: one is too short alone, and both are not too long."""
        lengths = [sum(len(e.value.text) for e in pending), len(entry.value.text)]
        return min(lengths) < LIMITS.shortest and sum(lengths) <= LIMITS.target

    def _flush(self, entries: Sequence[_Entry]) -> None:
        if not entries:
            return
        years = [entry.fiscal_year for entry in entries]
        if len(entries) == 1:
            entry = entries[0]
            self.draft.prose(self.place.during(years).under(*entry.labels), (entry.value.span,))
            return
        cells = [Cell(header=e.header, span=e.value.span, fiscal_year=e.fiscal_year) for e in entries]
        self.draft.rows(self.place.during(years), [(entry.value,) for entry in entries], cells)


def _entries(table: Table) -> tuple[list[_Entry], list[_Empty]]:
    """The values of a form under the labels left of them and the merged labels above, and empty fields."""
    entries: list[_Entry] = []
    empty: list[_Empty] = []
    last: tuple[str, ...] = ()
    merged: list[str] = []
    year: int | None = None
    for row in table.rows:
        if row.cells[0].text:
            merged = []
            year = column_year(row.cells[0].text) if len(row.cells[0].text) <= _LONGEST_LABEL else None
        labels: list[TableCell] = []
        values: list[TableCell] = []
        for cell in row.filled:
            (labels if _is_label(cell.text) else values).append(cell)
        cells = tuple([cell for cell in labels if column_year(cell.text) is None])
        own = [tidy(cell.text) for cell in cells]
        if own and not _PERIOD.fullmatch(label_key(own[0])):
            merged = own[:1]
        elif own:
            own = [*merged, *own]
        last = tuple(own) or last
        if own and not values:
            empty.append(_Empty(labels=last, cells=cells, fiscal_year=year))
        if values and last:
            entries.extend(_Entry(labels=last, value=value, fiscal_year=year) for value in values)
    told = {entry.labels for entry in entries}
    return entries, [one for one in empty if one.labels not in told]


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _is_short_label(text)


@lru_cache(maxsize=1 << 10)
def _is_short_label(text: str) -> bool:
    """The same of a short text; kept, for every form of a plan has the same labels."""
    if _LABELS.fullmatch(label_key(text)) is not None:
        return True
    return len(text) <= _LONGEST_YEAR and column_year(text) is not None


def _title_parts(title: str) -> tuple[str, ...]:
    """「① 積極的な共有 (1) 手法の研究」 as its headings, outermost first."""
    starts = [mark.start() for mark in _MARKS.finditer(title)]
    if not starts:
        return (title,) if title else ()
    borders = [*([0] if starts[0] else []), *starts, len(title)]
    return tuple(part for a, b in pairwise(borders) if (part := title[a:b].strip()))
