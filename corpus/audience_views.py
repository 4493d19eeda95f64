"""Hiding from a connection whatever its audience may not see.

Each table of the store is covered by a temporary view of the same name that holds the permitted rows only.
SQLite looks a name up among the temporary ones first: every query of the readers, today's and any that is
written later, sees the views without knowing of them. An access that is not listed as permitted is hidden, so
a document that gets a new one is hidden from connections until they learn of it.
"""

from __future__ import annotations

import sqlite3

from corpus.access import Audience

_OF_DOCUMENT = (
    "document",
    "sheet",
    "passage",
    "left_out",
    "carried",
    "absence",
    "glossary",
    "document_access",
)
_PERMITTED = "IN (SELECT access FROM temp.permitted)"
_SEEN = (
    "EXISTS (SELECT 1 FROM main.document_access seen "
    f"WHERE seen.document_id = held.document_id AND seen.access {_PERMITTED})"
)
_VIEWS = (
    *(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} held WHERE {_SEEN}" for table in _OF_DOCUMENT),
    (
        "CREATE TEMP VIEW indicator AS SELECT * FROM main.indicator row WHERE EXISTS "
        f"(SELECT 1 FROM main.passage held WHERE held.passage_id = row.passage_id AND {_SEEN})"
    ),
    f"CREATE TEMP VIEW unread_file AS SELECT * FROM main.unread_file WHERE access {_PERMITTED}",
    # Beside the two there are names with the ids of documents.
    (
        "CREATE TEMP VIEW meta AS SELECT * FROM main.meta "
        "WHERE key IN ('schema_version', 'revision', 'index_generation', 'encoder')"
    ),
)
_HELD = "SELECT access FROM main.document_access UNION SELECT access FROM main.unread_file"


def cover(connection: sqlite3.Connection) -> None:
    """Cover every table; until ``permit`` is called nothing is seen."""
    connection.execute("CREATE TEMP TABLE permitted (access TEXT PRIMARY KEY) WITHOUT ROWID")
    for view in _VIEWS:
        connection.execute(view)


def permit(connection: sqlite3.Connection, audience: Audience) -> None:
    """List what an audience may see of what the store holds now."""
    keys = [(str(key),) for (key,) in connection.execute(_HELD) if audience.may_see_key(str(key))]
    connection.execute("SAVEPOINT permitting")  # also within a transaction that holds one state
    connection.execute("DELETE FROM temp.permitted")
    connection.executemany("INSERT INTO temp.permitted VALUES (?)", keys)
    connection.execute("RELEASE permitting")
