"""Progress marks 「達成度」: the mark of one sheet in the years asked, or the sheets that bear a mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.fiscal_year import era_label
from corpus.folding import fold
from corpus.sheet import Sheet
from corpus.store_reader import StoreReader
from qa.hits import Hit
from qa.short_candidate import Candidate
from qa.short_statements import Statement
from qa.short_topic import Topic

LONGEST = 120
MARK = re.compile(r"[◎○△×]")
_FOLDED_CIRCLES = str.maketrans("〇◯", "○○")


def mark_candidate(
    question: str, found: Sequence[Statement], hits: Sequence[Hit], topic: Topic, store: StoreReader
) -> Candidate | None:
    """The marks asked for, None where the found sheets bear none.

    Args:
        question: as typed.
        found: the statements, best first.
        hits: the hits, best first.
        topic: the words of the question.
        store: to read the sheets of the document.
    """
    wanted = MARK.search(fold(question).text.translate(_FOLDED_CIRCLES))
    bearing = [hit for hit in hits if hit.sheet is not None and hit.sheet.progress]
    if not bearing:
        return None
    if wanted:
        return _bearers(wanted.group(), bearing[0], topic.years, store)
    first = next(
        (one.hit for one in found if one.hit.sheet is not None and one.hit.sheet.progress), bearing[0]
    )
    if first.sheet is None:
        return None
    said = _marks(first.sheet, topic.years)
    return Candidate(text=said, hit=first, score=1.0) if said else None


def _marks(sheet: Sheet, years: tuple[int, ...]) -> str:
    """「△」 for one year asked; with the years where several are meant."""
    marks = [one for one in sheet.progress if one.mark and (not years or one.fiscal_year in years)]
    if len(marks) == 1 and years:
        return marks[0].mark
    return "、".join(f"{era_label(one.fiscal_year)}{one.mark}" for one in marks)


def _bearers(mark: str, hit: Hit, years: tuple[int, ...], store: StoreReader) -> Candidate | None:
    """The titles of the document's sheets that bear a mark in the years asked, as many as may be shown."""
    titles = [
        sheet.title
        for sheet in store.sheets(hit.document.document_id)
        if any(one.mark == mark and (not years or one.fiscal_year in years) for one in sheet.progress)
    ]
    shown = ""
    for title in dict.fromkeys(titles):
        longer = f"{shown}、{title}" if shown else title
        if len(longer) > LONGEST:
            break
        shown = longer
    return Candidate(text=shown, hit=hit, score=1.0) if shown else None
