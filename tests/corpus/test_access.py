from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.access import INTERNAL, NOBODY, OPERATOR, PUBLIC, Access, AccessKind, group_name, member
from corpus.errors import AccessError, LibraryUnwritableError
from corpus.migration import copy_name
from corpus.schema import SCHEMA_VERSION
from corpus.span import Span
from corpus.store import STORE_NAME, Store
from corpus.unread import UnreadFile
from corpus.verification import store_faults
from tests.corpus.make import a_document, a_record

PERSONNEL = Access.limited_to(["人事課"])
BOTH = Access.limited_to(["財政課", "人事課"])


@pytest.mark.parametrize(
    ("words", "access"),
    [
        ("公開", PUBLIC),
        (" 庁内 ", INTERNAL),
        ("internal", INTERNAL),
        ("人事課", PERSONNEL),
        ("人事課、財政課", BOTH),
        ("財政課,人事課，人事課", BOTH),
        ("人事課｜財政課", BOTH),
    ],
)
def test_an_access_is_read_from_words(words: str, access: Access) -> None:
    assert Access.of_words(words) == access
    assert Access.of_words(access.label) == access
    assert Access.of_key(access.key) == access


@pytest.mark.parametrize("words", ["", "、", "公開、人事課", "あ" * 41, "人\x00事", "groups"])
def test_what_is_no_access_is_refused(words: str) -> None:
    with pytest.raises(AccessError):
        Access.of_words(words)


@pytest.mark.parametrize("key", ["", "Public", "groups:", "groups:[]", 'groups:["b","a"]', "groups:[1]", "x"])
def test_a_stored_access_that_is_none_is_open_to_nobody(key: str) -> None:
    with pytest.raises(AccessError):
        Access.of_key(key)
    assert not member(is_inside=True, groups=["a", "b"]).may_see_key(key)
    assert OPERATOR.may_see_key(key)


@given(st.sets(st.text(min_size=1, max_size=5)), st.sets(st.text(min_size=1, max_size=5)), st.booleans())
def test_an_audience_sees_what_shares_a_group(own: set[str], others: set[str], is_inside: bool) -> None:
    audience = member(is_inside=is_inside, groups=own)
    assert audience.may_see(PUBLIC)
    assert audience.may_see(INTERNAL) == is_inside
    limited = Access(kind=AccessKind.GROUPS, groups=tuple(sorted(others)))
    assert audience.may_see(limited) == bool(own & others)
    assert not any(NOBODY.may_see(one) for one in (PUBLIC, INTERNAL, limited))


def test_full_and_half_width_names_are_one_group() -> None:
    assert group_name("ＤＸ推進課 ") == group_name("DX推進課")


def add(store: Store, text: str, access: Access, code: str = "990019") -> str:
    document = a_document(text, code=code, source=f"{text[:4]}.txt")
    with store.writing() as writer:
        writer.add(a_record(document, text), access)
        note = UnreadFile(origin=f"/x{text[:4]}", source=text[:4], reason="壊れています。", noted_at="2026")
        writer.note_unread(note, access)
    return document.document_id


def test_a_reader_sees_nothing_beyond_its_audience(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    public, inside = add(store, "公開の計画", PUBLIC), add(store, "内部の検討", INTERNAL)
    personnel = add(store, "人事の案", PERSONNEL, "990027")
    outsider = store.seen_by(member(is_inside=False, groups=()))
    staff = store.seen_by(member(is_inside=True, groups=["人事課"]))
    assert [one.document_id for one in outsider.documents()] == [public]
    assert {one.document_id for one in staff.documents()} == {public, inside, personnel}
    assert len(store.seen_by(OPERATOR).documents()) == 3
    for hidden in (inside, personnel):
        assert outsider.document(hidden) is None
        assert outsider.document_text(hidden) is None
        assert outsider.text_at(hidden, Span(0, 2)) is None
        assert outsider.passage(f"{hidden}/0001") is None
        assert outsider.passages_of(hidden) == []
        assert outsider.passages_of_sheet(hidden, 1) == []
        assert outsider.sheets(hidden) == []
        assert outsider.access_of(hidden) is None
        assert outsider.meta(f"seal:{hidden}") is None
        assert outsider.counts(hidden) == {"sheets": 0, "passages": 0, "indicators": 0}
    assert outsider.passage_count() == 1
    assert [one.source for one in outsider.unread_files()] == ["公開の計"]
    assert store.seen_by(NOBODY).documents() == []
    assert store.seen_by(NOBODY).unread_files() == []


def test_every_table_of_documents_is_covered(tmp_path: Path) -> None:
    """A table that is added later must not be forgotten."""
    store = Store.create(tmp_path)
    reader = store.seen_by(NOBODY)
    add(store, "公開の計画", PUBLIC)
    tables = [
        str(name)
        for (name,) in sqlite3.connect(tmp_path / STORE_NAME).execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    assert len(tables) > 9
    for table in tables:
        rows = reader._connection.execute(f"SELECT * FROM {table}").fetchall()
        assert rows == [] or table == "meta", table


def test_a_changed_access_holds_for_readers_that_are_open(tmp_path: Path) -> None:
    store = Store.create(tmp_path)
    document = add(store, "公開の計画", PUBLIC)
    audience = member(is_inside=False, groups=["人事課"])
    reader, revision = store.seen_by(audience), store.reader.revision
    with store.writing() as writer:
        assert not writer.set_access(document, PUBLIC)
        assert writer.set_access(document, INTERNAL)
    assert reader.documents() == []
    assert store.reader.revision > revision
    with store.writing() as writer:
        writer.set_access(document, PERSONNEL)
    assert reader.document(document) is None  # until it learns of the new access
    assert store.seen_by(audience).document(document) is not None


def as_of_version_2(folder: Path) -> None:
    """The store as the version before accesses wrote it."""
    connection = sqlite3.connect(folder / STORE_NAME)
    connection.executescript(
        "DROP TABLE document_access; ALTER TABLE unread_file DROP COLUMN access; "
        "UPDATE meta SET value = '2' WHERE key = 'schema_version';"
    )
    connection.close()


def test_an_older_library_opens_with_a_copy_of_what_it_was(tmp_path: Path) -> None:
    add(Store.create(tmp_path), "公開の計画", PUBLIC)
    as_of_version_2(tmp_path)
    before = sqlite3.connect(tmp_path / STORE_NAME).execute("SELECT * FROM document").fetchall()
    store = Store.open(tmp_path)
    assert store.reader.meta("schema_version") == str(SCHEMA_VERSION)
    assert [store.reader.access_of(one.document_id) for one in store.reader.documents()] == [PUBLIC]
    with store.snapshot() as connection:
        assert [one.line for one in store_faults(connection)] == []
    copy = sqlite3.connect(tmp_path / copy_name(2))
    assert copy.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == ("2",)
    assert copy.execute("SELECT * FROM document").fetchall() == before
    assert Store.open(tmp_path).reader.documents() == store.reader.documents()


def test_a_library_whose_copy_cannot_be_written_stays_as_it_is(tmp_path: Path) -> None:
    add(Store.create(tmp_path), "公開の計画", PUBLIC)
    as_of_version_2(tmp_path)
    (tmp_path / f"{copy_name(2)}.part").mkdir()
    with pytest.raises(LibraryUnwritableError, match="元のまま"):
        Store.open(tmp_path)
    found = sqlite3.connect(tmp_path / STORE_NAME).execute(
        "SELECT value FROM meta WHERE key='schema_version'"
    )
    assert found.fetchone() == ("2",)
