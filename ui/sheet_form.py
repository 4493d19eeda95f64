"""What ``sheets`` gives: the forms of the library with their sections and progress marks."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.absence import Absence
from corpus.fiscal_year import era_label
from corpus.listing import ListedSheet
from corpus.sheet import ProgressMark
from qa.measures import MeasureLink
from qa.sheets import SheetsFound
from ui.json_form import JsonObject, searched_json
from ui.year_words import years_label

NOTHING = "条件に合うシートはありません。"


def sheet_json(
    listed: ListedSheet, measures: Sequence[MeasureLink] = (), absences: Sequence[Absence] = ()
) -> JsonObject:
    """One sheet with what it leaves empty; its year is the one it reports on, the document's for several."""
    sheet = listed.sheet
    years = sheet.fiscal_years
    return {
        "sheet_id": sheet.sheet_id,
        "document_id": sheet.document_id,
        "source": listed.source,
        "municipality": listed.municipality,
        "fiscal_year": years[0] if len(years) == 1 else listed.document_fiscal_year,
        "department": "、".join(sheet.departments),
        "title": sheet.title,
        "identity": sheet.identity,
        "sections": [{"section_path": list(path), "items": count} for path, count in listed.sections],
        "measures": [{"name": one.name, "sheet_ids": list(one.sheet_ids)} for one in measures],
        "progress": [
            {"fiscal_year": mark.fiscal_year, "mark": mark.mark, "meaning": mark.meaning}
            for mark in sheet.progress
        ],
        "empty_fields": [
            {
                "label": one.label,
                "fiscal_year": one.fiscal_year,
                "start": one.span.start,
                "end": one.span.end,
            }
            for one in absences
        ],
    }


def sheets_json(found: SheetsFound) -> JsonObject:
    """The form of ``sheets``."""
    return {
        "searched": searched_json(found.searched),
        "sheets": [
            sheet_json(
                listed,
                found.measures.get(listed.sheet.sheet_id, ()),
                found.absences.get(listed.sheet.sheet_id, ()),
            )
            for listed in found.sheets
        ],
    }


def sheets_text(found: SheetsFound) -> str:
    """One block a sheet, then the coverage line."""
    blocks = [
        _sheet_text(
            listed,
            found.measures.get(listed.sheet.sheet_id, ()),
            found.absences.get(listed.sheet.sheet_id, ()),
        )
        for listed in found.sheets
    ] or [NOTHING]
    return "\n\n".join([*blocks, found.searched.sentence()])


def _sheet_text(listed: ListedSheet, measures: Sequence[MeasureLink], absences: Sequence[Absence]) -> str:
    sheet = listed.sheet
    head = " ".join(part for part in (listed.municipality, *sheet.departments, sheet.title) if part)
    years = years_label(sheet.fiscal_years)
    lines = [f"{head}（{years}）" if years else head]
    sections = [f"{' > '.join(path) or '見出しなし'} {count}か所" for path, count in listed.sections]
    lines += [f"  {section}" for section in sections]
    if sheet.progress:
        lines.append(f"  達成度: {'、'.join(_mark_text(mark) for mark in sheet.progress)}")
    if absences:
        lines.append(f"  記入なし: {'、'.join(_empty_fields(absences))}")
    for one in measures:
        about = f" → {'、'.join(one.sheet_ids)}" if one.sheet_ids else ""
        lines.append(f"  施策: {one.name}{about}")
    return "\n".join([*lines, f"  （{listed.source}、{sheet.sheet_id}）"])


def _empty_fields(absences: Sequence[Absence]) -> list[str]:
    """Each empty field once, with the years or how often it is empty."""
    years: dict[str, list[int | None]] = {}
    for one in absences:
        years.setdefault(one.label, []).append(one.fiscal_year)
    named = []
    for label, empty in years.items():
        told = years_label(sorted({year for year in empty if year is not None}))
        often = f"{len(empty)}か所" if len(empty) > 1 and not told else told
        named.append(f"{label}（{often}）" if often else label)
    return named


def _mark_text(mark: ProgressMark) -> str:
    meaning = f"（{mark.meaning}）" if mark.meaning else ""
    return f"{era_label(mark.fiscal_year)} {mark.mark or '記入なし'}{meaning}"
