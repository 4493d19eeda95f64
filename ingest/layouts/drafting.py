"""What every layout writes into while it reads: the sheets, passages and absences found so far.

It is apart from the layouts so that all of them cut prose, carry headers, place rows and account for every
character in the same way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.coverage import LeftOutReason
from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.account import Account
from ingest.blocks import BlockDocument, TableCell
from ingest.layouts.doubts import doubts_of
from ingest.layouts.said_once import said_once
from ingest.markup import content_spans
from ingest.parsed import ParsedAbsence, ParsedDocument, ParsedPassage, ParsedSheet
from ingest.splitting import LIMITS, Piece, split_content
from ingest.tables import row_segments, tidy

_PASSAGES_LOOKED_AT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a passage inherits from where it stands; fields as in ``ParsedPassage``."""

    sheet: int | None = None
    departments: tuple[str, ...] = ()
    fiscal_years: tuple[int, ...] = ()
    section_path: tuple[str, ...] = ()

    def under(self, *headings: str) -> Place:
        """The place under further headings; empty ones are left out."""
        return self._with(self.fiscal_years, (*self.section_path, *(h for h in headings if h)))

    def during(self, years: Iterable[int | None]) -> Place:
        """The place for a fact of the years given, or this place if none is."""
        named = tuple(sorted([year for year in set(years) if year is not None]))
        return self._with(named, self.section_path) if named and named != self.fiscal_years else self

    def _with(self, fiscal_years: tuple[int, ...], section_path: tuple[str, ...]) -> Place:
        """A copy; written out, for there is one a row and ``replace`` takes four times as long."""
        return Place(
            sheet=self.sheet,
            departments=self.departments,
            fiscal_years=fiscal_years,
            section_path=section_path,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """A heading whose content is still to come; a field without any is an absence, another line is text."""

    place: Place
    label: str
    span: Span
    is_field: bool


@dataclass(slots=True)
class Draft:
    """The sheets, passages, absences and warnings found so far in one document."""

    document: BlockDocument
    sheets: list[ParsedSheet] = field(default_factory=list)
    passages: list[ParsedPassage] = field(default_factory=list)
    absences: list[ParsedAbsence] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    account: Account = field(init=False)
    _may_hold_tags: bool = field(init=False)
    _headings: list[_Heading] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.account = Account(self.document.text)
        self._may_hold_tags = "<" in self.document.text

    @property
    def text(self) -> str:
        """The stored text."""
        return self.document.text

    def warn(self, line: int, sentence: str) -> None:
        """Report that something could not be read; ``sentence`` is Japanese."""
        self.warnings.append(f"{line}行目: {sentence}")

    def carry(self, cells: Iterable[TableCell]) -> None:
        """Headers and labels that passages carry."""
        self.account.carry(*(cell.span for cell in cells if cell.text))

    def heading(self, place: Place, label: str, span: Span, *, is_field: bool) -> None:
        """A heading that the passages after it carry in their section path.

        Args:
            place: where it stands, itself not included.
            label: as it stands in the section path.
            span: its characters.
            is_field: whether it is a field of a form, which is recorded as empty if nothing follows; any
                other heading is then a text of its own.
        """
        self._headings.append(_Heading(place=place, label=label, span=span, is_field=is_field))

    def absent(self, place: Place, label: str, span: Span, fiscal_year: int | None = None) -> None:
        """Record a field without an entry; its label is left out unless other cells carry it."""
        self.absences.append(
            ParsedAbsence(
                sheet=place.sheet,
                label=tidy(label),
                span=span,
                fiscal_year=fiscal_year,
                section_path=place.section_path,
            )
        )
        self.account.leave(LeftOutReason.EMPTY_FIELD, span)

    def add(
        self,
        place: Place,
        kind: PassageKind,
        segments: Piece,
        *,
        item: str = "",
        cells: tuple[Cell, ...] = (),
    ) -> None:
        """Add one passage; nothing is added where there are no segments, and cells are freed of tags."""
        if segments:
            self.passages.append(
                ParsedPassage(
                    sheet=place.sheet,
                    kind=kind,
                    segments=segments,
                    fiscal_years=place.fiscal_years,
                    departments=place.departments,
                    section_path=place.section_path,
                    item=item,
                    cells=self._freed(cells),
                )
            )

    def _freed(self, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """The cells without the tags in them, none of them empty; one with a tag in its midst in parts."""
        if not self._may_hold_tags:
            return tuple([cell for cell in cells if cell.span.start < cell.span.end])
        return tuple(part for cell in cells for part in self._parts_between_tags(cell))

    def _parts_between_tags(self, cell: Cell) -> tuple[Cell, ...]:
        if self.text.find("<", cell.span.start, cell.span.end) < 0:
            return (cell,) if len(cell.span) else ()
        return tuple(replace(cell, span=span) for span in content_spans(self.text, cell.span))

    def prose(
        self,
        place: Place,
        spans: Iterable[Span | Piece],
        *,
        kind: PassageKind = PassageKind.PROSE,
        item: str = "",
    ) -> None:
        """Add consecutive paragraphs, bullets or the content of a cell, cut into passages."""
        for piece in split_content(self.text, spans):
            self.add(place, kind, piece, item=item)

    def cell(self, place: Place, header: str, span: Span, fiscal_year: int | None, *, item: str = "") -> None:
        """Add a long cell under its header, cut into passages that all carry the header."""
        dated = place.during((fiscal_year,))
        for piece in split_content(self.text, (span,), _CELL_LIMITS):
            cells = tuple(Cell(header=header, span=span, fiscal_year=fiscal_year) for span in piece)
            self.add(dated, PassageKind.CELL, piece, item=item, cells=cells)

    def rows(
        self,
        place: Place,
        rows: Sequence[Sequence[TableCell]],
        cells: Sequence[Cell],
        *,
        item: str = "",
        kind: PassageKind = PassageKind.ROW,
    ) -> None:
        """Add table rows as one passage; its years are those that the cells' headers name."""
        segments = tuple(segment for row in rows for segment in row_segments(self.text, row))
        dated = place.during({cell.fiscal_year for cell in cells})
        self.add(dated, kind, segments, item=item, cells=tuple(cells))

    def row(self, place: Place, row: Sequence[TableCell], cells: Sequence[Cell], *, item: str = "") -> None:
        """Add one table row; cells too long for a passage together become passages of their own."""
        if sum([len(cell.text) for cell in row]) <= LIMITS.longest:
            self.rows(place, (row,), cells, item=item)
            return
        own = {cell.span.start for cell in row if cell.text}
        long_ones = [c for c in cells if len(c.span) > LIMITS.longest // 4 and c.span.start in own]
        starts = {cell.span.start for cell in long_ones}
        short = [cell for cell in row if cell.span.start not in starts]
        if any(cell.text for cell in short):
            self._short_cells(place, short, [cell for cell in cells if cell not in long_ones], item)
        for cell in long_ones:
            self.cell(place, cell.header, cell.span, cell.fiscal_year, item=item)

    def _short_cells(self, place: Place, row: Sequence[TableCell], cells: Sequence[Cell], item: str) -> None:
        segments = tuple(part for cell in row if cell.text for part in content_spans(self.text, cell.span))
        dated = place.during(cell.fiscal_year for cell in cells)
        self.add(dated, PassageKind.ROW, segments, item=item, cells=tuple(cells))

    def finish(
        self, *, layout: str, document_kind: str, title: str, fiscal_year: int | None
    ) -> ParsedDocument:
        """The document as read, passages in source order, every character accounted for."""
        self.warnings.extend(doubts_of(self.document.blocks))
        self._tell_twins_apart()
        self._sort()
        self._settle_headings()
        self._keep_the_rest()
        self._sort()
        carried, left_out = self.account.result()
        return ParsedDocument(
            layout=layout,
            document_kind=document_kind,
            title=title,
            fiscal_year=fiscal_year,
            sheets=tuple(self.sheets),
            passages=tuple(self.passages),
            warnings=said_once(self.warnings),
            carried=carried,
            left_out=left_out,
            absences=tuple(sorted(self.absences, key=lambda one: (one.span, one.fiscal_year or 0))),
        )

    def _tell_twins_apart(self) -> None:
        """Sheets of one identity are kept apart by their number."""
        seen: dict[str, int] = {}
        for index, sheet in enumerate(self.sheets):
            seen[sheet.identity] = count = seen.get(sheet.identity, 0) + 1
            if count > 1:
                line = self.text.count("\n", 0, sheet.span.start) + 1
                self.warn(line, f"「{sheet.identity}」という個票が重なっています。別々に残しました。")
                self.sheets[index] = replace(sheet, identity=f"{sheet.identity} ({count})")

    def _sort(self) -> None:
        self.passages.sort(key=lambda passage: passage.segments[0].start)

    def _settle_headings(self) -> None:
        """Each heading is carried by the passages after it, or it is an empty field, or a text of its own."""
        starts = [passage.segments[0].start for passage in self.passages]
        alone: list[_Heading] = []
        followed = self._next_of_same_label()
        for heading in self._headings:
            at = bisect_left(starts, heading.span.start)
            end = bisect_left(starts, followed.get(heading.span.start, len(self.text)))
            after = self.passages[at : min(at + _PASSAGES_LOOKED_AT, end)]
            if any(heading.label in (*passage.section_path, passage.item) for passage in after):
                self.account.carry(heading.span)
            elif heading.is_field:
                self.absent(heading.place, heading.label, heading.span)
            else:
                alone.append(heading)
        for heading in alone:
            self.prose(heading.place, (heading.span,))

    def _next_of_same_label(self) -> dict[int, int]:
        """Where a field's label recurs, by where it stands: what follows there is not its content."""
        followed: dict[int, int] = {}
        last: dict[str, int] = {}
        for heading in self._headings[::-1]:
            if heading.is_field and heading.label in last:
                followed[heading.span.start] = last[heading.label]
            last[heading.label] = heading.span.start
        return followed

    def _keep_the_rest(self) -> None:
        """What is in no passage and carried by none stays as text, under its sheet, with a warning."""
        shown = (segment for passage in self.passages for segment in passage.segments)
        for passage in self.passages:
            start, end = passage.segments[0].start, passage.segments[-1].end
            others = (c.span for c in passage.cells if c.span.start < start or c.span.end > end)
            self.account.carry(*others)
        line, position = 1, 0
        for piece in self.account.close(shown):
            line += self.text.count("\n", position, piece.start)
            position = piece.start
            sheet = next((i for i, s in enumerate(self.sheets) if s.span.contains(piece)), None)
            found = self.sheets[sheet] if sheet is not None else None
            place = Place(
                sheet=sheet,
                departments=found.departments if found else (),
                fiscal_years=found.fiscal_years if found else (),
                section_path=found.section_path if found else (),
            )
            pieces = split_content(self.text, (piece,))
            for one in pieces:
                self.add(place, PassageKind.NOTE, one)
                self.account.show(one)
            self.warn(
                line, f"「{_shortened(piece.of(self.text))}」の位置づけを読み取れません。文として残しました。"
            )


_CELL_LIMITS = replace(LIMITS, target=LIMITS.longest)


def _shortened(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
