"""The library's tables, and the version that tells whether this program can read them.

Spans, paths and years are kept as JSON in their row: they are always read together with it, and nothing is
ever searched by them here (searching is the index's work). Row numbers are never used twice
(``AUTOINCREMENT``), so that an older index generation can never point at another passage. Who may see a
document is a table of its own: it is asked of every row that is read, and must not lie behind a long text.
"""

from __future__ import annotations

SCHEMA_VERSION = 3

TABLES = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    document_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    reader TEXT NOT NULL,
    source TEXT NOT NULL,
    municipality_code TEXT NOT NULL,
    municipality TEXT NOT NULL,
    prefecture TEXT NOT NULL,
    title TEXT NOT NULL,
    fiscal_year INTEGER,
    document_kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    encoding TEXT NOT NULL,
    layout TEXT NOT NULL,
    added_at TEXT NOT NULL,
    warnings TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX document_origin ON document (origin);

CREATE TABLE sheet (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    title TEXT NOT NULL,
    identity TEXT NOT NULL,
    departments TEXT NOT NULL,
    fiscal_years TEXT NOT NULL,
    section_path TEXT NOT NULL,
    span TEXT NOT NULL,
    progress TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE passage (
    row_id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    sheet_ordinal INTEGER,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    segments TEXT NOT NULL,
    text TEXT NOT NULL,
    fiscal_years TEXT NOT NULL,
    departments TEXT NOT NULL,
    section_path TEXT NOT NULL,
    item TEXT NOT NULL,
    cells TEXT NOT NULL,
    locators TEXT NOT NULL
);
CREATE INDEX passage_document ON passage (document_id, ordinal);

CREATE TABLE indicator (
    indicator_id INTEGER PRIMARY KEY AUTOINCREMENT,
    passage_id TEXT NOT NULL REFERENCES passage (passage_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    fiscal_year INTEGER,
    value REAL,
    value_text TEXT NOT NULL,
    unit TEXT NOT NULL,
    direction TEXT,
    achieved INTEGER,
    span TEXT NOT NULL,
    measure TEXT NOT NULL,
    departments TEXT NOT NULL,
    cumulative INTEGER NOT NULL
);
CREATE INDEX indicator_passage ON indicator (passage_id);

CREATE TABLE left_out (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (document_id, start)
) WITHOUT ROWID;

CREATE TABLE carried (
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    PRIMARY KEY (document_id, start)
) WITHOUT ROWID;

CREATE TABLE absence (
    absence_id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    sheet_ordinal INTEGER,
    label TEXT NOT NULL,
    fiscal_year INTEGER,
    section_path TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX absence_document ON absence (document_id, sheet_ordinal);

CREATE TABLE glossary (
    entry_id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
    term TEXT NOT NULL,
    meaning TEXT NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX glossary_document ON glossary (document_id);

CREATE TABLE unread_file (
    origin TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    access TEXT NOT NULL DEFAULT 'public'
) WITHOUT ROWID;

CREATE TABLE document_access (
    document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    access TEXT NOT NULL
) WITHOUT ROWID;
"""

STEPS = {
    2: """
ALTER TABLE unread_file ADD COLUMN access TEXT NOT NULL DEFAULT 'public';
CREATE TABLE document_access (
    document_id TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    access TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO document_access (document_id, access) SELECT document_id, 'public' FROM document;
""",
}
"""By the version that a store has, what makes it one of the next; a store of any of these can be opened."""
