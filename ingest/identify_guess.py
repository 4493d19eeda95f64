"""What a file seems to be, with where that was read: offered to a person, who confirms it.

``ingest.identify`` settles whose document a file is by what is certain, and refuses the rest. Here the same
signs are read and weaker ones beside them (words of the file's name), each guess with its source, so that a
person sees at once what to look at. Nothing that is guessed here goes into the library unseen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from corpus.era import ERA_OF_MARK, year_of_era
from corpus.errors import InputError
from corpus.fiscal_year_text import find_fiscal_years
from corpus.folding import fold, match_key
from corpus.municipality import MunicipalityTable
from corpus.municipality_text import find_municipalities
from ingest.blocks import BlockDocument
from ingest.file_type import FileType, file_type
from ingest.found_file import FoundFile
from ingest.identify import municipality_of_folders, municipality_of_opening, opening_lines
from ingest.layout import choose_layout, parsed_by
from ingest.layouts.title_kind import KINDS, kind_of_title
from ingest.limits import IngestLimits
from ingest.printed_title import PrintedTitle, title_or_none
from ingest.readers import reader_of
from ingest.title_words import is_title

_WHOLE_PAGES = 30
_OPENING_PAGES = 3
_SURE_LAYOUT = 0.7
# R6, H30 and r06 between other parts of a file's name.
_NAMED_YEAR = re.compile(r"(?<![A-Za-z0-9])([RHrh])\s?0?(\d{1,2})(?![0-9A-Za-z])")
_AFTER_TITLE = " ([【〔"
_LONGEST_TITLE = 40
_BY_MANIFEST, _BY_FOLDER, _BY_NAME, _BY_OPENING, _BY_FORM = (
    "目録（manifest.csv）",
    "フォルダーの名前",
    "ファイルの名前",
    "本文の冒頭",
    "本文の様式",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guessed:
    """A value with where it was read.

    Attributes:
        value: as a person would type it; empty where nothing tells.
        source: where it was read (Japanese), empty without a value.
        is_sure: whether it need not be looked at.
    """

    value: str = ""
    source: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a file seems to be: whose, of which year (2024), of which kind, under which title."""

    municipality: Guessed
    fiscal_year: Guessed
    document_kind: Guessed
    title: Guessed


def guess(file: FoundFile, table: MunicipalityTable, limits: IngestLimits) -> Guess:
    """Look into a file and tell what it seems to be.

    Raises:
        InputError: the file cannot be taken in at all.
        OSError: it cannot be read.
    """
    if file.refusal:
        raise InputError(file.refusal)
    data = file.read(limits)
    kind = file_type(file.path.name, data)
    if kind is FileType.PDF:
        # Loaded where there is one, as by ``ingest.readers``.
        from ingest.pdf_pdfium import opening_text, page_count
        from ingest.pdf_reader import PdfReader

        pages = page_count(data)
        limits.check_pages(file.name, pages)
        opening = opening_text(data, _OPENING_PAGES)
        if pages > _WHOLE_PAGES or not opening.strip():  # of a scan, only its name tells without reading it
            return _guess(file, table, opening, None, title_or_none(kind, data))
        read = PdfReader(recogniser=lambda: None).read(data)
    else:
        read = reader_of(kind).read(data)
    document = BlockDocument(text=read.text, blocks=read.blocks)
    return _guess(file, table, read.text, document, title_or_none(kind, data, read.title))


