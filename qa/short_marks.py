"""Progress marks 「達成度」: the mark of one sheet in the years asked, or the sheets that bear a mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.fiscal_year import era_label
from corpus.folding import fold, match_key
from corpus.sheet import ProgressMark, Sheet
from corpus.store_reader import StoreReader
from qa.hits import Hit
from qa.mark_words import CIRCLES, marks_meant, meant_by, plain_mark
from qa.short_candidate import Candidate
from qa.short_statements import Statement
from qa.short_topic import Topic

LONGEST = 120
ROWS_SHOWN = 8
"""Of how many rows that were counted are quoted."""

MARKS = ("◎", "○", "△", "×")
MARK = re.compile("|".join(MARKS))
OF_MEASURES = r"[^、。]{0,16}?(?:取り?組み?|項目|事業|施策|業務|シート|個票|もの)"
"""Measures are asked for by what they bear."""

_OFFICE = re.compile(r"([一-鿿々ァ-ヴー]{1,10}[部課局室])(?=長?の)")
COUNTED = re.compile(r"何(?P<unit>項目|件|個|つ|事業|施策|施設|業務|取り?組み?|シート|枚)|いくつ")
"""Asks for the number of the measures or rows that were picked."""


def mark_candidate(
    question: str,
    found: Sequence[Statement],
    hits: Sequence[Hit],
    topic: Topic,
    store: StoreReader,
    departments: Sequence[str] = (),
) -> Candidate | None:
    """The marks asked for, None where the found sheets bear none.

    Args:
        question: as typed.
        found: the statements, best first.
        hits: the hits, best first.
        topic: the words of the question.
        store: to read the sheets of the document.
        departments: those that the question limits itself to; sheets of others are left out.
    """
    bearing = [hit for hit in hits if hit.sheet is not None and hit.sheet.progress]
    if not bearing:
        return None
    marks = marks_named(question, bearing, store)
    if marks:
        bearers = bearers_of(marks, bearing[0], topic.years, store, departments)
        counted = COUNTED.search(fold(question).text)
        if not bearers:
            return None
        return _number(bearers, counted["unit"] or "件") if counted else _listed(bearers)
    first = next(
        (one.hit for one in found if one.hit.sheet is not None and one.hit.sheet.progress), bearing[0]
    )
    if first.sheet is None or not _is_of_named(question, first.sheet):
        return None
    own = [one for one in first.sheet.progress if _asked(one, topic.years)]
    shown = _shown(own, first, first.sheet, store) if own else None
    return Candidate(text=_said(own, topic.years), hit=shown, score=1.0) if shown else None


def _is_of_named(question: str, sheet: Sheet) -> bool:
    """Whether a sheet is of a department that the question names (財政部長の, 港湾課の), if it names any."""
    named = [match_key(office) for office in _OFFICE.findall(fold(question).text)]
    own = match_key(" ".join(sheet.departments))
    return not named or not own or any(office in own for office in named)


def mark_meant(question: str, hits: Sequence[Hit]) -> str:
    """The mark whose meaning in a document's own legend a question names (計画以下 for △), empty without one.

    Args:
        question: as typed.
        hits: the legends of whose sheets are read.
    """
    sheets = [hit.sheet for hit in hits if hit.sheet is not None]
    legends = [(one.mark, one.meaning) for sheet in sheets for one in sheet.progress if one.meaning]
    return meant_by(question, legends)


def _asked(progress: ProgressMark, years: tuple[int, ...], marks: Collection[str] = ()) -> bool:
    """Whether a mark is one of those asked for, any that is printed where none is, of a year asked for."""
    printed = plain_mark(progress.mark)
    meant = printed in marks if marks else bool(printed)
    return meant and (not years or progress.fiscal_year in years)


def _said(marks: Sequence[ProgressMark], years: tuple[int, ...]) -> str:
    """「△」 for one year asked; with the years where several are meant."""
    if len(marks) == 1 and years:
        return plain_mark(marks[0].mark)
    return "、".join(f"{era_label(one.fiscal_year)}{plain_mark(one.mark)}" for one in marks)


def bearers_of(
    marks: Collection[str],
    hit: Hit,
    years: tuple[int, ...],
    store: StoreReader,
    departments: Sequence[str] = (),
) -> list[tuple[str, Hit]]:
    """Titles of the document's sheets that bear one of some marks in the years asked, with the rows of it."""
    found = []
    for sheet in store.sheets(hit.document.document_id):
        borne = [one for one in sheet.progress if _asked(one, years, marks)]
        if not borne or not of_departments(sheet, departments):
            continue
        shown = _shown(borne, hit, sheet, store)
        if shown is not None:
            found.append((sheet.title, shown))
    return found


def of_departments(sheet: Sheet, departments: Sequence[str]) -> bool:
    """Whether a sheet is of one of some departments; of none, any will do."""
    own = match_key(" ".join(sheet.departments))
    return not departments or any(match_key(one) in own for one in departments)


def marked_years(hit: Hit, marks: Collection[str], years: tuple[int, ...]) -> tuple[int, ...]:
    """The years, of those asked, in which the sheet of a hit bears one of some marks."""
    progress = hit.sheet.progress if hit.sheet is not None else ()
    return tuple(one.fiscal_year for one in progress if _asked(one, years, marks))


def marks_named(question: str, hits: Sequence[Hit], store: StoreReader) -> frozenset[str]:
    """The marks that a question names, or means by a legend's words or everyday ones before a noun.

    Args:
        question: as typed.
        hits: the legends of whose documents are read.
        store: to read them.
    """
    text = fold(question).text.translate(CIRCLES)
    wanted = MARK.search(text)
    if wanted is not None or (named := mark_meant(question, hits)):
        return frozenset({wanted.group() if wanted is not None else named})
    documents = {hit.document.document_id for hit in hits}
    legends = {document: held for document, held in store.legends().items() if document in documents}
    meant = marks_meant(question, legends)
    if meant is None or not re.search(rf"{re.escape(meant.words)}{OF_MEASURES}", text):
        return frozenset()
    return frozenset(mark for marks in meant.marks.values() for mark in marks)


def _listed(bearers: Sequence[tuple[str, Hit]]) -> Candidate:
    """The titles, each once, as many as may be shown."""
    said: dict[str, Hit] = {}
    for title, shown in bearers:
        if title not in said and len("、".join((*said, title))) > LONGEST:
            break
        said.setdefault(title, shown)
    hits = tuple(said.values())
    return Candidate(text="、".join(said), hit=hits[0], others=hits[1:], score=1.0, alone=True)


def _number(bearers: Sequence[tuple[str, Hit]], unit: str) -> Candidate:
    """「7項目」 for 何項目, with the first of the rows that were counted."""
    hits = tuple(shown for _, shown in bearers)
    return Candidate(text=f"{len(hits)}{unit}", hit=hits[0], others=hits[1:ROWS_SHOWN], score=1.0, alone=True)


def _shown(marks: Sequence[ProgressMark], hit: Hit, sheet: Sheet, store: StoreReader) -> Hit | None:
    """The row of the sheet that prints all the marks; a mark that no row prints is no evidence."""
    for passage in store.passages_with_header(sheet.document_id, sheet.ordinal, marks[0].mark):
        printed = {(cell.fiscal_year, plain_mark(cell.text)) for cell in passage.cells}
        if all(
            printed.intersection({(one.fiscal_year, plain_mark(one.mark)), (None, plain_mark(one.mark))})
            for one in marks
        ):
            return replace(hit, rank=0, passage=passage, sheet=sheet, linked=(), also_years=())
    return None
