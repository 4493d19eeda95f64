"""Whose document a file is, and of which year and kind: from what people say, never from a guess.

In this order: the manifest's entry, an option of the command, the folder that the file lies in, and the
document's own opening lines where they name exactly one municipality. Otherwise the file is refused: a
plan filed under the wrong town would answer every later question wrongly.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnknownMunicipalityError
from corpus.folding import fold
from corpus.municipality import Municipality, MunicipalityTable
from corpus.municipality_text import find_municipalities
from ingest.manifest import ManifestEntry
from ingest.parsed import ParsedDocument

_OPENING_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFacts:
    """What the person who adds files says of all of them; None or empty where nothing is said."""

    municipality: Municipality | None = None
    fiscal_year: int | None = None
    document_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of a document beside its content."""

    municipality: Municipality
    title: str
    fiscal_year: int | None
    document_kind: str


def identify(
    path: Path,
    text: str,
    parsed: ParsedDocument,
    entry: ManifestEntry | None,
    given: GivenFacts,
    table: MunicipalityTable,
) -> Identity:
    """Settle a file's municipality, title, year and kind.

    Raises:
        UnknownMunicipalityError: nothing names the municipality with certainty.
    """
    municipality = (
        (entry.municipality if entry else None)
        or given.municipality
        or municipality_of_folders(path, table)
        or municipality_of_opening(text, table)
    )
    if municipality is None:
        raise UnknownMunicipalityError(
            f"どの市町村の資料か分かりません: {path.name}。"
            "--municipality で指定するか、manifest.csv に書くか、"
            "「群馬県/大泉町/」のような名前のフォルダーに入れてください。"
        )
    years = (entry.fiscal_year if entry else None, given.fiscal_year, parsed.fiscal_year)
    return Identity(
        municipality=municipality,
        title=(entry.title if entry else "") or parsed.title or unicodedata.normalize("NFC", path.stem),
        fiscal_year=next((year for year in years if year is not None), None),
        document_kind=(entry.document_kind if entry else "")
        or given.document_kind
        or parsed.document_kind
        or "その他",
    )


def opening_lines(text: str) -> list[str]:
    """The first lines of a text that hold anything, trimmed: those that say what it is."""
    return [line.strip() for line in text.splitlines() if line.strip()][:_OPENING_LINES]


def municipality_of_folders(path: Path, table: MunicipalityTable) -> Municipality | None:
    """The municipality that a folder above the file is named after, with its prefecture where one is."""
    folders = [unicodedata.normalize("NFC", one.name) for one in path.resolve().parents if one.name]
    for depth, name in enumerate(folders):
        found = table.named(name)
        if len(found) > 1 and depth + 1 < len(folders):
            found = [one for one in found if one.prefecture == folders[depth + 1]]
        if len(found) == 1 and found[0].name == name:
            return found[0]
    return None


def municipality_of_opening(text: str, table: MunicipalityTable) -> Municipality | None:
    """The one municipality that the opening lines name; None if they name none, several or a shared name."""
    named: set[Municipality] = set()
    for line in opening_lines(text):
        folded = fold(line).text
        squeezed = folded.replace(" ", "") if len(folded) <= 20 else folded
        for mention in find_municipalities(squeezed, table):
            named.update(mention.municipalities)
    return named.pop() if len(named) == 1 else None
