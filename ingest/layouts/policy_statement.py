"""方針書: one sheet a department, with 現状と課題, 取組方針 and reviews whose items share their numbers.

The same ① runs through the issue, the policy and the review of a sheet: the number is kept as the item, so
that it can be asked what came of what was planned. A section's items may stand as bullets, in one cell of a
table, or partly here and partly there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from corpus.coverage import LeftOutReason
from corpus.folding import match_key
from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.blocks import BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.headers import is_header_word
from ingest.heading_rank import Rank
from ingest.headings import heading_of, squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import Entry, entries_of, span_of
from ingest.layouts.plain_table import PlainTable
from ingest.markup import content_spans, has_tags
from ingest.parsed import ParsedDocument, ParsedSheet
from ingest.splitting import LIMITS, leading_mark, split_content
from ingest.tables import column_year, fill_down, label_key, tidy, years_in

# Labels of the cell that names the department of a sheet.
_DEPARTMENT = re.compile(r"(担当)?(部署|所属|部局|部課|課|担当|局|組織)名|所管(課|部署)|部署|担当課|所属")
# Labels of the cell beside or below it that names who heads it.
_HEAD = re.compile(r"(所属|部署|部|局|課|室|係)長名?|責任者名?|(職)?氏名")
_SECTIONS = (
    r"現状(と|・|及び|および)?課題",
    r"(取り?組み?|基本|重点)?方針",
    r"(中間|最終|年度末|上半期|期末)(レビュー|評価|報告|振り返り)",
)
_LONGEST_LABEL = 15
_NUMBERED_RANKS = (Rank.ROMAN, Rank.NUMBER, Rank.NUMBER_IN_BRACKETS)


class PolicyStatement:
    """Reads 方針書."""

    name = "policy_statement"
    document_kind = "方針書"

    def score(self, document: BlockDocument) -> float:
        """Department rows followed by numbered sections 現状と課題, 取組方針 and reviews."""
        entries = entries_of(document.blocks)
        if not _openings(entries):
            return 0.0
        titles = {match_key(title) for entry in entries if (title := _section_title(entry))}
        found = sum(any(re.search(section, title) for title in titles) for section in _SECTIONS)
        return (0.0, 0.2, 0.75, 0.95)[found]

    def parse(self, document: BlockDocument) -> ParsedDocument:
        """Read each department's sheet."""
        draft = Draft(document)
        entries = entries_of(document.blocks)
        openings = _openings(entries)
        starts = [_with_title(entries, i) for i in openings]
        title = _title(entries[: openings[0]]) if openings else ""
        year = next(iter(years_in(title)), None)
        front = [e for e in entries[: min(starts, default=0)] if isinstance(e, TextLine)]
        draft.account.carry(*(line.span for line in front if line.text == title))
        place = Place(fiscal_years=(year,) if year is not None else ())
        draft.prose(place, [line.span for line in front if line.text != title])
        for opening, (start, end) in zip(openings, pairwise([*starts, len(entries)]), strict=True):
            _read_sheet(draft, entries, start, opening, end)
        return draft.finish(
            layout=self.name, document_kind=self.document_kind, title=squeezed(title), fiscal_year=year
        )


@dataclass(slots=True)
class _Section:
    """A section while it is read: its items so far, each the spans of its lines."""

    title: str = ""
    items: list[list[Span]] = field(default_factory=list)
    rows: list[TableRow] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)


def _openings(entries: Sequence[Entry]) -> list[int]:
    """Where the department and its head are named, side by side or one below the other."""
    found = []
    for index, (entry, after) in enumerate(zip_longest(entries, entries[1:])):
        if not isinstance(entry, TableRow) or not entry.filled or len(entry.filled[0].text) > _LONGEST_LABEL:
            continue
        if not _DEPARTMENT.fullmatch(label_key(entry.filled[0].text)):
            continue
        keys = _keys(entry)
        beside = any(map(_HEAD.fullmatch, keys[1:]))
        below = len(keys) == 2 and any(map(_HEAD.fullmatch, _keys(after)[:1]))
        if beside or below:
            found.append(index)
    return found


def _keys(entry: Entry | None) -> list[str]:
    return [label_key(cell.text) for cell in entry.filled] if isinstance(entry, TableRow) else []


