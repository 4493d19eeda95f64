"""What every layout writes into while it reads: the sheets and passages found so far.

It is apart from the layouts so that all of them cut prose, carry headers and place rows in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import Cell, PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableCell, TableRow, TextLine
from ingest.markup import content_spans
from ingest.parsed import ParsedDocument, ParsedPassage, ParsedSheet
from ingest.splitting import LIMITS, Limits, Piece, split_content
from ingest.tables import row_segments, years_in

Entry = TextLine | TableRow | Blank

_YEAR_LABEL = re.compile(r"(令和|平成|昭和|[RHS])\s*[0-9０-９]+\s*年度")
_LONGEST_YEAR_LABEL = 20
_LEVELS = ("部", "局", "課", "室", "係", "所", "センター", "署", "会", "館", "園")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a passage inherits from where it stands; fields as in ``ParsedPassage``."""

    sheet: int | None = None
    departments: tuple[str, ...] = ()
    fiscal_years: tuple[int, ...] = ()
    section_path: tuple[str, ...] = ()

    def under(self, *headings: str) -> Place:
        """The place under further headings; empty ones are left out."""
        return replace(self, section_path=(*self.section_path, *(h for h in headings if h)))

    def during(self, years: Iterable[int | None]) -> Place:
        """The place for a fact of the years given, or this place if none is."""
        named = tuple(sorted({year for year in years if year is not None}))
        return replace(self, fiscal_years=named) if named else self


@dataclass(slots=True)
class Draft:
    """The sheets, passages and warnings found so far in one document."""

    document: BlockDocument
    sheets: list[ParsedSheet] = field(default_factory=list)
    passages: list[ParsedPassage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The stored text."""
        return self.document.text

    def warn(self, line: int, sentence: str) -> None:
        """Report that something could not be read; ``sentence`` is Japanese."""
        self.warnings.append(f"{line}行目: {sentence}")

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
            inner = [(cell, content_spans(self.text, cell.span)) for cell in cells]
            cells = tuple(replace(cell, span=span) for cell, spans in inner for span in spans)
            self.passages.append(
                ParsedPassage(
                    sheet=place.sheet,
                    kind=kind,
                    segments=segments,
                    fiscal_years=place.fiscal_years,
                    departments=place.departments,
                    section_path=place.section_path,
                    item=item,
                    cells=cells,
                )
            )

    def prose(
        self,
        place: Place,
        spans: Iterable[Span],
        *,
        kind: PassageKind = PassageKind.PROSE,
        item: str = "",
        limits: Limits = LIMITS,
    ) -> None:
        """Add consecutive paragraphs, bullets or the content of a cell, cut into passages."""
        for piece in split_content(self.text, spans, limits):
            self.add(place, kind, piece, item=item)

    def cell(self, place: Place, header: str, span: Span, fiscal_year: int | None, *, item: str = "") -> None:
        """Add a long cell under its header, cut into passages that all carry the header."""
        dated = place.during((fiscal_year,))
        for piece in split_content(self.text, (span,), replace(LIMITS, target=LIMITS.longest)):
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
        dated = place.during(cell.fiscal_year for cell in cells)
        self.add(dated, kind, segments, item=item, cells=tuple(cells))

    def row(self, place: Place, row: Sequence[TableCell], cells: Sequence[Cell], *, item: str = "") -> None:
        """Add one table row; cells too long for a passage together become passages of their own."""
        if sum(len(cell.text) for cell in row) <= LIMITS.longest:
            self.rows(place, (row,), cells, item=item)
            return
        long_ones = [cell for cell in cells if len(cell.span) > LIMITS.longest // 4]
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
        """The document as read, passages in source order, and what stands for a year but is none."""
        for line, label in _impossible_years(self.document.blocks):
            self.warn(line, f"年度「{label}」を読み取れません。この年度では検索できません。")
        ordered = sorted(self.passages, key=lambda passage: passage.segments[0])
        return ParsedDocument(
            layout=layout,
            document_kind=document_kind,
            title=title,
            fiscal_year=fiscal_year,
            sheets=tuple(self.sheets),
            passages=tuple(ordered),
            warnings=tuple(self.warnings),
        )


def _impossible_years(blocks: Iterable[Block]) -> Iterable[tuple[int, str]]:
    """Short cells that name a year which no era has (令和99年度), with their lines."""
    for block in blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.filled:
                found = _YEAR_LABEL.match(cell.text) if len(cell.text) <= _LONGEST_YEAR_LABEL else None
                if found and not years_in(cell.text):
                    yield row.line, found.group()


def entries_of(blocks: Iterable[Block]) -> tuple[Entry, ...]:
    """Lines and rows in one sequence; tables are told apart by the blanks and lines between them."""
    return tuple(e for block in blocks for e in (block.rows if isinstance(block, Table) else (block,)))


def split_tables(blocks: Iterable[Block], starts: Callable[[TableRow], bool]) -> tuple[Block, ...]:
    """The blocks with each table cut before every row that ``starts`` something new."""
    found: list[Block] = []
    for block in blocks:
        if not isinstance(block, Table):
            found.append(block)
            continue
        borders = [i for i, row in enumerate(block.rows) if i and starts(row)]
        pieces = zip([0, *borders], [*borders, len(block.rows)], strict=True)
        found.extend(Table(rows=block.rows[a:b]) for a, b in pieces)
    return tuple(found)


def span_of(blocks: Sequence[Block] | Sequence[Entry], start: int, end: int) -> Span:
    """The span from the first to the last character of ``blocks[start:end]``; empty at 0 without any."""
    spans = [span for block in blocks[start:end] for span in _spans(block)]
    return Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)


def line_of(block: Block | Entry) -> int:
    """The number of a block's first line, 0 for a blank."""
    match block:
        case TextLine() | TableRow():
            return block.line
        case Table():
            return block.rows[0].line
        case Blank():
            return 0


def departments_of(text: str) -> tuple[str, ...]:
    """The departments named in a cell, as printed; 「部 課 係」 is one, two 課 are two.

    Several stand separated by 、 or by blanks where each names the same level.
    """
    found: list[str] = []
    for part in re.split(r"[、，,；;\n]|／", text):
        words = part.split()
        levels = {next((level for level in _LEVELS if word.endswith(level)), "") for word in words}
        found.extend(words if len(words) > 1 and levels in ({"課"}, {"部"}, {"室"}) else [" ".join(words)])
    return tuple(dict.fromkeys(name for name in found if name))


def _spans(block: Block | Entry) -> tuple[Span, ...]:
    match block:
        case TextLine():
            return (block.span,)
        case TableRow():
            return tuple(cell.span for cell in block.filled)
        case Table():
            return tuple(cell.span for row in block.rows for cell in row.filled)
        case Blank():
            return ()
