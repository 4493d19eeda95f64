"""Questions about a field that the source leaves empty: the product says so and quotes no neighbour."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.absence import Absence
from corpus.fiscal_year import era_label
from corpus.folding import match_key
from corpus.store_reader import StoreReader
from qa.hits import Hit

SHEETS_LOOKED_AT = 3
FORM_PREFIXES = ("取組", "事業", "今年度の")
SHORTEST = 3


def absent_field(
    store: StoreReader, question: str, hits: Sequence[Hit], fiscal_years: tuple[int, ...]
) -> Absence | None:
    """The empty field that a question asks for, None if it asks for none.

    It is the field whose label the question holds, in one of the sheets of the best hits, empty in the year
    asked for (in every year, if none is asked for), while no passage of that sheet fills it.

    Args:
        store: holds the recorded absences.
        question: as typed.
        hits: best first.
        fiscal_years: the years asked for.
    """
    key = match_key(question)
    sheets = dict.fromkeys(
        (hit.passage.document_id, hit.passage.sheet_ordinal)
        for hit in hits
        if hit.passage.sheet_ordinal is not None
    )
    for document_id, ordinal in list(sheets)[:SHEETS_LOOKED_AT]:
        for absence in store.absences(document_id):
            if absence.sheet_ordinal != ordinal or not _asked_for(absence, key, fiscal_years):
                continue
            if not _filled(store, absence, fiscal_years):
                return absence
    return None


def absence_sentence(store: StoreReader, absence: Absence) -> str:
    """A sentence for staff: which field of which sheet and document is empty."""
    document = next(one for one in store.documents() if one.document_id == absence.document_id)
    sheet = store.sheet(absence.document_id, absence.sheet_ordinal)
    title = f" {sheet.title}" if sheet else ""
    year = f"（{era_label(absence.fiscal_year)}）" if absence.fiscal_year is not None else ""
    return (
        f"{document.municipality}「{document.title}」{title}の「{absence.label}」{year}は、"
        "原文の欄に記入がありません。"
    )


def _asked_for(absence: Absence, key: str, fiscal_years: tuple[int, ...]) -> bool:
    if fiscal_years and absence.fiscal_year is not None and absence.fiscal_year not in fiscal_years:
        return False
    label = match_key(absence.label)
    names = [label, *(label.removeprefix(prefix) for prefix in FORM_PREFIXES)]
    return any(len(name) >= SHORTEST and name in key for name in names)


def _filled(store: StoreReader, absence: Absence, fiscal_years: tuple[int, ...]) -> bool:
    """Whether a passage of the sheet stands under the label, for the years asked for."""
    label = match_key(absence.label)
    for passage in store.passages_of(absence.document_id):
        if passage.sheet_ordinal != absence.sheet_ordinal:
            continue
        if label not in {match_key(heading) for heading in passage.section_path}:
            continue
        if absence.fiscal_year is None or not fiscal_years:
            return True
        if set(fiscal_years) & set(passage.fiscal_years):
            return True
    return False
