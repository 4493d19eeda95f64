"""推進プラン: a contents tree, then one form a 取組項目 with 目指す姿, 目標, 取組内容, 実践課 and progress.

The same 取組項目 recurs for several 課: title, 課 and 目指す姿 together tell forms apart. Labels stand in the
left cells of a row, merged ones only in its first row; a label without a value (評価 not yet written) is no
content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.passage import PassageKind
from corpus.span import Span
from ingest.blocks import Blank, Block, BlockDocument, Table, TableRow, TextLine
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

_OUTER_RANK = 50


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
        lines = [b.text for b in blocks[:first] if isinstance(b, TextLine) and heading_of(b.text) is None]
        title = next((squeezed(t) for t in lines if years_in(t) or "プラン" in t or "計画" in t), "")
        years = years_in(title) or _years_of(blocks)
        place = Place(fiscal_years=years[:1])
        path = HeadingPath()
        legend = legend_in(draft.text)
        front: list[Span] = []
        unit: TextLine | None = None
        for index, block in enumerate([*blocks, Table(rows=())]):
            if isinstance(block, Blank):
                continue
            if isinstance(block, TextLine) and index < first and block.text in lines:
                front.append(block.span)
                continue
            draft.prose(place, front, kind=PassageKind.CONTENTS)
            front = []
            caption, unit = unit, None
            if isinstance(block, Table) and block.rows and not _is_form(block) and is_framed(block):
                read_framed(draft, replace(place, section_path=path.labels), block, caption)
                continue
            if caption is not None:
                _line(draft, place, path, caption)
            if isinstance(block, TextLine) and is_unit_caption(block.text):
                unit = block
            elif isinstance(block, TextLine):
                _line(draft, place, path, block)
            elif isinstance(block, Table) and _is_form(block):
                sheet = replace(place, sheet=len(draft.sheets), section_path=path.labels)
                PromotionForm(draft, sheet, legend).read(block, span_of(blocks, index, index + 1))
            elif isinstance(block, Table) and block.rows:
                _contents(draft, place, block)
        return draft.finish(
            layout=self.name,
            document_kind=self.document_kind,
            title=title,
            fiscal_year=years[0] if years else None,
        )


def _opens_form(row: TableRow) -> bool:
    filled = row.filled
    return len(filled) == 2 and TITLE.fullmatch(label_key(filled[0].text)) is not None


def _is_form(block: Block) -> bool:
    return isinstance(block, Table) and bool(block.rows) and _opens_form(block.rows[0])


def _years_of(blocks: Sequence[Block]) -> tuple[int, ...]:
    """The years that stand in the forms' label column (令和6年度)."""
    cells = [row.cells[0].text for b in blocks if isinstance(b, Table) and _is_form(b) for row in b.rows]
    return tuple(sorted({year for text in cells if len(text) <= 10 for year in years_in(text)}))


def _line(draft: Draft, place: Place, path: HeadingPath, line: TextLine) -> None:
    heading = heading_of(line.text)
    if heading and not line.bullet:
        draft.heading(replace(place, section_path=path.labels), heading.label, line.span, is_field=False)
        path.enter(heading.rank, heading.label)
    else:
        draft.prose(replace(place, section_path=path.labels), (line.span,))


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
        outer = [heading for heading in named if heading.rank <= _OUTER_RANK]
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
