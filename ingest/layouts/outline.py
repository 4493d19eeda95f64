"""The outline of a document of no known form: its headings, its sheets, its title and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.heading_rank import Rank, RankedLabel
from ingest.layouts.department_titles import office_named, office_of_title
from ingest.layouts.form_groups import form_ends, group_headings
from ingest.layouts.form_tops import repeated_lines, repeated_title
from ingest.layouts.front_matter import FrontMatter, front_matter
from ingest.layouts.furniture import contents_of, furniture_of
from ingest.layouts.measures import SheetStarts
from ingest.layouts.outline_headings import Headings, headings_of
from ingest.layouts.sheet_starts import OUTER_RANK, form_titles, sheet_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What stands where, by the index of its block.

    Attributes:
        headings: rank and label.
        sheets: where sheets begin.
        furniture: page numbers and running headers.
        contents: lines of a contents list.
        front: title and years.
        groups: the headings over groups of forms, by where each form begins.
        ends: where forms end that a heading of a group follows, by where each form begins.
        tops: lines above the fields of forms that say of them no more than that one begins.
    """

    headings: Headings
    sheets: SheetStarts
    furniture: frozenset[int]
    contents: frozenset[int]
    front: FrontMatter
    groups: dict[int, tuple[RankedLabel, ...]] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)
    tops: frozenset[int] = frozenset()

    @property
    def by_form(self) -> bool:
        """Whether sheets begin at forms and not at headings."""
        return self.sheets.by_form

    def label_at(self, start: int) -> str:
        """The heading at which a sheet begins: of those of an outer and an inner chapter the inner one."""
        return self.headings[self.sheets.titles.get(start, start)][1] if start in self.headings else ""

    def office_at(self, start: int) -> str:
        """The department that a sheet's title or the heading over its group names; empty where none does."""
        rank, label = self.headings.get(start, (0, ""))
        if rank == Rank.DEPARTMENT:
            return office_of_title(label)
        over = (office_named(label) for _, label in reversed(self.groups.get(start, ())))
        return next((office for office in over if office), "")

    def end_of(self, start: int, following: int) -> int:
        """Where the sheet from ``start`` ends: at a heading further out, which leads to what follows.

        Args:
            start: its first block.
            following: the first block of the next sheet.
        """
        rank = OUTER_RANK + 1 if self.by_form else self.headings[start][0] if start in self.headings else 0
        inner = self.sheets.titles.get(start, start)
        outer = (i for i, (other, _) in self.headings.items() if other < rank)
        ends = [i for i in outer if inner < i < following]
        return min(*ends[:1], self.ends.get(start, following), following)


def outline_of(blocks: Sequence[Block]) -> Outline:
    """Find headings, sheets and title."""
    furniture = furniture_of(blocks)
    contents = contents_of(blocks)
    titles = frozenset(form_titles(blocks))
    headings = headings_of(blocks, furniture | contents)
    headings = {index: heading for index, heading in headings.items() if index not in titles}
    sheets = sheet_starts(blocks, headings, titles)
    starts = [start for start in sheets.starts if start or sheets.by_form]
    ends = form_ends(blocks, headings, starts) if sheets.by_form else {}
    return Outline(
        headings=headings,
        sheets=sheets,
        furniture=furniture,
        contents=contents,
        front=front_matter(
            blocks,
            min([*headings, *starts], default=len(blocks)),
            furniture,
            title=repeated_title(blocks, starts) if sheets.by_form else "",
        ),
        groups=group_headings(blocks, headings, starts, ends) if sheets.by_form else {},
        ends=ends,
        tops=repeated_lines(blocks, starts).union(starts) if sheets.by_form else frozenset(),
    )
