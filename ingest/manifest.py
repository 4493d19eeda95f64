"""manifest.csv: what people know about the files of a folder and the files do not say themselves."""

from __future__ import annotations

import csv
import io
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
from corpus.municipality import Municipality, MunicipalityTable
from ingest.charset import decode

MANIFEST_NAME = "manifest.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestEntry:
    """A row of the manifest; what its cell leaves blank is None or empty."""

    file: str
    municipality: Municipality | None
    title: str
    fiscal_year: int | None
    document_kind: str
    # Not in the repr: who may see a document changes nothing of how it is read (``ingest.pipeline``).
    access: Access | None = field(default=None, repr=False)


def read_manifest(path: Path, table: MunicipalityTable) -> dict[str, ManifestEntry]:
    """The entries of a manifest by file name, composed (NFC).

    Raises:
        ManifestError: a column is missing, or a row names a town or year that cannot be; with the line.
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
            raise ManifestError(
                f"目録に同じファイルが二度あります: {path} の{rows.line_num}行目「{entry.file}」。"
                "片方を消してください。"
            )
        entries[entry.file] = entry
    return entries


def _entry(row: dict[str, str], table: MunicipalityTable, path: Path, line: int) -> ManifestEntry:
    try:
        code, name = row.get("municipality_code", ""), row.get("municipality", "")
        municipality = table.resolve(code or name) if code or name else None
        if municipality and code and name and municipality not in table.named(name):
            raise UnknownMunicipalityError(
                f"コード{code}は{municipality.prefecture}{municipality.name}で、「{name}」ではありません。"
            )
        year = row.get("fiscal_year", "")
        return ManifestEntry(
            file=unicodedata.normalize("NFC", row["file"].replace("\\", "/")),
            municipality=municipality,
            title=row.get("title", ""),
            fiscal_year=parse_fiscal_year(year) if year else None,
            document_kind=row.get("document_kind", ""),
            access=Access.of_words(row["access"]) if row.get("access") else None,
        )
    except (AccessError, UnknownMunicipalityError, AmbiguousMunicipalityError, FiscalYearError) as exc:
        raise ManifestError(f"目録の{line}行目が読めません: {path}。{exc}") from exc
