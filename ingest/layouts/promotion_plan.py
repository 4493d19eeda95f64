"""推進プラン: a contents tree, then one form a 取組項目 with 目指す姿, 目標, 取組内容, 実践課 and progress.

The same 取組項目 recurs for several 課: title, 課 and 目指す姿 together tell forms apart. Labels stand in the
left cells of a row, merged ones only in its first row; a label without a value (評価 not yet written) is no
content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.blocks import Block, BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.headings import HeadingPath, heading_of, squeezed
from ingest.layouts.drafting import Draft, Place, departments_of, line_of, span_of, split_tables
from ingest.markup import without_tags
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import LIMITS
from ingest.tables import column_year, label_key, make_header, row_cells, tidy, years_in

_TITLE = re.compile(r"取り?組み?(項目|事項)|実施項目|重点項目")
_AIM = re.compile(r"目指す(べき)?姿|目的|将来像")
_DEPARTMENT = re.compile(r"(実践|担当|実施|推進|所管|主管)(課|部署|部課|所属)名?")
_PERIOD = re.compile(r"(前期|後期|上期|下期|上半期|下半期|中間|最終|年度末|第[1-4一二三四]四半期)([(].*[)])?")
_LABELS = re.compile(
    rf"{_TITLE.pattern}|{_AIM.pattern}|{_DEPARTMENT.pattern}|{_PERIOD.pattern}"
    r"|目標|取り?組み?(内容|状況)|進捗(状況)?|目標の達成(度|状況)?|達成(度|状況)|(評価|検証)([・]?(検証|評価))?|課題|備考"
)
_MARKS = re.compile(r"(?:^|(?<=\s))(?:[①-⑳]|[(（][0-9０-９]+[)）])\s*")
_LONGEST_LABEL = 25


class PromotionPlan:
    """Reads 推進プラン."""

    name = "promotion_plan"
    document_kind = "推進プラン"

    def score(self, document: BlockDocument) -> float:
        """Forms whose rows are labelled 取組項目, 目指す姿 and 実践課 one below the other."""
        found = (0.0, 0.2, 0.4, 0.95)
        tables = split_tables(document.blocks, _opens_form)
        forms = [table for table in tables if isinstance(table, Table) and _opens_form(table.rows[0])]
        patterns = (_TITLE, _AIM, _DEPARTMENT)
        best = 0
        for table in forms:
            keys = {label_key(cell.text) for row in table.rows for cell in row.filled}
            best = max(best, sum(any(pattern.fullmatch(key) for key in keys) for pattern in patterns))
        return found[best]

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read the contents tree and every form."""
        draft = Draft(document)
        blocks = split_tables(document.blocks, _opens_form)
        first = next((i for i, b in enumerate(blocks) if _is_form(b)), len(blocks))
        lines = [b.text for b in blocks[:first] if isinstance(b, TextLine) and heading_of(b.text) is None]
        title = next((squeezed(t) for t in lines if years_in(t) or "プラン" in t or "計画" in t), "")
        years = years_in(title) or _years_of(blocks)
        place = Place(fiscal_years=years[:1])
        path = HeadingPath()
        for index, block in enumerate(blocks):
            if isinstance(block, TextLine):
                _line(
                    draft,
                    place,
                    path,
                    block,
                    is_front=index < first and squeezed(block.text) in (title, *lines),
                )
            elif isinstance(block, Table) and _is_form(block):
                span = span_of(blocks, index, index + 1)
                sheet = replace(place, sheet=len(draft.sheets), section_path=path.labels)
                _Form(draft, sheet).read(block, span.start, span.end)
            elif isinstance(block, Table):
                _contents(draft, place, block)
        return draft.finish(
            layout=self.name,
            document_kind=self.document_kind,
            title=title,
            fiscal_year=years[0] if years else None,
        )


def _opens_form(row: TableRow) -> bool:
    filled = row.filled
    return len(filled) == 2 and _TITLE.fullmatch(label_key(filled[0].text)) is not None


def _is_form(block: Block) -> bool:
    return isinstance(block, Table) and _opens_form(block.rows[0])


