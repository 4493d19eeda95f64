"""What was read of a document, in the lines that its expected records are written in."""

from tests.ingest.taken_in import Taken


def sheets_of(one: Taken) -> list[str]:
    return [f"{sheet.title}|{','.join(sheet.departments)}" for sheet in one.sheets]


def figures_of(one: Taken) -> list[str]:
    return [
        f"{found.name}|{found.role.value}|{found.fiscal_year or ''}|{found.value_text}|{found.unit}"
        for found in one.indicators
    ]


def marks_of(one: Taken) -> list[str]:
    return [
        f"{sheet.title}|{mark.fiscal_year}|{mark.mark}|{mark.meaning}"
        for sheet in one.sheets
        for mark in sheet.progress
    ]


def paths_of(one: Taken, words: str) -> list[str]:
    """The headings above each passage that holds the words."""
    return [" > ".join(passage.section_path) for passage in one.passages if words in passage.text]
