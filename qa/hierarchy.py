"""The tree of plans: 計画 → 施策 → 取組 or 業務 → 指標, with what is missing in it.

What stands for which level depends on the document. A chapter of a plan that has figures and policies of its
own is a measure 「施策」; a sheet below a heading is an undertaking of the measure that the heading names; a
department's sheet belongs to the measures that it names itself. A measure that no sheet is about and a sheet
that no measure leads to are listed: one of the two is often missing in the library, or in the plan.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.folding import match_key
from corpus.listing import ListedSheet
from corpus.municipality import MunicipalityTable
from corpus.store_reader import StoreReader
from index.facets import Facets
from index.filters import Filters
from qa.aspects import is_label
from qa.filter_words import FilterWords
from qa.measures import MeasureLink
from qa.record_limits import record_limits
from qa.searched import Searched
from qa.sheets import list_sheets

CHAPTER_KINDS = ("総合計画",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """A sheet 「取組・業務」 with the names of its indicators, in source order."""

    sheet_id: str
    title: str
    department: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureNode:
    """A measure 「施策」.

    Attributes:
        name: as printed.
        headings: those over it, outermost first; none for a chapter, or where a sheet names its measure.
        sheet_id: of the plan's chapter about it, empty where it is but a heading or a name.
        indicators: the names of the chapter's own indicators.
        undertakings: the sheets that belong to it.
    """

    name: str
    headings: tuple[str, ...]
    sheet_id: str
    indicators: tuple[str, ...]
    undertakings: tuple[Undertaking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNode:
    """A document with its measures, in source order."""

    document_id: str
    title: str
    municipality: str
    municipality_code: str
    fiscal_year: int | None
    document_kind: str
    measures: tuple[MeasureNode, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many measures, undertakings and indicators it has; sheets without a measure make up none."""
        below = [one for measure in self.measures for one in measure.undertakings]
        figures = [name for measure in self.measures for name in measure.indicators]
        return {
            "measures": sum(1 for measure in self.measures if measure.name),
            "undertakings": len(below),
            "indicators": len(figures) + sum(len(one.indicators) for one in below),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Hierarchy:
    """The plans of a library.

    Attributes:
        searched: what was looked at.
        plans: by municipality, year and source.
        without_sheet: measures that no sheet is about, as (municipality, name).
        without_measure: sheets that no measure leads to, as (municipality, sheet id, title).
    """

    searched: Searched
    plans: tuple[PlanNode, ...]
    without_sheet: tuple[tuple[str, str], ...]
    without_measure: tuple[tuple[str, str, str], ...]


def hierarchy_of(
    store: StoreReader, facets: Facets, table: MunicipalityTable, words: FilterWords | None = None
) -> Hierarchy:
    """The tree of the documents within the limits.

    Raises:
        InputError: a filter cannot be read.
    """
    found = list_sheets(store, facets, table, words or FilterWords())
    names = _indicator_names(store, found.sheets)
    documents = {one.document_id: one for one in store.documents()}
    by_document: dict[str, list[ListedSheet]] = defaultdict(list)
    for one in found.sheets:
        by_document[one.sheet.document_id].append(one)
    plans = [
        _plan(documents[document_id], sheets, names, found.measures)
        for document_id, sheets in by_document.items()
    ]
    led = {sheet_id for links in found.measures.values() for one in links for sheet_id in one.sheet_ids}
    return Hierarchy(
        searched=found.searched,
        plans=tuple(plans),
        without_sheet=tuple(_without_sheet(plans, led)),
        without_measure=tuple(_without_measure(plans, found.measures)),
    )


def _indicator_names(store: StoreReader, sheets: Sequence[ListedSheet]) -> Mapping[str, tuple[str, ...]]:
    """The names of the indicators of each sheet, by sheet id, each once."""
    codes = tuple({one.municipality_code for one in sheets})
    places = {one.sheet.document_id for one in sheets}
    ordinals = {
        passage.passage_id: passage.sheet_ordinal
        for document_id in places
        for passage in store.passages_of(document_id)
        if passage.cells
    }
    found: dict[str, dict[str, None]] = defaultdict(dict)
    limits = record_limits(_places(codes))
    for one in store.listed_indicators(limits):
        ordinal = ordinals.get(one.indicator.passage_id)
        if ordinal is not None:
            found[f"{one.document_id}/s{ordinal:03d}"].setdefault(one.indicator.name)
    return {sheet_id: tuple(held) for sheet_id, held in found.items()}


def _places(codes: tuple[str, ...]) -> Filters:
    return Filters(municipalities=codes)


def _plan(
    document: Document,
    sheets: Sequence[ListedSheet],
    names: Mapping[str, tuple[str, ...]],
    links: Mapping[str, Sequence[MeasureLink]],
) -> PlanNode:
    """A document's sheets under their measures: named by the sheet, by the heading over it, or itself."""
    measures: dict[tuple[str, ...], list[Undertaking]] = defaultdict(list)
    chapters: dict[str, ListedSheet] = {}
    level = _usual_level(sheets)
    for listed in sheets:
        sheet = listed.sheet
        own = Undertaking(
            sheet_id=sheet.sheet_id,
            title=sheet.title,
            department="、".join(sheet.departments),
            indicators=names.get(sheet.sheet_id, ()),
        )
        named = [one.name for one in links.get(sheet.sheet_id, ())]
        if document.document_kind in CHAPTER_KINDS and not named:
            chapters[sheet.title] = listed
            measures.setdefault((sheet.title,), [])
        else:
            own_measures: list[tuple[str, ...]] = [(name,) for name in named]
            for path in own_measures or [_path_to_measure(listed, level)]:
                measures[path].append(own)
    return PlanNode(
        document_id=document.document_id,
        title=document.title,
        municipality=document.municipality,
        municipality_code=document.municipality_code,
        fiscal_year=document.fiscal_year,
        document_kind=document.document_kind,
        measures=tuple(
            MeasureNode(
                name=name,
                headings=tuple(headings),
                sheet_id=chapters[name].sheet.sheet_id if name in chapters else "",
                indicators=names.get(chapters[name].sheet.sheet_id, ()) if name in chapters else (),
                undertakings=tuple(below),
            )
            for (*headings, name), below in measures.items()
        ),
    )


def _usual_level(sheets: Sequence[ListedSheet]) -> int:
    """At which depth, from 1, the measures of most sheets stand; the deeper of two alike; 0 for none."""
    counts = Counter(level for one in sheets if (level := _level_over(one)))
    return max(counts, key=lambda level: (counts[level], level), default=0)


def _level_over(listed: ListedSheet) -> int:
    """The depth of the innermost heading over a sheet that names another topic than its title; 0 for none."""
    title = match_key(listed.sheet.title)
    path = listed.sheet.section_path
    depths = range(len(path), 0, -1)
    return next(
        (at for at in depths if not is_label(path[at - 1]) and title not in match_key(path[at - 1])), 0
    )


def _path_to_measure(listed: ListedSheet, usual: int) -> tuple[str, ...]:
    """The headings down to the measure of a sheet; one empty name where none leads to it.

    A measure with a sheet of its own name alone still stands where the others of the document stand.
    """
    path, level = listed.sheet.section_path, _level_over(listed)
    if 0 < level < usual <= len(path):
        level = usual
    return tuple(path[:level]) or ("",)


def _without_sheet(plans: Sequence[PlanNode], led: set[str]) -> list[tuple[str, str]]:
    """Chapters of a plan that no sheet of another document names, and that hold no sheet themselves."""
    return [
        (plan.municipality, measure.name)
        for plan in plans
        for measure in plan.measures
        if measure.sheet_id and measure.sheet_id not in led and not measure.undertakings
    ]


def _without_measure(
    plans: Sequence[PlanNode], links: Mapping[str, Sequence[MeasureLink]]
) -> list[tuple[str, str, str]]:
    return [
        (plan.municipality, one.sheet_id, one.title)
        for plan in plans
        for measure in plan.measures
        if not measure.name
        for one in measure.undertakings
        if one.sheet_id not in links
    ]