def _with_title(entries: Sequence[Entry], opening: int) -> int:
    """Where the sheet begins: at the form's title, if that is the line before the department row."""
    for index in range(opening - 1, -1, -1):
        entry = entries[index]
        if isinstance(entry, TextLine):
            return index if _is_title(entry) else opening
        if isinstance(entry, TableRow):
            break
    return opening


def _is_title(line: TextLine) -> bool:
    return (
        not line.bullet
        and len(line.text) <= 60
        and not line.text.endswith("。")
        and heading_of(line.text) is None
    )


def _title(entries: Sequence[Entry]) -> str:
    lines = [entry.text for entry in entries if isinstance(entry, TextLine) and _is_title(entry)]
    return next((line for line in reversed(lines) if "方針" in line), lines[-1] if lines else "")


def _alone(entry: Entry) -> TextLine | TableCell | None:
    """A line without a bullet, or the cell that is alone in its row."""
    if isinstance(entry, TextLine):
        return None if entry.bullet else entry
    return entry.filled[0] if isinstance(entry, TableRow) and len(entry.filled) == 1 else None


def _section_title(entry: Entry) -> str:
    """The title of a numbered section heading, on a line of its own or alone in a row; else empty."""
    alone = _alone(entry)
    heading = heading_of(alone.text) if alone is not None else None
    if heading is None or heading.rank not in _NUMBERED_RANKS or len(heading.title) > 25:
        return ""
    # 「2-1 地域の安全」 is the number of a measure, not of a section
    return "" if re.search(r"[-－]", heading.mark) else tidy(heading.title)


def _read_sheet(draft: Draft, entries: Sequence[Entry], start: int, opening: int, end: int) -> None:
    cells, after = _department_row(entries[:end], opening)
    draft.account.carry(*(e.span for e in entries[start:opening] if isinstance(e, TextLine)))
    department = next(
        (squeezed(cell.span.of(draft.text)) for cell in cells if not _HEAD.fullmatch(label_key(cell.header))),
        "",
    )
    title = "".join(e.text for e in entries[start:opening] if isinstance(e, TextLine))
    years = years_in(title) or years_in(_title(entries[:opening]))
    place = Place(
        sheet=len(draft.sheets), departments=(department,) if department else (), fiscal_years=years[:1]
    )
    if not department:
        row = entries[opening]
        draft.warn(row.line if isinstance(row, TableRow) else 0, "部署名の欄が空です。")
    draft.sheets.append(
        ParsedSheet(
            title=department or squeezed(title),
            identity=department or f"{squeezed(title)} {len(draft.sheets) + 1}",
            departments=place.departments,
            fiscal_years=place.fiscal_years,
            section_path=(),
            span=span_of(entries, start, end),
        )
    )
    if cells:
        segments = (Span(cells[0].span.start, cells[-1].span.end),)
        draft.add(place, PassageKind.ROW, segments, item=department, cells=cells)
    _account_for_labels(draft, place, entries[opening:after], cells)
    _read_sections(draft, place, entries[after:end])


def _department_row(entries: Sequence[Entry], opening: int) -> tuple[tuple[Cell, ...], int]:
    """The department with its head, and where what follows begins; labels stand above or beside values."""
    labels = entries[opening]
    assert isinstance(labels, TableRow)
    if any(map(_HEAD.fullmatch, _keys(labels)[1:])):
        values = entries[opening + 1] if opening + 1 < len(entries) else None
        if not isinstance(values, TableRow):
            return (), opening + 1
        pairs = zip(labels.cells, values.cells, strict=False)
        return tuple(_labelled(label, value) for label, value in pairs if value.text), opening + 2
    cells = []
    after = opening
    while after < len(entries):
        row = entries[after]
        if not isinstance(row, TableRow) or len(row.filled) != 2 or _section_title(row):
            break
        cells.append(_labelled(*row.filled))
        after += 1
    return tuple(cells), after


def _account_for_labels(draft: Draft, place: Place, rows: Sequence[Entry], cells: Sequence[Cell]) -> None:
    """The labels of the department's rows: those of a value are carried, the others are empty fields."""
    told = {cell.header for cell in cells}
    shown = {cell.span for cell in cells}
    for row in rows:
        for cell in row.filled if isinstance(row, TableRow) else ():
            if tidy(cell.text) in told:
                draft.carry((cell,))
            elif cell.span not in shown:
                draft.absent(place, cell.text, cell.span)


