"""What of a worksheet is shown: neither hidden rows and columns nor letters of the colour of their ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.grid import Grid, GridCell

_WALLS = 2  # lines at the side of cells that make a row part of a table


@dataclass(slots=True)
class WorksheetShown:
    """Tells cells that are shown from others, and keeps count of these.

    Attributes:
        hidden_rows: rows that are not shown, from 1.
        hidden_columns: columns likewise.
        skipped_rows: those of them that hold something.
        skipped_columns: likewise.
        unseen: how many letters nobody sees.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    skipped_rows: set[int] = field(default_factory=set)
    skipped_columns: set[int] = field(default_factory=set)
    unseen: int = 0

    def grid(
        self,
        cells: Iterable[GridCell],
        *,
        walls: Mapping[int, int],
        drawn: Iterable[tuple[int, int]],
        narrow: Iterable[int],
    ) -> Grid:
        """The worksheet as far as it is shown.

        Args:
            cells: that are shown (see ``of``), in the order of rows and columns.
            walls: of each row, how many lines stand at the sides of its cells.
            drawn: cells with any line around them, by row and column.
            narrow: columns too narrow for a label.
        """
        return Grid(
            cells=tuple(cells),
            ruled=frozenset(row for row, count in walls.items() if count >= _WALLS),
            drawn=frozenset(drawn),
            narrow=frozenset(narrow),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def of(self, cell: GridCell, *, is_unseen: bool = False) -> Iterator[GridCell]:
        """A cell by what of it is shown: merged cells may begin in a hidden row or column.

        Args:
            cell: as it stands in the file.
            is_unseen: whether its letters are not to be told from their ground.
        """
        if not (is_unseen or self.hidden_rows or self.hidden_columns):
            yield cell
            return
        rows = [row for row in range(cell.row, cell.last_row + 1) if row not in self.hidden_rows]
        columns = [one for one in range(cell.column, cell.last_column + 1) if one not in self.hidden_columns]
        if not rows:
            self.skipped_rows.add(cell.row)
        elif not columns:
            self.skipped_columns.add(cell.column)
        elif is_unseen:
            self.unseen += len("".join(cell.text.split()))
        else:
            yield cell._replace(row=rows[0], column=columns[0], last_row=rows[-1], last_column=columns[-1])
