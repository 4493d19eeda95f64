"""The rows of an upload as files that ingest takes, with what was confirmed of them; and the rows' checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from corpus.access import PUBLIC, Access, Audience
from corpus.document import Document
from corpus.errors import AccessError, AmbiguousMunicipalityError, FiscalYearError, UnknownMunicipalityError
from corpus.fiscal_year import parse_fiscal_year
from corpus.municipality import Municipality, MunicipalityTable
from corpus.store_reader import StoreReader
from ingest.found_file import FoundFile
from ingest.manifest import ManifestEntry
from ingest.take_in import NOT_YOURS
from ui.upload_job import Asked, UploadJob, UploadRow
from ui.web_message import web_message

ORIGIN = "upload:"
# Above an upload stands no folder of anybody's: its path begins at the root.
_ROOT = Path("/")


def uploaded(folder: Path, row: UploadRow) -> FoundFile:
    """A row's file before anything is confirmed of it."""
    stored = folder / row.stored
    path = _ROOT / row.place
    if row.member is None:
        return FoundFile(path=path, stored=stored)
    return FoundFile(path=path, archive=stored, member=row.member)


def confirmed(folder: Path, row: UploadRow, table: MunicipalityTable) -> FoundFile:
    """A row's file with what a person confirmed.

    The library knows an uploaded file by town, year and name: another one of the same replaces it.

    Raises:
        InputError: a value cannot be read; ``checked`` says so before.
    """
    town = table.resolve(row.value("municipality"))
    year = _year(row)
    entry = ManifestEntry(
        file=row.name,
        municipality=town,
        title=row.value("title").strip(),
        fiscal_year=year,
        document_kind=row.value("document_kind").strip(),
        access=_access(row),
    )
    return replace(uploaded(folder, row), entry=entry, known_as=origin_of(row, town, year))


def origin_of(row: UploadRow, town: Municipality, year: int | None) -> str:
    """What stands for an uploaded file's path in the library.

    Documents of one name that are open to others each stand by themselves: one never replaces the other.
    """
    access = _access(row)
    limited = f"#{access.key}" if access is not None and access != PUBLIC else ""
    return f"{ORIGIN}{town.code}/{year or ''}/{row.place}{limited}"


def checked(
    job: UploadJob, table: MunicipalityTable, store: StoreReader | None, audience: Audience
) -> tuple[UploadJob, bool]:
    """The job with what is wrong in its rows, and whether all that is wanted can be taken in.

    Args:
        job: as confirmed.
        table: of municipalities.
        store: what the person may see of the library.
        audience: what that is.
    """
    held = {} if store is None else _held(store)
    rows = tuple(_checked(row, table, held, audience) if row.is_wanted else row for row in job.rows)
    fine = not any(one.problem for row in rows if row.is_wanted for one in row.asked.values())
    return replace(job, rows=rows), fine and any(row.is_wanted for row in rows)


def _held(store: StoreReader) -> Mapping[str, Document]:
    return {store.origin_of(one.document_id) or "": one for one in store.documents()}


def _checked(
    row: UploadRow, table: MunicipalityTable, held: Mapping[str, Document], audience: Audience
) -> UploadRow:
    asked = {name: replace(one, problem="") for name, one in row.asked.items()}
    note = ""
    problem = _access_problem(row, audience)
    if problem:
        asked["access"] = replace(asked.get("access", Asked()), problem=problem)
        return replace(row, asked=asked, note=note)
    town: Municipality | None = None
    written = row.value("municipality").strip()
    try:
        town = table.resolve(written) if written else None
        problem = "" if town else "どの自治体の資料か、選ぶか入力してください。"
    except (UnknownMunicipalityError, AmbiguousMunicipalityError) as exc:
        problem = web_message(exc)
    asked["municipality"] = replace(asked.get("municipality", Asked()), problem=problem)
    try:
        year = _year(row)
    except FiscalYearError as exc:
        asked["fiscal_year"] = replace(asked.get("fiscal_year", Asked()), problem=web_message(exc))
    else:
        earlier = held.get(origin_of(row, town, year)) if town else None
        if earlier is not None:
            note = f"同じ名前の資料「{earlier.title}」があります。中身が違えば、差し替えます。"
    return replace(row, asked=asked, note=note)


def _access(row: UploadRow) -> Access | None:
    """What was chosen, None where nothing was asked."""
    written = row.value("access").strip()
    return Access.of_words(written) if written else None


def _access_problem(row: UploadRow, audience: Audience) -> str:
    try:
        access = _access(row)
    except AccessError as exc:
        return web_message(exc)
    return "" if access is None or audience.may_see(access) else NOT_YOURS


def _year(row: UploadRow) -> int | None:
    written = row.value("fiscal_year").strip()
    return parse_fiscal_year(written) if written else None
