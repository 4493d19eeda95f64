"""What the readers of workbooks share: worksheets into one text, the cells of a span, and the warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.errors import EmptyFileError
from corpus.locator import Locator
from corpus.number_runs import number_runs
from corpus.span import Span
from ingest.block_text import Piece, TextBuilder
from ingest.grid import Grid, GridCell, locators_of, range_name
from ingest.grid_text import write_grid
from ingest.reader import ReadFile
from ingest.title_words import title_of_lines
from ingest.worksheet_shown import WorksheetShown

# A worksheet's name as Excel gives it, which tells nothing.
_GENERIC_NAME = re.compile(
    r"(sheet|シート|ワークシート|ｼｰﾄ|worksheet)\s*[(（]?[0-9０-９]*[)）]?", re.IGNORECASE
)
_MOST_NAMED = 8


class WorkbookText:
    """A workbook's text while its worksheets are written."""

    def __init__(self) -> None:
        self._builder: TextBuilder[GridCell] = TextBuilder()
        self._warnings: list[str] = []
        self._title: str | None = None

    def worksheet(self, name: str, grid: Grid, shapes: Sequence[GridCell] = (), *, is_only: bool) -> None:
        """Write a worksheet: its name if that tells something, its cells, then the text in its shapes."""
        if not grid.cells and not shapes:
            return
        if self._title is None and grid.cells:
            self._title = _title_of(grid)
        first = (grid.cells or tuple(shapes))[0]
        told = "".join(first.text.split()) == "".join(name.split())
        if not is_only and not told and not _GENERIC_NAME.fullmatch(name.strip()):
            self._builder.blank()
            self._builder.line(Piece(name, first._replace(last_row=first.row, last_column=first.column)))
        write_grid(self._builder, grid)
        for shape in shapes:
            self._builder.line(Piece(shape.text, shape))
        self._builder.blank()

    def skip_worksheets(self, names: Sequence[str]) -> None:
        """Warn of worksheets that are not shown."""
        if names:
            self.warn(
                f"非表示のワークシートは読み取っていません: {_listed(f'「{name}」' for name in names)}。"
            )

    def skip_not_shown(self, name: str, shown: WorksheetShown) -> None:
        """Warn of hidden rows and columns that hold something, and of letters that nobody sees."""
        self._skip_hidden(name, shown.skipped_rows, shown.skipped_columns)
        if shown.unseen:
            self.warn(
                f"ワークシート「{name}」に、見えない文字（地と同じ色、ごく小さいなど）が{shown.unseen}字あり、"
                "読み取りから除きました。"
            )

    def _skip_hidden(self, name: str, rows: Iterable[int], columns: Iterable[int]) -> None:
        parts = [f"{a}行" if a == b else f"{a}〜{b}行" for a, b in number_runs(rows)]
        letters = [
            (range_name(1, a, 1, a)[:-1], range_name(1, b, 1, b)[:-1]) for a, b in number_runs(columns)
        ]
        parts += [f"{a}列" if a == b else f"{a}〜{b}列" for a, b in letters]
        if parts:
            self.warn(f"ワークシート「{name}」の非表示の行・列は読み取っていません: {_listed(parts)}。")

    def lack_results(self, cells: Mapping[str, Sequence[str]]) -> None:
        """Warn of formulas whose results are not in the file."""
        for name, found in cells.items():
            if found:
                self.warn(
                    f"ワークシート「{name}」に、計算結果が保存されていない数式が{len(found)}件あり、空欄として"
                    f"読み取りました: {_listed(found)}。Excelで開き、上書き保存してから取り込んでください。"
                )

    def warn(self, message: str) -> None:
        """Add a warning (Japanese)."""
        self._warnings.append(message)

    def finish(self, encoding: str) -> ReadFile:
        """The workbook as read.

        Raises:
            EmptyFileError: no worksheet that is shown holds anything.
        """
        if not len(self._builder):
            raise EmptyFileError(
                "表示されているワークシートに文字がありません。内容のあるファイルか確かめてください。"
            )
        return ReadFile(
            text=self._builder.text,
            blocks=self._builder.blocks(),
            encoding=encoding,
            locate=self._locate,
            warnings=tuple(self._warnings),
            title=self._title or "",
        )

    def _locate(self, spans: Sequence[Span]) -> tuple[Locator, ...]:
        return locators_of(cell for _, cell in self._builder.origins(spans))


def _title_of(grid: Grid) -> str:
    """The merged cells that stand alone above all else of a worksheet, where their words may be a title."""
    cell, *others = grid.cells
    alone = all(other.row > cell.last_row for other in others)
    return title_of_lines([cell.text]) if alone and cell.last_column > cell.column else ""


def _listed(names: Iterable[str]) -> str:
    told = list(names)
    more = f" ほか{len(told) - _MOST_NAMED}件" if len(told) > _MOST_NAMED else ""
    return "、".join(told[:_MOST_NAMED]) + more
