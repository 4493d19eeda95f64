"""The measures of a town that are about a theme, as its documents show them.

What a measure is depends on the form: a sheet of its own (管路台帳の一元化), a numbered topic of a
department's sheet (③ 多文化共生), or a row of a form with codes (0601 返礼品を充実させる). Which of them a
sheet holds is seen by its passages, never by its document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.store_reader import StoreReader
from qa.aspects import is_label
from qa.theme_search import Candidate
from qa.theme_standing import HEADING, LEAST, TITLE
from qa.track_parts import CODE, rows_of, topics_of
from qa.track_sighting import SeenPoint, Sighting
from qa.track_texts import SheetTexts, beside, told_by_year, values_by_year

SAID_IN = 3
"""A sheet that is not called by the theme is about it from so many passages on that say it."""


def sightings_of(store: StoreReader, candidates: Sequence[Candidate]) -> list[Sighting]:
    """The measures of one town that are about the theme, in the order of its documents and sheets."""
    sheets: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.sheet is not None:
            sheets[one.passage.document_id, one.sheet.ordinal].append(one)
    texts = SheetTexts(store)
    found = [one for place in sorted(sheets) for one in _of_sheet(texts, sheets[place])]
    return in_order(found)


def in_order(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Sightings by the year of their documents, as chains are made of them."""
    return sorted(sightings, key=lambda one: (one.document.fiscal_year or 0, one.document.document_id))


def _of_sheet(texts: SheetTexts, candidates: Sequence[Candidate]) -> Iterator[Sighting]:
    sheet = candidates[0].sheet
    passages = texts.passages(sheet.document_id, sheet.ordinal) if sheet else []
    if any(one.topic_number for one in passages):
        yield from topics_of(candidates, passages)
    elif any(CODE.match(one.item) for one in passages):
        yield from rows_of(texts.store, candidates)
    else:
        worth = _worth(candidates)
        if worth >= LEAST:
            yield whole_sheet(texts, candidates[0], worth)
        else:
            yield from rows_of(texts.store, candidates, named=True)


def _worth(candidates: Sequence[Candidate]) -> float:
    """How much a whole sheet is about the theme: by its title, by the headings over it, or by its texts.

    By its texts only a form with progress marks is: any other sheet may hold a chapter of many topics.
    """
    sheet, theme = candidates[0].sheet, candidates[0].standing.theme
    if sheet is None:
        return 0.0
    titled = TITLE * theme.strength(sheet.title)
    over = max((theme.strength(one) for one in sheet.section_path if not is_label(one)), default=0.0)
    if titled or over:
        return max(titled, HEADING * over)
    saying = [one for one in candidates if theme.strength(one.passage.text) > 0]
    marked = any(mark.mark for mark in sheet.progress)
    return LEAST if marked and len(saying) >= SAID_IN else 0.0


def whole_sheet(texts: SheetTexts, candidate: Candidate, worth: float) -> Sighting:
    """The sheet of a candidate as one measure.

    Raises:
        ValueError: the candidate stands in no sheet.
    """
    sheet, document = candidate.sheet, candidate.document
    if sheet is None:
        raise ValueError("only a sheet can be a whole measure")
    passages = texts.passages(document.document_id, sheet.ordinal)
    own = [beside(candidate, passage) for passage in passages]
    values = values_by_year(texts.store, own)
    marks = {mark.fiscal_year: mark for mark in sheet.progress}
    told = told_by_year(own, document)
    years = sorted({*marks, *told, *values})
    points = [
        SeenPoint(
            fiscal_year=year,
            mark=marks.get(year),
            values=tuple(values.get(year, ())),
            told=told.get(year, {}),
        )
        for year in years
    ]
    return Sighting(
        document=document,
        form="sheet",
        title=sheet.title,
        code="",
        department="、".join(sheet.departments),
        points=tuple(point for point in points if _says_something(point)),
        legend=texts.legend(document.document_id),
        worth=worth,
    )


def _says_something(point: SeenPoint) -> bool:
    return bool(point.values or point.told or (point.mark and point.mark.mark))