def _years_of(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The years that stand in the forms' label column (令和6年度)."""
    cells = [row.cells[0].text for b in blocks if isinstance(b, Table) and _is_form(b) for row in b.rows]
    return tuple(sorted({year for text in cells if len(text) <= 10 for year in years_in(text)}))


def _line(draft: Draft, place: Place, path: HeadingPath, line: TextLine, *, is_front: bool) -> None:
    heading = heading_of(line.text)
    if heading and not line.bullet:
        path.enter(heading.rank, heading.label)
    else:
        kind = PassageKind.CONTENTS if is_front else PassageKind.PROSE
        draft.prose(replace(place, section_path=path.labels), (line.span,), kind=kind)


def _contents(draft: Draft, place: Place, table: Table) -> None:
    """The contents tree, its columns lost: the numbering says what stands under what."""
    caption = squeezed(table.rows[0].filled[0].text) if len(table.rows[0].filled) == 1 else ""
    rows = table.rows[1:] if caption else table.rows
    header = rows[0] if rows and not any(heading_of(cell.text) for cell in rows[0].filled) else None
    path = HeadingPath()
    run: list[TableRow] = []
    place_of_run = place
    for row in rows[1:] if header else rows:
        deepest = [heading for cell in row.filled if (heading := heading_of(cell.text))]
        outer = [heading for heading in deepest if heading.rank <= 50]
        if run and (outer or _length(run) + _length([row]) > LIMITS.target):
            _listed(draft, place_of_run, run)
            run = []
        for heading in outer:
            path.enter(heading.rank, heading.label)
        if not run:
            place_of_run = place.under(caption, *path.labels)
        run.append(row)
    _listed(draft, place_of_run, run)


def _listed(draft: Draft, place: Place, rows: Sequence[TableRow]) -> None:
    cells = [cell for row in rows for cell in row_cells(make_header([""] * len(row.cells)), row.cells)]
    draft.rows(place, [row.cells for row in rows], cells, kind=PassageKind.CONTENTS)


def _length(rows: Sequence[TableRow]) -> int:
    return sum(len(cell.text) for row in rows for cell in row.filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A value of a form with its labels, the outermost first."""

    labels: tuple[str, ...]
    value: TableCell
    fiscal_year: int | None

    @property
    def header(self) -> str:
        return " ".join(self.labels)


@dataclass(slots=True)
class _Form:
    """One 取組項目 while it is read."""

    draft: Draft
    place: Place
    entries: list[_Entry] = field(default_factory=list)

    def read(self, table: Table, start: int, end: int) -> None:
        """Read the form's labels and values, then write its passages."""
        self.entries = _entries(table)
        title = self._value(_TITLE)
        aim = self._value(_AIM)
        office = self._value(_DEPARTMENT)
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
                span=Span(start, end),
            )
        )
        self._write()

    def _value(self, label: re.Pattern[str]) -> str:
        found = (e.value.text for e in self.entries if label.fullmatch(label_key(e.labels[-1])))
        return squeezed(without_tags(next(found, "")))

    def _write(self) -> None:
        """One passage a label, neighbours together where they are short."""
        pending: list[_Entry] = []
        for entry in self.entries:
            key = label_key(entry.labels[-1])
            if _TITLE.fullmatch(key) or _DEPARTMENT.fullmatch(key):
                continue
            if pending and not self._joins(pending, entry):
                self._flush(pending)
                pending = []
            pending.append(entry)
        self._flush(pending)

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


def _entries(table: Table) -> list[_Entry]:
    """The values of a form, each under the labels left of it and the merged labels above."""
    entries: list[_Entry] = []
    merged: list[str] = []
    year: int | None = None
    for row in table.rows:
        texts = [(index, cell) for index, cell in enumerate(row.cells) if cell.text]
        if row.cells[0].text:
            merged = []
            year = column_year(row.cells[0].text) if len(row.cells[0].text) <= _LONGEST_LABEL else None
        labels = [(i, cell) for i, cell in texts if _is_label(cell)]
        values = [cell for i, cell in texts if not _is_label(cell)]
        own = [tidy(cell.text) for i, cell in labels if column_year(cell.text) is None]
        if own and not _PERIOD.fullmatch(label_key(own[0])):
            merged = own[:1]
        elif own:
            own = [*merged, *own]
        if not values:
            continue
        if not own and entries:
            own = list(entries[-1].labels)
        if own:
            entries.extend(_Entry(labels=tuple(own), value=value, fiscal_year=year) for value in values)
    return entries


def _is_label(cell: TableCell) -> bool:
    text = cell.text
    if len(text) > _LONGEST_LABEL:
        return False
    return _LABELS.fullmatch(label_key(text)) is not None or (
        column_year(text) is not None and len(text) <= 10
    )


def _title_parts(title: str) -> tuple[str, ...]:
    """「① 積極的な共有 (1) 手法の研究」 as its headings, outermost first."""
    starts = [mark.start() for mark in _MARKS.finditer(title)]
    if not starts:
        return (title,) if title else ()
    borders = [*([0] if starts[0] else []), *starts, len(title)]
    return tuple(part for a, b in zip(borders, borders[1:], strict=False) if (part := title[a:b].strip()))
