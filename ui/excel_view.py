"""The part of a worksheet that holds cited cells, as a workbook shows it: lettered, numbered, merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.errors import InputError
from corpus.locator import CellLocator
from corpus.originals import Original
from corpus.span import Span
from ingest.grid import Grid, GridCell, range_name
from ingest.xls_reader import XlsReader
from ingest.xlsx_reader import XlsxReader
from ui.bounded_cache import BoundedCache
from ui.cited_cells import CitedWords
from ui.excel_region import COLUMNS, ROWS, Area, Band, Region, area_of, region_of
from ui.markup import esc, marked
from ui.page_image import original_bytes

BOUND = 200_000
"""Cells of workbooks that are kept: some 100 MB at most."""

MORE_ROWS = 20
MORE_COLUMNS = 8
MOST_WORKSHEETS = 3
_READERS: dict[str, XlsxReader | XlsReader] = {
    **dict.fromkeys((".xlsx", ".xlsm"), XlsxReader()),
    **dict.fromkeys((".xls", ".xlsb"), XlsReader()),
}


class Workbooks:
    """The cells of workbooks that were looked at."""

    def __init__(self, bound: int = BOUND) -> None:
        self._held: BoundedCache[str, dict[str, Grid]] = BoundedCache(bound, _cells)

    def grids(self, original: Original) -> dict[str, Grid]:
        """The worksheets of a workbook that are shown, by their names.

        Raises:
            InputError: the file cannot be read, or is no workbook.
        """
        reader = _READERS.get(original.extension)
        if reader is None:
            raise InputError("表として表示できるのは、Excelの資料だけです。")
        return self._held.get(original.sha256, lambda: reader.grids(original_bytes(original)))


def is_workbook(original: Original) -> bool:
    """Whether an original has worksheets."""
    return original.extension in _READERS


def excel_html(
    grids: dict[str, Grid],
    locators: Sequence[CellLocator],
    cited: Sequence[CitedWords] = (),
    wider: int = 0,
) -> str:
    """The regions around cited cells, one table a worksheet.

    Args:
        grids: see ``Workbooks.grids``.
        locators: of the passage.
        cited: what is cited of it, what to look at first; empty for all.
        wider: how many times the region was widened.

    Raises:
        InputError: no worksheet of the passage is there.
    """
    drawn: list[str] = []
    for name, group in groupby(locators, key=lambda locator: locator.worksheet):
        areas = [area for area in (area_of(locator.range) for locator in group) if area is not None]
        if name in grids and areas and len(drawn) < MOST_WORKSHEETS:
            drawn.append(_Table(name, grids[name], areas, cited, wider).html())
    if not drawn:
        raise InputError("原本に、引用したシートが見つかりません。「読み取った文字」で前後をご覧ください。")
    return "".join(drawn)


class _Table:
    """A region while it is drawn."""

    def __init__(
        self, name: str, grid: Grid, areas: list[Area], cited: Sequence[CitedWords], wider: int
    ) -> None:
        self._name = name
        self._areas = areas
        self._cells = grid.cells
        self._region: Region = region_of(
            grid, areas, ROWS + MORE_ROWS * wider, COLUMNS + MORE_COLUMNS * wider
        )
        own = [cell for cell in grid.cells if self._is_cited(cell)]
        exact = [cell for one in cited for cell in one.found_in(own)]
        holding = [cell for cell in own if any(one.text in cell.text for one in cited)]
        self._quoted = exact or holding or own
        self._parts = [one.text for one in cited] if holding and not exact else []
        self._sought = self._quoted[0] if self._quoted else None
        self._held = self._held_columns(own)

    def html(self) -> str:
        """The table under the worksheet's name."""
        heads = "".join(_column_head(band, held=self._is_held([band])) for band in self._region.columns)
        rows = "".join(
            _left_out_row(run[0], len(self._region.columns)) if run[0].left_out else self._run(run)
            for run in _runs(self._region.rows)
        )
        name = esc(f"シート「{self._name}」の引用箇所の周り")
        return (
            f'<div class="sheet-frame"><p class="sheet-name">シート「{esc(self._name)}」</p>'
            f'<table class="worksheet" aria-label="{name}">'
            f'<thead><tr><td class="corner"></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        )

    def _held_columns(self, own: Sequence[GridCell]) -> list[Band]:
        """The columns of the label of what is looked at: the nearest words to its left, if need be unquoted.

        They stay in sight when the table is moved sideways.
        """
        if self._sought is None:
            return []
        row = Area(self._sought.row, 1, self._sought.last_row, self._sought.column - 1)
        left = [cell for cell in (*self._quoted, *own) if row.touches(cell) and _has_words(cell)]
        quoted = [cell for cell in left if cell in self._quoted]
        label = max(quoted or left, key=lambda cell: cell.column, default=None)
        return self._across(label, self._region.columns) if label is not None else []

    def _is_held(self, columns: Sequence[Band]) -> bool:
        return bool(columns) and list(columns) == self._held

    @staticmethod
    def _across(cell: GridCell, columns: Sequence[Band]) -> list[Band]:
        """The columns that a cell takes."""
        return [band for band in columns if cell.column <= band.last and band.first <= cell.last_column]

    def _run(self, rows: Sequence[Band]) -> str:
        """Rows without a gap; merged cells are cut at the run's borders."""
        placed: dict[tuple[int, int], str] = {}
        covered: set[tuple[int, int]] = set()
        for columns in _runs(self._region.columns):
            area = Area(rows[0].first, columns[0].first, rows[-1].last, columns[-1].last)
            for cell in self._cells:
                if area.touches(cell) and not columns[0].left_out:
                    down = [b.first for b in rows if cell.row <= b.first <= cell.last_row]
                    across = self._across(cell, columns)
                    if down and across:
                        covered.update((row, band.first) for row in down for band in across)
                        placed[down[0], across[0].first] = self._cell(cell, len(down), across)
        return "".join(self._row(band.first, placed, covered) for band in rows)

    def _row(self, row: int, placed: dict[tuple[int, int], str], covered: set[tuple[int, int]]) -> str:
        drawn = []
        for band in self._region.columns:
            if (row, band.first) in placed:
                drawn.append(placed[row, band.first])
            elif band.left_out:
                drawn.append('<td class="gap"></td>')
            elif (row, band.first) not in covered:
                here = any(area.touches(Area(row, band.first, row, band.last)) for area in self._areas)
                drawn.append(f"<td{_class(here=here, held=self._is_held([band]))}></td>")
        return f'<tr><th scope="row">{row}</th>{"".join(drawn)}</tr>'

    def _cell(self, cell: GridCell, down: int, across: Sequence[Band]) -> str:
        spans = f' rowspan="{down}"' if down > 1 else ""
        spans += f' colspan="{len(across)}"' if len(across) > 1 else ""
        held = self._is_held(across)
        if cell in self._quoted:
            css = _class(here=True, cited=True, sought=cell == self._sought, held=held)
            place = range_name(cell.row, cell.column, cell.row, cell.column)
            said = esc(f"{place} 引用箇所: {cell.text}")
            words = marked(cell.text, self._marks(cell.text))
            return f'<td{css} aria-label="{said}"{spans}>{words}</td>'
        return f"<td{_class(here=self._is_cited(cell), held=held)}{spans}>{esc(cell.text)}</td>"

    def _marks(self, text: str) -> list[Span]:
        """What of a cell is quoted: all of it, or the part of a long one."""
        places = [(text.find(part), len(part)) for part in self._parts]
        found = sorted(Span(start, start + length) for start, length in places if start >= 0)
        return found or [Span(0, len(text))]

    def _is_cited(self, cell: GridCell) -> bool:
        return any(area.touches(cell) for area in self._areas)


def _has_words(cell: GridCell) -> bool:
    return any(sign.isalpha() for sign in cell.text)


def _class(**names: bool) -> str:
    """A ``class`` attribute of the names that hold; empty without any."""
    css = " ".join(name for name, holds in names.items() if holds)
    return f' class="{css}"' if css else ""


def _runs(bands: Sequence[Band]) -> Iterator[list[Band]]:
    """Bands without a gap between them; what is left out is a run of its own."""
    run: list[Band] = []
    for band in bands:
        if band.left_out:
            if run:
                yield run
            yield [band]
            run = []
        else:
            run.append(band)
    if run:
        yield run


def _column_head(band: Band, *, held: bool) -> str:
    first, last = _letters(band.first), _letters(band.last)
    letters = first if first == last else f"{first}〜{last}"
    if band.left_out:
        return f'<th scope="col" class="gap">{letters} {band.left_out}</th>'
    return f'<th scope="col"{_class(held=held)}>{letters}</th>'


def _left_out_row(band: Band, columns: int) -> str:
    rows = f"{band.first}行目" if band.first == band.last else f"{band.first}〜{band.last}行目"
    told = "原本で非表示の行です" if band.left_out == "非表示" else "省略しています"
    return f'<tr class="gap"><th scope="row">…</th><td colspan="{columns}">{rows}は{told}</td></tr>'


def _letters(column: int) -> str:
    return range_name(1, column, 1, column)[:-1]


def _cells(grids: dict[str, Grid]) -> int:
    return sum(len(grid.cells) for grid in grids.values())