def _labelled(label: TableCell, value: TableCell) -> Cell:
    return Cell(header=tidy(label.text), span=value.span)


def _read_sections(draft: Draft, place: Place, entries: Sequence[Entry]) -> None:
    section = _Section()
    for entry in entries:
        title = _section_title(entry)
        running = _is_running(draft, entry)
        if title or (section.rows and running):
            _write(draft, place, section)
            section = _Section(title=title or section.title)
        alone = _alone(entry)
        if title and alone is not None:
            draft.heading(place, title, alone.span, is_field=True)
            continue
        if isinstance(entry, TextLine):
            section.lines.append(entry)
            _take(section, entry.span, entry.text, opens=entry.bullet)
        elif isinstance(entry, TableRow) and running:
            for part in content_spans(draft.text, entry.filled[0].span):
                _take(section, part, part.of(draft.text), opens=False)
        elif isinstance(entry, TableRow) and entry.filled:
            section.rows.append(entry)
    _write(draft, place, section)


def _is_running(draft: Draft, entry: Entry) -> bool:
    """Whether an entry is running text: a line, or a cell alone in its row that is none of a small table."""
    if not isinstance(entry, TableRow) or len(entry.filled) != 1:
        return isinstance(entry, TextLine)
    cell = entry.filled[0]
    return has_tags(draft.text, cell.span) or bool(leading_mark(cell.text)) or "。" in cell.text


def _take(section: _Section, span: Span, text: str, *, opens: bool) -> None:
    """Add a line to the section: a mark or bullet begins an item, any other line continues the last one."""
    if opens or leading_mark(text) or not section.items:
        section.items.append([span])
    else:
        section.items[-1].append(span)


def _write(draft: Draft, place: Place, section: _Section) -> None:
    here = place.under(section.title)
    if _is_list(section):
        header, *names = section.lines
        cells = tuple(Cell(header=tidy(header.text), span=name.span) for name in names)
        if names:
            draft.account.carry(header.span)
        else:
            draft.account.leave(LeftOutReason.EMPTY_FIELD, header.span)
        draft.add(here, PassageKind.ROW, tuple(name.span for name in names), cells=cells)
    else:
        _write_items(draft, here, section.items)
    if section.rows:
        _write_table(draft, here, section.rows)


def _is_list(section: _Section) -> bool:
    """A table of one column, which extraction gives as lines below the column's header."""
    lines = section.lines
    plain = all(not line.bullet and len(line.text) <= 60 and "。" not in line.text for line in lines)
    if not lines or not plain or leading_mark(lines[0].text):
        return False
    # 「施策名 主要事業」 and nothing below: the columns' heads of a table without rules and without rows.
    several = len(lines) == 1 and lines[0].text.split()[0].endswith("名")
    return several or is_header_word(lines[0].text)


def _write_items(draft: Draft, place: Place, items: Sequence[Sequence[Span]]) -> None:
    unmarked: list[Span] = []
    for spans in items:
        found = [part for span in spans for part in content_spans(draft.text, span)]
        mark = leading_mark(found[0].of(draft.text)) if found else ""
        if not mark:
            unmarked.extend(found)
            continue
        draft.prose(place, unmarked)
        unmarked = []
        whole = sum(map(len, found)) <= LIMITS.longest
        for piece in (tuple(found),) if whole else split_content(draft.text, found):
            draft.add(place, PassageKind.ITEM, piece, item=mark)
    draft.prose(place, unmarked)


def _write_table(draft: Draft, place: Place, rows: Sequence[TableRow]) -> None:
    """A small table as one passage under its first row; where that names years, row by row as figures."""
    header, *body = rows
    if not body:
        draft.account.leave(LeftOutReason.EMPTY_FIELD, *(cell.span for cell in header.filled))
        return
    if any(map(column_year, header.texts)):
        PlainTable(draft=draft, place=place).read(Table(rows=tuple(rows)))
        return
    draft.carry(header.filled)
    filled = fill_down(body, 1)
    cells = [
        Cell(header=tidy(label.text), span=cell.span)
        for row in filled
        for label, cell in zip(header.cells, row.cells, strict=False)
        if cell.text
    ]
    draft.rows(place, [row.cells for row in body], cells)
