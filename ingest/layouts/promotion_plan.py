"""推進プラン: a contents tree, then one form a 取組項目 with 目指す姿, 目標, 取組内容, 実践課 and progress.

The same 取組項目 recurs for several 課: title, 課 and 目指す姿 together tell forms apart. Labels stand in the
left cells of a row, merged ones only in its first row; a label without a value (評価 not yet written) is no
content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.passage import PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableRow, TextLine
from ingest.heading_rank import Rank
from ingest.headings import HeadingPath, heading_of, squeezed
from ingest.layouts.drafting import Draft, Place
from ingest.layouts.entries import span_of, split_tables
from ingest.layouts.framed_table import is_framed, read_framed
from ingest.layouts.legend import legend_in
from ingest.layouts.promotion_form import AIM, DEPARTMENT, TITLE, PromotionForm
from ingest.layouts.unit_caption import is_unit_caption
from ingest.parsed import ParsedDocument
from ingest.splitting import LIMITS
from ingest.tables import label_key, make_header, row_cells, years_in


class PromotionPlan:
    """Reads 推進プラン."""

    name = "promotion_plan"
    document_kind = "推進プラン"

    def score(self, document: BlockDocument) -> float:
        """Forms whose rows are labelled 取組項目, 目指す姿 and 実践課 one below the other."""
        found = (0.0, 0.1, 0.2, 0.95)
        tables = split_tables(document.blocks, _opens_form)
        forms = [table for table in tables if isinstance(table, Table) and _opens_form(table.rows[0])]
        patterns = (TITLE, AIM, DEPARTMENT)
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
        front = [b for b in blocks[:first] if isinstance(b, TextLine) and heading_of(b.text) is None]
        lines = [line.text for line in front]
        title = next((squeezed(t) for t in lines if years_in(t) or "プラン" in t or "計画" in t), "")
        years = years_in(title) or _years_of(blocks)
        reader = _Reader(draft, Place(fiscal_years=years[:1]))
        reader.read(blocks, frozenset(map(id, front)))
        return draft.finish(
            layout=self.name,
            document_kind=self.document_kind,
            title=title,
            fiscal_year=years[0] if years else None,
        )


@dataclass(slots=True)
class _Reader:
    """The place in the plan while it is read.

    Attributes:
        draft: what is written into.
        place: outside of any form.
        path: the headings above the current block.
        front: the lines of the front not yet written.
        unit: the line read last, if it gives the unit of a table.
        legend: what the document says of its marks.
    """

    draft: Draft
    place: Place
    path: HeadingPath = field(default_factory=HeadingPath)
    front: list[Span] = field(default_factory=list)
    unit: TextLine | None = None
    legend: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.legend = legend_in(self.draft.text)

    def read(self, blocks: Sequence[Block], front: frozenset[int]) -> None:
        """Read the blocks in order; ``front`` are the lines before the first form, by identity."""
        for index, block in enumerate(blocks):
            if isinstance(block, TextLine) and id(block) in front:
                self.front.append(block.span)
            elif not isinstance(block, Blank):
                self._close_front()
                self._block(blocks, index, block)
        self._close_front()
        self._keep_unit()

    @property
    def _here(self) -> Place:
        return replace(self.place, section_path=self.path.labels)

    def _block(self, blocks: Sequence[Block], index: int, block: TextLine | Table) -> None:
        if isinstance(block, Table) and not _is_form(block) and is_framed(block):
            caption, self.unit = self.unit, None
            read_framed(self.draft, self._here, block, caption)
            return
        self._keep_unit()
        if isinstance(block, TextLine) and is_unit_caption(block.text):
            self.unit = block
        elif isinstance(block, TextLine):
            self._line(block)
        elif _is_form(block):
            sheet = replace(self._here, sheet=len(self.draft.sheets))
            PromotionForm(self.draft, sheet, self.legend).read(block, span_of(blocks, index, index + 1))
        else:
            _contents(self.draft, self.place, block)

    def _close_front(self) -> None:
        self.draft.prose(self.place, self.front, kind=PassageKind.CONTENTS)
        self.front = []

    def _keep_unit(self) -> None:
        """A unit that no table took is a line."""
        if self.unit is not None:
            line, self.unit = self.unit, None
            self._line(line)

    def _line(self, line: TextLine) -> None:
        heading = heading_of(line.text)
        if heading and not line.bullet:
            self.draft.heading(self._here, heading.label, line.span, is_field=False)
            self.path.enter(heading.rank, heading.label)
        else:
            self.draft.prose(self._here, (line.span,))


def _opens_form(row: TableRow) -> bool:
    filled = row.filled
    return len(filled) == 2 and TITLE.fullmatch(label_key(filled[0].text)) is not None


def _is_form(block: Block) -> bool:
    return isinstance(block, Table) and _opens_form(block.rows[0])


def _years_of(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The years that stand in the forms' label column (令和6年度)."""
    cells = [row.cells[0].text for b in blocks if isinstance(b, Table) and _is_form(b) for row in b.rows]
    return tuple(sorted({year for text in cells if len(text) <= 10 for year in years_in(text)}))


def _contents(draft: Draft, place: Place, table: Table) -> None:
    """The contents tree, its columns lost: the numbering says what stands under what."""
    caption = squeezed(table.rows[0].filled[0].text) if len(table.rows[0].filled) == 1 else ""
    rows = table.rows[1:] if caption else table.rows
    header = rows[0] if rows and not any(heading_of(cell.text) for cell in rows[0].filled) else None
    for row in table.rows[: bool(caption) + bool(header)]:
        draft.carry(row.filled)
    path = HeadingPath()
    run: list[TableRow] = []
    place_of_run = place
    for row in rows[1:] if header else rows:
        named = [heading for cell in row.filled if (heading := heading_of(cell.text))]
        outer = [heading for heading in named if heading.rank <= Rank.NUMBER]
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