def _guess(
    file: FoundFile,
    table: MunicipalityTable,
    text: str,
    document: BlockDocument | None,
    printed: PrintedTitle | None,
) -> Guess:
    layout = choose_layout(document) if document is not None else None
    parsed = parsed_by(layout, document) if layout is not None and document is not None else None
    is_form = layout is not None and document is not None and layout.score(document) >= _SURE_LAYOUT
    entry = file.entry
    stem = fold(unicodedata.normalize("NFC", PurePath(file.path.name).stem)).text
    opening = fold("\n".join(opening_lines(text))).text
    title = _title(file, parsed.title if parsed is not None else "", printed, is_form=is_form)
    return Guess(
        municipality=_first(
            Guessed(value=entry.municipality.full_name, source=_BY_MANIFEST, is_sure=True)
            if entry and entry.municipality
            else None,
            _town(file, text, stem, table),
        ),
        fiscal_year=_first(
            _sure(str(entry.fiscal_year or "") if entry else "", _BY_MANIFEST),
            _year(stem, opening, parsed.fiscal_year if parsed is not None else None, is_form=is_form),
        ),
        document_kind=_first(
            _sure(entry.document_kind if entry else "", _BY_MANIFEST),
            _sure(parsed.document_kind if parsed is not None and is_form else "", _BY_FORM),
            _titled_kind([fold(title.value).text, *opening.split("\n")]),
            _named_kind(stem),
        ),
        title=title,
    )


def _title(file: FoundFile, opening: str, printed: PrintedTitle | None, *, is_form: bool) -> Guessed:
    """The manifest's title; else the opening's, unless other words stand out on the first page."""
    name = unicodedata.normalize("NFC", file.path.stem)
    agrees = printed is None or is_form or match_key(printed.text) in match_key(opening)
    return _first(
        _sure(file.entry.title if file.entry else "", _BY_MANIFEST),
        _sure(opening, _BY_OPENING) if agrees else None,
        Guessed(value=printed.text, source=printed.source) if printed is not None else None,
        Guessed(value=name, source=_BY_NAME, is_sure=is_title(name)),
    )


def _first(*guesses: Guessed | None) -> Guessed:
    return next((one for one in guesses if one is not None), Guessed())


def _sure(value: str, source: str) -> Guessed | None:
    return Guessed(value=value, source=source, is_sure=True) if value else None


def _town(file: FoundFile, text: str, stem: str, table: MunicipalityTable) -> Guessed | None:
    """The town of the folder or the opening; the file's name where neither tells, or to doubt them."""
    named = {town for mention in find_municipalities(stem, table) for town in mention.municipalities}
    folder, opening = municipality_of_folders(file.path, table), municipality_of_opening(text, table)
    found = folder or opening
    if found is not None:
        source = _BY_FOLDER if folder else _BY_OPENING
        doubted = bool(named and found not in named) or bool(folder and opening and folder != opening)
        return Guessed(value=found.full_name, source=source, is_sure=not doubted)
    if len(named) == 1:
        return Guessed(value=named.pop().full_name, source=_BY_NAME)
    return None


def _year(stem: str, opening: str, parsed: int | None, *, is_form: bool) -> Guessed | None:
    named = _years_of_name(stem)
    if parsed is not None:
        agrees = not named or parsed in named
        return Guessed(value=str(parsed), source=_BY_FORM if is_form else _BY_OPENING, is_sure=agrees)
    if len(named) == 1:
        return Guessed(value=str(named.pop()), source=_BY_NAME)
    opened = {mention.fiscal_year for mention in find_fiscal_years(opening) if mention.is_fiscal}
    return Guessed(value=str(min(opened)), source=_BY_OPENING) if opened else None


def _years_of_name(stem: str) -> set[int]:
    found = {mention.fiscal_year for mention in find_fiscal_years(stem)}
    for era, number in _NAMED_YEAR.findall(stem):
        year = year_of_era(ERA_OF_MARK[era.upper()], int(number), before_nendo=True)
        found.update([] if year is None else [year])
    return found


def _titled_kind(lines: list[str]) -> Guessed | None:
    """The kind that a title in the opening names at its end: of 月見浦市総合計画(案), not of a sentence."""
    for line in lines:
        if len(line) > _LONGEST_TITLE or "。" in line:
            continue
        for word, kind in KINDS:
            _, found, rest = line.rpartition(word)
            if found and (not rest or rest[0] in _AFTER_TITLE):
                return Guessed(value=kind, source=_BY_OPENING)
    return None


def _named_kind(stem: str) -> Guessed | None:
    kind = kind_of_title(stem)
    return Guessed(value=kind, source=_BY_NAME) if kind else None
