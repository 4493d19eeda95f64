"""Writing to a library's store: the changes of one transaction."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import rows
from corpus.access import PUBLIC, Access
from corpus.packed_record import RecordRows, document_columns, rows_of
from corpus.record import DocumentRecord
from corpus.seal import PREFIX as SEAL
from corpus.seal import seal_of
from corpus.store_reader import StoreReader
from corpus.unread import UnreadFile

KEPT = "original:"
"""Before a document's id: the name under which the store notes that its original is kept."""


class StoreWriter(StoreReader):
    """Writes of one transaction; reads of it see what it has written."""

    def add(self, record: DocumentRecord, access: Access = PUBLIC) -> None:
        """Add a document with all that was read from it; the caller removed an earlier one of its id.

        Args:
            record: the document.
            access: who may see it; what is added without a word is a plan as published.
        """
        self.add_rows(rows_of(record), access)

    def add_rows(self, record: RecordRows, access: Access) -> None:
        """Add a document whose rows were made elsewhere; see ``add``."""
        columns = document_columns()
        self._insert("document", columns, [record.document])
        self._insert("document_access", "document_id, access", [(record.document_id, access.key)])
        for table, columns, found in record.tables:
            self._insert(table, columns, found)
        self._set_meta(SEAL + record.document_id, seal_of(self._connection, record.document_id))
        self.forget_unread(record.origin)
        self._changed()

    def set_reader(self, document_id: str, reader: str) -> None:
        """Note that another reading found in a document just what the library holds of it."""
        self._connection.execute(
            "UPDATE document SET reader = ? WHERE document_id = ?", (reader, document_id)
        )

    def remove(self, document_id: str) -> bool:
        """Remove a document with its sheets, passages and indicators; False if there was none."""
        cursor = self._connection.execute("DELETE FROM document WHERE document_id = ?", (document_id,))
        if cursor.rowcount:
            names = (SEAL + document_id, KEPT + document_id)
            self._connection.execute("DELETE FROM meta WHERE key IN (?, ?)", names)
            self._changed()
        return cursor.rowcount > 0

    def set_access(self, document_id: str, access: Access) -> bool:
        """Change who may see a document; False if it is so already or there is no such document.

        The index belongs to another revision afterwards: a document is in the part of its access.
        """
        sql = "UPDATE document_access SET access = ? WHERE document_id = ? AND access <> ?"
        cursor = self._connection.execute(sql, (access.key, document_id, access.key))
        if cursor.rowcount:
            self._changed()
        return cursor.rowcount > 0

    def keep_only(self, access: Access) -> int:
        """Remove every document of another access, and what is noted of such files that could not be read.

        Returns:
            How many documents were removed.
        """
        others = [name for name, key in self.accesses().items() if key != access.key]
        for name in others:
            self.remove(name)
        self._connection.execute("DELETE FROM unread_file WHERE access <> ?", (access.key,))
        return len(others)

    def note_kept(self, document_id: str) -> None:
        """Remember that the original of a document is kept, so that its loss can be told."""
        if self.meta(KEPT + document_id) is None:
            self._set_meta(KEPT + document_id, "1")

    def note_unread(self, file: UnreadFile, access: Access) -> None:
        """Remember a file that could not be read, so that every answer to those who may know can say so."""
        self._connection.execute(
            "INSERT OR REPLACE INTO unread_file (origin, source, reason, noted_at, access) "
            "VALUES (?, ?, ?, ?, ?)",
            (file.origin, file.source, file.reason, file.noted_at, access.key),
        )

    def forget_unread(self, origin: str) -> None:
        """Drop the note about a file."""
        self._connection.execute("DELETE FROM unread_file WHERE origin = ?", (origin,))

    def set_index_generation(self, name: str) -> None:
        """Point to the index generation that was built from what this transaction holds."""
        self._set_meta("index_generation", name)

    def set_encoder(self, name: str) -> None:
        """Choose the library's embedding model."""
        self._set_meta("encoder", name)

    def _insert(self, table: str, columns: str, values: Iterable[rows.Row]) -> None:
        marks = _marks(columns.count(",") + 1)
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)

    def _changed(self) -> None:
        self._set_meta("revision", str(self.revision + 1))

    def _set_meta(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def _marks(count: int) -> str:
    return ", ".join("?" * count)
