"""The passage 「検索単位」: what is indexed, found, shown and cited.

A passage never mixes two sheets and never stands without its headers: a row or cell of a table carries the
header of each of its cells, and every passage carries the municipality's document, the sheet, the
departments, the section path, the item and the fiscal years of the fact that it states.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.locator import Locator
from corpus.span import Span


class PassageKind(StrEnum):
    """What a passage is in its document."""

    PROSE = "prose"
    ITEM = "item"
    ROW = "row"
    CELL = "cell"
    NOTE = "note"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a passage that is a table row.

    Attributes:
        header: the column's header with what spans it, in the source's own characters (「H29実績」).
        span: where the value stands in the stored text; for a merged cell filled down, in an earlier row.
        fiscal_year: the fiscal year that the header names, else None.
        text: the source's own characters at ``span``.
    """

    header: str
    span: Span
    fiscal_year: int | None = None
    text: str = ""


_BROKEN = re.compile(r"[^\n]{16,}(?<![。．！？!?」』）)】:：;；\s])$")
"""How a full line ends within a sentence."""

_BEGINS = re.compile(
    r"[・●○■◆◇□▼※★☆\-－―①-⑳【〈《\[]|[(（]?[0-9０-９]{1,2}[)）.．、\s]|[(（]?[ア-ン][)）]"
    r"|第[0-9０-９一-十]"
)
"""How a line begins that is an item, a heading or a note of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage as stored.

    Attributes:
        passage_id: ``<document_id>/<ordinal, four digits>``.
        document_id: the document that it belongs to.
        sheet_ordinal: the sheet's number within the document, None outside of any sheet.
        ordinal: the passage's number within the document, from 1, in source order.
        kind: see ``PassageKind``.
        segments: where its characters stand in the stored text; in order, none overlapping.
        text: the source's own characters of the segments, one segment a line.
        fiscal_years: of the fact, ascending; the years of its columns where it is a row or cell of a table.
        departments: who is responsible, as printed.
        section_path: headings, outermost first.
        item: the label of the item that it states (「①」, 「多文化共生懇談会の開催回数」), or empty.
        cells: the cells of a row with their headers, left to right; empty for prose.
        locators: one a page or place, in order.
    """

    passage_id: str
    document_id: str
    sheet_ordinal: int | None
    ordinal: int
    kind: PassageKind
    segments: tuple[Span, ...]
    text: str
    fiscal_years: tuple[int, ...]
    departments: tuple[str, ...]
    section_path: tuple[str, ...]
    item: str
    cells: tuple[Cell, ...]
    locators: tuple[Locator, ...]

    @property
    def topic_number(self) -> str:
        """The circled number (①) that links one topic through a sheet's sections, empty without one."""
        first = self.item[:1]
        return first if first and "①" <= first <= "⑳" else ""

    def at(self, span: Span) -> str:
        """The passage's own characters at a place of the stored text, as they were when it was taken in.

        Raises:
            ValueError: the place is not inside one of its segments.
        """
        offset = 0
        for segment in self.segments:
            if segment.contains(span):
                start = offset + span.start - segment.start
                return self.text[start : start + span.end - span.start]
            offset += segment.end - segment.start + 1
        raise ValueError(f"{span} is not inside passage {self.passage_id}")

    def running(self) -> list[str]:
        """Its text in runs: lines that a page has broken within a sentence are joined, others stand alone."""
        runs: list[str] = []
        for segment in self.segments:
            line = self.at(segment)
            if runs and _BROKEN.search(runs[-1]) and not _BEGINS.match(line):
                runs[-1] += line
            else:
                runs.append(line)
        return runs

    def row_of(self, cell: Cell) -> tuple[Cell, ...]:
        """The cells of the row that a cell stands in, itself among them; a passage may be several rows.

        A cell that is merged over rows stands in each of them.
        """
        own = next((one for one in self.segments if one.contains(cell.span)), None)
        if own is None or len(self.segments) < 2:
            return self.cells
        row = [one for one in self.cells if own.contains(one.span)]
        headers = {one.header for one in row}
        above = {one.header: one for one in self.cells if one.header and one.span.start < own.start}
        merged = [one for header, one in above.items() if header not in headers]
        return (*merged, *row)

    @property
    def headers(self) -> str:
        """The headers of its cells in one line, empty for prose."""
        return " | ".join(dict.fromkeys(cell.header for cell in self.cells if cell.header))
