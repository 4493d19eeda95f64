"""What a passage says, without its places: all that an index takes of it.

Apart from ``corpus.passage`` because an index reads every passage of a library: without places, kinds and
locators that takes half the time.
"""

from __future__ import annotations

from typing import NamedTuple


class CellWording(NamedTuple):
    """A cell as ``corpus.passage.Cell`` has it, without its place."""

    header: str
    text: str


class Wording(NamedTuple):
    """A passage as ``corpus.passage.Passage`` has it, without its places."""

    passage_id: str
    document_id: str
    sheet_ordinal: int | None
    text: str
    fiscal_years: tuple[int, ...]
    departments: tuple[str, ...]
    section_path: tuple[str, ...]
    item: str
    cells: tuple[CellWording, ...]

    @property
    def headers(self) -> str:
        """The headers of its cells in one line, empty for prose."""
        return " | ".join(dict.fromkeys([cell.header for cell in self.cells if cell.header]))
