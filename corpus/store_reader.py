"""Reading a library's store: everything that search, answers and the page look up."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from corpus import listing, rows
from corpus.absence import Absence
from corpus.access import Access
from corpus.coverage import LeftOut, LeftOutReason
from corpus.document import Document
from corpus.glossary_entry import GlossaryEntry
from corpus.indicator import Indicator
from corpus.listing import ListedIndicator, ListedSheet, ListingLimits, Wanted
from corpus.passage import Passage
from corpus.sheet import Sheet
from corpus.span import Span
from corpus.unread import UNREAD_PAGES, UnreadFile, unread_pages
from corpus.wording import Wording

BATCH = 500

MOST_KEPT = 64

Key = TypeVar("Key")
Made = TypeVar("Made")


class StoreReader:
    """Reads of one connection; all lists are in document or row order, ties by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._state: tuple[int, int, bool] | None = None
        self._kept: dict[Hashable, Any] = {}
        self.is_steady = False

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Let all reads in the context see what is committed when it is entered; it may be nested."""
        if self.is_steady:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            self.is_steady = True
            self.meta("revision")  # the state is chosen by the first read, not by BEGIN
            yield
        finally:
            self.is_steady = False
            self._connection.execute("COMMIT")  # nothing was written but what the audience may see

    def documents(self) -> list[Document]:
        """Every document, by municipality code, then fiscal year, then source name."""
        return list(self.documents_by_id().values())

    def documents_by_id(self) -> Mapping[str, Document]:
        """Every document by its identity, in the order of ``documents``.

        They are kept until the file changes: every search asks for them several times.
        """
        return self.kept("documents", self._read_documents)

    def _read_documents(self) -> dict[str, Document]:
        order = "ORDER BY municipality_code, fiscal_year, source"
        found = self._connection.execute(f"SELECT {rows.DOCUMENT_COLUMNS} FROM document {order}")
        return {document.document_id: document for document in map(rows.document_of, found)}

    def kept(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives, made once and kept until the file changes; not to be changed.

        For what every question asks for and what grows with the library. Few keys are kept.
        """
        connection = self._connection
        # Changes of other connections, changes of this one, and whether the latter may yet be undone.
        version = int(connection.execute("PRAGMA data_version").fetchone()[0])
        state = (version, connection.total_changes, connection.in_transaction and not self.is_steady)
        if self._state != state or len(self._kept) > MOST_KEPT:
            self._state = state
            self._kept.clear()
        if key not in self._kept:
            self._kept[key] = make()
        found: Made = self._kept[key]
        return found

    def document(self, document_id: str) -> Document | None:
        """One document, None if the library does not hold it."""
        sql = f"SELECT {rows.DOCUMENT_COLUMNS} FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else rows.document_of(row)

    def document_text(self, document_id: str) -> str | None:
        """The stored text of a document, None if the library does not hold it."""
        sql = "SELECT text FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def text_at(self, document_id: str, span: Span) -> str | None:
        """The characters of a span, read from the store; None if it does not lie in a stored text."""
        sql = (
            "SELECT substr(text, ? + 1, ?) FROM document "
            "WHERE document_id = ? AND ? >= 0 AND ? < ? AND ? <= length(text)"
        )
        values = (span.start, span.end - span.start, document_id, span.start, span.start, span.end, span.end)
        row = self._connection.execute(sql, values).fetchone()
        return None if row is None else str(row[0])

    def origin_of(self, document_id: str) -> str | None:
        """The path that a document was taken from."""
        sql = "SELECT origin FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def reader_of(self, document_id: str) -> str | None:
        """Which version of the reading program made the document's passages."""
        sql = "SELECT reader FROM document WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else str(row[0])

    def documents_from(self, origin: str) -> list[str]:
        """Ids of the documents that were taken from a path."""
        sql = "SELECT document_id FROM document WHERE origin = ? ORDER BY document_id"
        return [str(row[0]) for row in self._connection.execute(sql, (origin,))]

    def sheets(self, document_id: str | None = None) -> list[Sheet]:
        """The sheets of a document, or of all."""
        where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        sql = f"SELECT {rows.SHEET_COLUMNS} FROM sheet {where} ORDER BY document_id, ordinal"
        return [rows.sheet_of(row) for row in self._connection.execute(sql, values)]

    def sheet(self, document_id: str, ordinal: int | None) -> Sheet | None:
        """One sheet, None where there is none of the number."""
        sql = f"SELECT {rows.SHEET_COLUMNS} FROM sheet WHERE document_id = ? AND ordinal = ?"
        row = self._connection.execute(sql, (document_id, ordinal)).fetchone()
        return None if row is None else rows.sheet_of(row)

    def legends(self) -> Mapping[str, Mapping[str, str]]:
        """What each document says of its progress marks, by document and mark; empty where it says nothing.

        Documents without a mark are not in it. Kept until the file changes.
        """
        return self.kept("legends", self._read_legends)

    def _read_legends(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        sql = "SELECT document_id, progress FROM sheet WHERE progress <> '[]' ORDER BY document_id, ordinal"
        for document_id, progress in self._connection.execute(sql):
            for _, mark, meaning in json.loads(progress):
                if mark:
                    legend = found.setdefault(document_id, {})
                    legend[mark] = meaning or legend.get(mark, "")
        return found

    def sheets_over(self, passages: Iterable[Passage]) -> dict[tuple[str, int], Sheet]:
        """The sheets that passages belong to, by document and ordinal."""
        wanted = {
            (passage.document_id, passage.sheet_ordinal)
            for passage in passages
            if passage.sheet_ordinal is not None
        }
        found: dict[tuple[str, int], Sheet] = {}
        for batch in _batches(sorted(wanted)):
            marks = ",".join(["(?,?)"] * len(batch))
            # Not "IN (VALUES …)": for a pair of columns SQLite would read the whole table.
            sql = (
                f"WITH wanted (of_document, number) AS (VALUES {marks}) SELECT {rows.SHEET_COLUMNS} "
                "FROM wanted CROSS JOIN sheet ON document_id = of_document AND ordinal = number"
            )
            values = [value for key in batch for value in key]
            for sheet in map(rows.sheet_of, self._connection.execute(sql, values)):
                found[sheet.document_id, sheet.ordinal] = sheet
        return found

    def passages(self, access: str | None = None) -> Iterator[tuple[int, Passage]]:
        """Every passage, or every one of a stored access, with its row number, ascending."""
        where, values = _of_access(access)
        sql = f"SELECT row_id, {rows.PASSAGE_COLUMNS} FROM passage {where} ORDER BY row_id"
        for row in self._connection.execute(sql, values):
            yield row[0], rows.passage_of(row[1:])

    def wordings(self, access: str | None = None) -> Iterator[tuple[int, Wording]]:
        """What the same passages say, without their places: in half the time."""
        where, values = _of_access(access)
        sql = f"SELECT row_id, {rows.WORDING_COLUMNS} FROM passage {where} ORDER BY row_id"
        for row in self._connection.execute(sql, values):
            yield row[0], rows.wording_of(row[1:])

    def accesses(self) -> dict[str, str]:
        """The stored access of each document, by its id; see ``corpus.access``."""
        return dict(self._connection.execute("SELECT document_id, access FROM document_access ORDER BY 1"))

    def access_of(self, document_id: str) -> Access | None:
        """Who may see a document, None if the library does not hold it.

        Raises:
            AccessError: what is stored is none.
        """
        sql = "SELECT access FROM document_access WHERE document_id = ?"
        row = self._connection.execute(sql, (document_id,)).fetchone()
        return None if row is None else Access.of_key(str(row[0]))

    def passage(self, passage_id: str) -> Passage | None:
        """One passage by its name, None if the library does not hold it."""
        sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE passage_id = ?"
        row = self._connection.execute(sql, (passage_id,)).fetchone()
        return None if row is None else rows.passage_of(row)

    def linked(self, passage: Passage) -> list[Passage]:
        """The passages of other sections of its sheet that carry its circled number, in source order.

        They are one topic: ① of 現状と課題 is what ① of 取組方針 plans for and ① of 中間レビュー reports on.
        """
        if not passage.topic_number or passage.sheet_ordinal is None:
            return []
        sql = (
            f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? AND sheet_ordinal = ? "
            "AND substr(item, 1, 1) = ? AND section_path <> ? ORDER BY ordinal"
        )
        path = rows.dump(passage.section_path)
        values = (passage.document_id, passage.sheet_ordinal, passage.topic_number, path)
        return [rows.passage_of(row) for row in self._connection.execute(sql, values)]

    def passages_with_header(self, document_id: str, ordinal: int, word: str) -> list[Passage]:
        """The rows of a sheet one of whose headers or values holds a word, in source order."""
        sql = (
            f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? AND sheet_ordinal = ? "
            "AND kind = 'row' AND instr(cells, ?) > 0 ORDER BY ordinal"
        )
        return [rows.passage_of(row) for row in self._connection.execute(sql, (document_id, ordinal, word))]

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in source order."""
        sql = f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? ORDER BY ordinal"
        return [rows.passage_of(row) for row in self._connection.execute(sql, (document_id,))]

    def passages_of_sheet(self, document_id: str, ordinal: int | None) -> list[Passage]:
        """The passages of a sheet, in source order; none without a sheet's number."""
        sql = (
            f"SELECT {rows.PASSAGE_COLUMNS} FROM passage WHERE document_id = ? AND sheet_ordinal = ? "
            "ORDER BY ordinal"
        )
        return [rows.passage_of(row) for row in self._connection.execute(sql, (document_id, ordinal))]

    def passages_at(self, row_ids: Iterable[int]) -> dict[int, Passage]:
        """The passages of the row numbers that the library still holds."""
        found: dict[int, Passage] = {}
        for batch in _batches(list(row_ids)):
            marks = ",".join("?" * len(batch))
            sql = f"SELECT row_id, {rows.PASSAGE_COLUMNS} FROM passage WHERE row_id IN ({marks})"
            found.update((row[0], rows.passage_of(row[1:])) for row in self._connection.execute(sql, batch))
        return found

    def indicators(self, passage_ids: Iterable[str]) -> list[Indicator]:
        """The indicators of the given passages, in the order of their places."""
        found: dict[str, list[Indicator]] = {one: [] for one in passage_ids}
        for batch in _batches(list(found)):
            marks = ",".join("?" * len(batch))
            sql = (
                f"SELECT {rows.INDICATOR_COLUMNS} FROM indicator WHERE passage_id IN ({marks}) "
                "ORDER BY indicator_id"
            )
            for one in map(rows.indicator_of, self._connection.execute(sql, batch)):
                found[one.passage_id].append(one)
        return [one for of_passage in found.values() for one in of_passage]

    def listed_indicators(
        self, limits: ListingLimits, wanted: Wanted | None = None
    ) -> Iterator[ListedIndicator]:
        """The indicators within limits with what stands over them; see ``corpus.listing``."""
        return listing.listed_indicators(self._connection, limits, wanted)

    def listed_sheets(self, limits: ListingLimits) -> Iterator[ListedSheet]:
        """The sheets within limits with their sections; see ``corpus.listing``."""
        return listing.listed_sheets(self._connection, limits)

    def record_departments(self) -> list[str]:
        """The departments that indicators and sheets name, in order."""
        return listing.record_departments(self._connection)

    def carried(self, document_id: str) -> list[Span]:
        """Headers and labels of a document that passages carry, in source order."""
        sql = "SELECT start, end FROM carried WHERE document_id = ? ORDER BY start"
        return [Span(start, end) for start, end in self._connection.execute(sql, (document_id,))]

    def left_out(self, document_id: str) -> list[LeftOut]:
        """What no passage of a document shows, in source order."""
        sql = "SELECT start, end, reason FROM left_out WHERE document_id = ? ORDER BY start"
        return [
            LeftOut(span=Span(start, end), reason=LeftOutReason(reason))
            for start, end, reason in self._connection.execute(sql, (document_id,))
        ]

    def absences(self, document_id: str | None = None) -> list[Absence]:
        """The empty fields of a document, or of all."""
        where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        sql = f"SELECT {rows.ABSENCE_COLUMNS} FROM absence {where} ORDER BY absence_id"
        return [rows.absence_of(row) for row in self._connection.execute(sql, values)]

    def glossary(self, document_id: str | None = None) -> list[GlossaryEntry]:
        """The terms that a document explains, or that any does."""
        where, values = ("WHERE document_id = ?", (document_id,)) if document_id else ("", ())
        sql = f"SELECT {rows.GLOSSARY_COLUMNS} FROM glossary {where} ORDER BY entry_id"
        return [rows.glossary_entry_of(row) for row in self._connection.execute(sql, values)]

    def counts(self, document_id: str) -> dict[str, int]:
        """Numbers of sheets, passages and indicators of a document."""
        tables = {
            "sheets": "SELECT count(*) FROM sheet WHERE document_id = ?",
            "passages": "SELECT count(*) FROM passage WHERE document_id = ?",
            "indicators": (
                "SELECT count(*) FROM indicator JOIN passage USING (passage_id) WHERE document_id = ?"
            ),
        }
        return {
            name: int(self._connection.execute(sql, (document_id,)).fetchone()[0])
            for name, sql in tables.items()
        }

    def passage_count(self, access: str | None = None) -> int:
        """How many passages the library holds, or how many of a stored access."""
        where, values = _of_access(access)
        sql = f"SELECT count(*) FROM passage {where}"
        return int(self._connection.execute(sql, values).fetchone()[0])

    def unread_files(self) -> list[UnreadFile]:
        """Files that were offered and could not be read, wholly or some of their pages, by name."""
        return list(self.kept("unread files", self._read_unread_files))

    def _read_unread_files(self) -> list[UnreadFile]:
        sql = "SELECT origin, source, reason, noted_at FROM unread_file"
        found = [
            UnreadFile(origin=origin, source=source, reason=reason, noted_at=noted_at)
            for origin, source, reason, noted_at in self._connection.execute(sql)
        ]
        sql = "SELECT origin, source, warnings, added_at FROM document WHERE instr(warnings, ?) > 0"
        for origin, source, warnings, added_at in self._connection.execute(sql, (UNREAD_PAGES,)):
            found.extend(unread_pages(origin, source, json.loads(warnings), added_at))
        return sorted(found, key=lambda file: (file.source, file.origin))

    def meta(self, key: str) -> str | None:
        """A value kept beside the documents (index generation, revision)."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    @property
    def revision(self) -> int:
        """Grows with each change of the documents; an index belongs to exactly one revision."""
        return int(self.meta("revision") or "0")

    @property
    def index_generation(self) -> str | None:
        """The name of the index generation that belongs to the documents."""
        return self.meta("index_generation")

    @property
    def encoder(self) -> str | None:
        """The embedding model that was chosen for the library, None for the product's own."""
        return self.meta("encoder")


def _batches(wanted: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (wanted[at : at + BATCH] for at in range(0, len(wanted), BATCH))


def _of_access(access: str | None) -> tuple[str, tuple[str, ...]]:
    """The condition on a passage's document, and its values; none for all passages."""
    if access is None:
        return "", ()
    return "WHERE document_id IN (SELECT document_id FROM document_access WHERE access = ?)", (access,)
