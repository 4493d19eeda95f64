"""manifest.csv: what people know about the files of a folder and the files do not say themselves.

A row that cannot be read refuses its own file and no other. Only where it cannot be told which files a
manifest is about, or to whom they are open, is nothing taken in.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from corpus.access import Access
from corpus.errors import (
    AccessError,
    AmbiguousMunicipalityError,
    EmptyFileError,
    FiscalYearError,
    ManifestError,
    UndecodableFileError,
    UnknownMunicipalityError,
)
from corpus.fiscal_year import parse_fiscal_year
from corpus.folding import match_key
from corpus.municipality import Municipality, MunicipalityTable, is_valid_code
from ingest.charset import decode

MANIFEST_NAME = "manifest.csv"
_SIX_DIGITS = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """A row of the manifest; what its cell leaves blank is None or empty.

    ``refusal`` says why its file is not to be taken in, ``warning`` what is to be looked at (Japanese).
    """

    file: str
    municipality: Municipality | None = None
    title: str = ""
    fiscal_year: int | None = None
    document_kind: str = ""
    refusal: str = ""
    warning: str = ""
    # Not in the repr: who may see a document changes nothing of how it is read (``ingest.pipeline``).
    access: Access | None = field(default=None, repr=False)


def read_manifest(path: Path, table: MunicipalityTable) -> dict[str, ManifestEntry]:
    """The entries of a manifest by file name, composed (NFC).

    Raises:
        ManifestError: a column is missing, or a row does not tell to whom its file is open; with the line.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise ManifestError(f"目録が読めません: {path}（{exc}）。") from exc
    return parse_manifest(data, path, table)


def entry_for(entries: dict[str, ManifestEntry], name: str) -> ManifestEntry | None:
    """The entry of a file; が as one character and as か with a mark are the same name."""
    return entries.get(unicodedata.normalize("NFC", name))


def parse_manifest(data: bytes, path: Path, table: MunicipalityTable) -> dict[str, ManifestEntry]:
    """The entries of a manifest's bytes; ``path`` is named in errors. Raises as ``read_manifest``."""
    try:
        text = decode(data).text
        rows = csv.DictReader(io.StringIO(text))
        if not rows.fieldnames or "file" not in rows.fieldnames:
            raise ManifestError(f"目録に file の列がありません: {path}。1行目に列の名前を書いてください。")
        return _entries(rows, path, table)
    except csv.Error as exc:
        raise ManifestError(
            f"目録をCSVとして読めません: {path}（{exc}）。引用符の閉じ忘れがないか確かめてください。"
        ) from exc
    except (EmptyFileError, UndecodableFileError) as exc:
        raise ManifestError(f"目録が読めません: {path}。{exc}") from exc


def _entries(rows: csv.DictReader[str], path: Path, table: MunicipalityTable) -> dict[str, ManifestEntry]:
    entries: dict[str, ManifestEntry] = {}
    for row in rows:
        entry = _entry(
            {key: (value or "").strip() for key, value in row.items() if key}, table, path, rows.line_num
        )
        if entry.file in entries:
            entry = ManifestEntry(
                file=entry.file,
                refusal=f"目録に同じファイルが二度あります: {path} の{rows.line_num}行目「{entry.file}」。"
                "片方を消してください。",
            )
        entries[entry.file] = entry
    return entries


def _entry(row: dict[str, str], table: MunicipalityTable, path: Path, line: int) -> ManifestEntry:
    file = unicodedata.normalize("NFC", row["file"].replace("\\", "/"))
    unread = f"目録の{line}行目が読めません: {path}。"
    try:
        access = Access.of_words(row["access"]) if row.get("access") else None
    except AccessError as exc:
        raise ManifestError(f"{unread}{exc}") from exc
    try:
        town = _town(row.get("municipality_code", ""), row.get("municipality", ""), table)
        year = row.get("fiscal_year", "")
        fiscal_year = parse_fiscal_year(year) if year else None
    except (UnknownMunicipalityError, AmbiguousMunicipalityError, FiscalYearError) as exc:
        return ManifestEntry(file=file, refusal=f"{unread}{exc}", access=access)
    return ManifestEntry(
        file=file,
        municipality=town,
        title=row.get("title", ""),
        fiscal_year=fiscal_year,
        document_kind=row.get("document_kind", ""),
        warning=_warning(town, table, line),
        access=access,
    )


def _town(code: str, name: str, table: MunicipalityTable) -> Municipality | None:
    """The municipality of a row; one that no table knows is taken as the row has it.

    Raises:
        UnknownMunicipalityError: code and name are not of one municipality, or one alone is not known.
        AmbiguousMunicipalityError: the name alone stands for several.
    """
    if not code or not name:
        return table.resolve(code or name) if code or name else None
    named = table.named(name)
    try:
        town = table.by_code(code)
    except UnknownMunicipalityError:
        if named or not _SIX_DIGITS.fullmatch(match_key(code)):
            raise
        return table.unlisted(code, name)
    if town not in named:
        raise UnknownMunicipalityError(f"コード{code}は{town.full_name}で、「{name}」ではありません。")
    return town


def _warning(town: Municipality | None, table: MunicipalityTable, line: int) -> str:
    if town is None or table.including([town]) is table:
        return ""
    doubt = "" if is_valid_code(town.code) else "コードの検査数字（6桁目）が合いません。"
    return (
        f"目録の{line}行目の「{town.name}」（{town.code}）は自治体の一覧にないため、"
        f"目録のとおりに取り込みました。{doubt}名前とコードを確かめてください。"
    )
